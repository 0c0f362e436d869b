"""Asking for a document, trying again, and throwing one away."""

import hashlib
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs import enqueue
from evaluations.models import Cycle, Evaluation
from files import actions as files
from people.models import Unit, User
from reports import kinds
from reports.enums import PERSONAL, ReportKind, ReportStatus
from reports.models import Report
from reports.policies import can_request, can_retry

ALIVE = [ReportStatus.QUEUED, ReportStatus.RUNNING]


def request_report(
    *, kind: str, cycle: Cycle, unit: Unit, evaluation: Evaluation | None = None, language: str, by: User
) -> Report:
    """The report of this kind about that subject: the one that is there already, or a new one that waits for the worker.

    The same request twice is one job; while nothing in the content has changed it is also one file. Raises
    PermissionDenied or Refused with the policy's sentence.
    """
    kind = ReportKind(kind)
    evaluation = evaluation if kind in PERSONAL else None
    can_request(by, kind, cycle=cycle, unit=unit, evaluation=evaluation).or_raise()
    subject = kinds.Subject(kind, cycle, unit, evaluation, language, by)
    stamp = kinds.stamp(subject)
    fingerprint = fingerprint_of(subject, stamp)
    if found := _same(fingerprint, by):
        return found
    try:
        with transaction.atomic():
            report = Report.objects.create(
                kind=kind,
                cycle=cycle,
                unit=unit,
                evaluation=evaluation,
                language=language,
                requested_by=by,
                fingerprint=fingerprint,
                stamp=stamp,
            )
            _wake_worker(report.pk)
    except IntegrityError:  # the second of two clicks
        if found := _same(fingerprint, by):
            return found
        raise
    return report


def fingerprint_of(subject: kinds.Subject, stamp: str) -> str:
    """sha256 of everything that makes two requests the same, the content included."""
    evaluation = subject.evaluation.pk if subject.evaluation else ""
    parts = (subject.kind.value, subject.cycle.pk, subject.unit.pk, evaluation, subject.language, subject.by.pk, stamp)
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def _same(fingerprint: str, by: User) -> Report | None:
    """Being made, or made already with the same content."""
    wanted = [*ALIVE, ReportStatus.DONE]
    found = Report.objects.filter(fingerprint=fingerprint, requested_by=by, status__in=wanted)
    return found.order_by("-requested_at", "pk").first()


@transaction.atomic
def retry(*, report: Report, by: User) -> Report:
    """Puts a failed report in the queue again. Raises PermissionDenied or Refused.

    When the same is being made already by a newer request, that one is returned.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.status in ALIVE:
        return report  # the second click
    can_retry(by, report).or_raise()
    if found := _same(report.fingerprint, by):
        return found
    report.status, report.progress, report.attempts, report.error = ReportStatus.QUEUED, 0, 0, ""
    report.requested_at, report.heartbeat_at, report.started_at, report.finished_at = timezone.now(), None, None, None
    report.save()
    _wake_worker(report.pk)
    return report


@transaction.atomic
def throw_away(*, report: Report) -> None:
    """Deletes a report with its file, finished or not: a worker that is at it finds the row gone and stops.

    Whoever calls this has found the report among the person's own.
    """
    row = Report.objects.select_for_update(of=("self",)).filter(pk=report.pk).select_related("file").first()
    if row is None:
        return
    stored = row.file
    row.delete()
    if stored:
        files.delete(stored=stored)


def _wake_worker(report_id: UUID) -> None:
    from reports.tasks import build_report

    enqueue(build_report, str(report_id))
