"""Every kind of document by name: how its content is frozen, fingerprinted and made. The only list there is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from evaluations.models import Cycle, Evaluation
from people.models import Unit, User
from reports.documents.aggregate_pages import aggregate_html
from reports.documents.archive import zip_bytes
from reports.documents.pages import Made, result_sheet_html, school_summary_html, self_form_html
from reports.documents.workbook import CONTENT_TYPE as XLSX
from reports.documents.workbook import aggregate_workbook
from reports.enums import ReportKind
from reports.summaries.aggregate import aggregate, stamp_of_branch
from reports.summaries.common import stamp_of, stamp_of_all
from reports.summaries.result_sheet import result_sheet
from reports.summaries.school import opened_evaluations, school_summary
from reports.summaries.self_form import SelfForm, self_form, self_forms

PDF = "application/pdf"
ZIP = "application/zip"


@dataclass(frozen=True)
class Subject:
    """What a document is about, for whom, in which language."""

    kind: ReportKind
    cycle: Cycle
    unit: Unit
    evaluation: Evaluation | None
    language: str
    by: User


@dataclass(frozen=True)
class Document:
    """A finished document. `stamp` is the fingerprint of what it really contains."""

    data: bytes
    name: str
    content_type: str
    stamp: str


def stamp(subject: Subject) -> str:
    """The fingerprint of the content as it stands now; the same content, the same fingerprint."""
    with override(subject.language):
        match subject.kind:
            case ReportKind.SELF_FORM:
                return stamp_of(self_form(subject.evaluation, subject.language))
            case ReportKind.RESULT_SHEET:
                return stamp_of(result_sheet(subject.evaluation, subject.language, subject.by))
            case ReportKind.SCHOOL_SUMMARY:
                return stamp_of(school_summary(subject.cycle, subject.unit, subject.language, subject.by))
            case ReportKind.SCHOOL_FORMS:
                return stamp_of_all(forms_of_school(subject))
            case _:
                return stamp_of_branch(subject.cycle, subject.unit)


def make(
    subject: Subject, *, on: date | None = None, progress: Callable[[int], None] = lambda percent: None
) -> Document:
    """Makes the document here and now. `progress` is told per cents on the way. `on`: the day printed on it (today).

    All forms of a school are made one after the other; several workers share them through `actions.parts`.
    """
    on = on or timezone.localdate()
    with override(subject.language):
        match subject.kind:
            case ReportKind.SELF_FORM:
                form = self_form(subject.evaluation, subject.language)
                return _pdf(subject, self_form_html, form, on, progress, form.person)
            case ReportKind.RESULT_SHEET:
                sheet = result_sheet(subject.evaluation, subject.language, subject.by)
                return _pdf(subject, result_sheet_html, sheet, on, progress, sheet.person)
            case ReportKind.SCHOOL_SUMMARY:
                summary = school_summary(subject.cycle, subject.unit, subject.language, subject.by)
                return _pdf(subject, school_summary_html, summary, on, progress, subject.unit.name)
            case ReportKind.SCHOOL_FORMS:
                forms = forms_of_school(subject)
                files = []
                for number, form in enumerate(forms):
                    files.append(form_bytes(form, on))
                    progress(5 + 90 * (number + 1) // len(forms))
                return put_together(subject, forms, files)
            case _:
                return _aggregate(subject, on, progress)


def _pdf(
    subject: Subject, to_html: Callable, summary, on: date, progress: Callable[[int], None], name: str
) -> Document:
    progress(20)
    content = stamp_of(summary)
    html = to_html(summary, Made(content, on))
    progress(35)
    return Document(pdf_bytes(html), file_name(subject, name, "pdf"), PDF, content)


def _aggregate(subject: Subject, on: date, progress: Callable[[int], None]) -> Document:
    content = stamp_of_branch(subject.cycle, subject.unit)
    figures = aggregate(subject.cycle, subject.unit, subject.language)
    progress(40)
    if subject.kind == ReportKind.AGGREGATE_XLSX:
        data = aggregate_workbook(figures, Made(content, on))
        return Document(data, file_name(subject, subject.unit.name, "xlsx"), XLSX, content)
    html = aggregate_html(figures, Made(content, on))
    progress(60)
    return Document(pdf_bytes(html), file_name(subject, subject.unit.name, "pdf"), PDF, content)


# --- all forms of a school --------------------------------------------------------------------------------------------
def forms_of_school(subject: Subject) -> list[SelfForm]:
    """The forms the leaders may read: those opened for review, in the order of names."""
    with override(subject.language):
        evaluations = opened_evaluations(subject.cycle, subject.unit, subject.by)
        return self_forms(evaluations, subject.language)


def form_bytes(form: SelfForm, on: date) -> bytes:
    """One form as PDF, the same bytes as when it is asked for alone."""
    with override(form.frame.language):
        return pdf_bytes(self_form_html(form, Made(stamp_of(form), on)))


def put_together(subject: Subject, forms: list[SelfForm], files: list[bytes]) -> Document:
    """One archive of a school's forms, a file a teacher, numbered in the order of names."""
    with override(subject.language):
        names = [f"{number:03d} {form.person}.pdf" for number, form in enumerate(forms, start=1)]
        data = zip_bytes(dict(zip(names, files, strict=True)))
        return Document(data, file_name(subject, subject.unit.name, "zip"), ZIP, stamp_of_all(forms))


def pdf_bytes(html: str) -> bytes:
    """The document as PDF. The typesetter takes a second to load and is loaded by whoever first needs it: a worker."""
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # else a line for each step of each document
    from reports.documents.pdf import pdf_bytes as typeset

    return typeset(html)


def file_name(subject: Subject, name: str, extension: str) -> str:
    """ "Result sheet - Nguyễn Thị Mai - 2026-2027.pdf": what the person finds in the download folder."""
    titles = {
        ReportKind.SELF_FORM: _("Self-assessment form"),
        ReportKind.RESULT_SHEET: _("Result sheet"),
        ReportKind.SCHOOL_SUMMARY: _("School summary"),
        ReportKind.SCHOOL_FORMS: _("Self-assessment forms"),
        ReportKind.AGGREGATE_PDF: _("Aggregate report"),
        ReportKind.AGGREGATE_XLSX: _("Aggregate report"),
    }
    return f"{titles[subject.kind]} - {name[:80]} - {subject.cycle.school_year}.{extension}".replace("/", "-")
