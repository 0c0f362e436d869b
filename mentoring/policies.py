"""Who may do what with a pairing, and is it time. The firewall stands here: whoever evaluates does not mentor."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from mentoring.enums import EDIT_DAYS, OPEN, PairingStatus
from mentoring.models import Meeting, Pairing
from mentoring.queries import leads_school_of, school_of_mentee
from people.enums import Role
from people.models import User
from people.queries import schools_decided, unit_ids, units_overseen


def is_one_of_the_two(user: User, pairing: Pairing) -> bool:
    """Whether `user` is the mentor or the mentee."""
    return user.pk in (pairing.mentor_id, pairing.mentee_id)


def organises(user: User, pairing: Pairing) -> bool:
    """Whether `user` pairs people at this school: its head, or an officer above it."""
    if pairing.unit_id in schools_decided(user):
        return True
    return bool(unit_ids(user, Role.OFFICER)) and units_overseen(user, Role.OFFICER).filter(pk=pairing.unit_id).exists()


def evaluates_mentee(pairing: Pairing) -> bool:
    """Whether the mentor is head or deputy head of a school of the mentee at any time of the period."""
    return bool(leads_school_of([pairing.mentor_id], pairing.mentee_id, pairing.unit_id, pairing.start, pairing.end))


def evaluates_now(pairing: Pairing) -> bool:
    """Whether the mentor leads a school of the mentee today; known already for rows of `queries.visible_to`."""
    known = getattr(pairing, "conflict", None)
    if known is not None:
        return known
    today = timezone.localdate()
    return bool(leads_school_of([pairing.mentor_id], pairing.mentee_id, pairing.unit_id, today, today))


def firewall(user: User, pairing: Pairing) -> Decision:
    """Denied with the sentence once the mentor evaluates the mentee: nothing goes on, the mentor reads nothing."""
    if not evaluates_mentee(pairing) and not evaluates_now(pairing):
        return Allowed()
    return Denied(firewall_sentence(user, pairing))


def firewall_sentence(user: User, pairing: Pairing) -> str:
    """Why a pairing cannot go on, to the mentor or about the mentor."""
    if user.pk == pairing.mentor_id:
        return _(
            "You lead the mentee's school in this period. Whoever evaluates a teacher cannot be the teacher's mentor."
        )
    return _("The mentor leads the mentee's school in this period. Whoever evaluates a teacher cannot be the mentor.")


def can_pair(user: User) -> Decision:
    """May `user` pair people at all: heads of schools and officers."""
    if schools_decided(user) or unit_ids(user, Role.OFFICER):
        return Allowed()
    return nobody_elses_work(_("Only heads of schools and officers pair mentors with mentees."))


def can_pair_mentee(user: User, mentee: User) -> Decision:
    """May `user` find a mentor for this person: a teacher of a school within reach."""
    can = can_pair(user)
    if can and (not mentee.is_active or school_of_mentee(user, mentee) is None):
        return nobody_elses_work(_("You pair teachers of your own school or branch."))
    return can


def can_answer(user: User, pairing: Pairing) -> Decision:
    """May `user` accept or decline: the two, while the proposal waits for them."""
    if not is_one_of_the_two(user, pairing):
        return nobody_elses_work(_("Only the two who are to be a pair accept or decline."))
    if pairing.status != PairingStatus.PROPOSED:
        return Denied(_not_in_this_status(pairing.status))
    mentor = user.pk == pairing.mentor_id
    if pairing.mentor_accepted_at if mentor else pairing.mentee_accepted_at:
        return Denied(_("You have accepted. The other one has not answered yet."))
    return firewall(user, pairing)


def can_extend(user: User, pairing: Pairing) -> Decision:
    """May `user` give the pair more time: whoever pairs people at the school."""
    if not organises(user, pairing):
        return nobody_elses_work(_("Only the head of the school or an officer extends a pairing."))
    if pairing.status != PairingStatus.ACTIVE:
        return Denied(_not_in_this_status(pairing.status))
    return firewall(user, pairing)


def can_end(user: User, pairing: Pairing) -> Decision:
    """May `user` end it: either of the two without fault, or whoever pairs people at the school."""
    organiser = organises(user, pairing)
    if not organiser and not is_one_of_the_two(user, pairing):
        return nobody_elses_work(_("Only the two, the head of the school or an officer end a pairing."))
    if pairing.status not in OPEN:
        return Denied(_not_in_this_status(pairing.status))
    if pairing.status == PairingStatus.PROPOSED and not organiser:
        return nobody_elses_work(_("A proposal is declined, not ended."))
    return Allowed()


def can_log(user: User, pairing: Pairing) -> Decision:
    """May `user` log a meeting: the two, while the pairing is under way and from the first day of its period."""
    if not is_one_of_the_two(user, pairing):
        return nobody_elses_work(_("Only the mentor and the mentee log their meetings."))
    if pairing.status != PairingStatus.ACTIVE:
        return Denied(_not_in_this_status(pairing.status))
    if pairing.start > timezone.localdate():
        return Denied(_("The period of this pairing begins on %(date)s.") % {"date": date_words(pairing.start)})
    return firewall(user, pairing)


def can_change_meeting(user: User, meeting: Meeting, *, log: Decision | None = None) -> Decision:
    """May `user` change or remove this meeting: whoever logged it, for some days.

    `log`: the answer of `can_log`, where a page asks for many meetings of one pairing.
    """
    can = can_log(user, meeting.pairing) if log is None else log
    if not can:
        return can
    if meeting.created_by_id != user.pk:
        return nobody_elses_work(_("Whoever logged a meeting changes it."))
    if meeting.removed_at:
        return Denied(_("This meeting has been removed."))
    last = timezone.localtime(meeting.created_at).date() + timedelta(days=EDIT_DAYS)
    if timezone.localdate() > last:
        return Denied(_("This meeting could be changed until %(date)s.") % {"date": date_words(last)})
    return Allowed()


def can_keep_note(user: User, meeting: Meeting) -> Decision:
    """May `user` keep a private note on this meeting: each of the two their own, also after the end."""
    if not is_one_of_the_two(user, meeting.pairing):
        return nobody_elses_work(_("Only the mentor and the mentee keep notes on their meetings."))
    if user.pk == meeting.pairing.mentor_id and evaluates_now(meeting.pairing):
        return Denied(firewall_sentence(user, meeting.pairing))
    return Allowed()


def _not_in_this_status(status: str) -> str:
    sentences = {
        PairingStatus.PROPOSED: _("Both have to accept first."),
        PairingStatus.ACTIVE: _("This pairing is under way already."),
        PairingStatus.DECLINED: _("This pairing was declined."),
        PairingStatus.ENDED: _("This pairing has ended."),
    }
    return sentences[PairingStatus(status)]
