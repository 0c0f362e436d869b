"""From the tables of a file to the rows of people in it: titles, section lines, repeated headers and footers set aside."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.spreadsheets import MAX_ROWS, Table, UnreadableFile
from core.spreadsheets.tables import Value
from people.roster.columns import field_of
from people.roster.dates import is_month_first
from people.roster.header import Header, find_header
from people.roster.names import NAME_FIELDS, holds_parts
from people.roster.values import read_tick
from people.roster.words import is_group_title, text_of, word_key

FOOTER = re.compile(
    r"^(tong so|tong cong|tong$|tong \d|cong$|cong \d|danh sach (nay )?(co|gom)|an dinh|trong do|nguoi lap|nguoi tong hop"
    r"|nguoi duyet|hieu truong$|pho hieu truong$|thu truong|tm |kt |xac nhan|ky ten|ky ghi ro|da ky|ghi chu|luu y"
    r"|noi nhan|lap bieu|ke toan$|total|signature|prepared by|approved by|note$|notes$|nam \d|nu \d)"
)
PLACE_AND_DATE = re.compile(r"\bngay \d* ?thang \d* ?nam\b|\bngay thang nam\b|\bngay \d{1,2} \d{1,2} \d{4}\b")
SECTION = re.compile(r"^(?:[ivxIVX]+|\d+|[a-zA-Z])\s*[.)/-]\s*")
PEOPLE = re.compile(r"^(ban giam hieu|bgh|can bo quan ly|cbql|giao vien|nhan vien|van phong)\b")
PAGE = re.compile(r"^(trang|page) \d+")
COUNT = re.compile(
    r"(?<=\w)[\s,;–-]*\b(gồm|tổng số|tổ trưởng|nhóm trưởng|\d+ *(người|đ/?c|đồng chí|gv|giáo viên|cán bộ|cb|thành viên))\b.*$",
    re.IGNORECASE,
)
"""Behind the title of a group: how many they are, who leads them."""
LONGEST_TITLE = 6  # words


@dataclass
class RawRow:
    """One person as written. `number` is the row as Excel counts."""

    number: int
    cells: dict[str, Value]  # field -> value
    raw: dict[str, str]  # title -> text, for every column with a title
    section: str = ""  # the line above that names a group of people


@dataclass
class RosterSheet:
    name: str
    header: Header
    rows: list[RawRow] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)  # (row number, text) of lines that are nobody
    other_sheets: list[str] = field(default_factory=list)
    other_rosters: list[str] = field(default_factory=list)
    other_table: int = 0  # the row where another table with other columns begins
    other_names: list[str] = field(default_factory=list)  # titles of columns with names that are not the people's
    hidden: list[int] = field(default_factory=list)  # numbers of rows with people that nobody sees


def find_roster(tables: list[Table]) -> RosterSheet:
    """The sheet that looks most like a roster, with its people.

    Raises UnreadableFile when no sheet has a header with a name, when nobody is below it, or when there are more than
    MAX_ROWS people.
    """
    found = [(sheet, table) for table in tables if (sheet := read_sheet(table))]
    if not found:
        if not any(table.rows for table in tables):
            raise UnreadableFile("empty", _("The file is empty."))
        raise UnreadableFile("no-header", no_header_sentence(tables))
    sheet, chosen = max(found, key=lambda pair: (bool(pair[0].rows), not pair[1].hidden, _weight(pair[0])))
    if not sheet.rows:
        raise UnreadableFile(
            "nobody", _("The sheet “%(sheet)s” has a header but no people below it.") % {"sheet": sheet.name}
        )
    if len(sheet.rows) > MAX_ROWS:
        raise UnreadableFile(
            "too-many-rows",
            _("The sheet “%(sheet)s” has more than %(limit)d rows. Import one school at a time.")
            % {"sheet": sheet.name, "limit": MAX_ROWS},
        )
    sheet.other_sheets = [table.name for table in tables if table is not chosen and table.rows]
    sheet.other_rosters = [other.name for other, _table in found if other is not sheet and other.rows]
    return sheet


def no_header_sentence(tables: list[Table]) -> str:
    """Why no header was found; says it when the letters are of an old Vietnamese font."""
    texts = " ".join(text_of(cell) for table in tables for row in table.rows[:20] for cell in row)
    if re.search(r"Hä\s*(vµ)?\s*tªn|Ngµy sinh|Hoï\s*(vaø)?\s*teân|Ngaøy sinh", texts, re.IGNORECASE):
        return _("The texts are in an old font (TCVN3 or VNI). Convert the workbook to Unicode first.")
    return _(
        "No header was found. One row must name the columns, among them “Họ và tên” (full name); "
        "the template shows how."
    )


def _weight(sheet: RosterSheet) -> int:
    return sheet.header.score * 1000 + len(sheet.rows)


def read_sheet(table: Table) -> RosterSheet | None:
    """The people of one table, or None when it has no header of a roster."""
    header = find_header(table)
    if header is None:
        return None
    sheet = RosterSheet(table.name, header)
    section, ended = _group_above(table, header), False
    for index in range(header.last_row + 1, len(table.rows)):
        row = _raw_row(table, header, index)
        texts = _texts(table.rows[index])
        if not texts or _is_counter_only(row, texts) or _is_numbering(row, texts):
            continue
        if is_again := _is_header_again(row, table.rows[index], header):
            continue
        if is_again is False:
            sheet.other_table = row.number
            break
        is_footer = _is_footer(row, texts)
        ended = ended or is_footer
        if is_footer or (ended and not _has_identity(row)):
            sheet.left_out.append((row.number, " · ".join(texts)[:200]))
        elif not ended and (title := _section(row, texts)):
            section = title
            sheet.left_out.append((row.number, title[:200]))
        elif _is_person(row, header):
            ended, row.section = False, section
            sheet.rows.append(row)
        else:
            if len(texts) == 1 and not ended and not PAGE.match(word_key(texts[0])):
                section = _title_of(texts[0])  # "IV. Hợp đồng": who follows belongs to the group above no longer
                section = section if len(section.split()) <= LONGEST_TITLE else ""
            sheet.left_out.append((row.number, " · ".join(texts)[:200]))
    sheet.hidden = [row.number for row in sheet.rows if row.number - 1 in table.hidden_rows]
    _drop_foreign_names(sheet)
    return sheet


def _group_above(table: Table, header: Header) -> str:
    """A list of one group says so in a line above its header: "TỔ TOÁN - TIN"."""
    lines = [texts[0] for row in table.rows[: header.last_row] if len(texts := _texts(row)) == 1]
    titles = [title for line in lines if is_group_title(title := _title_of(line))]
    return titles[-1] if titles else ""


def _drop_foreign_names(sheet: RosterSheet) -> None:
    """A whole name beside a family and a given name that are never its own is somebody else's, or an old one."""
    column = sheet.header.column("full_name")
    rows = [row.cells for row in sheet.rows if "full_name" in row.cells]
    if column is None or not {"family_name", "given_name"} <= sheet.header.known or not rows:
        return
    parts = [tuple(text_of(cells.get(name)) for name in NAME_FIELDS) for cells in rows]
    if not any(holds_parts(whole, family, given) for whole, family, _middle, given in parts):
        del sheet.header.fields[column]
        sheet.other_names = [sheet.header.titles[column]]
        for cells in rows:
            del cells["full_name"]


def _raw_row(table: Table, header: Header, index: int) -> RawRow:
    cells = {name: table.value(index, column) for column, name in header.fields.items() if column not in header.ticked}
    cells = {name: value for name, value in cells.items() if text_of(value)}
    for column, (name, meant) in header.ticked.items():
        if read_tick(table.value(index, column)) is not False:
            cells[name] = f"{cells[name]}, {meant}" if name in cells else meant
    for column in header.same_as("role"):
        if "role" not in cells and text_of(value := table.value(index, column)):
            cells["role"] = value
    if "birth_year" in cells:
        parts = [text_of(cells.pop(name, None)) for name in ("birth_day", "birth_month", "birth_year")]
        cells.setdefault("birth_date", "/".join(part for part in parts if part))
    raw = {
        title: as_written(table.value(index, column), month_first=is_month_first(title))
        for column, title in header.titles.items()
    }
    return RawRow(index + 1, cells, raw)


def as_written(value: Value, *, month_first: bool = False) -> str:
    """A cell as its row shows it to people: dates day first, unless the title of the column says otherwise."""
    if isinstance(value, datetime | date) and month_first:
        return f"{value.month:02d}/{value.day:02d}/{value.year:04d}"
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return text_of(value)


def _texts(row: list[Value]) -> list[str]:
    """The different texts of a row in their order: a merged line has one."""
    return list(dict.fromkeys(text for value in row if (text := as_written(value))))


def _is_counter_only(row: RawRow, texts: list[str]) -> bool:
    """A line numbered in advance and never filled."""
    return len(texts) == 1 and texts[0].rstrip(".").isdigit()


def _is_header_again(row: RawRow, values: list[Value], header: Header) -> bool | None:
    """True for a header that printed lists repeat on every page, False for the header of another table."""
    if _is_counted(row) or _has_identity(row):
        return None  # somebody
    texts = {column: text for column, value in enumerate(values) if word_key(text := text_of(value))}
    named = {column: name for column, text in texts.items() if (name := field_of(text))}
    agree = {
        column
        for column, text in texts.items()
        if word_key(text) in word_key(header.titles.get(column, ""))
        or header.fields.get(column) == named.get(column, "-")
    }
    if len(texts) > 1 and len(agree) == len(texts):
        return True
    if len(agree & named.keys()) > 1 and named.keys() <= agree and any(name in NAME_FIELDS for name in named.values()):
        return True
    names = set(named.values())
    is_header = len(names) > 2 and names & {*NAME_FIELDS} and names & {"birth_date", "ordinal"}
    return False if is_header else None


def _is_numbering(row: RawRow, texts: list[str]) -> bool:
    """The line (1) (2) (3) … or A B 1 2 … under a header."""
    return len(texts) > 2 and all(re.fullmatch(r"\(?\[?[\dA-Za-z]{1,2}\)?\]?(=.*)?", text) for text in texts)


def _has_identity(row: RawRow) -> bool:
    """An identifier, a date of birth or an e-mail stands in its column: texts of signatures do not count, nor does a
    line over several columns."""
    counts = Counter(map(text_of, row.cells.values()))
    cells = {name: value for name, value in row.cells.items() if counts[text_of(value)] == 1}
    if re.fullmatch(r"(?=.*\d)[\w./-]{3,}", text_of(cells.get("person_code"))) or "@" in text_of(cells.get("email")):
        return True
    births = [cells[name] for name in ("birth_date", "birth_date_m", "birth_date_f") if name in cells]
    return any(
        isinstance(birth, date) or (re.search(r"\d{2}", text := text_of(birth)) and 4 <= len(text) <= 30)
        for birth in births
    )


def _is_footer(row: RawRow, texts: list[str]) -> bool:
    if len(texts) <= 2 and PLACE_AND_DATE.search(word_key(" ".join(texts))):
        return True
    if _has_identity(row) or _is_counted(row):
        return False
    words = [key for text in texts if (key := word_key(text))]
    return bool(words) and (bool(FOOTER.match(words[0])) or (len(texts) <= 4 and any(map(FOOTER.match, words))))


def _is_counted(row: RawRow) -> bool:
    return text_of(row.cells.get("ordinal")).rstrip(".").isdigit()


def _section(row: RawRow, texts: list[str]) -> str:
    """The title of a line like "II. TỔ TOÁN - TIN (8 người)" between people, or ""."""
    name = _title_of(text_of(row.cells.get("full_name", row.cells.get("family_name"))))
    if is_group_title(name) and not name.isascii() and not _has_identity(row):
        return name  # numbered, or with something beside it
    words = [text for text in texts if not re.fullmatch(r"[IVXivx\d]+\.?", text)]
    if len(words) != 1 or _has_identity(row) or (_is_counted(row) and "full_name" in row.cells):
        return ""
    title = _title_of(words[0])
    return title if is_group_title(title) or PEOPLE.match(word_key(title)) else ""


def _title_of(line: str) -> str:
    """ "II. TỔ: TOÁN - TIN (8 người)" -> "TỔ TOÁN - TIN"."""
    text = re.sub(r"^(tổ|tổ chuyên môn|nhóm|khối|bộ môn)\s*:\s*", r"\1 ", SECTION.sub("", line), flags=re.IGNORECASE)
    return COUNT.sub("", re.sub(r"\s*[:(].*$", "", text).strip())


def _is_person(row: RawRow, header: Header) -> bool:
    """Somebody stands here: a name with anything else of a person, or an identity without a name."""
    named = any(name in row.cells for name in NAME_FIELDS)
    others = row.cells.keys() - {"ordinal", *NAME_FIELDS}
    if named:
        return bool(others) or _is_counted(row) or header.score == 1
    return _has_identity(row) or len(others) >= 3
