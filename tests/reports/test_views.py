"""The pages: asking, watching, downloading; for the person who asked and nobody else."""

from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core.worker import leave_sign
from reports.actions import building
from reports.actions.requests import request_report
from reports.enums import ReportKind, ReportStatus
from reports.models import Report
from tests.factories.evaluations import CycleFactory, EvaluationFactory
from tests.factories.people import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world) -> Report:
    return request_report(
        kind=ReportKind.SELF_FORM,
        cycle=world.cycle,
        unit=world.school,
        evaluation=world.mine,
        language="vi",
        by=world.teacher,
    )


def page(name: str, report: Report) -> str:
    return reverse(f"reports:{name}", args=[report.pk])


def test_asking_leads_to_the_progress_and_asking_again_to_the_same(client, world):
    client.force_login(world.teacher)
    data = {"kind": "self-form", "evaluation": world.mine.pk}
    first = client.post(reverse("reports:request"), data)
    assert first.status_code == 302
    assert client.post(reverse("reports:request"), data).url == first.url
    assert Report.objects.get().language == "en"  # the reader's, unless another is chosen


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"kind": "everything"}, 400),
        ({"kind": "self-form", "evaluation": "no-id"}, 400),
        ({"kind": "self-form", "evaluation": "0b5c0f2e-0000-4000-8000-000000000000"}, 404),
        ({"kind": "school-summary", "cycle": "no-such", "unit": "no-such"}, 404),
        ({"kind": "self-form", "evaluation": "", "language": "xx"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused(client, world, data, status):
    client.force_login(world.teacher)
    assert client.post(reverse("reports:request"), data).status_code == status
    assert not Report.objects.exists()


def test_another_persons_evaluation_does_not_exist_and_another_role_is_told_so(client, world):
    data = {"kind": "self-form", "evaluation": world.mine.pk}
    client.force_login(world.other_head)
    assert client.post(reverse("reports:request"), data).status_code == 404
    client.force_login(world.leader)
    assert client.post(reverse("reports:request"), data).status_code == 403
    client.force_login(world.head)
    early = {"kind": "result-sheet", "evaluation": world.leaders.pk}
    assert client.post(reverse("reports:request"), early).status_code == 409


def test_nobody_finds_another_persons_report(client, world, report):
    building.build(report.pk)
    for somebody in (world.head, world.officer, world.colleague):
        client.force_login(somebody)
        for name in ("detail", "progress", "download"):
            assert client.get(page(name, report)).status_code == 404
        for name in ("retry", "delete"):
            assert client.post(page(name, report)).status_code == 404
    assert Report.objects.exists()


def test_reading_changes_nothing(client, world, report):
    client.force_login(world.teacher)
    for name in ("retry", "delete"):
        assert client.get(page(name, report)).status_code == 405
    assert client.get(reverse("reports:request")).status_code == 405


def test_the_page_asks_again_until_there_is_an_end(client, world, report):
    client.force_login(world.teacher)
    shown = client.get(page("detail", report)).content.decode()
    assert 'hx-trigger="every 2s"' in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert client.get(page("progress", report)).status_code == 200
    building.build(report.pk)
    last = client.get(page("progress", report))
    assert last.status_code == 286  # htmx stops
    assert page("download", report) in last.content.decode()
    assert "every 2s" not in client.get(page("detail", report)).content.decode()


def test_a_report_that_waits_says_what_for_and_since_when(client, world, report, monkeypatch):
    client.force_login(world.teacher)
    asked = timezone.now() - timedelta(minutes=5)
    since = timezone.localtime(asked).strftime("%H:%M")
    assert "No worker answers" in client.get(page("detail", report)).content.decode()
    leave_sign()
    turn = "Waiting for its turn since"
    shown = client.get(page("detail", report)).content.decode()
    assert turn in shown, "that it begins in a moment is not known"
    Report.objects.update(requested_at=asked)
    shown = client.get(page("detail", report)).content.decode()
    assert f"{turn} {since}. You may leave this page" in shown
    assert "other jobs" not in shown, "a worker that fell silent a minute ago has none"
    monkeypatch.setattr("core.worker.SILENT", 0)
    shown = client.get(page("detail", report)).content.decode()
    assert f"No worker answers at the moment. The report has been waiting since {since}" in shown


def test_a_report_whose_worker_fell_silent_is_not_said_to_be_being_made(client, world, report):
    client.force_login(world.teacher)
    heard = timezone.now() - timedelta(minutes=4)
    Report.objects.update(status=ReportStatus.RUNNING, started_at=heard, heartbeat_at=timezone.now())
    assert "It is being made." in client.get(page("detail", report)).content.decode()
    Report.objects.update(heartbeat_at=heard)
    shown = client.get(page("detail", report)).content.decode()
    assert "It is being made." not in shown
    assert f"not been heard of since {timezone.localtime(heard).strftime('%H:%M')}" in shown


def test_a_failure_is_shown_with_its_reason_and_a_way_to_try_again(client, world, report):
    Report.objects.update(status=ReportStatus.FAILED, error="Đĩa đã đầy.")
    client.force_login(world.teacher)
    shown = client.get(page("detail", report)).content.decode()
    assert "Đĩa đã đầy." in shown
    assert page("retry", report) in shown
    assert client.post(page("retry", report)).status_code == 302
    assert Report.objects.get().status == ReportStatus.QUEUED


def test_a_download_is_private_and_sent_as_a_file(client, world, report):
    client.force_login(world.teacher)
    assert client.get(page("download", report)).status_code == 409  # not ready: a sentence
    building.build(report.pk)
    answer = client.get(page("download", report))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert quote("Phiếu tự đánh giá") in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]


def test_a_lost_file_is_told_in_a_sentence(client, world, report):
    building.build(report.pk)
    stored = Report.objects.get().file
    stored.content.storage.delete(stored.content.name)
    client.force_login(world.teacher)
    answer = client.get(page("download", report))
    assert answer.status_code == 409
    assert "Ask for the report again" in answer.content.decode()


def test_deleting_is_said(client, world, report):
    client.force_login(world.teacher)
    answer = client.post(page("delete", report), follow=True)
    assert "The report is cancelled." in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("teacher", ["self-form", "result-sheet"]),
        ("head", ["school-summary", "school-forms"]),
        ("officer", ["school-summary", "aggregate-pdf", "aggregate-xlsx"]),
        ("other_teacher", ["self-form", "result-sheet"]),
    ],
)
def test_each_role_is_offered_what_it_may_ask_for(client, world, role, kinds):
    client.force_login(getattr(world, role))
    answer = client.get(reverse("reports:index"))
    assert [offer.kind for offer in answer.context["offers"]] == kinds
    assert "No reports yet" in answer.content.decode()


def test_only_schools_and_cycles_with_somebody_in_them_are_offered(client, world):
    """A cycle of the other school alone, a third school without anybody: neither is offered where it would be empty."""
    alone = CycleFactory(owner=world.commune, created_by=world.officer, schools=[world.other_school])
    EvaluationFactory(cycle=alone, subject=world.other_teacher, unit=world.other_school, group=world.other_group)
    CycleFactory(owner=world.commune, created_by=world.officer, schools=[world.school])
    SchoolFactory(parent=world.commune)

    def offered(person):
        client.force_login(person)
        offers = client.get(reverse("reports:index")).context["offers"]
        fields = next(offer.form.fields for offer in offers if offer.kind == "school-summary")
        return [{value for value, _label in fields[name].choices} for name in ("cycle", "unit")]

    both = {world.school.code, world.other_school.code}
    assert offered(world.officer) == [{alone.code, world.cycle.code}, both]
    assert offered(world.head) == [{world.cycle.code}, {world.school.code}]


def test_an_empty_pair_of_school_and_cycle_is_answered_with_a_sentence(client, world):
    alone = CycleFactory(owner=world.commune, created_by=world.officer, schools=[world.other_school])
    client.force_login(world.officer)
    data = {"kind": "school-summary", "cycle": alone.code, "unit": world.school.code}
    answer = client.post(reverse("reports:request"), data)
    assert answer.status_code == 409
    assert f"Nobody of {world.school.name} is in the cycle" in answer.content.decode()


def test_languages_are_named_in_the_readers_words_everywhere(client, world, report):
    client.force_login(world.teacher)
    for language, name in (("en", "Vietnamese"), ("vi", "Tiếng Việt")):
        world.teacher.language = language
        world.teacher.save()
        answer = client.get(reverse("reports:index"))
        assert [row["language"] for row in answer.context["rows"]] == [name]
        assert dict(answer.context["offers"][0].form.fields["language"].choices)["vi"] == name
        assert name in dict(client.get(page("detail", report)).context["facts"]).values()


def test_what_is_not_to_be_had_yet_says_why(client, world):
    client.force_login(world.artist)
    offers = client.get(reverse("reports:index")).context["offers"]
    assert [(offer.kind, bool(offer.form)) for offer in offers] == [("self-form", True), ("result-sheet", False)]
    assert offers[1].why_not == "The result has not been announced yet."


def test_somebody_outside_every_cycle_has_an_empty_page(client, world):
    from tests.factories.people import UserFactory

    client.force_login(UserFactory())
    assert "nothing to ask for yet" in client.get(reverse("reports:index")).content.decode()


def test_the_list_asks_the_same_for_one_report_and_for_twenty(client, world, report, django_assert_num_queries):
    client.force_login(world.teacher)
    client.get(reverse("reports:index"))
    with django_assert_num_queries(6):
        client.get(reverse("reports:index"))
    row = Report.objects.get()
    for number in range(19):
        row.pk, row.fingerprint, row._state.adding = uuid4(), f"{number:064d}", True
        row.save()
    with django_assert_num_queries(6):
        client.get(reverse("reports:index"))
