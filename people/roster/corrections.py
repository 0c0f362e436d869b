"""A workbook of rows with errors: written so that it is read as the file was, and a part of the school when it comes back."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from people.enums import Gender
from people.models import ImportRow, RosterImport
from people.roster.columns import is_reason, reason_title
from people.roster.header import OVER, header_of
from people.roster.values import is_for_women

PLAIN = {"subject": "Môn dạy", "qualification": "Trình độ chuyên môn"}
"""Said below a title whose meaning only the values of the whole file told: "Chuyên môn"."""
GROUP = ("Tổ chuyên môn", "group")
"""A column for groups that only lines between people named."""


def with_first_row(rosters: QuerySet[RosterImport]) -> QuerySet[RosterImport]:
    """The rosters with `first_raw`, the first row as written, in the same query."""
    rows = ImportRow.objects.filter(roster=OuterRef("pk")).order_by("number")
    return rosters.annotate(first_raw=Subquery(rows.values("raw")[:1]))


def is_correction(roster: RosterImport) -> bool:
    """Its rows hold the reason that the workbook of errors wrote, which is no column of the roster itself.

    `roster` comes from `with_first_row`.
    """
    raw = roster.first_raw or {}
    return any(is_reason(title) for title in raw.keys() - {title for title, _name in roster.columns})


def titles_to_correct(roster: RosterImport, rows: Iterable[ImportRow]) -> list[str]:
    """The titles of the workbook: each means what it meant in the file, the reason last."""
    columns = _columns(roster, rows)
    titles = [title for title, _name in columns] + [reason_title()]
    fields = header_of(titles).fields
    for column, (title, name) in enumerate(columns):
        if name in PLAIN and fields.get(column) != name:
            titles[column] = f"{title}{OVER}{PLAIN[name]}"
    return titles


def cells_to_correct(roster: RosterImport, row: ImportRow, width: int) -> list[str]:
    """One row under those titles, without its reason: as written, with what the cells around it told."""
    cells = [_cell(row, title, name) for title, name in roster.columns]
    return cells if len(cells) == width else [*cells, row.values.get("group", "")]


def _columns(roster: RosterImport, rows: Iterable[ImportRow]) -> list[tuple[str, str]]:
    columns = [(title, name) for title, name in roster.columns]
    is_told = any(name == "group" for _title, name in columns) or not any(row.values.get("group") for row in rows)
    return columns if is_told else [*columns, GROUP]


def _cell(row: ImportRow, title: str, name: str) -> str:
    text, read = row.raw.get(title, ""), row.values.get(name) or ""
    if name == "group" and not text:
        return read
    if name == "person_code" and text.isdigit() and read.endswith(text):
        return read  # its zeros are back: here it is a text, and would stay without them
    if name == "gender" and not text and read == Gender.MALE and is_for_women(title):
        return "Nam"  # where women are ticked and none of these is one
    return text
