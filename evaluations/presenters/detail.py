"""The overview of one evaluation: status, whose turn, ways in, acts, timeline."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import date_words, time_words
from core.decisions import Decision
from core.localized import localized
from evaluations import policies
from evaluations.enums import EDITABLE_BY_SUBJECT, Action, Status
from evaluations.forms.moves import MoveForm, form_for
from evaluations.models import Evaluation
from evaluations.presenters import words
from evaluations.queries_self import is_decided_again
from evaluations.visibility import sight
from evaluations.workflow import TABLE, actions_from
from people.models import User
from standards.queries import framework_data

ELSEWHERE = {
    Action.SUBMIT,
    Action.OPEN,
    Action.RETURN,
    Action.DECIDE,
    Action.ACKNOWLEDGE,
    Action.OBJECT,
    Action.EXTEND,
}
"""Acts that belong to a page of their own: the self-assessment, the review, the result."""


ONLY_WHEN_POSSIBLE = {Action.TRANSFER}
"""Acts that are nobody's question for most people: no button with a reason why not."""


@dataclass(frozen=True)
class Act:
    """An action this person may do from the overview. `form` None: one button without words."""

    action: Action
    label: str
    decision: Decision
    url: str
    form: MoveForm | None
    confirm: str = ""
    style: str = "secondary"


@dataclass(frozen=True)
class Way:
    """A link to another page of the evaluation."""

    label: str
    url: str
    note: str = ""
    primary: bool = False


def overview(user: User, evaluation: Evaluation, refused: MoveForm | None = None) -> dict:
    """The context of the page for `user`."""
    is_subject = evaluation.subject_id == user.pk
    seen = sight(user, evaluation)
    data = framework_data(evaluation.cycle.version_id)
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "is_subject": is_subject,
        "pill": words.status_pill(evaluation),
        "turn": words.whose_turn(evaluation, is_subject=is_subject),
        "deadline": words.deadline_of(evaluation),
        "due": words.due_sentence(evaluation, is_subject=is_subject),
        "result": words.level_words(evaluation.result, data) if seen.result and evaluation.result else None,
        "facts": _facts(evaluation, data.title),
        "ways": _ways(user, evaluation, seen, is_subject),
        "acts": _acts(user, evaluation, refused),
        "timeline": words.timeline_of(evaluation, seen),
        "sees_timeline": seen.timeline,
    }


def _facts(evaluation: Evaluation, title) -> list[tuple[str, str]]:
    rows = [
        (_("School"), evaluation.unit.name),
        (_("Professional group"), evaluation.group.name if evaluation.group else ""),
        (_("School year"), evaluation.cycle.school_year),
        (_("Standards"), localized(title)),
        (_("Submitted"), time_words(evaluation.submitted_at)),
        (_("Announced"), time_words(evaluation.announced_at)),
        (_("Own deadline"), date_words(evaluation.extended_to)),
        (_("Excused because"), evaluation.get_excuse_reason_display()),
        (_("Months worked in the period"), "" if evaluation.excuse_months is None else str(evaluation.excuse_months)),
    ]
    return [row for row in rows if row[1]]


def _ways(user: User, evaluation: Evaluation, seen, is_subject: bool) -> list[Way]:
    def to(name: str) -> str:
        return reverse(f"evaluations:{name}", args=[evaluation.pk])

    ways = []
    if is_subject:
        editable = evaluation.status in EDITABLE_BY_SUBJECT
        if evaluation.status != Status.EXCUSED:
            label = _("Fill in the self-assessment") if editable else _("Read your self-assessment")
            ways.append(Way(label, to("self"), primary=editable))
    elif policies.can_review(user, evaluation):
        ways.append(Way(_("Review"), to("review"), primary=evaluation.status != Status.DRAFT))
    if seen.result and evaluation.result:
        waits = evaluation.status == Status.ANNOUNCED and is_subject
        ways.append(Way(_("Result and its explanation"), to("result"), primary=waits))
    elif seen.earlier and is_decided_again(evaluation):
        ways.append(Way(_("The earlier result"), to("result")))
    if seen.evidence:
        ways.append(Way(_("Evidence"), to("evidence")))
    return ways


def _acts(user: User, evaluation: Evaluation, refused: MoveForm | None) -> list[Act]:
    acts = []
    for action in actions_from(Status(evaluation.status)):
        decision = policies.can(user, evaluation, action)
        if action in ELSEWHERE or (not decision and (not decision.is_role or action in ONLY_WHEN_POSSIBLE)):
            continue
        needs_words = TABLE[Status(evaluation.status), action].needs_comment
        form = refused if refused is not None and refused.action == action else None
        if needs_words and form is None:
            form = form_for(action, evaluation.status)
        acts.append(
            Act(
                action=action,
                label=verb(action),
                decision=decision,
                url=reverse("evaluations:move", args=[evaluation.pk, action]),
                form=form,
                confirm=CONFIRM[action]() if action in CONFIRM else "",
                style="primary" if action == Action.ANNOUNCE else "secondary",
            )
        )
    return acts


def is_typed_into(acts: Iterable[Act], form: MoveForm) -> bool:
    """Does one of these acts show `form` with what was typed into it? An act that is not possible shows no form."""
    return any(act.form is form and act.decision for act in acts)


def verb(action: Action) -> str:
    """The words on the button of an action."""
    return {
        Action.SUBMIT: _("Submit my self-assessment"),
        Action.TAKE_BACK: _("Take the submission back"),
        Action.REVISE: _("Change the decision"),
        Action.ANNOUNCE: _("Announce the result"),
        Action.ACKNOWLEDGE: _("Acknowledge the result"),
        Action.OBJECT: _("Send the objection"),
        Action.UPHOLD: _("Answer and keep the decision"),
        Action.RECONSIDER: _("Answer and decide again"),
        Action.EXCUSE: _("Excuse in this cycle"),
        Action.READMIT: _("Take in again"),
        Action.REOPEN: _("Reopen the evaluation"),
        Action.TRANSFER: _("Move it to the new school"),
    }.get(action, str(action.label))


CONFIRM = {
    Action.TAKE_BACK: lambda: _("Take the submission back? You must submit again before the deadline."),
    Action.ANNOUNCE: lambda: _("Announce the result? The teacher reads it at once."),
    Action.TRANSFER: lambda: _(
        "Move the evaluation to the school where this person teaches now? The head there decides; opinions handed in "
        "stay."
    ),
    Action.REVISE: lambda: _("Take the decision up again? The teacher has not seen it yet."),
}
