"""Who may ask for what, and the same request twice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from core.decisions import Refused
from evaluations.actions.moves import move
from evaluations.enums import Action, Status
from evaluations.models import Evaluation, Rating
from files.models import StoredFile
from people.models import User
from reports.actions import building
from reports.actions.requests import request_report, retry, throw_away
from reports.enums import ReportKind, ReportStatus
from reports.models import Report
from reports.policies import can_download, can_request
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to

pytestmark = pytest.mark.django_db
K = ReportKind


def ask(w, kind=K.SELF_FORM, by=None, **more) -> Report:
    subject = {"cycle": w.cycle, "unit": w.school, "evaluation": w.mine, "language": "vi", **more}
    return request_report(kind=kind, by=by or w.teacher, **subject)


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


OK, NOT_NOW, NOT_YOURS = "ok", "not now", "not yours"
EVERYBODY = (
    "teacher", "colleague", "leader", "deputy", "head", "other_head", "officer", "supervisor", "administrator",
    "far_officer",
)  # fmt: skip


def answers(w, kind, **subject) -> dict[str, str]:
    """Role -> how the policy answers."""
    found = {}
    for role in EVERYBODY:
        decision = can_request(getattr(w, role), kind, **{"cycle": w.cycle, "unit": w.school, **subject})
        found[role] = OK if decision else NOT_NOW if decision.is_role else NOT_YOURS
    return found


def expected(**roles: str) -> dict[str, str]:
    return {role: roles.get(role, NOT_YOURS) for role in EVERYBODY}


ABOVE = {"deputy": OK, "head": OK, "officer": OK, "supervisor": OK, "administrator": OK}
NO_ONE_ABOVE = dict.fromkeys(ABOVE, NOT_NOW)


def test_an_announced_form_and_result_are_for_the_teacher_the_leaders_and_the_office_above(world):
    for kind in (K.SELF_FORM, K.RESULT_SHEET):
        assert answers(world, kind, evaluation=world.mine) == expected(teacher=OK, **ABOVE)


def test_a_form_under_review_is_not_for_the_office_yet_and_there_is_no_result(world):
    form = answers(world, K.SELF_FORM, evaluation=world.theirs)
    assert form == expected(colleague=OK, **{**NO_ONE_ABOVE, "deputy": OK, "head": OK})
    assert answers(world, K.RESULT_SHEET, evaluation=world.theirs) == expected(colleague=NOT_NOW, **NO_ONE_ABOVE)


def test_a_draft_is_the_teachers_own(world):
    assert answers(world, K.SELF_FORM, evaluation=world.leaders) == expected(leader=OK, **NO_ONE_ABOVE)


def test_a_decided_result_is_the_leaders_until_it_is_announced(world):
    from tests.factories.evaluations import fill_decision

    fill_decision(world.theirs, world.head)
    theirs = move(evaluation=world.theirs, action=Action.DECIDE, by=world.head)
    expectation = expected(colleague=NOT_NOW, **{**NO_ONE_ABOVE, "deputy": OK, "head": OK})
    assert answers(world, K.RESULT_SHEET, evaluation=theirs) == expectation


def test_the_summary_is_for_leaders_and_offices_the_forms_for_leaders_the_aggregate_for_offices(world):
    assert answers(world, K.SCHOOL_SUMMARY) == expected(**ABOVE)
    assert answers(world, K.SCHOOL_FORMS) == expected(deputy=OK, head=OK)
    offices = {"officer": OK, "supervisor": OK, "administrator": OK}
    for kind in (K.AGGREGATE_PDF, K.AGGREGATE_XLSX):
        assert answers(world, kind, unit=world.commune) == expected(**offices)
    assert answers(world, K.AGGREGATE_PDF)["officer"] == NOT_NOW  # a school has no aggregate
    assert answers(world, K.SCHOOL_SUMMARY, unit=world.commune)["officer"] == NOT_NOW
    assert answers(world, K.AGGREGATE_PDF, unit=world.province)["officer"] == NOT_YOURS


def test_nobody_reports_on_a_cycle_that_was_never_opened(world):
    draft = CycleFactory(owner=world.commune, created_by=world.officer, status="draft", opened_at=None)
    assert answers(world, K.AGGREGATE_PDF, cycle=draft, unit=world.commune)["officer"] == NOT_NOW


def elsewhere(w):
    """An open cycle of the other school alone, with its teacher in it."""
    cycle = CycleFactory(owner=w.commune, created_by=w.officer, schools=[w.other_school])
    EvaluationFactory(cycle=cycle, subject=w.other_teacher, unit=w.other_school, group=w.other_group)
    return cycle


def test_there_is_no_document_of_a_school_nobody_of_which_is_in_the_cycle(world):
    cycle = elsewhere(world)
    for kind in (K.SCHOOL_SUMMARY, K.SCHOOL_FORMS):
        with pytest.raises(Refused, match=f"Nobody of {world.school.name} is in the cycle “{cycle.name}”"):
            ask(world, kind, by=world.head, cycle=cycle)
    assert not Report.objects.exists()


def test_there_is_no_aggregate_of_an_office_no_school_of_which_is_in_the_cycle(world):
    cycle = CycleFactory(owner=world.commune, created_by=world.officer)
    with pytest.raises(Refused, match=f"No school of {world.commune.name} is in the cycle"):
        ask(world, K.AGGREGATE_PDF, by=world.officer, cycle=cycle, unit=world.commune)


def test_forms_that_nobody_has_opened_are_not_asked_for(world):
    cycle = elsewhere(world)
    with pytest.raises(Refused, match="there are no forms"):
        ask(world, K.SCHOOL_FORMS, by=world.other_head, cycle=cycle, unit=world.other_school)


def test_a_finished_summary_stays_to_be_had_when_everybody_has_gone_elsewhere(world):
    report = ask(world, K.SCHOOL_SUMMARY, by=world.head)
    building.build(report.pk)
    report.refresh_from_db()
    Evaluation.objects.filter(unit=world.school).update(unit=world.other_school)
    assert can_download(world.head, report)
    assert not can_request(world.head, K.SCHOOL_SUMMARY, cycle=world.cycle, unit=world.school)


def test_a_request_that_is_refused_leaves_no_row(world):
    with pytest.raises(PermissionDenied):
        ask(world, by=world.other_head)
    with pytest.raises(Refused, match="not been announced"):
        ask(world, K.RESULT_SHEET, by=world.colleague, evaluation=world.theirs)
    assert not Report.objects.exists()


def test_the_same_request_twice_is_one_job(world):
    first = ask(world)
    assert ask(world) == first
    assert Report.objects.get().status == ReportStatus.QUEUED


def test_another_language_person_or_kind_is_another_job(world):
    reports = {
        ask(world).pk,
        ask(world, language="en").pk,
        ask(world, by=world.head).pk,
        ask(world, K.RESULT_SHEET).pk,
        ask(world, K.SCHOOL_SUMMARY, by=world.head).pk,
    }
    assert len(reports) == 5


def test_a_finished_file_serves_again_until_the_content_changes(world):
    first = ask(world)
    building.build(first.pk)
    assert ask(world) == first
    Rating.objects.filter(sheet__evaluation=world.mine, sheet__kind="self", criterion__code="TC02").update(note="Mới.")
    second = ask(world)
    assert second != first
    assert second.stamp != first.stamp


def test_two_requests_of_the_same_at_once_are_refused_by_the_database(world):
    report = ask(world)
    with pytest.raises(IntegrityError, match="report_once"):
        Report.objects.create(
            kind=report.kind,
            cycle=world.cycle,
            unit=world.school,
            evaluation=world.mine,
            language="vi",
            requested_by=world.teacher,
            fingerprint=report.fingerprint,
            stamp=report.stamp,
        )


def test_the_worker_is_asked_after_the_commit(world, django_capture_on_commit_callbacks, monkeypatch):
    asked = []
    monkeypatch.setattr("reports.tasks.build_report.apply_async", lambda args, **_: asked.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        report = ask(world)
        assert asked == []
    assert asked == [(str(report.pk),)]


def test_a_file_is_for_who_asked_and_may_still_see_the_subject(world):
    report = ask(world, K.RESULT_SHEET)
    assert not can_download(world.teacher, report)  # not made yet
    building.build(report.pk)
    report = Report.objects.get()
    assert can_download(world.teacher, report)
    assert not can_download(world.head, report)
    world.mine = move(evaluation=world.mine, action=Action.REOPEN, by=world.officer, comment="Xem lại.")
    assert world.mine.status == Status.UNDER_REVIEW
    assert "announced" in can_download(world.teacher, Report.objects.get()).reason


def test_a_head_who_has_left_has_the_schools_documents_no_more(world):
    report = ask(world, K.SCHOOL_SUMMARY, by=world.head)
    building.build(report.pk)
    membership = world.head.memberships.get(unit=world.school)
    membership.end = membership.start
    membership.save()
    assert not can_download(fresh(world.head), Report.objects.get())


def test_a_failed_report_is_tried_again_and_nothing_else_is(world):
    report = ask(world)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.FAILED, error="Không được.", attempts=3)
    again = retry(report=report, by=world.teacher)
    assert (again.status, again.attempts, again.error) == (ReportStatus.QUEUED, 0, "")
    assert retry(report=report, by=world.teacher).pk == report.pk  # the second click
    building.build(report.pk)
    with pytest.raises(Refused, match="has not failed"):
        retry(report=report, by=world.teacher)


def test_trying_again_joins_a_newer_request_for_the_same(world):
    failed = ask(world)
    Report.objects.filter(pk=failed.pk).update(status=ReportStatus.FAILED, error="Không được.")
    newer = ask(world)
    assert newer != failed
    assert retry(report=failed, by=world.teacher) == newer


def test_a_report_thrown_away_takes_its_file_along(world, django_capture_on_commit_callbacks):
    report = ask(world)
    building.build(report.pk)
    stored = Report.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        throw_away(report=report)
    assert not Report.objects.exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not stored.content.storage.exists(stored.content.name)
    throw_away(report=report)  # the second click


def test_the_summary_of_a_deputy_does_not_tell_the_own_result_early(world):
    from reports.summaries.school import school_summary
    from tests.factories.evaluations import EvaluationFactory, fill_decision

    own = EvaluationFactory(cycle=world.cycle, subject=world.deputy, unit=world.school)
    own = bring_to(own, Status.UNDER_REVIEW, head=world.head)
    fill_decision(own, world.head, "T")
    move(evaluation=own, action=Action.DECIDE, by=world.head)

    def row(by):
        rows = school_summary(world.cycle, world.school, "vi", fresh(by)).rows
        return next(row for row in rows if row.person == world.deputy.full_name)

    assert row(world.deputy).result == ""
    assert row(world.head).result == "T"
    assert row(world.officer).result == ""  # the office reads announced results
