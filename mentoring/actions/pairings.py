"""Pairing two people: proposed, answered, extended, ended."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Refused
from mentoring.emails import tell
from mentoring.enums import CHOSEN_END_REASONS, LONGEST_PERIOD_DAYS, OPEN, EndReason, PairingAction, PairingStatus
from mentoring.matching import refusal
from mentoring.models import Pairing, PairingEvent
from mentoring.policies import can_answer, can_end, can_extend, can_pair_mentee, evaluates_now
from mentoring.profiles import mentee_of, mentors_of
from mentoring.queries import school_of_mentee, staff_in_reach
from people.models import User
from standards.models import Criterion


@transaction.atomic
def propose(
    *,
    mentor: User,
    mentee: User,
    start: date,
    end: date,
    by: User,
    purpose: str = "",
    focus: Iterable[Criterion] = (),
) -> Pairing:
    """Proposes `mentor` to `mentee`; both are asked. The same proposal sent twice is one.

    Raises PermissionDenied, or Refused with the sentence why these two cannot be a pair.
    """
    User.objects.select_for_update().get(pk=mentor.pk)  # two heads at once cannot both give the last free place
    can_pair_mentee(by, mentee).or_raise()
    if not staff_in_reach(by).filter(pk=mentor.pk).exists():
        raise PermissionDenied(_("You pair people of your own school or branch."))
    _refuse_dates(start, end)
    school = school_of_mentee(by, mentee)
    same = Pairing.objects.filter(mentor=mentor, mentee=mentee, status__in=OPEN, created_by=by, start=start, end=end)
    if found := same.first():
        return found
    theirs = mentee_of(by, mentee)
    candidate = mentors_of(by, [mentor], theirs, school, start=start, end=end)[0]
    if sentence := refusal(theirs.profile, candidate):
        raise Refused(sentence)
    pairing = Pairing.objects.create(
        unit=school, mentor=mentor, mentee=mentee, start=start, end=end, purpose=purpose.strip(), created_by=by
    )
    pairing.focus.set(focus)
    tell(pairing, _event(pairing, PairingAction.PROPOSE, by), "proposed", [mentor, mentee])
    return pairing


@transaction.atomic
def answer(*, pairing: Pairing, accept: bool, by: User, words: str = "") -> Pairing:
    """One of the two accepts or declines. Under way when both have accepted; accepting twice is once."""
    pairing = _locked(pairing)
    mentor = by.pk == pairing.mentor_id
    answered = pairing.mentor_accepted_at if mentor else pairing.mentee_accepted_at
    if accept and answered and pairing.status in OPEN and by.pk in (pairing.mentor_id, pairing.mentee_id):
        return pairing
    can_answer(by, pairing).or_raise()
    words = words.strip()
    if not accept and not words:
        raise Refused(_("Say in a few words why: whoever proposed the pairing reads it."))
    if not accept:
        pairing.status, pairing.declined_by, pairing.closing_words = PairingStatus.DECLINED, by, words
    elif mentor:
        pairing.mentor_accepted_at = timezone.now()
    else:
        pairing.mentee_accepted_at = timezone.now()
    if pairing.mentor_accepted_at and pairing.mentee_accepted_at and accept:
        pairing.status = PairingStatus.ACTIVE
    pairing.save()
    event = _event(pairing, PairingAction.ACCEPT if accept else PairingAction.DECLINE, by, words)
    told = [pairing.mentor, pairing.mentee, pairing.created_by]
    tell(pairing, event, "accepted" if accept else "declined", told)
    return pairing


@transaction.atomic
def extend(*, pairing: Pairing, end: date, by: User, words: str = "") -> Pairing:
    """Gives the pair time until `end`, later than now; the same day twice is once."""
    pairing = _locked(pairing)
    can_extend(by, pairing).or_raise()
    if end == pairing.end:
        return pairing
    if end < pairing.end:
        raise Refused(
            _("The period lasts until %(date)s already. End the pairing instead of shortening it.")
            % {"date": date_words(pairing.end)}
        )
    _refuse_dates(pairing.start, end)
    pairing.end = end
    pairing.save()
    tell(pairing, _event(pairing, PairingAction.EXTEND, by, words.strip()), "extended", _two(pairing))
    return pairing


@transaction.atomic
def end_pairing(*, pairing: Pairing, reason: EndReason, by: User, words: str = "") -> Pairing:
    """Ends it for a reason. Meetings and notes stay with the two; ending twice is once."""
    pairing = _locked(pairing)
    last = pairing.events.order_by("-at", "-pk").first()
    if pairing.status == PairingStatus.ENDED and last and last.by_id == by.pk:
        return pairing
    can_end(by, pairing).or_raise()
    if reason not in CHOSEN_END_REASONS:
        raise Refused(_("Choose the reason why the pairing ends."))
    return _end(pairing, reason, by, words.strip())


@transaction.atomic
def end_for_conflict(*, pairing: Pairing) -> Pairing:
    """The system ends an open pairing whose mentor evaluates the mentee by now; the others are left alone."""
    pairing = _locked(pairing)
    if pairing.status not in OPEN or not evaluates_now(pairing):
        return pairing
    return _end(pairing, EndReason.CONFLICT, None, "")  # the reason says it, in every reader's language


def _end(pairing: Pairing, reason: EndReason, by: User | None, words: str) -> Pairing:
    pairing.status, pairing.end_reason = PairingStatus.ENDED, reason
    pairing.ended_at, pairing.closing_words = timezone.now(), words
    pairing.save()
    told = [*_two(pairing), pairing.created_by]
    tell(pairing, _event(pairing, PairingAction.END, by, words), "ended", told)
    return pairing


def _two(pairing: Pairing) -> list[User]:
    return [pairing.mentor, pairing.mentee]


def _locked(pairing: Pairing) -> Pairing:
    rows = Pairing.objects.select_for_update(of=("self",))
    return rows.select_related("mentor", "mentee", "unit", "created_by").get(pk=pairing.pk)


def _event(pairing: Pairing, action: PairingAction, by: User | None, words: str = "") -> PairingEvent:
    return PairingEvent.objects.create(pairing=pairing, action=action, by=by, at=timezone.now(), words=words)


def _refuse_dates(start: date, end: date) -> None:
    if end < start:
        raise Refused(_("The period ends before it starts."))
    if end < timezone.localdate():
        raise Refused(_("The period is over already."))
    if end - start > timedelta(days=LONGEST_PERIOD_DAYS):
        raise Refused(_("A pairing lasts two years at most. Extend it later."))
