"""Really opening documents: a PDF by its parser, an Office file as the archive it is."""

import logging
import re
import zipfile
from typing import BinaryIO

import pypdf
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from pypdf.errors import DependencyError
from pypdf.generic import DictionaryObject, IndirectObject

from core.decisions import Refused
from files.formats import DOCX, PPTX, XLSX, Format

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every harmless irregularity

MAX_PAGES_READ = 300
MAX_ENTRIES = 5000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 4 * 1024 * 1024

UNC = re.compile(r"(file:)?[\\/]{2}(?![\\/])[^\\/]|file:[\\/]{4,}", re.IGNORECASE)
"""A share on another computer: asking for a linked picture there tells it who the reader is (a hash of the password)."""

PROGRAMS = ("/JavaScript", "/Launch", "/ImportData")

MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": PPTX,
}
LOADING_RELATIONS = ("attachedTemplate", "oleObject", "frame", "subDocument")
"""Links that make a program load something from elsewhere on opening; hyperlinks and linked workbooks are ordinary."""


def check_pdf(content: BinaryIO) -> None:
    """Raises Refused unless the PDF opens without a password, has pages and starts no program."""
    try:
        reader = pypdf.PdfReader(content)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(_locked())
        pages = len(reader.pages)
        if not pages:
            raise Refused(_("The PDF has no pages."))
        runs = _runs_something(reader)
    except DependencyError as error:
        raise Refused(_locked()) from error
    except Refused:
        raise
    except Exception as error:  # a parser of broken files fails in every way there is
        raise Refused(_("The PDF is damaged and cannot be opened. Save or scan it again.")) from error
    if runs:
        raise Refused(_("The PDF contains a program. Print it to a new PDF and upload that one."))


def _locked() -> str:
    return _("The PDF is locked with a password. Save it without the password and upload it again.")


def _runs_something(reader: pypdf.PdfReader) -> bool:
    """Whether opening, turning a page, filling a field or following a link or bookmark would start a program."""
    root = _dict(reader.trailer["/Root"])
    form = _dict(root.get("/AcroForm"))
    if "/JavaScript" in _dict(root.get("/Names")) or "/XFA" in form:
        return True
    if _acts(root.get("/OpenAction")) or _any_acts(root.get("/AA")):
        return True
    if _tree_acts(form.get("/Fields"), "/Kids") or _tree_acts([_dict(root.get("/Outlines"))], "/First", "/Next"):
        return True
    return any(_any_acts(page.get("/AA")) or _tree_acts(page.get("/Annots")) for page in reader.pages[:MAX_PAGES_READ])


def _dict(thing) -> DictionaryObject:
    thing = _direct(thing)
    return thing if isinstance(thing, DictionaryObject) else DictionaryObject()


def _direct(thing):
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def _tree_acts(things, *branches: str) -> bool:
    """Whether one of these (annotations, fields, bookmarks), or one on their `branches`, acts. Stops at MAX_ENTRIES."""
    waiting = list(_direct(things) or ())
    for _step in range(MAX_ENTRIES):
        if not waiting:
            return False
        thing = _dict(waiting.pop())
        if _acts(thing.get("/A")) or _any_acts(thing.get("/AA")):
            return True
        for branch in branches:
            more = _direct(thing.get(branch))
            waiting += more if isinstance(more, list) else [more] if more is not None else []
    return True  # no document that people make has so many, or they run in a circle


def _any_acts(actions) -> bool:
    return any(_acts(action) for action in _dict(actions).values())


def _acts(action) -> bool:
    """Whether an action, or one that follows it, is a program. Names may be written indirectly."""
    waiting = [action]
    for _step in range(100):
        if not waiting:
            return False
        this = _dict(waiting.pop())
        if _direct(this.get("/S")) in PROGRAMS or "/JS" in this:
            return True
        after = _direct(this.get("/Next"))
        waiting += after if isinstance(after, list) else [after] if after is not None else []
    return True


def check_office(content: BinaryIO) -> Format:
    """Which Office format the archive is. Raises Refused for anything else, macros, bombs and damaged archives."""
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Refused(_("The document unpacks to an unreasonable size. Save it again with smaller pictures."))
            names = {entry.filename for entry in entries}
            found = _main_part(archive, names)
            _check_macros(archive, names)
            _check_relations(archive, names)
            if archive.testzip():
                raise zipfile.BadZipFile
            return found
    except Refused:
        raise
    except (
        zipfile.BadZipFile,
        DefusedXmlException,
        ValueError,
        KeyError,
        EOFError,
        OSError,
        SyntaxError,
        RuntimeError,
        NotImplementedError,
        OverflowError,
        zipfile.LargeZipFile,
        zipfile.zlib.error,
    ) as error:
        raise Refused(
            _("The document is damaged and cannot be opened. Save it again and upload the new copy.")
        ) from error


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MAX_PART:
        raise zipfile.BadZipFile
    return archive.read(name)


def _types(archive: zipfile.ZipFile) -> list[str]:
    root = fromstring(_part(archive, "[Content_Types].xml"))
    return [element.get("ContentType", "") for element in root]


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> Format:
    if "[Content_Types].xml" not in names:
        raise Refused(_("This is an archive, not a document. Upload the files in it one by one."))
    types = _types(archive)
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in types):
        raise Refused(_macros())
    for kind in types:
        if kind in MAIN_PARTS:
            return MAIN_PARTS[kind]
    raise Refused(_("This is an archive, not a Word, Excel or PowerPoint document."))


def _macros() -> str:
    return _("The document contains macros. Save it as an ordinary document without macros and upload that one.")


def _check_macros(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(_macros())


def _check_relations(archive: zipfile.ZipFile, names: set[str]) -> None:
    for name in names:
        if not name.endswith(".rels"):
            continue
        for relation in fromstring(_part(archive, name)):
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            if relation.get("TargetMode") != "External":
                continue
            if kind in LOADING_RELATIONS or (kind != "hyperlink" and UNC.match(relation.get("Target", ""))):
                raise Refused(
                    _("The document loads parts from somewhere else. Save it with everything inside and try again.")
                )
