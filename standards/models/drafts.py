"""A framework version on the workbench: one pack document, changed step by step, every step kept."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule
from core.localized import localized
from standards.enums import DraftOrigin
from standards.models.frameworks import CODE_LENGTH, FrameworkVersion


class Draft(models.Model):
    """`content` is a pack (packs/schema.json) that may still have problems; every node of it carries an `id`, the
    address of edits and the node's name for other systems after publication. `case` is the package it was read from.

    `revision` counts changes; see `DraftChange`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.JSONField()
    case = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=DraftOrigin)
    based_on = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_as = models.OneToOneField(
        FrameworkVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "pk"]
        constraints = [
            rule("draft_origin", Q(origin__in=DraftOrigin.values), _("A draft says how it began.")),
        ]

    def __str__(self) -> str:
        return localized(self.content.get("title")) or self.code

    @property
    def code(self) -> str:
        """The code of the coming version, as it stands in the pack."""
        code = self.content.get("code")
        return code[:CODE_LENGTH] if isinstance(code, str) else ""


class DraftChange(models.Model):
    """One step of a draft: what was done, and what would undo it. Append-only."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    step = models.JSONField()
    undo = models.JSONField()
    undoes = models.PositiveIntegerField(null=True, blank=True)  # the revision that this step takes back

    class Meta:
        ordering = ["draft", "-revision"]
        constraints = [only_one("draft_change_once", ("draft", "revision"), _("This step is kept already."))]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.revision}"
