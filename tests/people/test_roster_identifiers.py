"""Identifiers: zeros that Excel ate come back only where that is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster.identifiers import BadIdentifier, Pattern, pattern_of, read_identifier

TEN = Pattern(10, zero_first=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (310300005, ("0310300005", True)),
        (310300005.0, ("0310300005", True)),
        ("310300005", ("0310300005", True)),
        ("0310300005", ("0310300005", False)),
        (" 0310 300 005 ", ("0310300005", False)),
        ("0310300005\u200b", ("0310300005", False)),
        ("'0310300005", ("0310300005", False)),
        (3103000050, ("3103000050", False)),
        ("GV-012", ("GV-012", False)),
        (12345, ("12345", False)),
        (None, ("", False)),
        ("-", ("", False)),
        ("không có", ("", False)),
    ],
)
def test_reading(value, expected):
    assert read_identifier(value, TEN) == expected


@pytest.mark.parametrize("value", ["3,1E+08", "3.103E+08", 3.5, "a" * 21, "số 5!", "1E10"])
def test_what_lost_its_figures_is_told(value):
    with pytest.raises(BadIdentifier, match="identifier"):
        read_identifier(value, TEN)


def test_without_agreement_nothing_is_restored():
    assert read_identifier(310300005, Pattern())[0] == "310300005"
    assert read_identifier(310300005, Pattern(10, zero_first=False))[0] == "310300005"


def test_the_pattern_of_a_school():
    assert pattern_of(["0310300001", "0310300002", "0310300003"]) == TEN
    assert pattern_of(["0310300001"]) == Pattern(), "one is no pattern"
    assert pattern_of(["012345", "0123456789", "012345678901"]) == Pattern(), "they do not agree"
    assert pattern_of(["3100200001", "3100200002"]) == Pattern(10, zero_first=False)
    assert pattern_of(["0310300001", "0310300002", "310300003"]) == TEN, "one that was eaten as text does no harm"
    assert pattern_of(["030185001111", "030185001112"]) == Pattern(12, zero_first=True, most_zeros=2), (
        "the national one"
    )
    assert pattern_of([], national=True) == Pattern(12, zero_first=True, most_zeros=2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (30185001111, "030185001111"),
        (1085001111, "001085001111"),
        (9900000144, "9900000144"),  # no province has the number 009
        (97185001111, "97185001111"),
        (121234567, "121234567"),  # an identity card of old
        ("30185001111", "030185001111"),
        ("9900000144", "9900000144"),
    ],
)
def test_a_national_number_begins_with_a_province(value, expected):
    assert read_identifier(value, pattern_of([], national=True))[0] == expected


def test_what_somebody_is_known_by_stays_as_it_is_written():
    assert read_identifier("310300005", TEN, {"0310300005"}) == ("0310300005", True)
    assert read_identifier("310300005", TEN, {"0310300005", "310300005"}) == ("310300005", False)
    assert read_identifier(310300005, TEN, {"310300005"}) == ("310300005", False)


@given(st.lists(st.integers(0, 999_999_999), min_size=3, max_size=20, unique=True))
def test_what_excel_ate_comes_back(numbers):
    whole = [f"0{number:09d}" for number in numbers]
    pattern = pattern_of(whole)
    for text in whole:
        eaten = int(text)
        if len(str(eaten)) >= 6:
            assert read_identifier(eaten, pattern)[0] == text
        assert read_identifier(text, pattern) == (text, False)
