"""News from below: an evaluation moved, so the tally of its school is counted anew."""

from django.dispatch import receiver

from core.jobs import enqueue
from evaluations.signals import evaluation_moved
from reports.actions.tallies import mark_stale
from reports.tasks import recount_school


@receiver(evaluation_moved, dispatch_uid="reports-recount")
def count_again(sender, evaluation, left, **news) -> None:
    """Marks the school (two of them when the person moved) in the act's own transaction, and asks the worker to count
    after the commit.

    With the broker down the mark stays: beat counts the school later, and every report counts marked schools first.
    """
    for unit_id in sorted({evaluation.unit_id, left.pk}):
        mark_stale(cycle_id=evaluation.cycle_id, unit_id=unit_id)
        enqueue(recount_school, evaluation.cycle_id, unit_id)
