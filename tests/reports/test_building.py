"""Making reports: once, to the end, and every failure in words on the row."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from core.decisions import Refused
from evaluations.enums import Status
from files.models import StoredFile
from reports import kinds
from reports.actions import building, parts
from reports.actions.requests import request_report, throw_away
from reports.enums import ReportKind, ReportStatus
from reports.models import Report, ReportPart
from tests.factories.evaluations import bring_to

pytestmark = pytest.mark.django_db


def ask(w, kind=ReportKind.SELF_FORM, by=None, **more) -> Report:
    subject = {"cycle": w.cycle, "unit": w.school, "evaluation": w.mine, "language": "vi", **more}
    return request_report(kind=kind, by=by or w.teacher, **subject)


def now_is(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def broken(error: BaseException):
    def make(*args, **kwargs):
        raise error

    return make


def test_a_report_is_made_once_however_often_the_task_comes(world):
    report = ask(world)
    building.build(report.pk)
    first = now_is(report)
    building.build(report.pk)
    assert now_is(report).file == first.file
    assert StoredFile.objects.filter(purpose="report").count() == 1
    assert (first.status, first.progress, first.attempts) == (ReportStatus.DONE, 100, 1)
    assert first.file.name == "Phiếu tự đánh giá - Mai Thị Hương - 2026-2027.pdf"
    assert first.file.content_type == "application/pdf"


def test_the_progress_is_on_the_row_while_it_is_made(world, monkeypatch):
    seen = []
    report = ask(world)
    real = kinds.pdf_bytes

    def look(html):
        seen.append((now_is(report).status, now_is(report).progress))
        return real(html)

    monkeypatch.setattr(kinds, "pdf_bytes", look)
    building.build(report.pk)
    assert seen == [(ReportStatus.RUNNING, 35)]


def test_the_content_that_was_made_is_the_one_that_is_fingerprinted(world):
    from evaluations.models import Rating

    report = ask(world)
    Rating.objects.filter(sheet__evaluation=world.mine, sheet__kind="self", criterion__code="TC02").update(note="Mới.")
    building.build(report.pk)
    assert now_is(report).stamp != report.stamp
    assert ask(world) == report  # what is there is what would be made


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("a defect"), "Something went wrong on our side"),
        (Refused("Chưa có phiếu nào."), "Chưa có phiếu nào."),
    ],
)
def test_a_failure_is_told_in_words_on_the_row(world, monkeypatch, error, words):
    world.teacher.language = "en"
    world.teacher.save()
    report = ask(world)
    monkeypatch.setattr(kinds, "make", broken(error))
    building.build(report.pk)
    failed = now_is(report)
    assert failed.status == ReportStatus.FAILED
    assert words in failed.error
    assert failed.finished_at


def test_a_time_limit_is_told_in_words(world, monkeypatch):
    from celery.exceptions import SoftTimeLimitExceeded

    world.teacher.language = "en"
    world.teacher.save()
    report = ask(world)
    monkeypatch.setattr(kinds, "make", broken(SoftTimeLimitExceeded()))
    building.build(report.pk)
    assert "took too long" in now_is(report).error


@pytest.mark.parametrize("error", [OperationalError("gone away"), OSError("disk full")])
def test_what_may_pass_is_tried_three_times(world, monkeypatch, error):
    report = ask(world)
    monkeypatch.setattr(kinds, "make", broken(error))
    for attempt in (1, 2):
        building.build(report.pk)
        assert (now_is(report).status, now_is(report).attempts) == (ReportStatus.QUEUED, attempt)
    building.build(report.pk)
    assert now_is(report).status == ReportStatus.FAILED


def test_a_report_thrown_away_while_it_is_made_leaves_nothing(world, monkeypatch, django_capture_on_commit_callbacks):
    report = ask(world)
    real = kinds.pdf_bytes

    def throw(html):
        throw_away(report=report)
        return real(html)

    monkeypatch.setattr(kinds, "pdf_bytes", throw)
    with django_capture_on_commit_callbacks(execute=True):
        building.build(report.pk)
    assert not Report.objects.exists()
    assert not StoredFile.objects.filter(purpose="report").exists()


def test_a_worker_thought_dead_leaves_the_row_to_its_successor(world, monkeypatch):
    report = ask(world)
    real = kinds.make

    def slow(*args, **kwargs):
        document = real(*args, **{**kwargs, "progress": lambda percent: None})
        Report.objects.update(attempts=2, progress=50)  # taken up by another meanwhile
        return document

    monkeypatch.setattr(kinds, "make", slow)
    building.build(report.pk)
    assert (now_is(report).status, now_is(report).progress) == (ReportStatus.RUNNING, 50)
    assert not StoredFile.objects.filter(purpose="report").exists()


# --- what was left behind -------------------------------------------------------------------------------------------
@pytest.fixture
def sent(monkeypatch):
    """Ids of the reports a worker was sent to."""
    ids = []
    monkeypatch.setattr("reports.tasks.build_report.apply_async", lambda args, **_: ids.append(args[0]))
    return ids


def test_a_report_that_lost_its_message_is_sent_again(world, sent, django_capture_on_commit_callbacks):
    report = ask(world)
    with django_capture_on_commit_callbacks(execute=True):
        assert building.resume_waiting() == 0  # just asked for: its message is on the way
    Report.objects.update(requested_at=timezone.now() - timedelta(seconds=40))
    with django_capture_on_commit_callbacks(execute=True):
        assert building.resume_waiting() == 1
        assert building.resume_waiting() == 0  # a busy worker is not sent for every half minute
    assert sent == [str(report.pk)]


def test_a_report_whose_worker_was_killed_is_taken_up(world, sent, django_capture_on_commit_callbacks):
    report = ask(world)
    long_ago = timezone.now() - timedelta(minutes=10)
    rows = Report.objects.filter(pk=report.pk)
    rows.update(status=ReportStatus.RUNNING, attempts=1, heartbeat_at=long_ago, requested_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert building.resume_waiting() == 1
    assert sent == [str(report.pk)]
    building.build(report.pk)
    assert (now_is(report).status, now_is(report).attempts) == (ReportStatus.DONE, 2)


def test_a_report_that_kills_every_worker_fails_in_words(world, sent):
    world.teacher.language = "en"
    world.teacher.save()
    report = ask(world)
    silent = timezone.now() - timedelta(minutes=10)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.RUNNING, attempts=3, heartbeat_at=silent)
    assert building.resume_waiting() == 0
    assert now_is(report).status == ReportStatus.FAILED
    assert "stopped 3 times" in now_is(report).error


def test_a_worker_that_gives_signs_of_life_is_left_in_peace(world, sent):
    report = ask(world)
    Report.objects.filter(pk=report.pk).update(
        status=ReportStatus.RUNNING, attempts=1, heartbeat_at=timezone.now() - timedelta(minutes=1)
    )
    assert building.resume_waiting() == 0
    assert now_is(report).status == ReportStatus.RUNNING


# --- all forms of a school --------------------------------------------------------------------------------------------
def test_all_forms_of_a_school_are_one_archive(world):
    world.leaders = bring_to(world.artists, Status.ANNOUNCED, head=world.head)
    report = ask(world, ReportKind.SCHOOL_FORMS, by=world.head, evaluation=None)
    building.build(report.pk)
    done = now_is(report)
    assert done.error == ""
    with done.file.content.open("rb") as content, zipfile.ZipFile(io.BytesIO(content.read())) as archive:
        # the leader has submitted, but nobody has opened it for review: it is not the head's to print
        assert archive.namelist() == ["001 Trần Văn Đồng.pdf", "002 Mai Thị Hương.pdf", "003 Tạ Bích Ý.pdf"]
        assert all(archive.read(name).startswith(b"%PDF-1.7") for name in archive.namelist())
    assert not ReportPart.objects.exists()
    assert ask(world, ReportKind.SCHOOL_FORMS, by=world.head, evaluation=None) == report


def test_helpers_take_forms_that_nobody_has(world, monkeypatch):
    report = ask(world, ReportKind.SCHOOL_FORMS, by=world.head, evaluation=None)
    real, helped = parts.work_on, []

    def first_helped(row, forms, progress):
        if not helped:  # the helpers were quicker
            helped.append(True)
            parts.help_out(row.pk, building.subject_of)
        return real(row, forms, progress)

    monkeypatch.setattr(parts, "work_on", first_helped)
    building.build(report.pk)
    assert now_is(report).status == ReportStatus.DONE
    parts.help_out(report.pk, building.subject_of)  # too late: nothing to do


def test_a_form_taken_by_a_dead_worker_is_taken_again(world):
    report = ask(world, ReportKind.SCHOOL_FORMS, by=world.head, evaluation=None)
    Report.objects.update(status=ReportStatus.RUNNING, attempts=1)
    part = ReportPart.objects.create(report=report, evaluation=world.mine, number=0, claimed_at=timezone.now())
    assert parts._take_next(report) is None
    ReportPart.objects.update(claimed_at=timezone.now() - timedelta(minutes=3))
    assert parts._take_next(report) == part


def test_a_school_without_opened_forms_says_so(world):
    world.head.language = "en"
    world.head.save()
    empty = {"unit": world.other_school, "evaluation": None}
    from reports.enums import ReportKind as K

    world.other_head.language = "en"
    world.other_head.save()
    report = ask(world, K.SCHOOL_FORMS, by=world.other_head, **empty)
    from evaluations.models import Evaluation

    Evaluation.objects.filter(unit=world.other_school).update(status=Status.SUBMITTED, opened_at=None)
    building.build(report.pk)
    assert "no forms" in now_is(report).error
