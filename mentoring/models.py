"""Pairings of a mentor with a mentee, their meetings, and notes that only their author sees."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import date_order, filled_if, only_one, rule
from mentoring.enums import OPEN, EndReason, PairingAction, PairingStatus
from mentoring.guards import mentor_is_no_evaluator, note_of_one_of_the_two
from people.models import Unit
from standards.models import Criterion


class Pairing(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pairings")  # the mentee's school
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pairings_as_mentor")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pairings_as_mentee")
    start = models.DateField(_("From"))
    end = models.DateField(_("To"))
    purpose = models.TextField(_("Purpose"), blank=True)
    focus = models.ManyToManyField(Criterion, related_name="+", blank=True)
    status = models.CharField(max_length=10, choices=PairingStatus, default=PairingStatus.PROPOSED)
    mentor_accepted_at = models.DateTimeField(null=True)
    mentee_accepted_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    closing_words = models.TextField(blank=True)  # why it was declined or ended
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-start", "mentee__name_key", "pk"]
        constraints = [
            rule("pairing_not_self", ~Q(mentor=F("mentee")), _("Nobody mentors themselves.")),
            date_order("pairing_dates", "start", "end", _("The period ends before it starts.")),
            rule("pairing_status", Q(status__in=PairingStatus.values), _("Unknown status of a pairing.")),
            only_one(
                "pairing_once",
                ("mentor", "mentee"),
                _("These two are a pair already."),
                where=Q(status__in=list(OPEN)),
            ),
            rule(
                "pairing_active",
                ~Q(status=PairingStatus.ACTIVE) | Q(mentor_accepted_at__isnull=False, mentee_accepted_at__isnull=False),
                _("A pairing is under way when both have accepted."),
            ),
            filled_if("pairing_ended", Q(status=PairingStatus.ENDED), "ended_at", _("An ended pairing has an end.")),
            filled_if(
                "pairing_declined", Q(status=PairingStatus.DECLINED), "declined_by", _("Somebody declines a pairing.")
            ),
            rule(
                "pairing_end_reason",
                ~Q(status=PairingStatus.ENDED) | ~Q(end_reason=""),
                _("A pairing ends for a reason."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "status"], name="pairing_unit_status")]
        triggers = [mentor_is_no_evaluator()]

    def __str__(self) -> str:
        return f"{self.mentor} → {self.mentee}"


class PairingEvent(models.Model):
    """What happened to a pairing, when, by whom, in words everybody who sees the pairing reads. Append-only."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=PairingAction)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [rule("pairing_event", Q(action__in=PairingAction.values), _("Unknown action in an event."))]
        triggers = [
            pgtrigger.Protect(name="pairing_events_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"


class Meeting(models.Model):
    """One meeting of the two. Its words are theirs alone; head and office see the date.

    Removed, it keeps its row: the other one's private note hangs on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("Date"))
    focus = models.ManyToManyField(Criterion, related_name="+", blank=True)
    topic = models.CharField(_("Topic"), max_length=200)
    next_steps = models.TextField(_("Agreed next steps"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "-created_at", "pk"]
        constraints = [rule("meeting_topic", ~Q(topic=""), _("A meeting needs a topic."))]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.topic}"


class Note(models.Model):
    """Words for the author alone: no other role reads them, not the head, not the office, not the partner."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Private note"))
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        triggers = [note_of_one_of_the_two()]
        constraints = [only_one("note_once", ("meeting", "author"), _("You have a note on this meeting already."))]

    def __str__(self) -> str:
        return str(self.pk)
