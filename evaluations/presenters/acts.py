"""The acts a head can do from the review page: each a button or a few words to write first."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.enums import Action, Status
from evaluations.forms.moves import MoveForm, form_for
from evaluations.models import Evaluation
from evaluations.policies import can
from evaluations.presenters.detail import CONFIRM, Act, verb
from evaluations.workflow import TABLE, actions_from
from people.models import User

PRIMARY = (Action.DECIDE, Action.ANNOUNCE)
INSIDE = (Action.OPEN, Action.EXTEND, Action.TRANSFER)
"""Acts that are the page's own step, or another page's, and not in the list."""


def acts_of(user: User, evaluation: Evaluation, refused: MoveForm | None = None) -> dict[str, Act]:
    """Action code -> act, of those that are this person's to do, now or later."""
    found = {}
    for action in actions_from(Status(evaluation.status)):
        decision = can(user, evaluation, action)
        if action in INSIDE or (not decision and not decision.is_role):
            continue
        form = refused if refused is not None and refused.action == action else None
        if form is None and TABLE[Status(evaluation.status), action].needs_comment:
            form = form_for(action, evaluation.status)
        found[action.value] = Act(
            action=action,
            label=_label(action),
            decision=decision,
            url=reverse("evaluations:move", args=[evaluation.pk, action]),
            form=form,
            confirm=CONFIRM[action]() if action in CONFIRM else "",
            style="primary" if action in PRIMARY else "secondary",
        )
    return found


def _label(action: Action) -> str:
    own = {Action.DECIDE: _("Decide"), Action.RETURN: _("Return to the teacher")}
    return own.get(action) or verb(action)
