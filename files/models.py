"""A stored file. Its key is random, its name is only for people, its owner decides who may download it."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule


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


class UploadPart(models.Model):
    """One piece of an upload that has not arrived whole. Gone when it has, or after a day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)  # sha256 of what it is for and what the sender calls it
    at = models.PositiveIntegerField()  # the byte it begins with
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["owner", "key", "at"]
        constraints = [only_one("upload_part_once", ("owner", "key", "at"), _("This part is there already."))]
        indexes = [models.Index(fields=["created_at"], name="upload_part_age")]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at}"
