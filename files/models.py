"""A stored file. Its key is random, its name is only for people, its owner decides who may download it."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import rule


def storage_key(instance: "StoredFile", filename: str) -> str:
    """A random key with the checked extension; nothing of the name a person gave reaches the disk."""
    suffix = PurePath(instance.name).suffix.lower()
    return f"{instance.purpose}/{instance.pk.hex[:2]}/{instance.pk.hex}{suffix}"


class Purpose(models.TextChoices):
    EVIDENCE = "evidence", _("Evidence")
    PREVIEW = "preview", _("Preview")
    ROSTER = "roster", _("Roster")
    REPORT = "report", _("Report")


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=storage_key, max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            rule("file_not_empty", Q(size__gt=0), _("The file is empty.")),
            rule("file_purpose", Q(purpose__in=Purpose.values), _("Unknown purpose of a file.")),
        ]
        indexes = [models.Index(fields=["sha256"], name="file_sha256")]

    def __str__(self) -> str:
        return self.name
