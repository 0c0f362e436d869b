"""What the worker does for reports. A failure ends on the report's row, where its requester sees it."""

from uuid import UUID

from celery import shared_task

from reports.actions import building, parts, tallies


@shared_task
def build_report(report_id: str) -> None:
    building.build(UUID(report_id))


@shared_task
def help_with_report(report_id: str) -> None:
    parts.help_out(UUID(report_id), building.subject_of)


@shared_task
def recount_school(cycle_id: int, unit_id: int) -> None:
    tallies.recount(cycle_id=cycle_id, unit_id=unit_id)


@shared_task
def resume_waiting() -> None:
    building.resume_waiting()
    tallies.recount_marked()
