"""Meetings, which the two share, and notes, which each keeps alone."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from evaluations.actions.saving import Conflict, clean_words
from mentoring.models import Meeting, Note, Pairing
from mentoring.policies import can_change_meeting, can_keep_note, can_log
from people.models import User
from standards.models import Criterion


@transaction.atomic
def log_meeting(
    *, pairing: Pairing, held_on: date, topic: str, by: User, next_steps: str = "", focus: Iterable[Criterion] = ()
) -> Meeting:
    """Logs a meeting that took place. The same meeting sent twice by a double click is one."""
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    can_log(by, pairing).or_raise()
    topic, next_steps = _checked(pairing, held_on, topic, next_steps)
    same = Meeting.objects.filter(
        pairing=pairing, held_on=held_on, topic=topic, next_steps=next_steps, created_by=by, removed_at=None
    )
    if found := same.first():
        return found
    meeting = Meeting.objects.create(
        pairing=pairing, held_on=held_on, topic=topic, next_steps=next_steps, created_by=by
    )
    meeting.focus.set(focus)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, held_on: date, topic: str, by: User, next_steps: str = "", focus: Iterable[Criterion] = ()
) -> Meeting:
    """Corrects a meeting: whoever logged it, for some days."""
    meeting = _locked(meeting)
    can_change_meeting(by, meeting).or_raise()
    meeting.topic, meeting.next_steps = _checked(meeting.pairing, held_on, topic, next_steps)
    meeting.held_on = held_on
    meeting.save()
    meeting.focus.set(focus)
    return meeting


@transaction.atomic
def remove_meeting(*, meeting: Meeting, by: User) -> None:
    """Takes a meeting out of the log. The row stays, so that nobody's private note is lost. Twice is once."""
    meeting = _locked(meeting)
    if meeting.removed_at and meeting.created_by_id == by.pk:
        return
    can_change_meeting(by, meeting).or_raise()
    meeting.removed_at = timezone.now()
    meeting.save(update_fields=["removed_at", "updated_at"])


@transaction.atomic
def keep_note(*, meeting: Meeting, text: str, by: User, revision: int) -> int:
    """Writes the private note of `by` on a meeting on top of `revision` (0: none yet); returns the new revision.

    The same text sent twice is kept once. An emptied note stays as an empty row, with its revision.
    Raises PermissionDenied, Refused (too long, or the firewall), or Conflict with the stored text when another tab has
    written since: nothing is overwritten.
    """
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)  # two tabs may make the first note at once
    can_keep_note(by, meeting).or_raise()
    text = clean_words(text)
    note = Note.objects.filter(meeting=meeting, author=by).first() or Note(meeting=meeting, author=by)
    if note.text == text:
        return note.revision
    if note.revision != revision:
        raise Conflict({"text": note.text}, note.revision)
    note.text, note.revision = text, note.revision + 1
    note.save()
    return note.revision


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("pairing").get(pk=meeting.pk)


def _checked(pairing: Pairing, held_on: date, topic: str, next_steps: str) -> tuple[str, str]:
    if not topic.strip():
        raise Refused(_("Say in a few words what the meeting was about."))
    if held_on > timezone.localdate():
        raise Refused(_("A meeting is logged after it took place; this date lies ahead."))
    if held_on < pairing.start:
        raise Refused(_("The pairing had not begun on that day."))
    return clean_words(topic).strip(), clean_words(next_steps).strip()
