"""Doubts that only many rows together show: swapped days and months, odd identifiers, one name twice, blank groups."""

import re
from collections import Counter, defaultdict
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import Role
from people.roster.dates import DAY_FIRST, is_month_first
from people.roster.rows import RosterRow
from people.roster.sheet import RosterSheet
from people.roster.words import text_of

MOST_ROWS_NAMED = 12
FEWEST = 5
"""Identifiers that make a habit."""
BIRTHS = ("birth_date", "birth_date_m", "birth_date_f")


def doubts(sheet: RosterSheet, rows: list[RosterRow]) -> list[str]:
    """Sentences to put before whoever imports."""
    here = [row for row in rows if not row.is_left_out]
    return [*_odd_identifiers(here), *_namesakes(here), *_swapped_dates(sheet), *_missing_groups(here)]


def _odd_identifiers(rows: list[RosterRow]) -> list[str]:
    """Nearly all identifiers look alike, and a few do not: a letter O for a zero, dots, a figure too many."""
    shapes = {row.number: _shape(row.values["person_code"]) for row in rows if row.values["person_code"]}
    if len(shapes) < FEWEST:
        return []
    usual, count = Counter(shapes.values()).most_common(1)[0]
    odd = [row for row in rows if shapes.get(row.number, usual) != usual]
    if not odd or count * 5 < len(shapes) * 4:
        return []
    sentence = ngettext(
        "The identifier in row %(rows)s, %(example)s, looks unlike the others: is it right?",
        "The identifiers in rows %(rows)s, for example %(example)s, look unlike the others: are they right?",
        len(odd),
    )
    return [sentence % {"rows": numbers([row.number for row in odd]), "example": odd[0].values["person_code"]}]


def _shape(code: str) -> str:
    return re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", code))


def _namesakes(rows: list[RosterRow]) -> list[str]:
    """One name in several rows that nothing tells apart."""
    named: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        named[row.values["full_name"].lower()].append(row)
    return [
        _(
            "Rows %(rows)s all say %(name)s and do not tell by identifier or date of birth who is who: is this one person?"
        )
        % {"rows": numbers([row.number for row in same]), "name": same[0].values["full_name"]}
        for name, same in named.items()
        if name and len(same) > 1 and not all(_is_told_apart(row) for row in same)
    ]


def _is_told_apart(row: RosterRow) -> bool:
    return row.has_errors or bool(row.values["person_code"] or row.values["birth_date"])


def _swapped_dates(sheet: RosterSheet) -> list[str]:
    """Excel set to English reads 5/9 as May and leaves 25/9 a text; a list written in English has month first."""
    notes = []
    for name in BIRTHS:
        column = sheet.header.column(name)
        if column is None or is_month_first(title := sheet.header.titles[column]):
            continue
        cells = [(row.number, row.cells[name]) for row in sheet.rows if name in row.cells]
        real = [(number, value.day) for number, value in cells if isinstance(value, date)]
        text = [(number, match) for number, value in cells if (match := DAY_FIRST.fullmatch(text_of(value)))]
        figures = [(number, int(match[1]), int(match[2]), match[0]) for number, match in text]
        odd = [written for _number, first, second, written in figures if first <= 12 < second]
        either = [number for number, first, second, _written in figures if first != second and max(first, second) <= 12]
        if odd and either:
            notes.append(
                _(
                    "In “%(column)s” dates such as %(date)s have the month first. Were the others meant so too? They "
                    "were read day first: rows %(rows)s."
                )
                % {"column": title, "date": odd[0], "rows": numbers(either)}
            )
        above = [number for number, first, _second, _written in figures if first > 12]
        if len(real) > 2 and 1 < len(above) == len(figures) and all(day <= 12 for _number, day in real):
            notes.append(
                _(
                    "In “%(column)s” Excel seems to have swapped day and month: every date that it knows as one has a day "
                    "up to 12, every other a day above 12. Compare rows %(rows)s with the papers."
                )
                % {"column": title, "rows": numbers([number for number, _day in real])}
            )
    return notes


def _missing_groups(rows: list[RosterRow]) -> list[str]:
    """Where some rows name a group, the others may only have been left blank below it."""
    teachers = [row for row in rows if row.values["role"] not in (Role.HEAD, Role.DEPUTY_HEAD)]
    without = [row.number for row in teachers if not row.values["group"]]
    if not without or len(without) == len(teachers):
        return []
    return [
        _("No group is given in rows %(rows)s: new people are taken over without one, others keep theirs.")
        % {"rows": numbers(without)}
    ]


def numbers(rows: list[int]) -> str:
    """Row numbers as people read them, the first of very many."""
    named = ", ".join(str(row) for row in rows[:MOST_ROWS_NAMED])
    return f"{named} …" if len(rows) > MOST_ROWS_NAMED else named
