"""What the clock does for files."""

from celery import shared_task

from files import parts


@shared_task
def forget_unfinished() -> None:
    """Every night: parts of uploads that nobody finished."""
    parts.forget_unfinished()
