"""What closes by itself: results nobody objected to in time, and self-assessments of cycles without a decision."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.decisions import Refused
from evaluations.actions.moves import move
from evaluations.enums import Action, CycleKind, CycleStatus, Status
from evaluations.models import Cycle, Evaluation
from evaluations.policies import objection_deadline

log = logging.getLogger(__name__)


def close_unanswered() -> int:
    """Closes announced evaluations whose time to object is over, and submitted ones of closed self-only cycles.

    Each in its own transaction; repeated, it finds nothing more. Returns how many were closed.
    """
    today, closed = timezone.localdate(), 0
    for evaluation in [*_announced(), *_self_only()]:
        if evaluation.status == Status.ANNOUNCED and objection_deadline(evaluation) >= today:
            continue
        try:
            move(evaluation=evaluation, action=Action.CLOSE, by=None)
        except (Refused, PermissionDenied) as refusal:  # moved by somebody in the meantime
            log.info("evaluation %s stays open: %s", evaluation.pk, refusal)
        else:
            closed += 1
    return closed


def _announced() -> Iterator[Evaluation]:
    """Announced evaluations, cycle by cycle, that may be past their last day to object."""
    waiting = Evaluation.objects.filter(status=Status.ANNOUNCED).order_by()
    for cycle in Cycle.objects.filter(pk__in=waiting.values("cycle")).order_by("pk"):
        before = timezone.now() - timedelta(days=cycle.objection_days)
        rows = waiting.filter(cycle=cycle, announced_at__lte=before).select_related("cycle")
        yield from rows.order_by("pk")


def _self_only() -> list[Evaluation]:
    rows = Evaluation.objects.filter(
        status=Status.SUBMITTED, cycle__kind=CycleKind.SELF_ONLY, cycle__status=CycleStatus.CLOSED
    )
    return list(rows.select_related("cycle").order_by("pk"))
