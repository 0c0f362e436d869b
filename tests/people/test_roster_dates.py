"""Dates as offices write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster.dates import ImpossibleDate, Precision, read_date
from tests.people.roster_files import TODAY

JULY = date(2000, 7, 3)
DAYS = st.dates(date(1930, 1, 1), date(2026, 12, 31))


def read(value, latest=TODAY):
    return read_date(value, latest=latest)


@pytest.mark.parametrize(
    "written",
    [
        "03/07/2000", "3/7/2000", "3-7-2000", "03.07.2000", "3 / 7 / 2000", "03 07 2000", "03–07–2000", "2000-07-03",
        "2000/7/3", "2000-07-03 00:00:00", "03/07/2000 0:00", "'03/07/2000", " 03/07/2000 ", "\u200b03/07/2000",
        "ngày 3 tháng 7 năm 2000", "Ngày 03 tháng 07 năm 2000", "3 tháng 7, 2000", "3 Jul 2000", "03-Jul-2000",
        "July 3, 2000", "03072000", 3072000, "20000703", 20000703, 36710, 36710.0, "36710",
        date(2000, 7, 3), datetime(2000, 7, 3, 12, 30),  # noqa: DTZ001  as openpyxl reads them
    ],
)  # fmt: skip
def test_one_day_in_all_its_spellings(written):
    assert read(written).day == JULY
    assert read(written).precision == Precision.DAY


@pytest.mark.parametrize(
    "written", ["09/1996", "9/1996", "9-1996", "1996-09", "tháng 9/1996", "tháng 9 năm 1996", "09/96"]
)
def test_months(written):
    found = read(written)
    assert (found.day, found.precision) == (date(1996, 9, 1), Precision.MONTH)


@pytest.mark.parametrize("written", ["1996", 1996, 1996.0, "năm 1996", "Nam 1996"])
def test_years(written):
    found = read(written)
    assert (found.day, found.precision) == (date(1996, 1, 1), Precision.YEAR)


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("31/02/1985", "has no day 31"), ("29/02/1999", "has no day 29"), ("07/25/2000", "no month 25"), ("00/01/2000", "has no day 0"),
        ("3/7", "not understood"), ("abc", "not understood"), ("15/13/1990", "no month 13"), ("01/01/1200", "cannot be right"),
        ("32/01/1990", "has no day 32"), (5, "not understood"), (99999999, "no month"), ("12/05/19855",
        "not understood"), (True, "not understood"),
    ],
)  # fmt: skip
def test_what_no_calendar_has_is_told(written, part):
    with pytest.raises(ImpossibleDate, match=part):
        read(written)


@pytest.mark.parametrize("empty", [None, "", "  ", "\u00a0"])
def test_nothing_is_nothing(empty):
    assert read(empty) is None


def test_two_digits_lie_in_the_latest_century_that_fits():
    youngest = date(2010, 11, 21)
    assert read("03/07/85", youngest).day.year == 1985
    assert read("03/07/03", youngest).day.year == 2003
    assert read("03/07/12", youngest).day.year == 1912
    assert read("03/07/85", youngest).two_digits
    assert not read("03/07/1985", youngest).two_digits


@given(DAYS)
def test_every_day_survives_every_spelling(day):
    for written in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(), f"{day:%d.%m.%Y}", day):
        assert read(written).day == day


@given(DAYS)
def test_excel_serial_numbers(day):
    number = (day - date(1899, 12, 30)).days
    assert read(number).day == day
    assert read(float(number)).day == day


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()))
def test_anything_is_a_date_or_a_sentence(value):
    found, sentence = None, "."
    try:
        found = read(value)
    except ImpossibleDate as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert found is None or 1900 <= found.day.year <= 2100
