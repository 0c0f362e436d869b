"""Sheets as an .xlsx file that people fill in: titles, drop-downs, widths, frozen heads; nothing locked, nothing that runs."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.spreadsheets.writing import HEADER
from standards.exchange import carried, help_sheet
from standards.exchange.about import FACTS
from standards.exchange.columns import HINTS, SHEETS, SheetPlan
from standards.exchange.filling import sheets_of
from standards.exchange.words import writable

FIRST_ROW = 4
"""Data begins here: a hint, the titles and the machine codes stand above."""
LAST_ROW = 3000
QUIET = Font(size=9, italic=True, color="5B6B66")
BOLD = Font(bold=True)
TOP = Alignment(wrap_text=True, vertical="top")
PLAIN_TOP = Alignment(vertical="top")
KEY_FILL = PatternFill("solid", fgColor="F6F2E6")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
RUNS = ("=", "+", "-", "@")


def workbook_of(pack: Mapping[str, Any], *, languages: Sequence[str] = (), blank: bool = False) -> bytes:
    """The workbook of a pack in the reader's language. `pack` may have problems; `blank`: an empty template whose pack
    holds only levels and the like. Reading it again gives a pack of the same fingerprint (`rebuilding.read_workbook`).
    """
    plans = sheets_of(pack, languages=languages, blank=blank)
    book = Workbook(write_only=True)
    names = {plan.key: str(SHEETS[plan.key])[:31] for plan in plans}
    lists = _Lists(plans, names, has_results=bool(pack.get("results")))
    _help(book.create_sheet(_("Help")[:31]), names)
    for plan in plans:
        _sheet(book.create_sheet(names[plan.key]), plan, lists)
    lists.write(book)
    _data(book.create_sheet(carried.SHEET), pack)
    book.active = 0
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _sheet(page, plan: SheetPlan, lists: "_Lists") -> None:
    letters = {column.code: get_column_letter(number) for number, column in enumerate(plan.columns, start=1)}
    anchor = next((letters[c.code] for c in plan.columns if c.field.per), letters[plan.columns[0].code])
    page.freeze_panes = f"{anchor}{FIRST_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "2:2"
    for column in plan.columns:
        size = page.column_dimensions[letters[column.code]]
        size.width, size.hidden = column.field.width, column.field.kind == "hidden"
        size.number_format = "dd/mm/yyyy" if column.field.kind == "day" else "@"
        size.alignment = TOP
    page.row_dimensions[3].hidden = True
    page.row_dimensions[2].height = 34
    page.append([_cell(page, HINTS[plan.key], QUIET, PLAIN_TOP)])
    page.append([_title(page, column) for column in plan.columns])
    page.append([_cell(page, column.code, QUIET, PLAIN_TOP) for column in plan.columns])
    for validation in lists.validations(plan, letters):
        page.data_validations.append(validation)
    for row in plan.rows:
        page.append([_cell(page, _shown(column.field, row.get(column.code))) for column in plan.columns])


def _title(page, column) -> WriteOnlyCell:
    cell = _cell(page, column.title, BOLD, Alignment(wrap_text=True, vertical="center"))
    cell.fill = KEY_FILL if column.field.kind in ("code", "number", "yes") else HEADER
    return cell


def _shown(item, value: Any) -> Any:
    """A value as people read it: the word of a code, a list with commas."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return carried.as_json(value) if value else ""
    if isinstance(item.choices, Mapping) and value in item.choices:
        return str(item.choices[value])
    return value


def _cell(page, value: Any, font: Font | None = None, alignment: Alignment = TOP) -> WriteOnlyCell:
    """A cell that is a text, a number or a day and never a formula."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        value = LOOKS_ESCAPED.sub("_x005F_", writable(value)) or None
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = value.lstrip()[:1] in RUNS
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if font:
        cell.font = font
    cell.alignment = alignment
    return cell


def _help(page, names: Mapping[str, str]) -> None:
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 100
    for left, right in help_sheet.lines(names):
        page.append([_cell(page, left, BOLD if left else None), _cell(page, right)])


def _data(page, pack: Mapping[str, Any]) -> None:
    """What has no column rides along untouched, and tells what the workbook was made from."""
    page.sheet_state = "hidden"
    page.column_dimensions["A"].width = 60
    page.append([_cell(page, _("Leave this sheet as it is: it carries what has no place on the others."), QUIET)])
    for part in carried.parts(pack):
        page.append([_cell(page, part, alignment=PLAIN_TOP)])


class _Lists:
    """What drop-downs offer: words stand on a hidden sheet, codes where they are defined."""

    def __init__(self, plans: Sequence[SheetPlan], names: Mapping[str, str], *, has_results: bool):
        self.names, self.has_results = names, has_results
        self.name = _("Lists")[:31]
        self.columns: dict[tuple[str, ...], str] = {}
        self.codes = {}
        for plan in plans:
            for number, column in enumerate(plan.columns, start=1):
                if column.code in (f"{plan.key}.code", "article.key"):
                    self.codes[plan.key] = get_column_letter(number)

    def validations(self, plan: SheetPlan, letters: Mapping[str, str]) -> Iterator[DataValidation]:
        if plan.key == "about":
            for number, fact in enumerate(FACTS, start=FIRST_ROW):
                if fact.choices:
                    yield self._validation(fact.choices, f"{letters['about.value']}{number}")
            return
        rated = [letters[column.code] for column in plan.columns if column.field.per == "criterion"]
        if rated:
            yield self._validation("level", f"{rated[0]}{FIRST_ROW}:{rated[-1]}{LAST_ROW}")
        for column in plan.columns:
            if column.field.choices:
                letter = letters[column.code]
                choices = column.field.choices
                if column.code == "rule.result" and self.has_results:
                    choices = "result"
                yield self._validation(choices, f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")

    def _validation(self, choices: Any, cells: str) -> DataValidation:
        if isinstance(choices, str):
            letter = self.codes.get(choices, "A")
            source = f"'{self.names[choices]}'!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"
        else:
            source = self._column(tuple(str(word) for word in choices.values()))
        found = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        found.add(cells)
        return found

    def _column(self, words: tuple[str, ...]) -> str:
        if words not in self.columns:
            self.columns[words] = get_column_letter(len(self.columns) + 1)
        letter = self.columns[words]
        return f"'{self.name}'!${letter}$2:${letter}${len(words) + 1}"

    def write(self, book: Workbook) -> None:
        page = book.create_sheet(self.name)
        page.sheet_state = "hidden"
        page.append([_cell(page, _("Words that the drop-downs offer"), QUIET)])
        for number in range(max(map(len, self.columns), default=0)):
            page.append([_cell(page, words[number] if number < len(words) else None) for words in self.columns])
