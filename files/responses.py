"""Sending private files. Whoever calls this has asked the owner's policy first."""

from django.http import FileResponse
from django.utils.cache import patch_cache_control

from files.models import StoredFile

SHOWN_INLINE = ("application/pdf", "image/jpeg", "image/png")
LOCKED = "default-src 'none'; sandbox"
VIEWED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'"
)
"""Browsers show PDFs in a viewer of their own, which refuses to work inside `sandbox`. Programs inside PDFs were refused
at the upload; scripts of a page cannot run under `default-src 'none'`."""


class Gone(Exception):
    """The row is there and the bytes are not: a disk or a storage failed. Not the reader's fault."""


def download(stored: StoredFile) -> FileResponse:
    """The file as an attachment under its own name. Raises Gone when the bytes are missing."""
    return _send(stored, inline=False)


def inline(stored: StoredFile) -> FileResponse:
    """The file for showing inside our own pages; kinds that browsers could run come as an attachment all the same."""
    return _send(stored, inline=stored.content_type in SHOWN_INLINE)


def _send(stored: StoredFile, *, inline: bool) -> FileResponse:
    try:
        content = stored.content.open("rb")
    except OSError as error:
        raise Gone(stored.pk) from error
    response = FileResponse(
        content,
        as_attachment=not inline,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response.headers["Content-Length"] = stored.size
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = VIEWED if inline else LOCKED
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if inline:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    patch_cache_control(response, private=True, no_store=True)  # school computers are shared
    return response
