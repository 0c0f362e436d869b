"""What the worker and the clock do for evaluations. Ids in, an action called, nothing else."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from evaluations.actions import closing, reminders, telling
from evaluations.enums import CycleAction, CycleStatus
from evaluations.models import Cycle, CycleEvent

RETELL = timedelta(days=3)


@shared_task
def tell_opening(cycle_id: int) -> None:
    """Mails everybody in a cycle that has just been opened or has taken people in."""
    reminders.tell_opening(Cycle.objects.get(pk=cycle_id))


@shared_task
def tell_dates(event_id: int) -> None:
    """Mails everybody whom the moved dates of a cycle concern, once each."""
    telling.tell_dates(CycleEvent.objects.select_related("cycle").get(pk=event_id))


@shared_task
def send_reminders() -> None:
    """Every morning: what is due in 7, 3 and 1 days; and openings and new dates that a broken broker held back."""
    for cycle in Cycle.objects.filter(status=CycleStatus.OPEN, opened_at__gte=timezone.now() - RETELL).order_by("pk"):
        reminders.tell_opening(cycle)
    for event in CycleEvent.objects.filter(action=CycleAction.DATES, at__gte=timezone.now() - RETELL).order_by("pk"):
        telling.tell_dates(event)
    reminders.remind_by_calendar(timezone.localdate())


@shared_task
def close_unanswered() -> None:
    """Every night: closes what nobody objected to in time."""
    closing.close_unanswered()
