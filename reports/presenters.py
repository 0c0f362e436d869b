"""Reports in words: what may be asked for, and how far a report is."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import worker
from core.components.words import file_size, person_time
from core.decisions import Decision
from core.localized import language_name
from evaluations.models import Cycle
from people.models import Unit, User
from people.queries import offices_of, schools_led
from reports.enums import PERSONAL, ReportKind, ReportStatus
from reports.forms import OfferForm
from reports.models import Report
from reports.policies import can_download, can_request, can_retry
from reports.queries import offices_in_sight, own_evaluations, reportable_cycles, schools_in_sight, with_people

TONES = {
    ReportStatus.QUEUED: "neutral",
    ReportStatus.RUNNING: "info",
    ReportStatus.DONE: "success",
    ReportStatus.FAILED: "danger",
}


@dataclass(frozen=True)
class Offer:
    """A kind of document somebody may ask for: what it is, how large, and the form; `form` None with the reason why."""

    kind: str
    title: str
    about: str
    size: str
    form: OfferForm | None
    why_not: str = ""


@dataclass(frozen=True)
class Shown:
    """A report as pages show it."""

    report: Report
    title: str
    about: str
    status: tuple[str, str, str]
    is_moving: bool
    sentence: str
    size: str
    url: str
    download: Decision
    retry: Decision
    stamp: str


def offers_for(user: User) -> list[Offer]:
    """Everything this person may ask for, by role."""
    offers = _personal_offers(user)
    leads, oversees = bool(schools_led(user)), bool(offices_of(user))
    if not leads and not oversees:
        return offers
    cycles, schools = reportable_cycles(user), schools_in_sight(user)
    offers.append(_school_offer(ReportKind.SCHOOL_SUMMARY, cycles, schools))
    if leads:
        led = schools.filter(pk__in=schools_led(user))
        offers.append(_school_offer(ReportKind.SCHOOL_FORMS, cycles, led))
    if oversees:
        rounds = _cycle_choices(cycles)
        offices = [(unit.code, unit.name) for unit in offices_in_sight(user)]
        offers += [
            _offer(ReportKind.AGGREGATE_PDF, cycle=rounds, unit=offices),
            _offer(ReportKind.AGGREGATE_XLSX, cycle=rounds, unit=offices),
        ]
    return offers


def _personal_offers(user: User) -> list[Offer]:
    evaluations = list(own_evaluations(user))
    if not evaluations:
        return []
    offers = []
    for kind in (ReportKind.SELF_FORM, ReportKind.RESULT_SHEET):
        allowed, reason = [], ""
        for evaluation in evaluations:
            may = can_request(user, kind, cycle=evaluation.cycle, unit=evaluation.unit, evaluation=evaluation)
            if may:
                allowed.append((str(evaluation.pk), _cycle_label(evaluation.cycle)))
            else:
                reason = reason or may.reason
        offers.append(_offer(kind, why_not=reason, evaluation=allowed))
    return offers


def _school_offer(kind: ReportKind, cycles: QuerySet[Cycle], schools: QuerySet[Unit]) -> Offer:
    """Only what has somebody in it: cycles with people of these schools, schools with people in these cycles."""
    some_cycles, some_schools = with_people(cycles, schools)
    return _offer(kind, cycle=_cycle_choices(some_cycles), unit=[(unit.code, unit.name) for unit in some_schools])


def _cycle_choices(cycles: QuerySet[Cycle]) -> list[tuple[str, str]]:
    return [(cycle.code, _cycle_label(cycle)) for cycle in cycles]


def _cycle_label(cycle: Cycle) -> str:
    """The year first: it is what differs, and phones cut the end off."""
    return cycle.year_first


def _offer(kind: ReportKind, why_not: str = "", **choices: list[tuple[str, str]]) -> Offer:
    about, size = _words(kind)
    has_choice = all(choices.values())
    return Offer(
        kind=kind.value,
        title=str(kind.label),
        about=about,
        size=size,
        form=OfferForm(kind=kind, choices=choices) if has_choice else None,
        why_not="" if has_choice else why_not or _("There is no cycle to report on yet."),
    )


def _words(kind: ReportKind) -> tuple[str, str]:
    """What the document is for, and how large it is."""
    return {
        ReportKind.SELF_FORM: (
            _("The official form with your levels, evidence, remarks and plan, ready to sign."),
            _("PDF, 3 pages"),
        ),
        ReportKind.RESULT_SHEET: (
            _("Your result, why the rule gives it, what the next level would take, and what was decided when."),
            _("PDF, 3 pages"),
        ),
        ReportKind.SCHOOL_SUMMARY: (
            _("Every teacher of a school on one list: own levels, the head's decisions, totals, signature and seal."),
            _("PDF, landscape, about 15 teachers on a page"),
        ),
        ReportKind.SCHOOL_FORMS: (
            _("The forms 01 of all teachers whose self-assessment has been opened for review, one file each."),
            _("ZIP, one PDF of 3 pages for each teacher"),
        ),
        ReportKind.AGGREGATE_PDF: (
            _("Completion and results of all schools below an office, with charts. Small numbers are not shown."),
            _("PDF, about 4 pages"),
        ),
        ReportKind.AGGREGATE_XLSX: (
            _("The same figures as numbers to reckon with: completion, results, criteria, notes."),
            _("Workbook, 4 sheets"),
        ),
    }[kind]


def shown(user: User, report: Report) -> Shown:
    """One report for its page or its row."""
    status = ReportStatus(report.status)
    return Shown(
        report=report,
        title=report.get_kind_display(),
        about=about_whom(report),
        status=(status.value, str(status.label), TONES[status]),
        is_moving=status in (ReportStatus.QUEUED, ReportStatus.RUNNING),
        sentence=_sentence(report),
        size=file_size(report.file.size) if report.file else "",
        url=reverse("reports:detail", args=[report.pk]),
        download=can_download(user, report),
        retry=can_retry(user, report),
        stamp=" ".join(report.stamp[start : start + 4] for start in range(0, 16, 4)).upper(),
    )


def rows_of(reports: list[Report]) -> list[dict]:
    """Rows of the list: nothing here asks the database."""
    return [
        {
            "title": report.get_kind_display(),
            "about": about_whom(report),
            "status": (report.status, report.get_status_display(), TONES[ReportStatus(report.status)]),
            "requested_at": report.requested_at,
            "size": file_size(report.file.size) if report.file else "",
            "language": language_name(report.language),
            "url": reverse("reports:detail", args=[report.pk]),
        }
        for report in reports
    ]


def about_whom(report: Report) -> str:
    """ "Nguyễn Thị Mai, 2026-2027: …" or "Trường THCS Mây Trắng, 2026-2027: …", with the cycle: a year may have two."""
    who = report.evaluation.subject.full_name if report.kind in PERSONAL else report.unit.name
    return f"{who}, {report.cycle.year_first}"


def _sentence(report: Report) -> str:
    if report.status == ReportStatus.FAILED:
        return report.error
    if report.status == ReportStatus.DONE:
        return ""
    if report.status == ReportStatus.RUNNING:
        return _running_sentence(report)
    since = {"time": timezone.localtime(report.requested_at).strftime("%H:%M")}
    if not worker.is_answering():
        return (
            _(
                "No worker answers at the moment. The report has been waiting since %(time)s and is made as soon as one is "
                "back; you may leave this page. If it lasts, tell whoever runs this server."
            )
            % since
        )
    # why it waits is not known: other jobs, a broker that is away, a worker lost a moment ago
    return _("Waiting for its turn since %(time)s. You may leave this page; the report stays under Reports.") % since


def _running_sentence(report: Report) -> str:
    heard = report.heartbeat_at or report.started_at
    if heard and (timezone.now() - heard).total_seconds() >= worker.SILENT:
        return _(
            "The worker that was making it has not been heard of since %(time)s. The report is taken up again as soon as "
            "one is there; you may leave this page. If it lasts, tell whoever runs this server."
        ) % {"time": timezone.localtime(heard).strftime("%H:%M")}
    return _("It is being made. You may leave this page; the report stays under Reports.")


def facts_of(report: Report) -> list[tuple[str, str]]:
    """The summary list of the report's page."""
    rows = [
        (_("Cycle"), report.cycle.name),
        (_("School or office"), report.unit.name),
        (_("Language"), language_name(report.language)),
        (_("Asked for"), person_time(report.requested_at)),
    ]
    if report.finished_at and report.status == ReportStatus.DONE:
        rows.append((_("Finished"), person_time(report.finished_at)))
    return rows
