"""Dates as offices write them: day first, real or text, whole, without the day, or the year alone."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from core.spreadsheets.tables import Value
from people.roster.words import text_of, word_key

EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(3654, 73051)  # 1910-01-01 … 2100-01-01: smaller numbers are years, larger ones are not dates
FIRST_YEAR, LAST_YEAR = 1900, 2100
MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_SEPARATOR = r"\s*[/.,\-\u2013\u2014\\ ]\s*"
YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
DAY_FIRST = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}}|3[2-9]|[4-9]\d)")  # 09/96; 3/7 is a day without its year
YEAR_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})")
NAMED_DAY_FIRST = re.compile(r"(\d{1,2}) ([a-z]{3})[a-z]* (\d{4})")
NAMED_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
IN_WORDS = re.compile(r"(?:ngay (\d{1,2}) )?(?:thang |t ?)(\d{1,2})(?: nam)? (\d{4})")
DAY_IN_WORDS = re.compile(r"(\d{1,2}) thang (\d{1,2})(?: nam)? (\d{4})")
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[AP]M)?$", re.IGNORECASE)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class ReadDate:
    """`day` is the first day of what is known; `two_digits`: the century was added by us; `is_count`: it was written as
    Excel's number of a day."""

    day: date
    precision: Precision = Precision.DAY
    two_digits: bool = False
    is_count: bool = False


def as_far_as_known(day: str, precision: str) -> str:
    """As much of an ISO date as is true: "2011-09-01", "2011-09" or "2011"."""
    return day[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)]


class ImpossibleDate(ValueError):
    """A text that names no day of the calendar; `str()` is the sentence."""


def is_month_first(title: str) -> bool:
    """The header itself says so: "Date of birth (MM/DD/YYYY)"."""
    return bool(re.search(r"\bmm? dd? y", word_key(title)))


def read_date(value: Value, *, latest: date, month_first: bool = False) -> ReadDate | None:
    """What `value` says, or None for an empty cell. Day first, unless the header says `month_first`; two-digit years
    lie at or before `latest`.

    Numbers are Excel's days since 1900, a year (1900-2100), or the figures ddmmyyyy or yyyymmdd. Raises ImpossibleDate.
    """
    if isinstance(value, datetime):
        return ReadDate(_sane(value.date(), value))
    if isinstance(value, date):
        return ReadDate(_sane(value, value))
    text = CLOCK.sub("", text_of(value)).strip(" .,;")
    if not text:
        return None
    if re.fullmatch(r"\d+([.,]0+)?", text):
        return _from_number(re.split("[.,]", text)[0], value)
    if isinstance(value, float) and int(value) in EXCEL_DAYS:
        return _from_number(str(int(value)), value)  # with a time of day
    if isinstance(value, float) and re.fullmatch(r"\d{4}\.1", text):
        raise ImpossibleDate(_not_understood(value))  # January, or October whose zero Excel ate
    if month_first and (match := DAY_FIRST.fullmatch(text)):
        if int(match[1]) > 12:
            raise ImpossibleDate(
                _("“%(date)s” has no month %(month)s: the header says that the month comes first.")
                % {"date": text, "month": match[1]}
            )
        text = f"{match[2]}/{match[1]}/{match[3]}"
    return _from_text(text, value, latest)


def _from_number(figures: str, written: Value) -> ReadDate:
    number = int(figures)
    if FIRST_YEAR <= number <= LAST_YEAR and len(figures) == 4:
        return ReadDate(date(number, 1, 1), Precision.YEAR)
    if len(figures) <= 5 and number in EXCEL_DAYS:
        return ReadDate(EXCEL_DAY_ZERO + timedelta(days=number), is_count=True)
    if len(figures) in (7, 8):
        figures = figures.zfill(8)
        year_first = int(figures[:4]), int(figures[4:6]), int(figures[6:])
        if FIRST_YEAR <= year_first[0] <= LAST_YEAR and 1 <= year_first[1] <= 12 and 1 <= year_first[2] <= 31:
            return ReadDate(_make(*year_first, written))
        return ReadDate(_make(int(figures[4:]), int(figures[2:4]), int(figures[:2]), written))
    raise ImpossibleDate(_not_understood(written))


def _from_text(text: str, written: Value, latest: date) -> ReadDate:
    if match := YEAR_FIRST.fullmatch(text):
        return ReadDate(_make(int(match[1]), int(match[2]), int(match[3]), written))
    if match := DAY_FIRST.fullmatch(text):
        year, short = _year(match[3], latest)
        return ReadDate(_make(year, int(match[2]), int(match[1]), written), two_digits=short)
    if match := YEAR_MONTH.fullmatch(text):
        return ReadDate(_make(int(match[1]), int(match[2]), 1, written), Precision.MONTH)
    if match := MONTH_YEAR.fullmatch(text):
        year, short = _year(match[2], latest)
        return ReadDate(_make(year, int(match[1]), 1, written), Precision.MONTH, short)
    key = word_key(text)
    if match := IN_WORDS.fullmatch(key):
        precision = Precision.DAY if match[1] else Precision.MONTH
        return ReadDate(_make(int(match[3]), int(match[2]), int(match[1] or 1), written), precision)
    if match := DAY_IN_WORDS.fullmatch(key):
        return ReadDate(_make(int(match[3]), int(match[2]), int(match[1]), written))
    if (match := NAMED_DAY_FIRST.fullmatch(key)) and match[2] in MONTHS:
        return ReadDate(_make(int(match[3]), MONTHS[match[2]], int(match[1]), written))
    if (match := NAMED_MONTH_FIRST.fullmatch(key)) and match[1] in MONTHS:
        return ReadDate(_make(int(match[3]), MONTHS[match[1]], int(match[2]), written))
    if match := re.fullmatch(r"(?:nam )?(\d{4})", key):
        return ReadDate(_make(int(match[1]), 1, 1, written), Precision.YEAR)
    raise ImpossibleDate(_not_understood(written))


def _year(figures: str, latest: date) -> tuple[int, bool]:
    """(year, whether the century was added): the latest century that does not pass `latest`."""
    year = int(figures)
    if len(figures) == 4:
        return year, False
    return (2000 + year if 2000 + year <= latest.year else 1900 + year), True


def _make(year: int, month: int, day: int, written: Value) -> date:
    names = {"date": text_of(written), "day": day, "month": month, "year": year}
    if not 1 <= month <= 12:
        raise ImpossibleDate(_("“%(date)s” has no month %(month)d: dates are read day first.") % names)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDate(_("“%(date)s”: the year %(year)d cannot be right.") % names)
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ImpossibleDate(_("“%(date)s” does not exist: month %(month)d of %(year)d has no day %(day)d.") % names)
    return date(year, month, day)


def _sane(day: date, written: Value) -> date:
    return _make(day.year, day.month, day.day, day.isoformat())


def _not_understood(written: Value) -> str:
    return _("“%(date)s” is not understood as a date. Write it as day/month/year, such as 03/07/2000.") % {
        "date": text_of(written)[:40]
    }
