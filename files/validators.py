"""Is this upload what it says it is? Judged by content; every refusal is a sentence that says what to do."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.decisions import Refused
from files.documents import check_office, check_pdf
from files.formats import BY_ENDING, MAX_BYTES, OFFICE, PICTURES, Format, sniff
from files.names import clean_name, ending
from files.pictures import has_place, preview_of


@dataclass(frozen=True)
class Checked:
    """An upload found good: its safe name, format, size, SHA-256, and for pictures a preview (JPEG bytes).

    `has_place`: the picture carries where it was taken; the person who uploads it is told.
    """

    content: BinaryIO
    name: str
    format: Format
    size: int
    sha256: str
    preview: bytes | None = None
    has_place: bool = False


def check_upload(upload: UploadedFile) -> Checked:
    """The upload as `Checked`. Reads from the temporary file in pieces; raises Refused with the sentence why not."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise Refused(_("“%(name)s” is empty. Choose the file again.") % {"name": name or "?"})
    if upload.size > MAX_BYTES:
        raise Refused(too_large(name))
    kind = _judge(upload, name)
    if not ending(name):
        name = f"{name or _('File')}{kind.endings[0]}"
    is_picture = kind in PICTURES
    try:
        preview = preview_of(upload, kind) if is_picture else None
    except Refused as refusal:
        raise _about(name, refusal) from refusal
    return Checked(
        content=upload,
        name=name,
        format=kind,
        size=upload.size,
        sha256=sha256_of(upload),
        preview=preview,
        has_place=is_picture and has_place(upload, kind),
    )


def too_large(name: str) -> str:
    """The sentence for a file over the limit."""
    return _("“%(name)s” is larger than %(limit)s MB. Make it smaller, or split it.") % {
        "name": name,
        "limit": MAX_BYTES // 1024 // 1024,
    }


def _judge(upload: UploadedFile, name: str) -> Format:
    claimed = BY_ENDING.get(ending(name))
    if claimed is None and ending(name):
        raise Refused(
            _("“%(name)s” cannot be used: only PDF, DOCX, XLSX, PPTX, JPG, PNG and HEIC files are possible.")
            % {"name": name}
        )
    code, words = sniff(upload)
    try:
        if code == "zip":
            found = check_office(upload)
        elif code == "pdf":
            found = BY_ENDING[".pdf"]
            if claimed in (None, found):
                check_pdf(upload)
        else:
            found = BY_ENDING.get(f".{code}")
    except Refused as refusal:
        raise _about(name, refusal) from refusal
    finally:
        upload.seek(0)
    if found is None or (claimed is not None and claimed != found):
        raise Refused(_not_what_it_says(name, claimed, words if found is None else str(found.label)))
    return found


def _not_what_it_says(name: str, claimed: Format | None, words: str) -> str:
    if claimed is None and not words:
        return _(
            "“%(name)s” cannot be used: its content is of no known kind. Possible are PDF, DOCX, XLSX, PPTX, JPG, "
            "PNG and HEIC files."
        ) % {"name": name}
    if claimed is None:
        return _(
            "“%(name)s” cannot be used: it looks like %(found)s. Possible are PDF, DOCX, XLSX, PPTX, JPG, PNG "
            "and HEIC files."
        ) % {"name": name, "found": words}
    if not words:
        return _(
            "“%(name)s” has the ending of this kind of file: %(claimed)s; but its content is none. Open the file, save "
            "it again as that kind and upload it."
        ) % {"name": name, "claimed": claimed.label}
    if claimed in OFFICE:
        return _(
            "“%(name)s” says that it is a %(claimed)s, but its content is: %(found)s. Open it in the program it "
            "was made with and save it again."
        ) % {"name": name, "claimed": claimed.label, "found": words}
    return _(
        "“%(name)s” says that it is a %(claimed)s, but its content is: %(found)s. Give it its right ending, or "
        "save it again."
    ) % {"name": name, "claimed": claimed.label, "found": words}


def _about(name: str, refusal: Refused) -> Refused:
    return Refused(_("“%(name)s”: %(problem)s") % {"name": name, "problem": refusal})


def sha256_of(content: BinaryIO) -> str:
    """The SHA-256 of a seekable content, read in pieces; the position goes back to the start."""
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256") if hasattr(content, "readinto") else _digest(content)
    content.seek(0)
    return digest.hexdigest()


def _digest(content: BinaryIO):
    digest = hashlib.sha256()
    while piece := content.read(1 << 20):
        digest.update(piece)
    return digest
