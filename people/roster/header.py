"""Finding the header of a roster: under title rows, on one row or two, with merged cells, in any order of columns."""

import datetime as dt
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from core.spreadsheets import Table
from people.roster.columns import field_of, is_exact, is_reason, is_theirs, is_weak
from people.roster.values import DEGREES, read_qualification
from people.roster.words import text_of, word_key

SEARCHED_ROWS = 60
SPLIT = {
    ("birth_date", "nam"): "birth_date_m",
    ("birth_date", "nữ"): "birth_date_f",
    ("gender", "nam"): "gender_m",
    ("gender", "nữ"): "gender_f",
}
"""One title over two columns: "Ngày sinh" over "Nam" and "Nữ" tells the date and the gender at once."""


@dataclass
class Header:
    """Where the header of a table is and what its columns mean."""

    last_row: int  # index from 0
    titles: dict[int, str] = field(default_factory=dict)  # column -> title as written, each once
    fields: dict[int, str] = field(default_factory=dict)  # column -> field, for the columns that were understood
    repeated: dict[int, int] = field(default_factory=dict)  # column -> the column of the same meaning that is read
    strength: dict[int, int] = field(default_factory=dict)  # column -> 2 known header, 1 begins like one, 0 gives way

    @property
    def known(self) -> set[str]:
        return set(self.fields.values())

    @property
    def score(self) -> int:
        return len(self.known - {"ordinal"})

    @property
    def has_name(self) -> bool:
        return "full_name" in self.known or {"given_name", "family_name"} <= self.known

    def column(self, name: str) -> int | None:
        """The column of a field, or None."""
        return next((column for column, found in self.fields.items() if found == name), None)

    @property
    def reason_column(self) -> int | None:
        """The last column where it is the one that the workbook of rows with errors adds."""
        last = max(self.titles, default=None)
        return last if last is not None and is_reason(self.titles[last]) else None

    @property
    def is_national_id(self) -> bool:
        """The identifier is the national one (căn cước): always 12 figures."""
        column = self.column("person_code")
        key = word_key(self.titles[column]) if column is not None else ""
        return "cccd" in key.split() or "can cuoc" in key


def find_header(table: Table) -> Header | None:
    """The header of the roster in this table: the row, or the two rows, that name the most columns, a name among them."""
    rows = range(min(len(table.rows), SEARCHED_ROWS))
    single = [_read(table, index, index) for index in rows]
    double = [_read(table, index, index + 1) for index in rows if _may_be_upper(table, index)]
    best = max((header for header in single if header.has_name), key=lambda header: header.score, default=None)
    for header in double:
        if header.has_name and header.score > (best.score if best else 0):
            best = header
    if best:
        _name_over_two_columns(table, best)
        _profession(table, best)
        _title_the_untitled(table, best)
    return best


def _may_be_upper(table: Table, index: int) -> bool:
    """Rows `index` and `index + 1` may be one header: several titles above, no data below."""
    if index + 1 >= len(table.rows):
        return False
    above = {text_of(value) for value in table.rows[index]} - {""}
    below = [value for value in table.rows[index + 1] if text_of(value)]
    data = any(isinstance(value, dt.date | int | float) or text_of(value).isdigit() for value in below)
    return len(above) > 1 and bool(below) and not data


def _read(table: Table, first: int, last: int) -> Header:
    """Rows first..last as a header (the same row twice: one row)."""
    header = Header(last)
    carried = ""  # a title over several columns that somebody did not merge
    for column in range(max(len(table.rows[first]), len(table.rows[last]))):
        upper, lower = text_of(table.value(first, column)), text_of(table.value(last, column))
        if first == last or upper == lower:
            title, name, words = upper, field_of(upper), upper
        else:
            title, name, words = _two_rows(upper or (carried if lower else ""), lower)
        carried = upper or carried
        if title:
            header.strength[column] = 0 if is_weak(title) else 2 if is_exact(words) else 1
            _add(header, column, title, name)
    if "given_name" in header.known and not {"family_name", "full_name"} & header.known:
        header.fields[header.column("given_name")] = "full_name"
    elif {"given_name", "family_name"} <= header.known and header.strength.get(header.column("full_name"), 2) == 1:
        del header.fields[header.column("full_name")]  # only begins like a name, and the name stands in its parts
    return header


def _two_rows(upper: str, lower: str) -> tuple[str, str, str]:
    """(title, field, the words that tell it) of a title on two rows: "Họ và tên" over "Tên", "Ngày sinh" over "Nữ"."""
    above = field_of(upper)
    if not lower:
        return upper, above, upper
    both = f"{upper} {lower}".strip()
    if split := SPLIT.get((above, lower.lower())):
        return both, split, upper
    words = lower if field_of(lower) else both
    name = field_of(words)
    if (name != "party_member" and is_theirs(upper)) or (above not in ("", "party_member") and is_theirs(lower)):
        name = ""  # "Vợ/chồng" over "Ngày sinh", "Chức vụ" over "Đảng"
    return both, name, words


def _add(header: Header, column: int, title: str, name: str) -> None:
    earlier = header.column(name) if name else None
    unique = title if title not in header.titles.values() else f"{title} ({get_column_letter(column + 1)})"
    header.titles[column] = unique
    if not name:
        return
    if earlier is None:
        header.fields[column] = name
    elif name == "full_name" and earlier == column - 1 and header.titles[earlier] == title:
        header.fields[column] = "given_name"  # one merged title over family name and given name
    elif header.strength[earlier] < header.strength[column]:
        header.fields[column] = header.fields.pop(earlier)
        header.repeated = {other: column if read == earlier else read for other, read in header.repeated.items()}
        header.repeated[earlier] = column
        _second_use(header, earlier)
    else:
        header.repeated[column] = earlier
        _second_use(header, column)


def _second_use(header: Header, column: int) -> None:
    """ "Chức danh" beside "Chức vụ" is the professional title."""
    if word_key(header.titles[column]) == "chuc danh" and "title_rank" not in header.known:
        header.fields[column] = "title_rank"
        header.repeated.pop(column, None)


def _name_over_two_columns(table: Table, header: Header) -> None:
    """The column behind "Họ và tên" has no title but holds given names: it is part of the name."""
    column = header.column("full_name")
    if column is None or column + 1 in header.titles or "given_name" in header.known:
        return
    names = [row for row in range(header.last_row + 1, len(table.rows)) if text_of(table.value(row, column))]
    given = [row for row in names if _is_one_word(text_of(table.value(row, column + 1)))]
    if names and len(given) * 2 > len(names):
        header.titles[column + 1] = f"({get_column_letter(column + 2)})"
        header.fields[column + 1] = "given_name"


def _profession(table: Table, header: Header) -> None:
    """ "Chuyên môn" is the degree in some lists and the subject in others: its values tell."""
    column = next((column for column, title in header.titles.items() if word_key(title) == "chuyen mon"), None)
    if column is None or column in header.fields:
        return
    texts = [text for row in range(header.last_row + 1, len(table.rows)) if (text := text_of(table.value(row, column)))]
    degrees = sum(read_qualification(text) in DEGREES for text in texts)
    meaning = "qualification" if degrees * 2 > len(texts) else "subject"
    if texts and meaning not in header.known:
        header.fields[column] = meaning


def _is_one_word(text: str) -> bool:
    return bool(text) and " " not in text and text.isalpha()


def _title_the_untitled(table: Table, header: Header) -> None:
    """Columns with data and without a title are kept under their letter."""
    width = max((len(row) for row in table.rows), default=0)
    for column in range(width):
        if column not in header.titles and any(
            text_of(table.value(row, column)) for row in range(header.last_row + 1, len(table.rows))
        ):
            header.titles[column] = f"({get_column_letter(column + 1)})"
