"""Pairings and meetings in words, for pages."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import date_words
from core.decisions import Decision
from core.localized import localized
from mentoring.enums import CONFLICT_WORDS, EndReason, PairingAction, PairingStatus
from mentoring.models import Meeting, Pairing, PairingEvent
from mentoring.policies import can_change_meeting
from mentoring.profiles import Mentee
from people.models import User

TONES = {
    PairingStatus.PROPOSED: "warning",
    PairingStatus.ACTIVE: "success",
    PairingStatus.DECLINED: "neutral",
    PairingStatus.ENDED: "neutral",
}


def state(pairing: Pairing) -> tuple[str, str, str]:
    """(code, words, tone) of a pairing's pill. A pair that may not go on, and one whose time is over or to come, say so."""
    open_ = pairing.status in (PairingStatus.PROPOSED, PairingStatus.ACTIVE)
    if open_ and pairing.conflict:
        return "conflict", _("Must end"), "danger"
    if pairing.status == PairingStatus.ACTIVE and pairing.end < timezone.localdate():
        return "over", _("Period over"), "warning"
    if pairing.status == PairingStatus.ACTIVE and pairing.start > timezone.localdate():
        return "coming", _("Begins later"), "neutral"
    label = pairing.get_status_display()
    if pairing.status == PairingStatus.PROPOSED and (pairing.mentor_accepted_at or pairing.mentee_accepted_at):
        label = _("Waiting for one answer")
    return pairing.status, label, TONES[PairingStatus(pairing.status)]


def period(pairing: Pairing) -> str:
    """ "1 September 2026 to 28 February 2027"."""
    return _("%(start)s to %(end)s") % {"start": date_words(pairing.start), "end": date_words(pairing.end)}


def short_period(pairing: Pairing) -> str:
    """The same for a table's cell, day first as the forms take it."""
    return f"{pairing.start:%d/%m/%Y} – {pairing.end:%d/%m/%Y}"


def meetings_words(pairing: Pairing) -> str:
    """ "3 meetings, the last on 4 October 2026", from the counts of `queries.with_meetings`."""
    if not pairing.meeting_count:
        return _("No meeting yet")
    number = pairing.meeting_count
    return ngettext("%(count)d meeting, on %(date)s", "%(count)d meetings, the last on %(date)s", number) % {
        "count": number,
        "date": date_words(pairing.last_meeting),
    }


def rows(pairings: list[Pairing], user: User) -> list[dict]:
    """Pairings as lines of a list: who with whom, as what, until when, how far."""
    return [
        {
            "pairing": pairing,
            "url": reverse("mentoring:detail", args=[pairing.pk]),
            "partner": pairing.mentee if user.pk == pairing.mentor_id else pairing.mentor,
            "as_what": _("You are the mentor") if user.pk == pairing.mentor_id else _("Your mentor"),
            "period": short_period(pairing),
            "state": state(pairing),
            "meetings": meetings_words(pairing),
        }
        for pairing in pairings
    ]


def facts_of(pairing: Pairing, focus: list) -> list[tuple]:
    """The facts everybody who sees the pairing sees."""
    found = [
        (_("Mentor"), pairing.mentor.full_name),
        (_("Mentee"), pairing.mentee.full_name),
        (_("School of the mentee"), pairing.unit.name),
        (_("Period"), period(pairing)),
        (_("Proposed by"), pairing.created_by.full_name),
    ]
    if pairing.purpose:
        found.append((_("Purpose"), pairing.purpose))
    if focus:
        lines = format_html_join("", "<li>{}</li>", ((criterion_words(row),) for row in focus))
        found.append((_("Criteria in focus"), format_html("<ul>{}</ul>", lines)))
    return found


def criterion_words(criterion) -> str:
    """ "6. Assessment that …"; takes a row or a criterion of the framework's tree."""
    return f"{criterion.number}. {localized(criterion.name)}"


def history(pairing: Pairing) -> list[dict]:
    """What happened, newest first, for the timeline."""
    events = pairing.events.select_related("by").order_by("-at", "-pk")
    return [
        {
            "what": _what(pairing, event),
            "who": event.by.full_name if event.by else _("The system"),
            "when": event.at,
            "comment": words_of(pairing, event),
        }
        for event in events
    ]


def words_of(pairing: Pairing, event: PairingEvent) -> str:
    """What whoever did it wrote; the system's own end is explained in the reader's language."""
    if event.action == PairingAction.END and event.by_id is None and pairing.end_reason == EndReason.CONFLICT:
        return str(CONFLICT_WORDS)
    return event.words


def _what(pairing: Pairing, event) -> str:
    if event.action == PairingAction.END and pairing.end_reason:
        return _("Ended: %(reason)s") % {"reason": pairing.get_end_reason_display()}
    return event.get_action_display()


def waiting_sentence(pairing: Pairing) -> str:
    """Whose answer a proposal waits for."""
    names = {"mentor": pairing.mentor.full_name, "mentee": pairing.mentee.full_name}
    if pairing.mentor_accepted_at is None and pairing.mentee_accepted_at is None:
        return _("Waiting for %(mentor)s and %(mentee)s to accept.") % names
    if pairing.mentor_accepted_at is None:
        return _("%(mentee)s has accepted; waiting for %(mentor)s.") % names
    return _("%(mentor)s has accepted; waiting for %(mentee)s.") % names


def meeting_rows(meetings: list[Meeting], pairing: Pairing, user: User, log: Decision) -> list[dict]:
    """Meetings with what `user` may do with each, and the own note. `log`: the answer of `can_log`."""
    found = []
    for meeting in meetings:
        meeting.pairing = pairing
        note = meeting.own_notes[0] if meeting.own_notes else None
        found.append(
            {
                "meeting": meeting,
                "focus": [criterion_words(row) for row in meeting.focus.all()],
                "note": note,
                "text": note.text if note else "",
                "revision": note.revision if note else 0,
                "can_change": can_change_meeting(user, meeting, log=log),
                "removed": meeting.removed_at is not None,
            }
        )
    return found


def weak_rows(mentee: Mentee) -> list[dict]:
    """The criteria to work on, with their level as a badge wants it."""
    if mentee.data is None:
        return []
    rows_ = []
    for code in mentee.weak:
        place, criterion = mentee.profile.levels[code], mentee.data.criterion(code)
        level = mentee.data.levels[place]
        rows_.append(
            {
                "criterion": criterion_words(criterion),
                "is_key": criterion.is_key,
                "code": level.code,
                "level": localized(level.name),
                "position": place + 1,
                "of": len(mentee.data.levels),
            }
        )
    return rows_
