"""The kinds of file people may bring, and what a file's first bytes say it really is."""

from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Format:
    """One accepted kind of file, the same in every language. `endings` with their dot, the usual one first."""

    code: str
    label: str = field(compare=False)
    endings: tuple[str, ...]
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Format("pdf", _("PDF document"), (".pdf",), "application/pdf")
DOCX = Format("docx", _("Word document"), (".docx",), _OFFICE + "wordprocessingml.document")
XLSX = Format("xlsx", _("Excel workbook"), (".xlsx",), _OFFICE + "spreadsheetml.sheet")
PPTX = Format(
    "pptx",
    _("PowerPoint presentation"),
    (".pptx",),
    _OFFICE + "presentationml.presentation",
)
JPEG = Format("jpg", _("JPEG picture"), (".jpg", ".jpeg"), "image/jpeg")
PNG = Format("png", _("PNG picture"), (".png",), "image/png")
HEIC = Format("heic", _("HEIC picture"), (".heic", ".heif"), "image/heic")

ACCEPTED = (PDF, DOCX, XLSX, PPTX, JPEG, PNG, HEIC)
OFFICE = (DOCX, XLSX, PPTX)
PICTURES = (JPEG, PNG, HEIC)
BY_ENDING = {suffix: known for known in ACCEPTED for suffix in known.endings}
ACCEPT = ",".join([*BY_ENDING, "image/*", *(known.content_type for known in ACCEPTED)])
"""For the `accept` of a file field: endings for computers, types for phones (a camera offers itself for image/*)."""

HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

OTHERS = (
    (b"\xd0\xcf\x11\xe0", _("an old Office file, or one locked with a password")),
    (b"GIF8", _("a GIF picture")),
    (b"RIFF", _("a WebP picture or a sound")),
    (b"BM", _("a BMP picture")),
    (b"II*\x00", _("a TIFF picture")),
    (b"MM\x00*", _("a TIFF picture")),
    (b"Rar!", _("a RAR archive")),
    (b"7z\xbc\xaf", _("a 7-Zip archive")),
    (b"\x1f\x8b", _("a compressed archive")),
    (b"MZ", _("a program")),
    (b"\x7fELF", _("a program")),
    (b"#!", _("a program")),
    (b"<", _("a web page or other text")),
    (b"{\\rtf", _("an RTF document")),
    (b"ID3", _("a sound")),
)


def sniff(content: BinaryIO) -> tuple[str, str]:
    """(code, words) of what the first bytes are: "pdf", "zip", "jpg", "png", "heic", or "" for anything else.

    `words` name the thing for a sentence, also where the code is empty; they are empty for what nobody here knows.
    The position goes back to the start.
    """
    content.seek(0)
    head = content.read(1024)
    content.seek(0)
    if b"%PDF-" in head:
        return "pdf", str(PDF.label)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg", str(JPEG.label)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", str(PNG.label)
    if head[4:8] == b"ftyp":
        return ("heic", str(HEIC.label)) if head[8:12] in HEIF_BRANDS else ("", str(_("a film or another recording")))
    if head.startswith(b"PK\x03\x04"):
        return "zip", str(_("an archive"))
    for start, words in OTHERS:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            return "", str(words)
    return "", ""
