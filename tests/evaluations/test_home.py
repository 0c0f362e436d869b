"""My work for every role, and the list of evaluations."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import work
from evaluations.enums import CycleStatus, Status
from evaluations.models import Rating
from evaluations.queries_self import open_evaluations
from evaluations.readiness import missing_to_submit
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to, give_opinion, link_evidence
from tests.factories.people import UserFactory, teacher_of

pytestmark = pytest.mark.django_db


def home(client, person) -> str:
    client.force_login(person)
    return client.get("/").content.decode()


def test_a_teacher_sees_the_self_assessment_with_progress_and_deadline(client, w):
    page = home(client, w.teacher)
    assert "Waiting for you" in page
    assert f"Self-assessment: {w.cycle.name}" in page
    assert "0 of 15" in page
    assert "20 days left" in page


def test_a_returned_one_comes_with_the_comment(client, w):
    bring_to(w.mine, Status.RETURNED, head=w.head)
    page = home(client, w.teacher)
    assert "Xin xem lại." in page
    assert "15 of 15" in page


def test_a_result_waits_to_be_read(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    page = home(client, w.teacher)
    assert f"Your result: {w.cycle.name}" in page
    assert reverse("evaluations:result", args=[w.mine.pk]) in page


def test_a_submitted_one_is_under_way(client, w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    page = home(client, w.teacher)
    assert "Under way" in page
    assert "You have submitted" in page


def test_colleagues_wait_until_the_opinion_is_given(client, w):
    address = reverse("evaluations:opinions", args=[w.cycle.code, w.group_math.code])
    assert address in home(client, w.teacher)
    give_opinion(w.theirs, w.teacher)
    give_opinion(w.leaders, w.teacher)
    assert address not in home(client, w.teacher)


def test_heads_and_offices_find_their_board_and_cycle(client, w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    assert reverse("evaluations:board", args=[w.cycle.code, w.school.code]) in home(client, w.head)
    assert reverse("evaluations:cycle", args=[w.cycle.code]) in home(client, w.officer)


def test_somebody_without_work_is_told_so(client):
    assert "Nothing waits for you" in home(client, UserFactory())


def test_a_person_without_any_role_sees_the_empty_list(client):
    client.force_login(UserFactory())
    assert "No evaluation yet" in client.get("/evaluations/").content.decode()


def test_items_stand_in_the_order_of_their_deadlines(monkeypatch):
    from datetime import date

    late = work.WorkItem("late", "/", deadline=date(2027, 1, 2))
    soon = work.WorkItem("soon", "/", deadline=date(2027, 1, 1))
    never = work.WorkItem("never", "/", weight=1)
    news = work.WorkItem("news", "/", section=work.Section.NEWS)
    monkeypatch.setattr(work, "_providers", [lambda user: [late, never], lambda user: [news, soon]])
    sections = work.sections_for(None)
    assert [[item.title for item in items] for _title, items in sections] == [["soon", "late", "never"], ["news"]]


def test_the_list_shows_the_years_and_hides_others(client, w):
    old = CycleFactory(owner=w.commune, created_by=w.officer, name="Năm học trước")
    bring_to(
        EvaluationFactory(cycle=old, subject=w.teacher, unit=w.school, group=w.group_math), Status.CLOSED, head=w.head
    )
    client.force_login(w.teacher)
    page = client.get("/evaluations/").content.decode()
    assert "Năm học trước" in page
    assert "Trần Văn Đồng" not in page
    assert "Evaluations of others" not in page


@pytest.mark.parametrize(
    ("name", "sees", "not_sees"),
    [
        ("head", {"Mai Thị Hương", "Tạ Bích Ý"}, {"Hồ Kim Cường"}),
        ("leader", {"Mai Thị Hương"}, {"Tạ Bích Ý", "Hồ Kim Cường"}),
        ("officer", {"Mai Thị Hương", "Hồ Kim Cường"}, set()),
        ("far_officer", set(), {"Mai Thị Hương", "Hồ Kim Cường"}),
    ],
)
def test_everybody_lists_their_own_people(client, w, name, sees, not_sees):
    client.force_login(getattr(w, name))
    page = client.get("/evaluations/").content.decode()
    assert all(person in page for person in sees)
    assert not any(person in page for person in not_sees)


def test_people_of_an_open_cycle_come_before_those_of_a_closed_one(client, w):
    closed = CycleFactory(
        owner=w.commune,
        created_by=w.officer,
        starts_on=w.cycle.starts_on + timedelta(days=1),
        status=CycleStatus.CLOSED,
    )
    EvaluationFactory(cycle=closed, subject=w.teacher, unit=w.school, group=w.group_math)
    client.force_login(w.officer)
    cycles = [row.cycle for row in client.get("/evaluations/").context["rows"]]
    assert len(cycles) > 1
    assert cycles.index(closed.name) == len(cycles) - 1


def test_search_and_filters(client, w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    client.force_login(w.officer)

    def names(**query) -> set[str]:
        page = client.get("/evaluations/", query)
        assert page.status_code == 200
        return {row.name for row in page.context["rows"]}

    assert names(q="hương") == names(q="mai huong") == {"Mai Thị Hương"}
    assert names(status="submitted") == {"Mai Thị Hương"}
    assert names(unit=w.other_school.code) == {"Hồ Kim Cường"}
    assert len(names(cycle=w.cycle.code)) == 5
    assert len(names(cycle="không-có", status="nonsense", page="nonsense")) == 5
    assert names(q="không ai") == set()
    assert "Nobody matches" in client.get("/evaluations/", {"q": "zzz"}).content.decode()


def test_one_row_or_a_hundred_take_the_same_queries(client, w):
    def queries(address) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    pages = ("/evaluations/", "/")
    client.force_login(w.officer)
    client.get("/evaluations/")
    few = [queries(page) for page in pages]
    client.force_login(w.head)
    few_head = [queries(page) for page in pages]
    for _number in range(60):
        person = teacher_of(w.school, w.group_math)
        EvaluationFactory(cycle=w.cycle, subject=person, unit=w.school, group=w.group_math, sheet=False)
    client.force_login(w.officer)
    assert [queries(page) for page in pages] == few
    client.force_login(w.head)
    assert [queries(page) for page in pages] == few_head
    assert few[0] <= 12


def test_the_first_page_counts_what_the_form_counts(w):
    """Without a gap is what `readiness` says, whatever is written in the row."""
    rows = list(Rating.objects.filter(sheet__evaluation=w.mine, sheet__kind="self").order_by("criterion__number"))
    written = [
        {"level": "K"}, {"level": "CD"}, {"level": "K", "no_evidence": True}, {"level": "K", "no_evidence": True, "note": " \n"},
        {"level": "T", "no_evidence": True, "note": "Sẽ bổ sung"}, {"note": "Chưa chọn"}, {"level": "CD", "no_evidence": True},
        {"level": "D"},
    ]  # fmt: skip
    for row, values in zip(rows, written, strict=False):
        Rating.objects.filter(pk=row.pk).update(**values)
    link_evidence(w.mine, "TC06", "TC08")
    expected = 15 - len({gap.criterion for gap in missing_to_submit(w.mine)})
    assert expected == 3
    assert open_evaluations(w.teacher).get(pk=w.mine.pk).complete == expected
