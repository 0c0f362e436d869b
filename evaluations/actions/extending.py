"""More time for one person."""

from datetime import date

from django.db import transaction

from evaluations.actions.moves import move
from evaluations.enums import Action
from evaluations.models import Evaluation
from evaluations.policies_office import can_extend
from people.models import User


@transaction.atomic
def extend_deadline(*, evaluation: Evaluation, until: date, by: User) -> Evaluation:
    """Moves this person's last day to submit to `until`, writes it down and tells the person. The same day twice is once.

    Raises PermissionDenied, or Refused for a day that is no later than everybody's or has gone by.
    """
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",)).select_related("cycle", "subject").get(pk=evaluation.pk)
    )
    can_extend(by, evaluation).or_raise()
    if until == evaluation.extended_to:
        return evaluation
    return move(evaluation=evaluation, action=Action.EXTEND, by=by, extended_to=until)
