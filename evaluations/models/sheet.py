"""Sheets and ratings: one filled form of an evaluation, and one criterion on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule
from evaluations.enums import SheetKind
from evaluations.models.evaluation import Evaluation
from standards.models import Criterion


class Sheet(models.Model):
    """The teacher's self-assessment, one colleague's opinion, or the head's decision.

    A decision taken up again is copied: the old sheet stays, superseded. `author` of an opinion is for the author's
    own eyes only (see visibility).
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="sheets")
    kind = models.CharField(max_length=10, choices=SheetKind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sheets")
    submitted_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    strengths = models.TextField(_("Strengths"), blank=True)
    improvements = models.TextField(_("Points to improve"), blank=True)
    goals = models.TextField(_("Goals"), blank=True)
    content = models.TextField(_("Content to learn"), blank=True)
    timing = models.TextField(_("Time"), blank=True)
    conditions = models.TextField(_("Conditions"), blank=True)
    remarks_revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            rule("sheet_kind", Q(kind__in=SheetKind.values), _("Unknown kind of sheet.")),
            only_one("sheet_one_self", ("evaluation",), _("There is a self-assessment already."), Q(kind="self")),
            only_one(
                "sheet_one_decision",
                ("evaluation",),
                _("There is a decision already."),
                Q(kind="decision", superseded_at=None),
            ),
            only_one(
                "sheet_one_opinion",
                ("evaluation", "author"),
                _("You have given an opinion on this colleague already."),
                Q(kind="opinion"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.evaluation}"


class Rating(models.Model):
    """One criterion on one sheet. Rows exist from the sheet's start, so that saving is one UPDATE.

    `revision` counts saved changes: a client that saves on top of an older revision is told, not obeyed.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, blank=True)  # a level's code; empty: not rated yet
    note = models.TextField(blank=True)  # on a decision sheet: the reason
    no_evidence = models.BooleanField(default=False)  # said by the teacher, with a note; not a gap in the form
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["criterion__number", "pk"]
        constraints = [
            only_one("rating_once", ("sheet", "criterion"), _("This criterion has a rating on the sheet already.")),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.level or '–'}"
