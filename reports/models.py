"""Requested documents, and the tallies every aggregate is built from."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import filled_if, only_one, rule
from evaluations.models import Cycle, Evaluation
from files.models import StoredFile
from people.models import Unit
from reports.enums import PERSONAL, ReportKind, ReportStatus
from standards.models import Criterion


class Report(models.Model):
    """A requested document. The row is the outbox: beat finds what a broker or worker left behind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=ReportKind)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, related_name="reports")
    language = models.CharField(max_length=5)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reports")
    requested_at = models.DateTimeField(auto_now_add=True)
    fingerprint = models.CharField(max_length=64)  # sha256 of everything that makes two requests the same
    stamp = models.CharField(max_length=64)  # sha256 of the content alone; printed on the document
    status = models.CharField(max_length=10, choices=ReportStatus, default=ReportStatus.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)  # when the worker was last heard of
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)  # a sentence for the person who asked
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-requested_at", "pk"]
        constraints = [
            rule("report_kind", Q(kind__in=ReportKind.values), _("Unknown kind of report.")),
            rule("report_status", Q(status__in=ReportStatus.values), _("Unknown status of a report.")),
            rule("report_progress", Q(progress__lte=100), _("Progress is a percentage.")),
            filled_if("report_file", Q(status=ReportStatus.DONE), "file", _("A finished report has a file.")),
            rule(
                "report_person",
                Q(kind__in=PERSONAL, evaluation__isnull=False) | (~Q(kind__in=PERSONAL) & Q(evaluation=None)),
                _("A personal document is about one person, the others are about a unit."),
            ),
            rule("report_error", ~Q(status=ReportStatus.FAILED) | ~Q(error=""), _("A failure says why.")),
            only_one(
                "report_once",
                ("fingerprint",),
                _("This report is being made already."),
                where=Q(status__in=[ReportStatus.QUEUED, ReportStatus.RUNNING]),
            ),
        ]
        indexes = [models.Index(fields=["requested_by", "-requested_at"], name="report_mine")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit}"


class ReportPart(models.Model):
    """One person's form of a report that several workers make together; gone once the report is put together."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    claimed_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["report", "number"]
        constraints = [only_one("report_part_once", ("report", "number"), _("This part is there already."))]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Tally(models.Model):
    """Per cycle, school and criterion (none: the overall result) one wide row of counts.

    `counts[i]` is the number of announced results at level position i, lowest first. Recounted, never incremented:
    a task that runs twice counts once.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="tallies")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="tallies")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, null=True, related_name="+")
    counts = ArrayField(models.PositiveIntegerField(), size=12)
    people = models.PositiveIntegerField(default=0)  # in the cycle at this school, excused ones not counted
    submitted = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["cycle", "unit", "criterion__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "criterion"],
                name="tally_once",
                nulls_distinct=False,
                violation_error_message=_("This school is tallied already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.criterion_id}: {self.counts}"


class StaleTally(models.Model):
    """A school to count again: written in the transaction of the act that changed a result, removed by the recount.

    Rows are only ever inserted here, so that no two acts wait for each other.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "stale tallies"
        indexes = [models.Index(fields=["cycle", "unit"], name="stale_tally")]

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.unit_id}"
