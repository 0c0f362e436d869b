"""Making a report: claimed in a short transaction, built outside of any, put down in a short one.

The row says who is at it: `attempts` is the claim's number, so a worker that was thought dead and comes back finds that
its claim is no longer in force and leaves the row alone.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.decisions import Refused
from core.jobs import enqueue
from core.worker import leave_sign
from files import actions as files
from files.models import Purpose
from reports import kinds
from reports.actions.parts import Abandoned, make_together
from reports.actions.requests import fingerprint_of
from reports.enums import ReportKind, ReportStatus
from reports.models import Report

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BEAT = 20  # seconds between two signs of life
SILENT = timedelta(minutes=3)  # without a sign of life the worker is gone
WAITED = timedelta(seconds=30)  # a report waiting longer than this has lost its message
NUDGED_AGAIN = timedelta(minutes=5)
PASSING = (DatabaseError, InterfaceError, OSError)
"""What may be over in half a minute: a database or storage that is away. Anything else is a defect or bad data."""


def build(report_id: UUID) -> None:
    """Makes the report, if it waits. Done once however often it is called; every end is written on the row."""
    report = _claim(report_id)
    if report is None:
        return
    with override(report.requested_by.language or report.language):  # a failure speaks the requester's language
        try:
            with _signs_of_life(report):
                _make(report)
        except Abandoned:
            log.info("report %s was taken away while it was made", report_id)
        except SoftTimeLimitExceeded:
            _fail(report, _("Making it took too long. Ask for a smaller part, or try again when fewer people work."))
        except Refused as refusal:
            _fail(report, str(refusal))
        except PASSING as error:
            log.warning("report %s, attempt %s: %s", report_id, report.attempts, error)
            _put_back(report, _("The database or the file storage did not answer."))
        except Exception:
            log.exception("report %s could not be made", report_id)
            _fail(report, _("Something went wrong on our side; it has been written down. Your data are unchanged."))


def _make(report: Report) -> None:
    subject = subject_of(report)
    if report.kind == ReportKind.SCHOOL_FORMS:
        document = make_together(report, subject, progress=lambda percent: _tell(report, percent))
    else:
        document = kinds.make(subject, on=_day(report), progress=lambda percent: _tell(report, percent))
    _finish(report, subject, document)


def subject_of(report: Report) -> kinds.Subject:
    """What the report is about."""
    return kinds.Subject(
        ReportKind(report.kind), report.cycle, report.unit, report.evaluation, report.language, report.requested_by
    )


def _day(report: Report):
    return timezone.localdate(report.requested_at)


@transaction.atomic
def _claim(report_id: UUID) -> Report | None:
    rows = Report.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=report_id, status=ReportStatus.QUEUED).first()
    if row is None:
        return None
    row.status, row.progress, row.attempts = ReportStatus.RUNNING, 0, row.attempts + 1
    row.started_at = row.heartbeat_at = timezone.now()
    row.save(update_fields=["status", "progress", "attempts", "started_at", "heartbeat_at"])
    joined = ("cycle", "cycle__version", "unit", "unit__kind", "requested_by", "evaluation")
    more = (
        "evaluation__cycle",
        "evaluation__subject",
        "evaluation__unit",
        "evaluation__group",
        "evaluation__decided_by",
    )
    return Report.objects.select_related(*joined, *more).get(pk=report_id)


def _mine(report: Report):
    """The row as long as this claim is in force."""
    return Report.objects.filter(pk=report.pk, status=ReportStatus.RUNNING, attempts=report.attempts)


def _tell(report: Report, percent: int) -> None:
    if not _mine(report).update(progress=min(percent, 99), heartbeat_at=timezone.now()):
        raise Abandoned


@contextmanager
def _signs_of_life(report: Report) -> Iterator[None]:
    """Writes a sign of life every `BEAT` seconds while a long document is laid out."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                leave_sign()
                _mine(report).update(heartbeat_at=timezone.now())
            except (DatabaseError, InterfaceError) as error:
                log.warning("no sign of life written for report %s: %s", report.pk, error)
            finally:
                connection.close()  # this thread's own

    thread = threading.Thread(target=beat, name="report-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def _finish(report: Report, subject: kinds.Subject, document: kinds.Document) -> None:
    stored = files.store_bytes(
        data=document.data,
        name=document.name,
        content_type=document.content_type,
        purpose=Purpose.REPORT,
        by=report.requested_by,
    )
    done = {
        "status": ReportStatus.DONE,
        "progress": 100,
        "finished_at": timezone.now(),
        "file": stored,
        "error": "",
        "stamp": document.stamp,  # the content may have changed between asking and making
        "fingerprint": fingerprint_of(subject, document.stamp),
    }
    with transaction.atomic():
        if not _mine(report).update(**done):
            files.delete(stored=stored)
        report.parts.all().delete()


def _fail(report: Report, sentence: str) -> None:
    _mine(report).update(status=ReportStatus.FAILED, error=sentence, finished_at=timezone.now())


def _put_back(report: Report, sentence: str) -> None:
    """Back into the queue after a failure that may pass, until it has been tried often enough."""
    try:
        if report.attempts >= MOST_ATTEMPTS:
            _fail(report, sentence)
        else:
            _mine(report).update(status=ReportStatus.QUEUED, heartbeat_at=timezone.now())
    except PASSING:  # still away: the row stays "running" and silent, and beat takes it up
        connection.close()


# --- what was left behind -------------------------------------------------------------------------------------------
def resume_waiting() -> int:
    """Sends the worker to reports that lost their message, and takes up those whose worker is gone. Returns how many."""
    from reports.tasks import build_report

    now = timezone.now()
    _take_up_silent(now)
    resumed = 0
    waiting = Report.objects.filter(status=ReportStatus.QUEUED, requested_at__lt=now - WAITED)
    for report in waiting.order_by("requested_at")[:200]:
        if report.heartbeat_at is None or report.heartbeat_at < now - NUDGED_AGAIN:
            with transaction.atomic():
                nudged = Report.objects.filter(pk=report.pk, status=ReportStatus.QUEUED)
                nudged.update(heartbeat_at=now)
                enqueue(build_report, str(report.pk))
            resumed += 1
    return resumed


def _take_up_silent(now) -> None:
    silent = Report.objects.filter(status=ReportStatus.RUNNING, heartbeat_at__lt=now - SILENT)
    for report in silent.select_related("requested_by"):
        if report.attempts >= MOST_ATTEMPTS:
            with override(report.requested_by.language or report.language):
                _fail(report, _("The worker stopped %(times)s times while making it.") % {"times": report.attempts})
        else:
            _mine(report).update(status=ReportStatus.QUEUED, heartbeat_at=None)
