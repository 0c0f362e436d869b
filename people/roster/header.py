"""Finding the header of a roster: under title rows, on one row or two, with merged cells, in any order of columns."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from core.spreadsheets import Table
from people.roster.columns import FIELD_OF, field_of, is_exact, is_reason, is_theirs, is_weak
from people.roster.names import NAME_FIELDS
from people.roster.values import DEGREES, RANKS, read_qualification, read_rank
from people.roster.words import text_of, word_key

SEARCHED_ROWS = 60
MOST_ROWS = 3
OVER = " › "
"""Between a title over several columns and the one below it, where they are told in one: "Họ và tên › Tên". A workbook
of rows with errors comes back with such titles."""
SPLIT = {
    ("birth_date", "nam"): "birth_date_m",
    ("birth_date", "nữ"): "birth_date_f",
    ("birth_date", "ngày"): "birth_day",
    ("birth_date", "tháng"): "birth_month",
    ("birth_date", "năm"): "birth_year",
    ("gender", "nam"): "gender_m",
    ("gender", "nữ"): "gender_f",
}
"""One title over several columns: "Ngày sinh" over "Nam" and "Nữ" tells the date and the gender at once."""
SECOND_USES = {"chuc danh": "title_rank", "bo mon": "subject"}
"""Titles that mean something else beside a better column of their first meaning."""


@dataclass
class Header:
    """Where the header of a table is and what its columns mean."""

    last_row: int  # index from 0
    titles: dict[int, str] = field(default_factory=dict)  # column -> title as written, each once
    fields: dict[int, str] = field(default_factory=dict)  # column -> field, for the columns that were understood
    repeated: dict[int, int] = field(default_factory=dict)  # column -> the column of the same meaning that is read
    strength: dict[int, int] = field(
        default_factory=dict
    )  # column -> 2 known header, 1 begins like one, less gives way
    ticked: dict[int, tuple[str, str]] = field(default_factory=dict)  # column -> (field, the value that a tick means)

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

    def same_as(self, name: str) -> list[int]:
        """Other columns whose whole title means the same field."""
        return [
            column
            for column, read in self.repeated.items()
            if self.fields.get(read) == name and self.strength[column] != 1
        ]

    @property
    def is_national_id(self) -> bool:
        """The identifier is the national one (căn cước): always 12 figures."""
        column = self.column("person_code")
        key = word_key(self.titles[column]) if column is not None else ""
        return "cccd" in key.split() or "can cuoc" in key


def find_header(table: Table) -> Header | None:
    """The header of the roster in this table: the rows that name the most columns, a name among them.

    A row of sub-titles belongs to the titles above it, however many columns either names alone.
    """
    best, inside = None, -1
    for index in range(min(len(table.rows), SEARCHED_ROWS)):
        last = _last_row(table, index)
        if last > index and (header := _read(table, index, last)).has_name:
            found, inside = [header], last
        elif index <= inside:
            continue
        else:
            found = [_read(table, index, index)]
            if _may_be_upper(table, index):
                found.append(_read(table, index, index + 1))
        for header in found:
            if header.has_name and header.score > (best.score if best else 0) and not _is_somebody(table, header):
                best = header
    if best:
        _name_over_two_columns(table, best)
        _profession(table, best)
        _title_the_untitled(table, best)
    return best


def header_of(titles: Iterable[str]) -> Header:
    """What a header of these titles alone tells."""
    return _read(Table("", [list(titles)]), 0, 0)


def _last_row(table: Table, first: int) -> int:
    """The last row of the header that begins at `first`: below it may stand rows of sub-titles, and nothing else than
    sub-titles of titles over several columns, while other titles go on downward."""
    above = [text_of(value) for value in table.rows[first]]
    for last in range(first + 1, min(first + MOST_ROWS, len(table.rows))):
        below = [text_of(value) for value in table.rows[last]]
        above += [""] * (len(below) - len(above))
        below += [""] * (len(above) - len(below))
        sub = [column for column, text in enumerate(below) if text not in ("", above[column])]
        goes_on = any(field_of(text) for column, text in enumerate(above) if column not in sub)
        if not goes_on or len({below[column] for column in sub}) < 2:
            return last - 1
        if not all(_is_over_several(above, below, column) for column in sub):
            return last - 1
        above = [low or up for up, low in zip(above, below, strict=True)]
    return min(first + MOST_ROWS, len(table.rows)) - 1


def _is_over_several(above: list[str], below: list[str], column: int) -> bool:
    """The title above `column` is merged with a neighbour's, or stands over untitled neighbours that have sub-titles."""
    if not above[column]:
        return any(above[:column])
    left, right = above[column - 1 : column], above[column + 1 : column + 2]
    return above[column] in left + right or (right == [""] and bool(below[column + 1]))


def _is_somebody(table: Table, header: Header) -> bool:
    """ "Giáo viên" alone, beside numbers and dates, is somebody's post and not the title of a column of names."""
    column = header.column("full_name")
    if header.score > 1 or column is None or header.strength[column] > 0:
        return False
    values = table.rows[header.last_row]
    return any(
        isinstance(value, dt.date | int | float) or re.fullmatch(r"\d[\d./-]*", text_of(value)) for value in values
    )


def _may_be_upper(table: Table, index: int) -> bool:
    """Rows `index` and `index + 1` may be one header: several titles above, no data below."""
    if index + 1 >= len(table.rows):
        return False
    above = {text_of(value) for value in table.rows[index]} - {""}
    below = [value for value in table.rows[index + 1] if text_of(value)]
    data = any(isinstance(value, dt.date | int | float) or text_of(value).isdigit() for value in below)
    return len(above) > 1 and bool(below) and not data


def _read(table: Table, first: int, last: int) -> Header:
    """Rows first..last as a header."""
    header = Header(last)
    carried = [""] * (last - first + 1)  # titles over several columns that somebody did not merge
    own = {text_of(value) for value in table.rows[last]}
    own = own if any(map(is_reason, own)) else set()
    for column in range(max(len(table.rows[row]) for row in range(first, last + 1))):
        texts = [_without_letter(text_of(table.value(row, column)), own) for row in range(first, last + 1)]
        parts = [part for text in _parts(texts, carried) for part in text.split(OVER)]
        title, name, words = _meaning(parts)
        value = _value_to_tick(parts)
        if value:
            header.ticked[column], name = value, ""
        if title:
            header.strength[column] = _strength(title, words)
            _add(header, column, title, name)
    _take_ticked(header)
    if "given_name" in header.known and not {"family_name", "full_name"} & header.known:
        header.fields[header.column("given_name")] = "full_name"
    elif {"given_name", "family_name"} <= header.known and header.strength.get(header.column("full_name"), 2) == 1:
        del header.fields[header.column("full_name")]  # only begins like a name, and the name stands in its parts
    return header


def _strength(title: str, words: str) -> int:
    """How surely a title means its field: see Header.strength."""
    if word_key(title) == "bo mon":
        return -1  # beside "Tổ"
    return 0 if is_weak(title) else 2 if is_exact(words) else 1


def _parts(texts: list[str], carried: list[str]) -> list[str]:
    """The different titles over one column, from above. `carried`: those of the columns before, brought up to date."""
    for level, text in enumerate(texts):
        if text:
            carried[level:] = [text] + [""] * (len(texts) - level - 1)
        elif any(texts[level + 1 :]):
            texts[level] = carried[level]
    return [text for level, text in enumerate(texts) if text and text not in texts[:level]]


def _meaning(parts: list[str]) -> tuple[str, str, str]:
    """(title, field, the words that tell it) of titles above each other: "Họ và tên" over "Tên", "Chức vụ" over "Đảng"."""
    *others, lower = parts or [""]
    if not others:
        return lower, _with_gender(lower) or field_of(lower), lower
    upper, title = " ".join(others), OVER.join(parts)
    above, both = field_of(upper), f"{upper} {lower}"
    if split := SPLIT.get((above, lower.lower())):
        return title, split, upper
    is_part_of_name = FIELD_OF.get(word_key(lower)) in NAME_FIELDS  # "Họ tên" over "Họ", "Đệm", "Tên"
    words = (
        both
        if is_exact(both) and not is_part_of_name
        else lower
        if field_of(lower)
        else _of_several(upper, lower) or both
    )
    name = field_of(words)
    if "phu cap" in word_key(upper):
        name = ""  # an amount of money, whatever it is paid for
    elif (name != "party_member" and is_theirs(upper)) or (above not in ("", "party_member") and is_theirs(lower)):
        name = ""  # "Vợ/chồng" over "Ngày sinh", "Chức vụ" over "Đảng"
    return title, name, words


def _with_gender(title: str) -> str:
    """ "Ngày sinh (Nữ)" in one cell tells the gender too. Else ""."""
    match = re.fullmatch(r"(.+?)\s*\(?\b(nam|nữ)\)?", title.lower())
    return SPLIT.get(("birth_date", match[2]), "") if match and FIELD_OF.get(word_key(match[1])) == "birth_date" else ""


def _without_letter(text: str, own: set[str]) -> str:
    """Our own workbook tells titles that stand twice apart by letters: "Họ và tên (C)"; "(C)" alone is no title."""
    shorter = re.sub(r"\s*\([A-Z]{1,3}\)$", "", text)
    return shorter if own and (not shorter or shorter in own) else text


def _of_several(upper: str, lower: str) -> str:
    """A title of several things over one of them: "Ngày vào ngành / vào trường" over "Trường" is "vào trường"; "Chức vụ
    Đảng / chính quyền" over "Chính quyền" is "Chức vụ chính quyền". Else ""."""
    first, *others = (text.split() for text in re.split(r"\s*[/,;]\s*", upper))
    for words in [first, *others] if others else []:
        if f" {word_key(lower)} " in f" {word_key(' '.join(words))} ":
            longer = [" ".join(first[:count] + words) for count in range(len(first))]
            return next((text for text in longer if is_exact(text)), " ".join(words))
    return ""


def _value_to_tick(parts: list[str]) -> tuple[str, str] | None:
    """(field, value) of a sub-title that is itself a value: "Trình độ" over "Thạc sĩ", "Hạng" over "II"."""
    above = field_of(" ".join(parts[:-1]))
    if above == "qualification" and (degree := read_qualification(parts[-1])) in DEGREES:
        return above, degree
    if above == "title_rank" and (rank := read_rank(parts[-1])) in RANKS.values():
        return above, rank
    return None


def _take_ticked(header: Header) -> None:
    """Columns to tick are read where no column says the same in words."""
    written = header.known
    header.ticked = {column: found for column, found in header.ticked.items() if found[0] not in written}
    header.fields |= {column: name for column, (name, _value) in header.ticked.items()}


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
    """ "Chức danh" beside "Chức vụ" is the professional title, "Bộ môn" beside "Tổ" the subject."""
    name = SECOND_USES.get(word_key(header.titles[column]))
    if name and name not in header.known:
        header.fields[column] = name
        header.repeated.pop(column, None)


def _name_over_two_columns(table: Table, header: Header) -> None:
    """The column behind "Họ và tên" has no title but holds given names: it is part of the name."""
    column = header.column("full_name")
    if column is None or column + 1 in header.titles or "given_name" in header.known:
        return
    names = [row for row in range(header.last_row + 1, len(table.rows)) if text_of(table.value(row, column))]
    given = [row for row in names if _is_one_word(text_of(table.value(row, column + 1)))]
    if names and len(given) * 2 > len(names):
        header.titles[column + 1] = f"{header.titles[column]} ({get_column_letter(column + 2)})"
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
