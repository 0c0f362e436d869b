"""What kind of file is it really? Its content decides, never its name."""

import io
import zipfile

from django.utils.translation import gettext as _

from core.spreadsheets.csv_text import read_csv
from core.spreadsheets.tables import LIST_OF_PEOPLE, Limits, Table, UnreadableFile, check_size
from core.spreadsheets.workbooks import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files and of encrypted new ones


def read_tables(content: bytes, limits: Limits = LIST_OF_PEOPLE) -> list[Table]:
    """The sheets of a workbook (.xlsx) or the one table of a CSV file, in their order.

    Raises UnreadableFile with a sentence for everything else: empty, too large, another kind of file, protected by a
    password, with macros, damaged, unpacking to more than it should.
    """
    check_size(content, limits)
    if content.startswith(OLE):
        _refuse_ole(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_workbook(_archive(content), content, limits)
    _refuse_other_kinds(content)
    return [read_csv(content)]


def _refuse_ole(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(
            "encrypted",
            _("The workbook is protected by a password. Remove the password in Excel, save it and upload it again."),
        )
    raise UnreadableFile(
        "old-excel",
        _("This is the old Excel format (.xls). Open it in Excel, choose “Save as”, “Excel workbook (.xlsx)”."),
    )


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableFile("damaged", _("The workbook is damaged: it cannot be opened.")) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            "macros", _("The workbook contains macros. Save it as “Excel workbook (.xlsx)” without macros.")
        )
    if "xl/workbook.bin" in names:
        raise UnreadableFile("xlsb", _("This is a binary workbook (.xlsb). Save it as “Excel workbook (.xlsx)”."))
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableFile(
            "opendocument", _("This is an OpenDocument file. Save it as “Excel workbook (.xlsx)” or as CSV.")
        )
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableFile(
            "other-office", _("This is a Word or PowerPoint file. Copy the table into a workbook (.xlsx).")
        )
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableFile("other-zip", _("This is a compressed folder, not a workbook. Upload the .xlsx in it."))
    return archive


def _refuse_other_kinds(content: bytes) -> None:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise UnreadableFile("pdf", _("This is a PDF, not a table. Ask for the workbook (.xlsx) it was made from."))
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise UnreadableFile(
            "web-page",
            _("This is a web page saved with the name of a workbook. Open it in Excel and save it as .xlsx."),
        )
    if start.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc", b"\x1f\x8b", b"{\\rtf")):
        raise UnreadableFile("other-kind", _("This is not a table. Upload a workbook (.xlsx) or a CSV file."))
