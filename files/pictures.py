"""Really opening pictures, and making the smaller copy that pages show."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from core.decisions import Refused
from files.formats import HEIC, JPEG, PNG, Format

pillow_heif.register_heif_opener()

MAX_PIXELS = {JPEG: 60_000_000, HEIC: 60_000_000, PNG: 40_000_000}
MAX_WITH_ALPHA = 20_000_000
"""Sizes are read from the head of the file, before anything is decoded. A PNG lies in memory with four bytes a pixel,
one with transparency twice while it is made smaller: about 200 MB at most either way."""

PREVIEW_SIZE = (1600, 1600)
DECODERS = {
    JPEG: ("JPEG", "MPO"),
    PNG: ("PNG",),
    HEIC: ("HEIF",),
}  # MPO: what some phones call a JPEG
GPS = 0x8825


def preview_of(content: BinaryIO, kind: Format) -> bytes:
    """A JPEG of at most 1600 pixels a side, upright, on white, without any of the camera's data.

    Making it decodes the whole picture, so a damaged one is found out here. Raises Refused with the sentence.
    """
    content.seek(0)
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("ignore")  # of broken metadata; the size is checked below
            with _opened(content, kind) as picture:
                _check_size(*picture.size, _most_pixels(picture, kind))
                picture.draft("RGB", PREVIEW_SIZE)
                picture.thumbnail(PREVIEW_SIZE)  # first: everything after it works on the small copy
                small = _on_white(ImageOps.exif_transpose(picture))
                made = io.BytesIO()
                small.save(made, "JPEG", quality=82, optimize=True)
    except Refused:
        raise
    except Exception as error:  # decoders of broken files fail in every way there is
        raise Refused(_("The picture is damaged and cannot be opened. Take or save it again.")) from error
    finally:
        content.seek(0)
    return made.getvalue()


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint switches, for the whole process, to painting the missing part of a picture grey. Not for evidence."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(content: BinaryIO, kind: Format) -> Image.Image:
    """Only the head is read. Pillow refuses sizes far above ours by itself, and says how many pixels they have."""
    try:
        return Image.open(content, formats=DECODERS[kind])
    except Image.DecompressionBombError as error:
        pixels = re.search(r"\d+", str(error))
        _check_size(int(pixels[0]) if pixels else 0, 1, MAX_PIXELS[kind])
        raise


def _most_pixels(picture: Image.Image, kind: Format) -> int:
    has_alpha = picture.mode in ("RGBA", "LA", "PA")
    return min(MAX_PIXELS[kind], MAX_WITH_ALPHA) if has_alpha else MAX_PIXELS[kind]


def _check_size(width: int, height: int, most: int) -> None:
    if width * height > most:
        raise Refused(
            _("The picture has %(size)s million pixels; at most %(limit)s are possible. Save it smaller.")
            % {
                "size": round(width * height / 1_000_000),
                "limit": most // 1_000_000,
            }
        )


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.convert("RGB")


def has_place(content: BinaryIO, kind: Format) -> bool:
    """Whether the picture carries the place where it was taken (GPS in its EXIF data)."""
    content.seek(0)
    try:
        with Image.open(content, formats=DECODERS[kind]) as picture:
            return bool(picture.getexif().get_ifd(GPS))
    except Exception:  # noqa: BLE001 - unreadable metadata carries no place
        return False
    finally:
        content.seek(0)
