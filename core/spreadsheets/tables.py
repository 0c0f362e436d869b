"""A table as read: plain values in rows, and what is too much of it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 100
MAX_TEXT = 1000
"""Characters kept of one cell: no name or title is longer, and 5,000 rows of novels fill a server's memory."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read: bytes of the file and of what it unpacks to, rows and columns of a sheet, characters
    of a cell. The sentences speak of lists of people: a reader of something else says its own, by `code`."""

    size: int = MAX_BYTES
    unpacked: int = 60 * 1024 * 1024
    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    text: int = MAX_TEXT

    @property
    def rows_read(self) -> int:
        """Titles, blank lines and footers stand besides what is listed."""
        return self.rows + 200

    @property
    def filled(self) -> int:
        """Cells written for merged ranges: every cell of a full roster some times over."""
        return 4 * MAX_ROWS * MAX_COLUMNS


LIST_OF_PEOPLE = Limits()

Value = str | int | float | bool | date | datetime | time | None
_PHONE = re.compile(r"\+[\d\s.()-]{6,}")


class UnreadableFile(Exception):
    """A file that cannot be read as a table. `str()` is the sentence people read, `code` the reason for machines."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code


class Formula(str):
    """The text of a formula. Never computed; whoever reads the table decides whether it matters."""

    __slots__ = ()


@dataclass
class Table:
    """One sheet. `rows[0]` is row 1 as a spreadsheet counts; merged cells all carry the value of their first.

    `hidden_rows`: indexes of rows that are hidden or filtered away.
    """

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()

    def value(self, row: int, column: int) -> Value:
        """The value at `row` and `column` (both counted from 0); None outside."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


def looks_like_formula(value: Value) -> bool:
    """True for formulas, for texts a spreadsheet would run when it opens them (=, +, -, @), and for error values.

    Phone numbers (+84 …), negative numbers and lone dashes are what they look like.
    """
    if isinstance(value, Formula):
        return True
    if not isinstance(value, str):
        return False
    text = value.lstrip("'\t\r\n \u00a0\u200b\ufeff")
    if re.fullmatch(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)", text):
        return True
    if text[:1] in ("=", "@"):
        return True
    if text[:1] in ("+", "-"):
        return len(text.strip("+- ")) > 0 and not _PHONE.fullmatch(text) and not re.fullmatch(r"[+-][\d.,]+", text)
    return False


def check_size(content: bytes, limits: Limits = LIST_OF_PEOPLE) -> None:
    """Raises UnreadableFile for an empty file or one that is too large."""
    if not content:
        raise UnreadableFile("empty", _("The file is empty."))
    if len(content) > limits.size:
        raise UnreadableFile(
            "too-big",
            _("The file is larger than %(limit)d MB. Keep only the sheet with the list and try again.")
            % {"limit": limits.size // 1024 // 1024},
        )


def trimmed(rows: list[list[Value]], longest: int = MAX_TEXT) -> list[list[Value]]:
    """Without empty cells at the end of rows and empty rows at the end; texts are cut at `longest` characters."""
    for row in rows:
        while row and _is_blank(row[-1]):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return [[type(cell)(cell[:longest]) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
