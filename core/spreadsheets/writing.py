"""Writing workbooks: every text is a text, whatever it begins with."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = PatternFill("solid", fgColor="E7EFEC")
ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}  # XML has no such characters


@dataclass
class Sheet:
    """A sheet to write: a header row, rows of values, optionally widths (characters) and lists to choose from."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]] = ()
    widths: Sequence[int] = ()
    choices: dict[int, Sequence[str]] = field(default_factory=dict)  # column (from 0) -> allowed words


def escaped(value: object) -> object:
    """Texts that a spreadsheet would take for a formula get an apostrophe in front; other values stay as they are."""
    if not isinstance(value, str):
        return value
    text = str(value).translate(ILLEGAL)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx file. Texts are stored as text cells, so leading zeros and would-be formulas stay what they are."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.freeze_panes = "A2"
        widths = list(sheet.widths) or [max(12, min(40, len(str(title)) + 4)) for title in sheet.header]
        for number, width in enumerate(widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        for column, words in sheet.choices.items():
            letter = get_column_letter(column + 1)
            choice = DataValidation(type="list", formula1='"{}"'.format(",".join(words)), allow_blank=True)
            choice.error = ""
            choice.showErrorMessage = False
            choice.add(f"{letter}2:{letter}500")
            page.data_validations.append(choice)
        page.append([_header(page, title) for title in sheet.header])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _header(page, title: str) -> WriteOnlyCell:
    cell = _cell(page, title)
    cell.font, cell.fill, cell.alignment = Font(bold=True), HEADER, Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(page, value: object) -> WriteOnlyCell:
    value = escaped(value)
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell
