"""All forms of a school, made by as many workers as are free: each takes the next form that nobody has taken."""

import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.jobs import enqueue
from reports import kinds
from reports.enums import ReportStatus
from reports.models import Report, ReportPart
from reports.policies import no_forms
from reports.summaries.self_form import SelfForm

HELPERS = 7  # messages sent besides the worker that has the report; idle workers come, busy ones find it done
FORMS_A_HELPER = 4
TAKEN_TOO_LONG = timedelta(minutes=2)
PAUSE = 0.2


class Abandoned(Exception):
    """The report was thrown away or taken over while it was being made."""


def make_together(report: Report, subject: kinds.Subject, *, progress: Callable[[int], None]) -> kinds.Document:
    """The archive of all forms. Other workers are asked to help; what they do not finish is done here."""
    forms = kinds.forms_of_school(subject)
    if not forms:
        no_forms().or_raise()
    lay_out(report, forms, helpers=min(HELPERS, len(forms) // FORMS_A_HELPER))
    while True:
        work_on(report, forms, progress)
        open_parts = ReportPart.objects.filter(report=report, content=None)
        if not open_parts.exists():
            break
        time.sleep(PAUSE)  # the last forms are in other hands
        progress(_percent(report, len(forms)))
    contents = ReportPart.objects.filter(report=report).order_by("number").values_list("content", flat=True)
    files = [bytes(content) for content in contents]
    if len(files) != len(forms):
        raise Abandoned
    return kinds.put_together(subject, forms, files)


@transaction.atomic
def lay_out(report: Report, forms: list[SelfForm], *, helpers: int) -> None:
    """One part a form, and so many messages to other workers. A second attempt starts anew: forms may have changed."""
    from reports.tasks import help_with_report

    ReportPart.objects.filter(report=report).delete()
    ReportPart.objects.bulk_create(
        ReportPart(report=report, evaluation_id=form.evaluation, number=number) for number, form in enumerate(forms)
    )
    for _helper in range(helpers):
        enqueue(help_with_report, str(report.pk))


def help_out(report_id: UUID, subject_of: Callable[[Report], kinds.Subject]) -> None:
    """What a helping worker does: forms until none is left. Nothing to do when the report is finished or gone."""
    rows = Report.objects.select_related("cycle", "cycle__version", "unit", "unit__kind", "requested_by", "evaluation")
    report = rows.filter(pk=report_id, status=ReportStatus.RUNNING).first()
    if report is None or not ReportPart.objects.filter(report=report, content=None).exists():
        return
    work_on(report, kinds.forms_of_school(subject_of(report)), lambda percent: None)


def work_on(report: Report, forms: list[SelfForm], progress: Callable[[int], None]) -> int:
    """Makes forms until nobody has one to give away; returns how many."""
    on = timezone.localdate(report.requested_at)
    known = {form.evaluation: form for form in forms}
    done = 0
    while (part := _take_next(report)) is not None:
        try:
            data = kinds.form_bytes(known[part.evaluation_id], on)
        except BaseException:  # the worker that holds the report takes it, and says so if it cannot either
            ReportPart.objects.filter(pk=part.pk, content=None).update(claimed_at=None)
            raise
        ReportPart.objects.filter(pk=part.pk, content=None).update(content=data)
        done += 1
        progress(_percent(report, len(forms)))
    return done


@transaction.atomic
def _take_next(report: Report) -> ReportPart | None:
    """The next form that nobody is at, or that somebody has been at for too long."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - TAKEN_TOO_LONG)
    parts = ReportPart.objects.select_for_update(skip_locked=True).filter(free, report=report, content=None)
    part = parts.order_by("number").first()
    if part is not None:
        part.claimed_at = now
        part.save(update_fields=["claimed_at"])
    return part


def _percent(report: Report, of: int) -> int:
    return 5 + 90 * ReportPart.objects.filter(report=report, content__isnull=False).count() // of
