"""Who may ask for which document, and is it time. The same question is asked again at every download."""

from django.utils.translation import gettext as _

from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from evaluations.enums import RESULT_KNOWN, CycleStatus, Status
from evaluations.models import Cycle, Evaluation
from evaluations.policies import relations
from evaluations.visibility import sight
from people.enums import Place
from people.models import Unit, User
from people.queries import schools_led
from reports.enums import OFFICIAL, PERSONAL, ReportKind, ReportStatus
from reports.models import Report
from reports.queries import evaluations_of_school, has_schools, offices_in_sight, schools_in_sight
from reports.summaries.school import opened_evaluations


def can_request(user: User, kind: str, *, cycle: Cycle, unit: Unit, evaluation: Evaluation | None = None) -> Decision:
    """May `user` have a document of this kind about that subject now, and is there anything to say in it?"""
    return _can_have(user, kind, cycle, unit, evaluation) and has_content(user, kind, cycle=cycle, unit=unit)


def has_content(user: User, kind: str, *, cycle: Cycle, unit: Unit) -> Decision:
    """Is anybody in the cycle whom this document is about? An empty form is no document."""
    names = {"unit": unit.name, "cycle": cycle.name}
    if kind in PERSONAL:
        return Allowed()
    if kind in OFFICIAL:
        if has_schools(cycle, unit):
            return Allowed()
        return Denied(_("No school of %(unit)s is in the cycle “%(cycle)s”. Choose another cycle or office.") % names)
    if not evaluations_of_school(cycle, unit).exists():
        return Denied(_("Nobody of %(unit)s is in the cycle “%(cycle)s”. Choose another cycle or school.") % names)
    if kind == ReportKind.SCHOOL_FORMS and not opened_evaluations(cycle, unit, user):
        return no_forms()
    return Allowed()


def no_forms() -> Denied:
    """A school none of whose forms its leaders may read yet."""
    return Denied(_("No self-assessment of this school has been opened for review yet, so there are no forms."))


def _can_have(user: User, kind: str, cycle: Cycle, unit: Unit, evaluation: Evaluation | None) -> Decision:
    """May `user` have it, whatever there is to say in it: a finished document stays its owner's."""
    if cycle.status == CycleStatus.DRAFT:
        return Denied(_("This cycle has not been opened yet."))
    if kind == ReportKind.SELF_FORM:
        return _can_have_form(user, evaluation)
    if kind == ReportKind.RESULT_SHEET:
        return _can_have_result(user, evaluation)
    if kind in OFFICIAL:
        return _can_have_aggregate(user, unit)
    if unit.kind.place != Place.SCHOOL:
        return Denied(_("This document is about one school."))
    if kind == ReportKind.SCHOOL_FORMS:
        if unit.pk not in schools_led(user):
            return nobody_elses_work(_("Only the leaders of the school may have its forms."))
        return Allowed()
    if not schools_in_sight(user).filter(pk=unit.pk).exists():
        return nobody_elses_work(_("Only the leaders of the school and the offices above may have its summary."))
    return Allowed()


def _is_involved(user: User, evaluation: Evaluation) -> bool:
    return bool(relations(user, evaluation)) or evaluation.unit_id in schools_led(user)


def _can_have_form(user: User, evaluation: Evaluation) -> Decision:
    if not _is_involved(user, evaluation):
        return nobody_elses_work(_("Only the teacher, the school's leaders and the office above may have this form."))
    if not sight(user, evaluation).self_sheet:
        return Denied(_("The self-assessment belongs to the teacher until it is opened for review."))
    return Allowed()


def _can_have_result(user: User, evaluation: Evaluation) -> Decision:
    if not _is_involved(user, evaluation):
        return nobody_elses_work(_("Only the teacher, the school's leaders and the office above may have this sheet."))
    if not evaluation.cycle.is_full:
        return Denied(_("In this cycle teachers assess themselves; there is no decision."))
    decided = evaluation.status in (Status.DECIDED, *RESULT_KNOWN) and bool(evaluation.result)
    if not decided or not sight(user, evaluation).result:
        return Denied(_("The result has not been announced yet."))
    return Allowed()


def _can_have_aggregate(user: User, unit: Unit) -> Decision:
    if unit.kind.place != Place.OFFICE:
        return Denied(_("An aggregate report is about an office and the schools below it."))
    if not offices_in_sight(user).filter(pk=unit.pk).exists():
        return nobody_elses_work(_("Only the office itself and the offices above may have its aggregate."))
    return Allowed()


def can_download(user: User, report: Report) -> Decision:
    """May `user` have the finished file: who asked, and may still see the subject today."""
    if report.requested_by_id != user.pk:
        return nobody_elses_work(_("Only who asked for a report may have it."))
    if report.status != ReportStatus.DONE:
        return Denied(_("This report is not ready yet."))
    return _can_have(user, report.kind, report.cycle, report.unit, report.evaluation)


def can_retry(user: User, report: Report) -> Decision:
    """May `user` have a failed report tried again?"""
    if report.requested_by_id != user.pk:
        return nobody_elses_work(_("Only who asked for a report may have it."))
    if report.status != ReportStatus.FAILED:
        return Denied(_("This report has not failed."))
    return can_request(user, report.kind, cycle=report.cycle, unit=report.unit, evaluation=report.evaluation)
