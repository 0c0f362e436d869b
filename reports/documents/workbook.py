"""The aggregate as a workbook: the same figures as the document, as numbers that can be reckoned with."""

import io
from collections.abc import Sequence
from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets.writing import XLSX, escaped
from reports.aggregates import Line, Place
from reports.documents.aggregate_pages import HIDDEN, notes_of
from reports.documents.pages import Made, official_date
from reports.summaries.aggregate import Aggregate

CONTENT_TYPE = XLSX
COUNT, SHARE = "#,##0", "0.0%"
NOTHING = "–"
"""A share of nobody, as in the document: a 0 would count in an average."""
HEAD = PatternFill("solid", fgColor="E3EFE8")
RULE = Border(top=Side("thin", "1D2522"))


def aggregate_workbook(aggregate: Aggregate, made: Made) -> bytes:
    """Completion, overall results, results by criterion, notes. Hidden counts are `*`, texts never formulas."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = aggregate.frame.unit
    book.properties.created = book.properties.modified = datetime.combine(made.on, time())
    with override(aggregate.frame.language):
        book.properties.title = _("Aggregate report")
        _completion(book, aggregate)
        if aggregate.is_full:
            place = _("School") if aggregate.by_school else _("Office")
            published = aggregate.published
            _distribution(book, _("Overall results"), place, published.schools, aggregate, published.overall)
            _distribution(book, _("By criterion"), _("Criterion"), published.criteria, aggregate)
        _notes(book, aggregate, made)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _sheet(book: Workbook, name: str, heads: Sequence[str], first_width: int) -> Worksheet:
    sheet = book.create_sheet(name[:31])
    for column, head in enumerate(heads, start=1):
        cell = sheet.cell(1, column)
        _text(cell, head)
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left" if column == 1 else "right")
        sheet.column_dimensions[get_column_letter(column)].width = first_width if column == 1 else 13
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet


def _text(cell: Cell, text: str) -> None:
    cell.value = escaped(text)
    cell.data_type, cell.number_format = "s", "@"


def _number(cell: Cell, value: float | str | None, number_format: str) -> None:
    """A number; a word in its place, `HIDDEN` for None, stands where numbers stand."""
    if isinstance(value, int | float):
        cell.value, cell.number_format = value, number_format
    else:
        _text(cell, HIDDEN if value is None else value)
        cell.alignment = Alignment(horizontal="right")


def _completion(book: Workbook, aggregate: Aggregate) -> None:
    heads = [
        _("School") if aggregate.by_school else _("Office"),
        _("In the cycle"),
        _("Submitted"),
        _("Submitted, share"),
        _("Decided"),
        _("Result announced"),
        _("Announced, share"),
        _("Excused"),
    ]
    sheet = _sheet(book, _("Completion"), heads, 44)
    published = aggregate.published
    for row, place in enumerate([*published.places, published.whole], start=2):
        is_sum = place is published.whole
        _text(sheet.cell(row, 1), _("Together") if is_sum else place.name)
        for column, (value, kind) in enumerate(_completion_values(place), start=2):
            _number(sheet.cell(row, column), value, kind)
        if is_sum:
            _as_sum(sheet, row, len(heads))


def _share(count: int, whole: int) -> float | str:
    return count / whole if whole else NOTHING


def _completion_values(place: Place) -> list[tuple[float | str, str]]:
    return [
        (place.people, COUNT),
        (place.submitted, COUNT),
        (_share(place.submitted, place.people), SHARE),
        (place.decided, COUNT),
        (place.rated, COUNT),
        (_share(place.rated, place.people), SHARE),
        (place.excused, COUNT),
    ]


def _distribution(
    book: Workbook, name: str, first: str, lines: Sequence[Line], aggregate: Aggregate, together: Line | None = None
) -> None:
    levels = [level.name for level in aggregate.frame.levels]
    heads = [first, *levels, _("Rated"), *(_("%(level)s, share") % {"level": level} for level in levels)]
    sheet = _sheet(book, name, heads, 60)
    rows = [*lines, *([together] if together else [])]
    for row, line in enumerate(rows, start=2):
        is_sum = line is together
        _text(sheet.cell(row, 1), _("Together") if is_sum else line.name)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        values = [*((cell, COUNT) for cell in line.cells), (line.rated, COUNT), *((s, SHARE) for s in line.shares())]
        for column, (value, kind) in enumerate(values, start=2):
            _number(sheet.cell(row, column), value if line.rated or value is not None else NOTHING, kind)
        if is_sum:
            _as_sum(sheet, row, len(heads))


def _as_sum(sheet: Worksheet, row: int, width: int) -> None:
    for column in range(1, width + 1):
        cell = sheet.cell(row, column)
        cell.font, cell.border = Font(bold=True), RULE


def _notes(book: Workbook, aggregate: Aggregate, made: Made) -> None:
    sheet = book.create_sheet(_("Notes")[:31])
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 90
    frame = aggregate.frame
    rows = [
        (_("Office"), frame.unit),
        (_("Cycle"), frame.cycle),
        (_("School year"), frame.school_year),
        (_("Regulation"), frame.regulation),
        (_("Made on"), official_date(made.on, frame.language)),
        (_("Smallest number shown"), str(aggregate.threshold)),
        (_("Reference"), frame.reference),
        (_("Fingerprint of the content"), made.fingerprint),
        *((_("Note"), note) for note in notes_of(aggregate)),
    ]
    for row, (name, text) in enumerate(rows, start=1):
        _text(sheet.cell(row, 1), name)
        _text(sheet.cell(row, 2), text)
        sheet.cell(row, 1).font = Font(bold=True)
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
