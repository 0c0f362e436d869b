"""The sheets of an uploaded workbook as rows of named cells: which sheet is which, which column is which, and what is
no data at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from core.spreadsheets import Formula, Table
from core.spreadsheets.tables import Value
from standards.exchange import carried
from standards.exchange.columns import FIELDS, MACHINE, SHEETS, code_of_title, sheet_of_name
from standards.exchange.words import cell_text, in_every_language, word_key

SEARCHED_ROWS = 60
ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")
OURS = (gettext_lazy("Help"), gettext_lazy("Lists"))


@dataclass(frozen=True)
class Placed:
    """A sentence about a cell. `sheet` and `cell` are empty where it is about the whole file."""

    sheet: str
    cell: str
    sentence: str


@dataclass
class Row:
    """A row with something in it. `cells`: machine code -> value; `letters`: machine code -> column."""

    sheet: str
    number: int
    cells: dict[str, Value]
    letters: Mapping[str, str]

    def text(self, code: str) -> str:
        """The cell as clean text; "" where there is nothing."""
        return cell_text(self.cells.get(code))

    def place(self, code: str = "") -> tuple[str, str]:
        """(sheet, cell) of a column, of the row's first cell where it has no such column."""
        letter = self.letters.get(code) or next(iter(self.letters.values()), "A")
        return self.sheet, f"{letter}{self.number}"


@dataclass
class Grid:
    """The sheets that were understood: key -> rows, key -> machine codes of its columns in their order."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Placed] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Whether the file has this sheet with at least one known column."""
        return key in self.rows


@dataclass
class _Head:
    key: str
    last_row: int  # index of the row that names the columns
    codes: dict[int, str]  # column -> machine code
    unknown: list[str]


def grid_of(tables: Iterable[Table], *, levels: Mapping[str, Any], main: str) -> Grid:
    """The rows of every sheet that is one of a framework's. `levels` (code to name) and `main` (a language) help to
    understand titles where the machine codes are gone."""
    grid = Grid()
    tables = list(tables)
    levels = levels or _level_names(tables, main)
    found: list[tuple[_Head, Table]] = []
    for table in tables:
        if head := _head(table, levels, main):
            found.append((head, table))
        elif table.rows and not table.hidden and not _is_ours(table):
            grid.notes.append(_("The sheet “%(sheet)s” is not known and was not read.") % {"sheet": table.name})
    for head, table in sorted(found, key=lambda pair: pair[1].hidden):
        if head.key in grid.rows:
            sentence = _("The sheet “%(sheet)s” says the same as another one and was not read.")
            grid.notes.append(sentence % {"sheet": table.name})
            continue
        if head.unknown:
            sentence = _("Sheet “%(sheet)s”: these columns are not known and were not read: %(columns)s.")
            grid.notes.append(sentence % {"sheet": table.name, "columns": ", ".join(head.unknown)})
        grid.columns[head.key] = list(dict.fromkeys(head.codes.values()))
        grid.rows[head.key] = list(_rows(table, head, grid))
    return grid


def _level_names(tables: Iterable[Table], main: str) -> dict[str, Any]:
    """Code to name of the levels that the file itself defines: titles of other sheets speak of them."""
    names: dict[str, Any] = {}
    for table in tables:
        head = _head(table, {}, main)
        if head and head.key == "level":
            for row in _rows(table, head, Grid()):
                named = {c: row.text(c) for c in row.cells if c.startswith("level.name.")}
                names[row.text("level.code")] = {c.rpartition(".")[2]: text for c, text in named.items()}
    return names


def is_code(code: str) -> bool:
    """Whether a text is the machine code of a column that exists."""
    match = MACHINE.fullmatch(code)
    if not match or match[1] not in FIELDS:
        return False
    for item in FIELDS[match[1]]:
        prefix = f"{item.name}."
        if not item.per and match[2] == item.name:
            return True
        if item.per and match[2].startswith(prefix):
            rest = match[2].removeprefix(prefix)
            tongue = rest.rpartition(".")[2]
            return item.per == "criterion" or (
                len(tongue) == 2 and tongue.islower() and (item.per == "level") == ("." in rest)
            )
    return False


def _is_ours(table: Table) -> bool:
    names = {word_key(name) for title in OURS for name in in_every_language(title)}
    return word_key(table.name) in names or word_key(table.name) == word_key(carried.SHEET)


def _head(table: Table, levels: Mapping[str, Any], main: str) -> _Head | None:
    """The row that names the columns: the one with machine codes, else the one with the most titles."""
    best: _Head | None = None
    for index in range(min(len(table.rows), SEARCHED_ROWS)):
        codes = {c: text for c, cell in enumerate(table.rows[index]) if is_code(text := cell_text(cell))}
        keys = [code.partition(".")[0] for code in codes.values()]
        key = max(keys, key=keys.count, default="")
        codes = {c: code for c, code in codes.items() if code.startswith(f"{key}.")}
        if len(codes) >= 2 and (best is None or len(codes) > len(best.codes)):
            best = _Head(key, index, _once(codes), [])
    if best:
        _add_titled(best, table, levels, main)
        return best
    key = sheet_of_name(table.name)
    for index in range(min(len(table.rows), SEARCHED_ROWS)) if key else ():
        head = _titled(key, table, index, levels, main)
        if len(head.codes) >= 2 and (best is None or len(head.codes) > len(best.codes)):
            best = head
    return best


def _once(codes: Mapping[int, str]) -> dict[int, str]:
    kept: dict[int, str] = {}
    for column, code in codes.items():
        if code not in kept.values():
            kept[column] = code
    return kept


def _titled(key: str, table: Table, index: int, levels: Mapping[str, Any], main: str) -> _Head:
    codes, unknown = {}, []
    for column, cell in enumerate(table.rows[index]):
        title = cell_text(cell)
        if code := title and code_of_title(key, title, levels=levels, main=main):
            codes[column] = code
        elif title:
            unknown.append(title)
    return _Head(key, index, _once(codes), unknown)


def _add_titled(head: _Head, table: Table, levels: Mapping[str, Any], main: str) -> None:
    """Columns that somebody added have a title above and no machine code."""
    if not head.last_row:
        return
    above = _titled(head.key, table, head.last_row - 1, levels, main)
    for column, code in above.codes.items():
        if column not in head.codes and code not in head.codes.values():
            head.codes[column] = code
    head.unknown = [
        title
        for column, cell in enumerate(table.rows[head.last_row - 1])
        if column not in head.codes and (title := cell_text(cell))
    ]


def _rows(table: Table, head: _Head, grid: Grid) -> Iterator[Row]:
    letters = {code: get_column_letter(column + 1) for column, code in head.codes.items()}
    for index in range(head.last_row + 1, len(table.rows)):
        cells = {code: table.value(index, column) for column, code in head.codes.items()}
        cells = {code: value for code, value in cells.items() if cell_text(value)}
        row = Row(table.name, index + 1, cells, letters)
        if not any(code.rpartition(".")[2] not in ("was", "field", "label") for code in cells) and head.key != "about":
            continue
        texts = [cell_text(value) for value in cells.values()]
        if len(texts) > 2 and len(set(texts)) == 1:  # a line over the whole width
            grid.notes.append(
                _("Sheet “%(sheet)s”, row %(row)d was left out: “%(text)s”.")
                % {"sheet": table.name, "row": row.number, "text": texts[0][:80]}
            )
            continue
        for code, value in cells.items():
            if isinstance(value, Formula) or value in ERRORS:
                sentence = _("This cell holds a formula. Paste its value instead.")
                grid.problems.append(Placed(*row.place(code), sentence))
        yield row


__all__ = ["SHEETS", "Grid", "Placed", "Row", "grid_of", "is_code"]
