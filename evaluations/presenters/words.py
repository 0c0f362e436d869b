"""An evaluation's status, turn and events in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import localized
from evaluations import policies
from evaluations.enums import Action, Actor, CycleStatus, Status
from evaluations.models import Evaluation, Event
from evaluations.queries_self import events_of
from evaluations.visibility import Sight
from evaluations.workflow import OWNERS
from standards.queries import FrameworkData

TONES = {
    Status.DRAFT: "neutral",
    Status.SUBMITTED: "info",
    Status.UNDER_REVIEW: "info",
    Status.RETURNED: "warning",
    Status.DECIDED: "info",
    Status.ANNOUNCED: "success",
    Status.OBJECTED: "warning",
    Status.CLOSED: "neutral",
    Status.EXCUSED: "neutral",
}


@dataclass(frozen=True)
class LevelWords:
    """A level as pages show it: `position` counts from 1, `of` is the number of levels; empty label: not rated."""

    code: str = ""
    label: str = ""
    position: int = 0
    of: int = 4


@dataclass(frozen=True)
class Happened:
    """One line of the timeline, as components/timeline.html reads it."""

    when: datetime
    who: str
    what: str
    comment: str


def level_words(code: str, data: FrameworkData) -> LevelWords:
    """The level `code` of a framework; "" gives the empty one."""
    if not code:
        return LevelWords(of=len(data.levels))
    level = data.level(code)
    return LevelWords(code, localized(level.name), level.position, len(data.levels))


def status_pill(evaluation: Evaluation) -> tuple[str, str, str]:
    """(code, label, tone) for the status_pill tag."""
    status = Status(evaluation.status)
    return status.value, str(status.label), TONES[status]


def teacher_told(evaluation: Evaluation) -> str:
    """How the teacher gets to know what was just done: many have no address."""
    if evaluation.subject.email:
        return _("The teacher gets a mail.")
    return _("The teacher has no e-mail address and finds it after signing in.")


def whose_turn(evaluation: Evaluation, *, is_subject: bool) -> str:
    """One sentence: who has to do what now."""
    if is_subject:
        return _turn_of_subject(evaluation)
    owner = OWNERS[Status(evaluation.status)]
    if owner == Actor.SUBJECT:
        sentences = {
            Status.DRAFT: _("The teacher is filling in the self-assessment."),
            Status.RETURNED: _("The teacher is correcting the self-assessment."),
            Status.ANNOUNCED: _left_to_the_teacher(evaluation),
        }
        return sentences[Status(evaluation.status)]
    sentences = {
        Status.SUBMITTED: _("The head opens it next."),
        Status.UNDER_REVIEW: _("The head is deciding again, after the objection.")
        if evaluation.objected_at
        else _("The head is deciding."),
        Status.DECIDED: _("The head announces the result next."),
        Status.OBJECTED: _("The head answers the objection next."),
        Status.EXCUSED: _("This person is excused. Nobody has to do anything in this cycle."),
        Status.CLOSED: _("Everything is done."),
    }
    if evaluation.status == Status.SUBMITTED and not evaluation.cycle.is_full:
        return _("Everything is done; there is no decision in this cycle.")
    return sentences[Status(evaluation.status)]


def _turn_of_subject(evaluation: Evaluation) -> str:
    if evaluation.status == Status.SUBMITTED and not evaluation.cycle.is_full:
        return _("You have submitted. There is no decision in this cycle.")
    return {
        Status.DRAFT: _("It is your turn: fill in the self-assessment and submit it."),
        Status.RETURNED: _("It is your turn: your head has returned it with a comment."),
        Status.SUBMITTED: _taken_back_until(evaluation),
        Status.UNDER_REVIEW: _("Your head is deciding again, after your objection.")
        if evaluation.objected_at
        else _("Your head is reading it and will decide."),
        Status.DECIDED: _("Your head has decided. The result will be announced to you."),
        Status.ANNOUNCED: _left_to_you(evaluation),
        Status.OBJECTED: _("You have objected. Your head answers next."),
        Status.CLOSED: _("Everything is done."),
        Status.EXCUSED: _("You are excused in this cycle. Nothing has to be done."),
    }[Status(evaluation.status)]


def _left_to_the_teacher(evaluation: Evaluation) -> str:
    """What can still be done about an announced result: there is one objection, and it has its days."""
    if policies.is_time_to_object(evaluation):
        return _("The teacher can acknowledge the result or object to it.")
    if evaluation.objected_at:
        return _("The objection has been answered. The teacher acknowledges the result next.")
    return _("The time to object is over. The teacher acknowledges the result next.")


def _left_to_you(evaluation: Evaluation) -> str:
    if policies.is_time_to_object(evaluation):
        return _("It is your turn: read the result, then acknowledge it or object.")
    if evaluation.objected_at:
        return _("Your objection has been answered. Read the result, then acknowledge it.")
    return _("The time to object is over. Read the result, then acknowledge it.")


def _taken_back_until(evaluation: Evaluation) -> str:
    """What a teacher can still do after submitting: two days count, the head's opening and the own last day."""
    if policies.is_time_to_take_back(evaluation):
        if evaluation.cycle.late_allowed:
            return _("You have submitted. You can take it back as long as your head has not opened it.")
        day = date_words(policies.self_deadline(evaluation))
        return _("You have submitted. You can take it back until %(date)s, as long as your head has not opened it.") % {
            "date": day
        }
    return _("You have submitted. Your head opens it next.")


def due_sentence(evaluation: Evaluation, *, is_subject: bool) -> str:
    """Whose day runs out when, as a sentence; empty when nothing runs. The days left are said by `deadline_of`."""
    if deadline_of(evaluation) is None:
        return ""
    if evaluation.status == Status.DECIDED:
        return _("You are told by") if is_subject else _("To be announced by")
    if evaluation.status in (Status.SUBMITTED, Status.UNDER_REVIEW):
        return _("Your head decides by") if is_subject else _("To be decided by")
    if evaluation.status == Status.ANNOUNCED:
        return _("You can object until") if is_subject else _("The teacher can object until")
    return _("To be submitted by")


def deadline_of(evaluation: Evaluation) -> date | None:
    """The next day that counts, for whoever's turn it is; None when nothing runs."""
    status, cycle = evaluation.status, evaluation.cycle
    if cycle.status != CycleStatus.OPEN:
        return None
    if status == Status.DRAFT:
        return policies.self_deadline(evaluation)
    if status in (Status.SUBMITTED, Status.UNDER_REVIEW, Status.DECIDED):
        return cycle.decision_due
    if status == Status.ANNOUNCED and policies.is_time_to_object(evaluation):
        return policies.objection_deadline(evaluation)
    return None


def timeline_of(evaluation: Evaluation, seen: Sight) -> list[Happened]:
    """What happened, newest first, for somebody with this sight; empty without a right to the timeline. One query."""
    if not seen.timeline:
        return []
    return [
        Happened(event.at, event.by.full_name if event.by else "", _what(event, evaluation), event.comment)
        for event in events_of(evaluation)
    ]


def _what(event: Event, evaluation: Evaluation) -> str:
    return {
        Action.SUBMIT: _("Self-assessment submitted"),
        Action.TAKE_BACK: _("Submission taken back"),
        Action.OPEN: _("Opened for review"),
        Action.RETURN: _("Returned to the teacher"),
        Action.DECIDE: _("Decision made"),
        Action.REVISE: _("Decision taken up again before it was announced"),
        Action.ANNOUNCE: _("Result announced"),
        Action.ACKNOWLEDGE: _("Result acknowledged"),
        Action.OBJECT: _("Objection made"),
        Action.UPHOLD: _("Objection answered: the decision stands"),
        Action.RECONSIDER: _("Objection answered: the decision is taken up again"),
        Action.EXCUSE: _("Excused in this cycle"),
        Action.READMIT: _("Taken into the cycle again"),
        Action.REOPEN: _("Reopened by the office above"),
        Action.CLOSE: _("Closed at the end of its time") if evaluation.cycle.is_full else _("Closed with the cycle"),
        Action.EXTEND: _("More time given, until %(date)s") % {"date": _day(event.facts.get("until"))},
        Action.TRANSFER: _("Moved from %(left)s to %(joined)s")
        % {"left": event.facts.get("left", ""), "joined": event.facts.get("joined", "")},
    }[Action(event.action)]


def _day(text: str | None) -> str:
    return date_words(date.fromisoformat(text)) if text else ""
