from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportKind(TextChoices):
    SELF_FORM = "self-form", _("Self-assessment form (form 01)")
    RESULT_SHEET = "result-sheet", _("Result sheet with explanation")
    SCHOOL_SUMMARY = "school-summary", _("School summary (form 04)")
    SCHOOL_FORMS = "school-forms", _("All self-assessment forms of a school")
    AGGREGATE_PDF = "aggregate-pdf", _("Aggregate report (PDF)")
    AGGREGATE_XLSX = "aggregate-xlsx", _("Aggregate report (workbook)")


class ReportStatus(TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


PERSONAL = [ReportKind.SELF_FORM, ReportKind.RESULT_SHEET]
"""Documents about one person; the others are about a unit."""

OFFICIAL = [ReportKind.AGGREGATE_PDF, ReportKind.AGGREGATE_XLSX]
"""Documents about a whole branch, built from tallies."""
