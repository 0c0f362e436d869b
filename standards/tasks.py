"""What the clock does for standards."""

from celery import shared_task

from standards.actions.uploads import forget_uploads as forget


@shared_task
def forget_uploads() -> None:
    """Every night: files that nobody decided are forgotten."""
    forget()
