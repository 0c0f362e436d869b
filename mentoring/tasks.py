"""What happens by itself."""

from celery import shared_task

from mentoring.actions.pairings import end_for_conflict
from mentoring.queries import conflicted


@shared_task(name="mentoring.tasks.end_conflicts")
def end_conflicts() -> int:
    """Ends the pairings whose mentor became head or deputy head of the mentee's school. Run by beat every night."""
    pairings = list(conflicted())
    for pairing in pairings:
        end_for_conflict(pairing=pairing)
    return len(pairings)
