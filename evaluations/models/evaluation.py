"""An evaluation: one person in one cycle, judged in one role at one unit. It carries the status."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import both_or_neither, filled_if, only_one, rule
from evaluations.enums import Action, ExcuseReason, Status
from evaluations.models.cycle import Cycle
from people.models import Unit

PAST_DRAFT = [Status.SUBMITTED, Status.UNDER_REVIEW, Status.DECIDED, Status.ANNOUNCED, Status.OBJECTED, Status.CLOSED]
WITH_DECISION = [Status.DECIDED, Status.ANNOUNCED, Status.OBJECTED]


class Evaluation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="evaluations")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="evaluations")
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=15, choices=Status, default=Status.DRAFT)
    self_result = models.CharField(max_length=10, blank=True)  # a level's code, computed when submitted
    result = models.CharField(max_length=10, blank=True)  # a level's code, computed when decided, never typed

    submitted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    excuse_reason = models.CharField(max_length=15, choices=ExcuseReason, blank=True)
    excuse_months = models.PositiveSmallIntegerField(null=True)  # months worked in the period
    extended_to = models.DateField(null=True)  # this person's own deadline, when the head gave more time
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["cycle", "unit", "subject__name_key", "pk"]
        constraints = [
            only_one("evaluation_once", ("cycle", "subject"), _("This person is in the cycle already.")),
            rule("evaluation_status", Q(status__in=Status.values), _("Unknown status of an evaluation.")),
            filled_if(
                "evaluation_submitted",
                Q(status__in=PAST_DRAFT),
                "submitted_at",
                _("A submitted evaluation has the time of its submission."),
            ),
            filled_if(
                "evaluation_decided",
                Q(status__in=WITH_DECISION),
                "decided_at",
                _("A decided evaluation has the time of the decision."),
            ),
            both_or_neither(
                "evaluation_decider", "decided_at", "decided_by", _("A decision has who decided and when.")
            ),
            rule(
                "evaluation_result",
                ~Q(status__in=WITH_DECISION) | ~Q(result=""),
                _("A decided evaluation has an overall result."),
            ),
            rule(
                "evaluation_not_by_self",
                Q(decided_by=None) | ~Q(decided_by=models.F("subject")),
                _("Nobody decides their own evaluation."),
            ),
            filled_if(
                "evaluation_announced",
                Q(status__in=[Status.ANNOUNCED, Status.OBJECTED]),
                "announced_at",
                _("An announced evaluation has the time of the announcement."),
            ),
            rule(
                "evaluation_excused",
                ~Q(status=Status.EXCUSED) | ~Q(excuse_reason=""),
                _("Whoever is excused is excused for a reason."),
            ),
            rule("evaluation_months", Q(excuse_months=None) | Q(excuse_months__lte=12), _("A year has 12 months.")),
        ]
        indexes = [
            models.Index(fields=["cycle", "unit", "status"], name="evaluation_board"),
            models.Index(fields=["subject"], name="evaluation_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.cycle}"


class Event(models.Model):
    """What happened, when, by whom, in words people read. Append-only: the database refuses change."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=15, choices=Action)
    from_status = models.CharField(max_length=15, choices=Status)
    to_status = models.CharField(max_length=15, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    result = models.CharField(max_length=10, blank=True)  # the overall result this event fixed, if it did
    facts = models.JSONField(
        default=dict
    )  # {"until": "2026-12-01"}, {"left": "school", "joined": "school"}; names, no ids

    class Meta:
        ordering = ["at", "pk"]
        constraints = [rule("event_action", Q(action__in=Action.values), _("Unknown action in an event."))]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
