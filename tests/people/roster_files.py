"""Rosters made for tests, in every shape that offices send them."""

import csv
import io
from datetime import date

from openpyxl import Workbook

from people.roster.reading import Reading, read_roster

TODAY = date(2026, 11, 21)
HEADER = ("STT", "Mã định danh", "Họ và tên", "Ngày sinh", "Giới tính", "Tổ chuyên môn", "Chức vụ", "Ngày vào ngành",
    "Email")  # fmt: skip
HUONG = (1, "0310300005", "Mai Thị Hương", "08/06/1971", "Nữ", "Tổ Toán - Tin", "Giáo viên", "01/09/1993",
    "huong@thcs.example")  # fmt: skip
DUNG = (2, "0310300004", "Bùi Kim Dũng", "13/10/1971", "Nam", "Tổ Ngữ văn", "Tổ trưởng", "01/09/1996", "dung@thcs.example")  # fmt: skip


def row(base=HUONG, /, header=HEADER, **changes) -> tuple:
    """A row like `base` with some cells changed; keywords are positions named below."""
    names = ("stt", "code", "name", "birth", "gender", "group", "role", "joined", "email")
    return tuple(changes.get(name, value) for name, value in zip(names, base, strict=True))


def workbook(*rows, header=HEADER, above=(), title="DS", merge=(), sheets=(), formats=None) -> bytes:
    """An .xlsx file. `above`: rows before the header; `merge`: ranges; `sheets`: (title, rows) of more sheets."""
    book = Workbook()
    page = book.active
    page.title = title
    for line in [*above, header, *rows]:
        page.append(list(line))
    for cells in merge:
        page.merge_cells(cells)
    for cell, number_format in (formats or {}).items():
        page[cell].number_format = number_format
    for name, lines in sheets:
        other = book.create_sheet(name)
        for line in lines:
            other.append(list(line))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_bytes(*rows, header=HEADER, separator=",", encoding="utf-8") -> bytes:
    """A CSV file."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows([header, *rows])
    return target.getvalue().encode(encoding)


def read(*rows, known_codes=(), **shape) -> Reading:
    """What the reader makes of a workbook with these rows."""
    return read_roster(workbook(*rows, **shape), known_codes=known_codes, today=TODAY)


def texts(found, level: str = "") -> str:
    """All messages of a row as one text."""
    return " | ".join(message["text"] for message in found.messages if level in ("", message["level"]))
