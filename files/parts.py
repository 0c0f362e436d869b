"""Uploads in parts, for links that break: what has arrived is kept, and the rest follows when the link is back.

Parts lie in the database, so that any web machine may take the next one; whole, they are judged like any other upload.
Whoever sends them alone can go on with them, and what nobody finished within a day is forgotten.
"""

import hashlib
from datetime import timedelta

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from files.formats import MAX_BYTES
from files.models import UploadPart
from files.names import clean_name
from files.validators import too_large

PART = 512 * 1024
"""Bytes of one part at most: ten seconds on a weak mobile link."""

MOST_UNFINISHED = 5 * MAX_BYTES
MOST_PARTS = 1000
"""Unfinished parts of one person: rows of a byte each would fill a table under any limit of bytes."""
KEPT = timedelta(days=1)


def _key(place: str, name: str) -> str:
    return hashlib.sha256(f"{place}:{name}".encode()).hexdigest()


def received(*, owner: models.Model, place: str, key: str) -> int:
    """How many bytes of this upload have arrived. `place`: what it is for; `key`: what the sender calls it."""
    parts = UploadPart.objects.filter(owner=owner, key=_key(place, key))
    return parts.aggregate(total=Sum("size"))["total"] or 0


def take_part(*, owner: models.Model, place: str, key: str, at: int, content: bytes) -> int:
    """Keeps the part that begins at byte `at`; returns how many bytes have arrived now.

    A part that is there already, or that does not follow, changes nothing: the sender goes on from the answer.
    Raises Refused when it becomes too much.
    """
    known = received(owner=owner, place=place, key=key)
    if at != known or not content:
        return known
    if len(content) > PART or known + len(content) > MAX_BYTES:
        raise Refused(too_large(key.partition("|")[0]))
    waiting = UploadPart.objects.filter(owner=owner).aggregate(total=Sum("size"), number=Count("pk"))
    if (waiting["total"] or 0) + len(content) > MOST_UNFINISHED or waiting["number"] >= MOST_PARTS:
        raise Refused(_("Several uploads have not been finished. Finish them, or wait a day; they are then forgotten."))
    try:
        with transaction.atomic():
            UploadPart.objects.create(owner=owner, key=_key(place, key), at=at, size=len(content), content=content)
    except IntegrityError:  # the same part twice at one moment
        return received(owner=owner, place=place, key=key)
    return known + len(content)


def assembled(*, owner: models.Model, place: str, key: str, name: str, size: int) -> UploadedFile:
    """The upload as one file, not judged yet. Raises Refused when parts are missing. `forget` it afterwards."""
    if not 0 < size <= MAX_BYTES or received(owner=owner, place=place, key=key) != size:
        raise Refused(_("Parts of “%(name)s” have not arrived. Send it again.") % {"name": name})
    upload = TemporaryUploadedFile(clean_name(name) or "-", "application/octet-stream", size, None)
    parts = UploadPart.objects.filter(owner=owner, key=_key(place, key)).order_by("at")
    for content in parts.values_list("content", flat=True).iterator(chunk_size=4):
        upload.file.write(content)
    upload.file.flush()
    upload.file.seek(0)
    return upload


def forget(*, owner: models.Model, place: str, key: str) -> None:
    """Throws the parts away: the file is kept whole now, or will never be."""
    UploadPart.objects.filter(owner=owner, key=_key(place, key)).delete()


def forget_unfinished() -> int:
    """Throws away what nobody finished within a day; returns how many parts."""
    number, _models = UploadPart.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return number
