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
    """One sheet. `rows[0]` is row 1 as a spreadsheet counts; merged cells all carry the value of their first."""

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    hidden: bool = False

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


def check_size(content: bytes) -> None:
    """Raises UnreadableFile for an empty file or one over MAX_BYTES."""
    if not content:
        raise UnreadableFile("empty", _("The file is empty."))
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            "too-big",
            _("The file is larger than %(limit)d MB. Keep only the sheet with the list and try again.")
            % {"limit": MAX_BYTES // 1024 // 1024},
        )


def trimmed(rows: list[list[Value]]) -> list[list[Value]]:
    """Without empty cells at the end of rows and empty rows at the end; texts are cut at MAX_TEXT characters."""
    for row in rows:
        while row and _is_blank(row[-1]):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return [[type(cell)(cell[:MAX_TEXT]) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
