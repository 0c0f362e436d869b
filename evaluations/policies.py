"""Who may do what, and is it time. Two questions, two sentences; the sentence is also the disabled button's help."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from evaluations.enums import EDITABLE_BY_SUBJECT, Action, Actor, CycleStatus, Status
from evaluations.models import Cycle, Evaluation
from evaluations.queries import were_opinions_read
from evaluations.queries_moved import new_school, was_decided
from evaluations.workflow import TABLE
from people.enums import OVERSEERS, Role
from people.models import User
from people.queries import own_groups, schools_decided, schools_led, unit_ids, units_overseen

ENDS_WITH_CYCLE = (
    Action.SUBMIT,
    Action.TAKE_BACK,
    Action.OPEN,
    Action.EXCUSE,
    Action.READMIT,
    Action.EXTEND,
    Action.TRANSFER,
)
"""What nobody starts any more in a closed cycle; what is under way, or reopened by authority, is still finished."""


def relations(user: User | None, evaluation: Evaluation) -> set[Actor]:
    """What `user` is to this evaluation. None is the system itself. Nobody is two things to the own evaluation."""
    if user is None:
        return {Actor.SYSTEM}
    if evaluation.subject_id == user.pk:
        return {Actor.SUBJECT}
    found = set()
    if evaluation.unit_id in schools_decided(user):
        found.add(Actor.DECIDER)
    if unit_ids(user, *OVERSEERS) and units_overseen(user).filter(pk=evaluation.unit_id).exists():
        found.add(Actor.AUTHORITY)
    return found


def can(user: User | None, evaluation: Evaluation, action: Action) -> Decision:
    """May `user` do `action` on `evaluation` now? Role first, then status, then dates."""
    actors = {transition.actor for (_status, known), transition in TABLE.items() if known == action}
    if not relations(user, evaluation) & actors:
        return nobody_elses_work(_("Only %(who)s may do this.") % {"who": _who(actors)})
    if action == Action.TRANSFER and was_decided(evaluation):
        return Denied(_("It has been decided at %(school)s and stays there.") % {"school": evaluation.unit.name})
    if (evaluation.status, action) not in TABLE:
        return Denied(_not_from_here(evaluation, action))
    time = _is_it_time(evaluation, action)
    return _is_there_a_school(user, evaluation) if time and action == Action.TRANSFER else time


def _is_there_a_school(user: User, evaluation: Evaluation) -> Decision:
    """Has the person moved to another school of the cycle, and does `user` look over that one too?"""
    school, names = new_school(evaluation), {"name": evaluation.subject.full_name, "school": evaluation.unit.name}
    if school is None:
        return Denied(
            _("%(name)s still teaches at %(school)s, or at no other school of this cycle: there is nowhere to move to.")
            % names
        )
    if not units_overseen(user).filter(pk=school.pk).exists():
        return Denied(
            _("%(name)s teaches at %(school)s now, which is not under your office: ask the office above both schools.")
            % {**names, "school": school.name}
        )
    return Allowed()


def _who(actors: set[Actor]) -> str:
    names = {
        Actor.SUBJECT: _("the teacher concerned"),
        Actor.DECIDER: _("the head of the school"),
        Actor.AUTHORITY: _("the office above the school"),
        Actor.SYSTEM: _("the system"),
    }
    return _(" or ").join(names[actor] for actor in Actor if actor in actors)


AFTER_THE_DECISION = (
    Action.REVISE,
    Action.ANNOUNCE,
    Action.ACKNOWLEDGE,
    Action.OBJECT,
    Action.UPHOLD,
    Action.RECONSIDER,
    Action.REOPEN,
)


def _not_from_here(evaluation: Evaluation, action: Action) -> str:
    """Why `action` does not start from the evaluation's status; mostly somebody was quicker, in another window."""
    if action in (Action.UPHOLD, Action.RECONSIDER) and evaluation.objected_at:
        return _("The objection has been answered already.")
    if evaluation.status == Status.UNDER_REVIEW and action in AFTER_THE_DECISION:
        return _("The decision is open: it has to be made first.")
    if evaluation.status == Status.SUBMITTED and action in (Action.RETURN, Action.DECIDE, *AFTER_THE_DECISION):
        return _("It has not been opened for review yet.")
    return _not_in_this_status(evaluation.status)


def _not_in_this_status(status: str) -> str:
    sentences = {
        Status.DRAFT: _("The self-assessment has not been submitted yet."),
        Status.SUBMITTED: _("The self-assessment has been submitted already."),
        Status.UNDER_REVIEW: _("It has been opened for review already."),
        Status.RETURNED: _("It has been returned to the teacher."),
        Status.DECIDED: _("It has been decided already."),
        Status.ANNOUNCED: _("The result has been announced already."),
        Status.OBJECTED: _("An objection is waiting for an answer."),
        Status.CLOSED: _("This evaluation is closed."),
        Status.EXCUSED: _("This person is excused in this cycle."),
    }
    return sentences[Status(status)]


def _is_it_time(evaluation: Evaluation, action: Action) -> Decision:
    cycle = evaluation.cycle
    if cycle.status == CycleStatus.DRAFT:
        return Denied(_("This cycle has not been opened yet."))
    if cycle.status == CycleStatus.CLOSED and action in ENDS_WITH_CYCLE:
        return Denied(_("This cycle is closed. The office above can reopen an evaluation."))
    if action in (Action.SUBMIT, Action.TAKE_BACK):
        return _within_self_dates(evaluation)
    if action in (Action.OPEN, Action.DECIDE, Action.REOPEN) and not cycle.is_full:
        return Denied(_("In this cycle teachers assess themselves; there is no decision."))
    return _is_objection_left(evaluation) if action == Action.OBJECT else Allowed()


def _is_objection_left(evaluation: Evaluation) -> Decision:
    """One objection to an evaluation, whatever was decided after it, and within its days."""
    if evaluation.objected_at:
        return Denied(_("You have objected once and been answered. The office above can reopen the evaluation."))
    if objection_deadline(evaluation) < timezone.localdate():
        return Denied(_("The time to object ended on %(date)s.") % {"date": date_words(objection_deadline(evaluation))})
    return Allowed()


def self_deadline(evaluation: Evaluation) -> date:
    """Last day to submit: the cycle's, or the person's own when more time was given."""
    return max(evaluation.cycle.self_due, evaluation.extended_to or evaluation.cycle.self_due)


def objection_deadline(evaluation: Evaluation) -> date:
    """Last day to object: the announcement plus the cycle's days."""
    announced = timezone.localtime(evaluation.announced_at).date()
    return date.fromordinal(announced.toordinal() + evaluation.cycle.objection_days)


def _within_self_dates(evaluation: Evaluation) -> Decision:
    today, cycle = timezone.localdate(), evaluation.cycle
    if today < cycle.starts_on:
        return Denied(_("The self-assessment starts on %(date)s.") % {"date": date_words(cycle.starts_on)})
    if evaluation.status == Status.RETURNED or cycle.late_allowed:
        return Allowed()  # a returned one is corrected on the head's word, whatever the date
    if today > self_deadline(evaluation):
        return Denied(
            _("The self-assessment ended on %(date)s. Ask your head for more time; nothing you wrote is lost.")
            % {"date": date_words(self_deadline(evaluation))}
        )
    return Allowed()


def is_time_to_take_back(evaluation: Evaluation) -> bool:
    """Could the teacher take a submission back today?"""
    return evaluation.status == Status.SUBMITTED and bool(_is_it_time(evaluation, Action.TAKE_BACK))


def is_time_to_object(evaluation: Evaluation) -> bool:
    """Could the teacher object to the announced result today?"""
    return evaluation.status == Status.ANNOUNCED and bool(_is_it_time(evaluation, Action.OBJECT))


def can_fill_self(user: User, evaluation: Evaluation) -> Decision:
    """May `user` write on the self-assessment now?"""
    if evaluation.subject_id != user.pk:
        return nobody_elses_work(_("Only the teacher concerned fills the self-assessment."))
    if evaluation.status not in EDITABLE_BY_SUBJECT:
        return Denied(_not_in_this_status(evaluation.status))
    if evaluation.cycle.status != CycleStatus.OPEN:
        return Denied(_("This cycle is not open."))
    return _within_self_dates(evaluation)


def words_wanted(action: Action) -> str:
    """What somebody is told who does `action` without the words it needs: what to write, and who reads it."""
    return {
        Action.RETURN: _("Write your comment: the teacher reads what to correct."),
        Action.OBJECT: _("Write your objection: the head reads and answers it."),
        Action.UPHOLD: _("Write your answer: the teacher reads it."),
        Action.RECONSIDER: _("Write your answer: the teacher reads it."),
        Action.EXCUSE: _("Write why, in a few words: the teacher reads it."),
        Action.REOPEN: _("Write why, in a few words: the teacher and the head read it."),
    }[action]


def can_rate_decision(user: User, evaluation: Evaluation) -> Decision:
    """May `user` write the head's levels and reasons now?"""
    if Actor.DECIDER not in relations(user, evaluation):
        return nobody_elses_work(_("Only the head of the school decides."))
    if evaluation.status != Status.UNDER_REVIEW:
        return Denied(_not_in_this_status(evaluation.status))
    return _is_it_time(evaluation, Action.DECIDE)


def can_review(user: User, evaluation: Evaluation) -> Decision:
    """May `user` open the review page at all? The head, and deputies to read."""
    if evaluation.subject_id == user.pk or evaluation.unit_id not in schools_led(user):
        return nobody_elses_work(_("Only the leaders of the school review evaluations."))
    return Allowed()


def can_give_opinion(user: User, evaluation: Evaluation) -> Decision:
    """May `user` give an opinion on this colleague now? Same group, not the own person, not a leader of the school."""
    cycle = evaluation.cycle
    if evaluation.subject_id == user.pk:
        return nobody_elses_work(_("Nobody gives an opinion on themselves."))
    if evaluation.group_id not in own_groups(user) or evaluation.unit_id in schools_led(user):
        return nobody_elses_work(_("Only colleagues of the same professional group give opinions."))
    if not cycle.is_full or not cycle.opinions_wanted:
        return Denied(_("No opinions are asked for in this cycle."))
    if cycle.status != CycleStatus.OPEN:
        return Denied(_("This cycle is not open."))
    if evaluation.status in (Status.DECIDED, Status.ANNOUNCED, Status.OBJECTED, Status.CLOSED, Status.EXCUSED):
        return Denied(_("The head has decided already; opinions are closed."))
    if were_opinions_read(evaluation):
        return Denied(_("The head reads the opinions already. They stay as they are, so that a change names nobody."))
    today = timezone.localdate()
    if today < cycle.starts_on:
        return Denied(_("Opinions can be given from %(date)s.") % {"date": date_words(cycle.starts_on)})
    if cycle.opinions_due and today > cycle.opinions_due and not cycle.late_allowed:
        return Denied(_("Opinions could be given until %(date)s.") % {"date": date_words(cycle.opinions_due)})
    return Allowed()


def can_see_board(user: User, cycle: Cycle, unit_id: int) -> Decision:
    """May `user` see who has done what at this school: its leaders and the offices above."""
    if unit_id in schools_led(user) or units_overseen(user).filter(pk=unit_id).exists():
        return Allowed()
    return nobody_elses_work(_("Only the leaders of the school and the offices above see the board."))


def can_manage_cycles(user: User) -> Decision:
    """May `user` prepare and open cycles: officers and administrators of an office."""
    if unit_ids(user, Role.OFFICER, Role.ADMINISTRATOR):
        return Allowed()
    return nobody_elses_work(_("Only officers of an education office open cycles."))
