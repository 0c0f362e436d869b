"""A simulation as a workbook: in full, or to pass on with counts that cannot be worked out."""

import io
from itertools import product

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from evaluations.enums import Status
from reports.simulations import to_pass_on
from tests.evaluations.test_simulator_pages import other_version
from tests.examples import examples
from tests.factories.evaluations import bring_to, evaluation_world

K = 3
counts = st.integers(0, 5)
matrices = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=2, max_size=2)
)


def possible(shown, cells):
    """Every matrix that agrees with all that is shown, and with the sums of rows that stand elsewhere."""
    known = [sum(row) if sum(row) >= K and shown.before[r] is not None else None for r, row in enumerate(cells)]
    whole = sum(map(sum, cells))
    free = [(r, c) for r, row in enumerate(shown.cells) for c, count in enumerate(row) if count is None]
    for values in product(range(whole + 1), repeat=len(free)):
        trial = [list(row) for row in cells]
        for (r, c), value in zip(free, values, strict=True):
            trial[r][c] = value
        sums_fit = all(want is None or sum(row) == want for want, row in zip(known, trial, strict=True))
        columns = [sum(row[c] for row in trial) for c in range(len(trial[0]))]
        if (
            sums_fit
            and sum(columns) == whole
            and all(a in (None, b) for a, b in zip(shown.after, columns, strict=True))
        ):
            yield trial


@settings(max_examples=examples(60))
@given(matrices)
def test_no_hidden_count_below_the_threshold_follows_from_what_is_shown(cells):
    shown = to_pass_on(cells, K)
    small = [(r, c) for r, row in enumerate(cells) for c, count in enumerate(row) if 0 < count < K]
    assert all(shown.cells[r][c] is None for r, c in small)
    assert all(before is None or not 0 < before < K for before in shown.before)
    if len(cells[0]) == 1 or sum(map(sum, cells)) > 9:
        return  # one column: the number rated is the count; and trying every matrix takes too long
    found = list(possible(shown, cells))
    for r, c in small:
        assert len({trial[r][c] for trial in found}) > 1, (cells, shown, r, c)


def test_a_matrix_of_large_counts_is_shown_whole():
    shown = to_pass_on([[5, 0, 7], [0, 9, 4]], K)
    assert not shown.hides
    assert (shown.before, shown.after) == ((12, 13), (5, 9, 11))


@pytest.fixture(scope="module")
def made(module_db):
    w = evaluation_world()
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels="K")
    bring_to(w.others, Status.ANNOUNCED, head=w.other_head, levels="T")
    w.version = other_version()
    return w


def workbook(client, user, w, query: str = ""):
    client.force_login(user)
    answer = client.get(reverse("reports:simulation", args=[w.cycle.code]) + f"?with={w.version.code}{query}")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    return load_workbook(io.BytesIO(answer.content))


def cells(book) -> list:
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]


def test_in_full_for_those_who_read_every_result(client, world):
    book = workbook(client, world.officer, world)
    assert len(book.worksheets) == 6
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[1] for row in first[1:]] == [0, 0, 1, 1, 2]
    assert world.school.name in cells(book)
    assert "Mai Thị Hương" not in cells(book)


def test_to_pass_on_holds_the_matrix_alone_with_small_counts_hidden(client, world):
    book = workbook(client, world.officer, world, "&pass_on=1")
    assert len(book.worksheets) == 2
    numbers = [cell.value for row in book.worksheets[0].iter_rows(min_row=2) for cell in row[1:]]
    assert "*" in numbers
    assert not [number for number in numbers[:-6] if number in (1, 2)]
    assert world.school.name not in cells(book)


def test_a_head_gets_the_own_school_alone(client, world):
    book = workbook(client, world.head, world)
    assert world.other_school.name not in cells(book)
    client.force_login(world.head)
    address = reverse("reports:simulation", args=[world.cycle.code])
    assert client.get(f"{address}?with={world.version.code}&school={world.other_school.code}").status_code == 404
    assert client.get(f"{address}?with=none").status_code == 404
