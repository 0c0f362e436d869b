"""A framework's file between its upload and somebody's decision: what it says, kept for a day or two, then forgotten."""

import json
import uuid
import zlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import rule
from standards.enums import DraftOrigin
from standards.models.frameworks import FrameworkVersion

KEPT = timedelta(days=2)
FROM_FILES = (DraftOrigin.WORKBOOK, DraftOrigin.PACK, DraftOrigin.CASE)


class Upload(models.Model):
    """The file itself is not kept. `packed` holds what was read from it (see `content`), nothing where it has problems.

    `problems`: [{"sheet", "cell", "path", "sentence"}]. `based_on`: the version that a workbook was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=DraftOrigin)
    packed = models.BinaryField(default=bytes)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    based_on = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [rule("upload_kind", Q(kind__in=FROM_FILES), _("Unknown kind of file."))]

    def __str__(self) -> str:
        return self.name

    @property
    def content(self) -> dict[str, Any]:
        """What the file says: {"pack", "case", "base", "came_from"}; empty where it has problems."""
        return json.loads(zlib.decompress(bytes(self.packed))) if self.packed else {}

    @content.setter
    def content(self, value: dict[str, Any]) -> None:
        self.packed = zlib.compress(json.dumps(value).encode(), level=1) if value else b""

    @property
    def expires_at(self):
        """When it is forgotten if nobody decides."""
        return self.created_at + KEPT
