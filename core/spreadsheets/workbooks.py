"""Reading .xlsx safely: nothing is computed, nothing is unpacked beyond its limit, merged cells are filled."""

import re
import warnings
import zipfile
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import range_boundaries

from core.spreadsheets.tables import LIST_OF_PEOPLE, Formula, Limits, Table, UnreadableFile, Value, trimmed

MAX_SHEETS = 30
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^<>]{0,400}?\bhidden="(?:1|true)")[^<>]{0,400}?\br="(\d{1,7})"')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def read_workbook(archive: zipfile.ZipFile, content: bytes, limits: Limits = LIST_OF_PEOPLE) -> list[Table]:
    """The sheets of an .xlsx file. Raises UnreadableFile when it is damaged or unpacks to more than it should.

    Read row by row with limits: a stray cell in row 1,048,576 or a merged range over the whole sheet costs nothing.
    """
    if sum(part.file_size for part in archive.infolist()) > limits.unpacked:
        raise UnreadableFile(
            "bomb", _("Unpacked, the workbook is far larger than a list of people. It was not opened further.")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it does not know
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
            return [_read_sheet(sheet, archive, limits) for sheet in book.worksheets[:MAX_SHEETS]]
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl lets every kind of error through when the XML is not what it expects
        raise UnreadableFile("damaged", _("The workbook is damaged: it cannot be opened.")) from error


def _read_sheet(sheet, archive: zipfile.ZipFile, limits: Limits) -> Table:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    cells = sheet.iter_rows(max_row=limits.rows_read + 1, max_col=limits.columns)
    rows = trimmed([[_value(cell) for cell in row] for row in cells], limits.text)
    if len(rows) > limits.rows_read:
        raise UnreadableFile(
            "too-many-rows",
            _("The sheet “%(sheet)s” has more than %(limit)d rows. Import one school at a time.")
            % {"sheet": sheet.title, "limit": limits.rows},
        )
    table = Table(sheet.title, rows, hidden=sheet.sheet_state != "visible")
    filled = 0
    xml = archive.read(sheet._worksheet_path)  # read-only sheets list neither merged cells nor hidden rows
    table.hidden_rows = frozenset(int(number) - 1 for number in HIDDEN_ROW.findall(xml))
    for match in MERGED.finditer(xml):
        filled += _fill(table, match[1].decode())
        if filled > limits.filled:
            raise UnreadableFile(
                "bomb", _("Unpacked, the workbook is far larger than a list of people. It was not opened further.")
            )
    return table


def _value(cell) -> Value:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if isinstance(value, str | int | float | date | datetime | time):
        return value
    return str(value)


def _fill(table: Table, reference: str) -> int:
    """Copies the first value of a merged range to its other cells, as far as the table has rows and columns; answers
    how many that were (1 for none: looking costs too)."""
    left, top, right, bottom = range_boundaries(reference)
    value = table.value(top - 1, left - 1)
    if value is None:
        return 1
    width = max((len(row) for row in table.rows), default=0)
    rows = table.rows[top - 1 : bottom]
    for row in rows:
        row.extend([None] * (min(right, width) - len(row)))
        for column in range(left - 1, min(right, width)):
            row[column] = value
    return len(table.rows) + len(rows) * max(1, min(right, width) - left + 1)
