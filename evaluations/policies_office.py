"""Who may prepare, open, extend and close a cycle, and is it time. As `policies`, for whole cycles."""

from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from evaluations.enums import Action, CycleStatus
from evaluations.models import Cycle, Evaluation
from evaluations.policies import can, can_manage_cycles
from evaluations.queries_office import may_manage
from people.models import User
from people.queries import schools_decided
from standards.enums import VersionStatus


def can_manage(user: User, cycle: Cycle) -> Decision:
    """Is the cycle this person's to run: an officer or administrator of the office that holds it, or of one above."""
    may = can_manage_cycles(user)
    if not may:
        return may
    if not may_manage(user, cycle):
        return nobody_elses_work(_("Only the office that holds this cycle runs it."))
    return Allowed()


def can_edit_draft(user: User, cycle: Cycle) -> Decision:
    """May `user` change the cycle's set-up, or throw it away?"""
    return _when(user, cycle, CycleStatus.DRAFT, _("This cycle is open already; only its dates can still be extended."))


def can_open(user: User, cycle: Cycle) -> Decision:
    """May `user` open the cycle now? Its last day to submit must not be past."""
    decision = _when(user, cycle, CycleStatus.DRAFT, _("This cycle has been opened already."))
    if decision and cycle.version.status != VersionStatus.PUBLISHED:
        return Denied(_("Its standards have been taken out of use. Choose others in the set-up first."))
    if decision and cycle.self_due < timezone.localdate():
        return Denied(_("The last day of the self-assessment is past. Change the dates first."))
    return decision


def can_refresh(user: User, cycle: Cycle) -> Decision:
    """May `user` take in people who came later?"""
    return _when(user, cycle, CycleStatus.OPEN, _("Only an open cycle takes people in."))


def can_extend_dates(user: User, cycle: Cycle) -> Decision:
    return _when(user, cycle, CycleStatus.OPEN, _("Only an open cycle can be given more time."))


def can_close(user: User, cycle: Cycle) -> Decision:
    return _when(user, cycle, CycleStatus.OPEN, _("Only an open cycle can be closed."))


def _when(user: User, cycle: Cycle, status: str, sentence: str) -> Decision:
    may = can_manage(user, cycle)
    if not may:
        return may
    return Allowed() if cycle.status == status else Denied(sentence)


def can_extend(user: User, evaluation: Evaluation) -> Decision:
    """May `user` give this one person more time for the self-assessment?"""
    return can(user, evaluation, Action.EXTEND)


def can_remind(user: User, cycle: Cycle, unit_id: int) -> Decision:
    """May `user` remind the teachers of this school: its head, and the office that runs the cycle."""
    if unit_id not in schools_decided(user) and not can_manage(user, cycle):
        return nobody_elses_work(_("Only the head of the school and the office that holds the cycle send reminders."))
    if cycle.status != CycleStatus.OPEN:
        return Denied(_("This cycle is not open."))
    return Allowed()
