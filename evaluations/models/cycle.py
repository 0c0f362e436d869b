"""A cycle: one round of evaluation, for chosen schools, under one version of a framework."""

import re

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.constraints import date_order, filled_if, only_one, rule
from evaluations.enums import CycleAction, CycleKind, CycleStatus
from people.models import Unit
from standards.models import FrameworkVersion


class Cycle(models.Model):
    code = models.SlugField(_("Code"), max_length=60, unique=True)
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=150)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="cycles")
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="owned_cycles")
    units = models.ManyToManyField(Unit, related_name="cycles", blank=True)
    school_year = models.CharField(_("School year"), max_length=9)  # "2026-2027"
    kind = models.CharField(_("Kind"), max_length=10, choices=CycleKind, default=CycleKind.FULL)
    status = models.CharField(max_length=10, choices=CycleStatus, default=CycleStatus.DRAFT)

    reference_date = models.DateField(_("Who is in it is decided by the state of"), default=timezone.localdate)
    starts_on = models.DateField(_("Self-assessment from"))
    self_due = models.DateField(_("Self-assessment until"))
    opinions_due = models.DateField(_("Opinions until"), null=True, blank=True)
    decision_due = models.DateField(_("Decision until"), null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField(_("Days to object"), default=10)

    opinions_wanted = models.BooleanField(_("Colleagues give opinions"), default=True)
    anonymity_threshold = models.PositiveSmallIntegerField(_("Opinions shown from"), default=3)
    reason_where_different = models.BooleanField(_("A reason where the decision differs"), default=True)
    late_allowed = models.BooleanField(_("Accept after the deadline"), default=False)
    opinions_last = models.BooleanField(_("The head sees opinions only after rating"), default=False)

    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-school_year", "-starts_on", "code"]
        constraints = [
            rule("cycle_status", Q(status__in=CycleStatus.values), _("Unknown status of a cycle.")),
            rule("cycle_kind", Q(kind__in=CycleKind.values), _("Unknown kind of cycle.")),
            rule(
                "cycle_threshold",
                Q(anonymity_threshold__gte=3),
                _("Opinions may be shown from 3 answers at the earliest, or they are not anonymous."),
                field="anonymity_threshold",
            ),
            date_order("cycle_self_dates", "starts_on", "self_due", _("The self-assessment ends before it starts.")),
            date_order(
                "cycle_decision_date",
                "self_due",
                "decision_due",
                _("The decision cannot be due before the self-assessment."),
            ),
            date_order(
                "cycle_opinion_date", "starts_on", "opinions_due", _("Opinions cannot be due before the start.")
            ),
            filled_if(
                "cycle_full_dates",
                Q(kind=CycleKind.FULL),
                "decision_due",
                _("A full cycle needs the date by which heads decide."),
            ),
            filled_if("cycle_opened", ~Q(status=CycleStatus.DRAFT), "opened_at", _("An open cycle has a start.")),
            filled_if("cycle_closed", Q(status=CycleStatus.CLOSED), "closed_at", _("A closed cycle has an end.")),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Dates that make no sense together though the database would keep them."""
        problems = {}
        try:
            self.check_opinions_due()
        except ValidationError as error:
            problems = error.update_error_dict(problems)
        if self.reference_date and self.self_due and self.reference_date > self.self_due:
            sentence = _("Who is in the cycle cannot be decided by a day after the end of the self-assessment.")
            problems["reference_date"] = [sentence]
        if problems:
            raise ValidationError(problems)

    def check_opinions_due(self) -> None:
        """Raises ValidationError where opinions would come too late."""
        if self.opinions_due and self.decision_due and self.opinions_due > self.decision_due:
            sentence = _("Opinions advise the decision: they cannot be due after it.")
            raise ValidationError({"opinions_due": sentence})

    @property
    def name_beside_year(self) -> str:
        """The name for where the school year stands beside it: without that year at its start or end."""
        years = r"\(?(?:năm học |school year )?" + r"\s?[-–—]\s?".join(self.school_year.split("-")) + r"\)?"
        rest = re.sub(rf"^{years}[\s,:;–—-]*|[\s,:;–—-]*{years}$", "", self.name.strip(), flags=re.IGNORECASE)
        return rest or self.name

    @property
    def year_first(self) -> str:
        """Year and name for a list: the year is what differs, and phones cut the end off."""
        name = self.name_beside_year
        return name if self.school_year in name else f"{self.school_year}: {name}"

    @property
    def is_open(self) -> bool:
        return self.status == CycleStatus.OPEN

    @property
    def is_full(self) -> bool:
        return self.kind == CycleKind.FULL


class CycleEvent(models.Model):
    """What was done to a cycle as a whole, when, by whom. Append-only, like the events of an evaluation."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=CycleAction)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)  # dates: {"self_due": ["2026-12-01", "2026-12-08"]}; people: {"joined": 3}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [rule("cycle_event_action", Q(action__in=CycleAction.values), _("Unknown action in an event."))]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"


class LeftOut(models.Model):
    """Somebody looked at when the cycle opened and not taken in, with the reason as a code."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="left_out")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)

    class Meta:
        ordering = ["unit", "user"]
        constraints = [
            only_one("left_out_once", ("cycle", "user", "unit"), _("This person is listed as left out already.")),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.reason}"
