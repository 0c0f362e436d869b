"""Hidden counts stay hidden: an attacker with every sum and unlimited patience finds at least two values for each."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression import SUM, hide
from tests.examples import examples

SMALL_TABLES = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 5), min_size=width, max_size=width), min_size=1, max_size=3)
)


def rows_that_fit(row: list[int], open_columns: list[int]) -> list[list[int]]:
    """Every row of counts with the same shown cells and the same sum."""
    rest = sum(row[column] for column in open_columns)
    fitting = []
    for guess in product(range(rest + 1), repeat=len(open_columns)):
        if sum(guess) == rest:
            candidate = list(row)
            for column, value in zip(open_columns, guess, strict=True):
                candidate[column] = value
            fitting.append(candidate)
    return fitting


def possible_values(rows: list[list[int]], hidden, *, sums_shown: bool) -> dict:
    """By brute force: hidden cell -> the values it may have for somebody who knows everything that is shown."""
    width = len(rows[0])
    sums = [sum(row[column] for row in rows) for column in range(width)]
    choices = [rows_that_fit(row, [c for c in range(width) if (r, c) in hidden]) for r, row in enumerate(rows)]
    found: dict = {place: set() for place in hidden}
    for table in product(*choices):
        totals = [sum(row[column] for row in table) for column in range(width)]
        if sums_shown and any(totals[c] != sums[c] for c in range(width) if (SUM, c) not in hidden):
            continue
        for row, column in hidden:
            found[row, column].add(totals[column] if row == SUM else table[row][column])
    return found


@settings(max_examples=examples(150))
@given(SMALL_TABLES, st.booleans(), st.integers(2, 4))
def test_no_hidden_count_follows_from_what_is_shown(rows, sums_shown, threshold):
    hidden = hide(rows, threshold, sums_shown=sums_shown)
    for place, values in possible_values(rows, hidden, sums_shown=sums_shown).items():
        assert len(values) > 1, place


@settings(max_examples=examples(150))
@given(SMALL_TABLES, st.integers(2, 4), st.data())
def test_what_another_document_hides_is_hidden_and_does_not_follow_either(rows, threshold, data):
    elsewhere = data.draw(st.sets(st.tuples(st.just(SUM), st.integers(0, len(rows[0]) - 1))))
    hidden = hide(rows, threshold, sums_shown=True, given=frozenset(elsewhere))
    assert elsewhere <= hidden
    for place, values in possible_values(rows, hidden, sums_shown=True).items():
        assert len(values) > 1 or all(row == (0,) * len(row) for row in map(tuple, rows)), place


@settings(max_examples=examples(300))
@given(SMALL_TABLES, st.booleans(), st.integers(2, 6))
def test_every_small_count_is_hidden(rows, sums_shown, threshold):
    hidden = hide(rows, threshold, sums_shown=sums_shown)
    small = {(r, c) for r, row in enumerate(rows) for c, count in enumerate(row) if 0 < count < threshold}
    if sums_shown:
        small |= {(SUM, c) for c in range(len(rows[0])) if 0 < sum(row[c] for row in rows) < threshold}
    assert small <= hidden


@settings(max_examples=examples(100))
@given(st.lists(st.lists(st.sampled_from([0, 5, 6, 9]), min_size=4, max_size=4), min_size=1, max_size=8))
def test_nothing_is_hidden_where_no_count_is_small(rows):
    assert hide(rows, 3, sums_shown=True) == frozenset()


def test_the_cheapest_neighbours_are_hidden_and_the_sums_stay():
    rows = [[2, 7, 16, 3], [0, 3, 7, 3], [1, 10, 17, 8]]
    assert hide(rows, 3, sums_shown=True) == {(0, 0), (0, 3), (2, 0), (2, 3)}


def test_a_row_alone_hides_enough_to_leave_a_doubt():
    # 1 + 1 would follow from 52 - 50: so the 50 goes, too
    assert hide([[1, 1, 50, 0]], 3, sums_shown=False) == {(0, 0), (0, 1), (0, 2)}


@pytest.mark.parametrize("rows", [[], [[0, 0, 0]], [[0, 0], [0, 0]]])
def test_empty_tables_hide_nothing(rows):
    assert hide(rows, 3, sums_shown=True) == frozenset()


def test_a_table_that_cannot_be_protected_in_part_is_hidden_whole():
    assert hide([[1, 0]], 3, sums_shown=True) == {(0, 0), (0, 1), (SUM, 0), (SUM, 1)}


def test_a_province_of_three_hundred_places_is_done_in_seconds():
    rows = [[place % 3, 2 + place % 5, 14 + place % 7, 1 + place % 4] for place in range(300)]
    hidden = hide(rows, 3, sums_shown=True)
    assert all((row, 0) in hidden for row in range(300) if rows[row][0])
    assert not any(row == SUM for row, _column in hidden)
