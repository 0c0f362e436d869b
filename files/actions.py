"""Keeping files: the row and the bytes come and go together."""

import logging
from functools import partial
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.db import models, transaction

from files.models import Purpose, StoredFile
from files.validators import Checked, sha256_of

log = logging.getLogger(__name__)


def store_checked(*, checked: Checked, purpose: Purpose, by: models.Model) -> StoredFile:
    """Keeps an upload that `validators.check_upload` found good."""
    return store(
        content=checked.content,
        name=checked.name,
        content_type=checked.format.content_type,
        size=checked.size,
        sha256=checked.sha256,
        purpose=purpose,
        by=by,
    )


def store_bytes(
    *,
    data: bytes,
    name: str,
    content_type: str,
    purpose: Purpose,
    by: models.Model | None,
) -> StoredFile:
    """Keeps bytes that we made ourselves: a preview, a report."""
    content = ContentFile(data)
    return store(
        content=content,
        name=name,
        content_type=content_type,
        size=len(data),
        sha256=sha256_of(content),
        purpose=purpose,
        by=by,
    )


def store(
    *,
    content: BinaryIO,
    name: str,
    content_type: str,
    size: int,
    sha256: str,
    purpose: Purpose,
    by: models.Model | None,
) -> StoredFile:
    """Writes the content to the storage and the row to the database.

    Whoever rolls the transaction back afterwards calls `discard`. Raises OSError when the storage cannot be written.
    """
    row = StoredFile(
        purpose=purpose,
        name=name,
        content_type=content_type,
        size=size,
        sha256=sha256,
        uploaded_by=by,
    )
    row.content.save(name, content if isinstance(content, File) else File(content), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except Exception:
        _remove_bytes(row.content.storage, row.content.name)
        raise
    return row


def delete(*, stored: StoredFile) -> None:
    """Deletes the row now and the bytes after the commit. Call it when nothing refers to the file any more."""
    storage, key = stored.content.storage, stored.content.name
    stored.delete()
    transaction.on_commit(partial(_remove_bytes, storage, key), robust=True)


def discard(*, stored: StoredFile) -> None:
    """Removes the bytes of a file whose row was rolled back."""
    _remove_bytes(stored.content.storage, stored.content.name)


def _remove_bytes(storage, key: str) -> None:
    try:
        storage.delete(key)
    except OSError as error:  # the row is gone: nobody can reach the bytes; the operator's sweep finds them
        log.warning("stored bytes %s could not be removed: %s", key, error)
