"""A roster on its way in: the uploaded file, what each row would do, and what was done."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import filled_if, only_one, rule
from files.models import StoredFile
from people.models.unit import Unit


class RosterImport(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roster_imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("In force from"), default=timezone.localdate)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # empty: the command line
    created_at = models.DateTimeField(auto_now_add=True)
    sheet = models.CharField(max_length=60, blank=True)
    columns = models.JSONField(default=list)  # [[header as written, field it was understood as or ""]], in order
    notes = models.JSONField(default=list)  # sentences about the whole file
    language = models.CharField(max_length=5, blank=True, editable=False)  # of the sentences, here and in the rows
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            filled_if("roster_applied", Q(applied_by__isnull=False), "applied_at", _("An applied roster has a time.")),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.file}"


class ImportRow(models.Model):
    class Outcome(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        SKIPPED = "skipped", _("Left out")  # no teacher, has left, or the same person a second time
        ERROR = "error", _("Error")

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # the row's number in the file, as Excel shows it
    outcome = models.CharField(max_length=10, choices=Outcome)
    raw = models.JSONField(default=dict)  # header -> text as written
    values = models.JSONField(default=dict)  # field -> understood value
    changes = models.JSONField(default=list)  # [{"field", "old", "new"}]
    messages = models.JSONField(default=list)  # [{"level": "error"|"note", "field", "text"}]
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            only_one("roster_row_number", ("roster", "number"), _("The row is there already.")),
            rule(
                "roster_row_outcome",
                Q(outcome__in=["new", "changed", "unchanged", "skipped", "error"]),
                _("Unknown outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"
