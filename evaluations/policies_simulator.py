"""Who may try another rule on the results of a cycle, and is it time."""

from django.utils.translation import gettext as _

from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from evaluations.enums import CycleStatus
from evaluations.models import Cycle
from evaluations.queries import cycle_schools
from people.models import User


def can_simulate(user: User, cycle: Cycle) -> Decision:
    """May `user` try another rule on the results of this cycle: its offices, and leaders for the own school."""
    if not cycle_schools(user, cycle).exists():
        return nobody_elses_work(_("Only the leaders of the school and the offices above see the board."))
    if not cycle.is_full:
        return Denied(_("In this cycle teachers assess themselves; there is no decision."))
    if cycle.status == CycleStatus.DRAFT:
        return Denied(_("This cycle has not been opened yet."))
    return Allowed()
