"""What each side sees of an evaluation, and when. Drafts belong to their author; opinions never show a person."""

from dataclasses import dataclass

from evaluations.enums import RESULT_KNOWN, Actor, Status
from evaluations.models import Evaluation
from evaluations.policies import relations
from evaluations.queries import decision_sheet, levels_of, opinion_counts, submitted_opinions
from people.models import User
from people.queries import schools_led

OPENED = (Status.UNDER_REVIEW, Status.DECIDED, *RESULT_KNOWN)


@dataclass(frozen=True)
class Sight:
    """Which parts of one evaluation one person may read now."""

    self_sheet: bool = False
    evidence: bool = False
    decision: bool = False
    result: bool = False
    timeline: bool = False
    earlier: bool = False  # decisions that were announced and taken up again: whoever read them then reads them still


@dataclass(frozen=True)
class Opinions:
    """The spread of colleagues' opinions. `counts` is None while fewer than `threshold` have answered."""

    answered: int | None  # None: not even the number may be shown
    threshold: int
    counts: dict[str, dict[str, int]] | None


def sight(user: User, evaluation: Evaluation) -> Sight:
    """The parts of `evaluation` that `user` may read in its present status."""
    roles = relations(user, evaluation)
    known = evaluation.status in RESULT_KNOWN and bool(evaluation.result)
    if Actor.SUBJECT in roles:
        return Sight(self_sheet=True, evidence=True, decision=known, result=known, timeline=True, earlier=True)
    opened = evaluation.status in OPENED and evaluation.opened_at is not None
    if evaluation.unit_id in schools_led(user):
        return Sight(self_sheet=opened, evidence=opened, decision=opened, result=opened, timeline=True, earlier=True)
    if Actor.AUTHORITY in roles:
        return Sight(self_sheet=known, evidence=known, decision=known, result=known, timeline=True, earlier=True)
    return Sight()  # group leaders: the status on the list, nothing inside


def opinions(user: User, evaluation: Evaluation) -> Opinions | None:
    """The spread for `user`, or None where the person has no business with it.

    Leaders see it once the evaluation is opened, the teacher once announced. Under the cycle's threshold k neither
    counts nor the number of answers is told: "2 of 2 answered" already names them in a small group. With
    `opinions_last` the head rates every criterion before seeing what colleagues think.
    """
    cycle, seen = evaluation.cycle, sight(user, evaluation)
    if not cycle.opinions_wanted or not cycle.is_full:
        return None
    is_leader = evaluation.unit_id in schools_led(user) and evaluation.subject_id != user.pk
    if not (seen.result or (is_leader and seen.self_sheet)):
        return None
    number = submitted_opinions(evaluation)
    if number < cycle.anonymity_threshold:
        return Opinions(None, cycle.anonymity_threshold, None)
    if cycle.opinions_last and evaluation.status == Status.UNDER_REVIEW and not _decision_complete(evaluation):
        return Opinions(None, cycle.anonymity_threshold, None)
    spread = {
        criterion: levels
        for criterion, levels in opinion_counts(evaluation).items()
        if sum(levels.values()) >= cycle.anonymity_threshold  # some leave a criterion blank
    }
    return Opinions(number, cycle.anonymity_threshold, spread)


def _decision_complete(evaluation: Evaluation) -> bool:
    sheet = decision_sheet(evaluation)
    return sheet is not None and len(levels_of(sheet)) == sheet.ratings.count()
