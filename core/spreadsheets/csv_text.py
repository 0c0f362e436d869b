"""Reading CSV: which encoding, which separator. A guess that could garble a name is refused instead."""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from core.spreadsheets.tables import MAX_COLUMNS, MAX_ROWS, Formula, Table, UnreadableFile, Value, trimmed

SEPARATORS = "\t;,|"
TEXT_CELL = re.compile(r'="([^"=]*)"')  # how people stop Excel from eating leading zeros in a CSV
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_csv(content: bytes) -> Table:
    """The table of a CSV file in UTF-8 (with or without BOM) or UTF-16, separated by comma, semicolon, tab or bar.

    Raises UnreadableFile when it is not text in one of these encodings or has too many rows.
    """
    text = decode(content).removeprefix("\ufeff")
    separator = ""
    if first := re.match(r'"?sep=(.)"?\r?\n', text):
        separator, text = first[1], text[first.end() :]
    separator = separator or guess_separator(text)
    rows: list[list[Value]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number > MAX_ROWS + 200:
                raise UnreadableFile(
                    "too-many-rows",
                    _("The file has more than %(limit)d rows. Import one school at a time.") % {"limit": MAX_ROWS},
                )
            rows.append([_value(cell) for cell in row[:MAX_COLUMNS]])
    except csv.Error as error:
        raise UnreadableFile("damaged", _("The file is not a table: a line cannot be taken apart.")) from error
    if first:
        rows.insert(0, [])  # rows keep the numbers that an editor shows
    return Table("CSV", trimmed(rows))


def decode(content: bytes) -> str:
    """The text of `content`. Raises UnreadableFile rather than guess an 8-bit code page: names would be garbled."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _strict(content.removeprefix(mark), encoding)
    even, odd = content[0:400:2], content[1:400:2]  # half the letters of a header in UTF-16 have an empty byte
    if odd.count(0) * 3 > len(odd) > even.count(0):
        return _strict(content, "utf-16-le")
    if even.count(0) * 3 > len(even) > odd.count(0):
        return _strict(content, "utf-16-be")
    return _strict(content, "utf-8")


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "encoding",
            _("The file's letters cannot be read safely. In Excel choose “Save as”, “CSV UTF-8”, or upload the .xlsx."),
        ) from error
    if "\0" in text:
        raise UnreadableFile("other-kind", _("This is not a table. Upload a workbook (.xlsx) or a CSV file."))
    return text


def guess_separator(text: str) -> str:
    """The separator that cuts the most lines of the beginning into the same number (two or more) of parts."""
    sample = text[:20_000]

    def score(separator: str) -> tuple[int, int]:
        counts: dict[int, int] = {}
        try:
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
                if len(row) > 1:
                    counts[len(row)] = counts.get(len(row), 0) + 1
        except csv.Error:
            pass
        return max(((lines * width, width) for width, lines in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=score)


def _value(cell: str) -> Value:
    if literal := TEXT_CELL.fullmatch(cell.strip()):
        return literal[1]
    if not cell.strip():
        return None
    return Formula(cell) if cell.lstrip().startswith("=") else cell
