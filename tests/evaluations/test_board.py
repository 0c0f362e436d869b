"""The board: who sees what of whom, filters, many at once, a fixed number of queries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import OutgoingMail
from core.work import Section
from evaluations.actions.extending import extend_deadline
from evaluations.enums import Status
from evaluations.models import Cycle, Evaluation, Event
from evaluations.presenters.work_office import office_work
from evaluations.visibility import sight
from people.models import User
from tests.factories.evaluations import EvaluationFactory, bring_to
from tests.factories.people import teacher_of

pytestmark = pytest.mark.django_db


def url(w, name: str = "board", unit=None) -> str:
    return reverse(f"evaluations:{name}", args=[w.cycle.code, (unit or w.school).code])


def rows_of(client, w, query: str = "") -> dict:
    page = client.get(url(w) + query)
    assert page.status_code == 200
    return {row.evaluation.subject.full_name: row for row in page.context["rows"]}


@pytest.mark.parametrize("who", ["head", "deputy", "officer", "supervisor"])
@pytest.mark.parametrize("status", list(Status))
def test_results_on_the_board_follow_visibility(client, who, status, w):
    w.mine = bring_to(w.mine, status, head=w.head)
    reader = getattr(w, who)
    client.force_login(reader)
    row = rows_of(client, w)["Mai Thị Hương"]
    seen = sight(reader, w.mine)
    assert (row.self_result is not None) is (seen.self_sheet and bool(w.mine.self_result or row.self_result))
    assert (row.result is not None) is (seen.result and bool(w.mine.result))


def test_names_stand_in_the_vietnamese_order(world, client):
    client.force_login(world.head)
    assert list(rows_of(client, world)) == ["Trần Văn Đồng", "Mai Thị Hương", "Bùi Tổ Trưởng", "Tạ Bích Ý"]
    assert next(iter(rows_of(client, world, "?sort=-name"))) == "Tạ Bích Ý"


def test_states_are_sorted_by_an_evaluations_way_and_what_never_changed_comes_last(world, client):
    bring_to(world.mine, Status.ANNOUNCED, head=world.head)
    bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    client.force_login(world.head)
    way = ["Bùi Tổ Trưởng", "Tạ Bích Ý", "Trần Văn Đồng", "Mai Thị Hương"]  # not submitted, submitted, announced
    assert list(rows_of(client, world, "?sort=status")) == way
    assert list(rows_of(client, world, "?sort=-status")) == [*way[:1:-1], *way[:2]]
    for sort in ("changed", "-changed"):
        assert list(rows_of(client, world, f"?sort={sort}"))[2:] == way[:2]


def test_a_box_stands_only_where_this_reader_can_do_something_with_many(world, client):
    bring_to(world.mine, Status.DECIDED, head=world.head)
    bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    drafts = {"Bùi Tổ Trưởng", "Tạ Bích Ý"}
    for reader, decided in ((world.head, {"Mai Thị Hương"}), (world.officer, set()), (world.deputy, None)):
        client.force_login(reader)
        boxes = {name for name, row in rows_of(client, world).items() if row.can_pick}
        assert boxes == (set() if decided is None else drafts | decided)
    assert 'name="pick"' not in client.get(url(world)).content.decode()


def test_what_is_not_to_be_read_yet_looks_different_from_what_is_not_there(world, client):
    bring_to(world.mine, Status.DECIDED, head=world.head)
    for reader, hidden in ((world.officer, {"own", "decision", "evidence"}), (world.head, set())):
        client.force_login(reader)
        rows = rows_of(client, world)
        assert rows["Mai Thị Hương"].hidden == hidden
        assert rows["Tạ Bích Ý"].hidden == {"evidence"}, "a draft has no levels yet"
    text = client.get(url(world)).content.decode()
    assert "To be read by you once the review is opened" in text
    assert 'title="Not yet to be read by you"' in text
    bring_to(world.artists, Status.EXCUSED, head=world.head)
    assert rows_of(client, world)["Tạ Bích Ý"].hidden == set()


def test_filters_narrow_and_unknown_values_do_nothing(world, client):
    bring_to(world.mine, Status.SUBMITTED, head=world.head)
    client.force_login(world.head)
    assert list(rows_of(client, world, "?status=waiting")) == ["Mai Thị Hương"]
    assert list(rows_of(client, world, "?status=submitted&q=hương")) == ["Mai Thị Hương"]
    assert list(rows_of(client, world, f"?group={world.group_arts.pk}")) == ["Tạ Bích Ý"]
    assert rows_of(client, world, "?group=none") == {}
    assert rows_of(client, world, "?status=late") == {}
    assert len(rows_of(client, world, "?status=nonsense&group=999999&sort=nothing&page=77")) == 4


@pytest.mark.parametrize("words", ["huong", "HƯƠNG", "mai huong", "thi  mai", "hu\u031bo\u031bng"])
def test_names_are_found_without_accents(world, client, words):
    client.force_login(world.head)
    assert list(rows_of(client, world, f"?q={words}")) == ["Mai Thị Hương"]
    assert rows_of(client, world, "?q=huong+dong") == {}


def test_the_board_lists_as_many_to_decide_as_the_first_page_counts(world, client):
    bring_to(world.mine, Status.SUBMITTED, head=world.head)
    bring_to(world.theirs, Status.UNDER_REVIEW, head=world.head)
    bring_to(world.leaders, Status.DECIDED, head=world.head)
    bring_to(world.artists, Status.OBJECTED, head=world.head)
    own = EvaluationFactory(cycle=world.cycle, subject=world.head, unit=world.school)
    bring_to(own, Status.SUBMITTED, head=world.deputy)
    client.force_login(world.head)
    counted = {}
    for item in office_work(User.objects.get(pk=world.head.pk)):
        if item.section != Section.WATCH:
            counted[item.title] = client.get(item.url).context["page"].paginator.count
    assert counted == {"Answer 1 objection": 1, "Review 2 self-assessments": 2, "Announce 1 result": 1}
    to_decide = rows_of(client, world, "?status=to-decide")
    assert set(to_decide) == {"Mai Thị Hương", "Trần Văn Đồng"}
    assert len(rows_of(client, world, "?status=waiting")) == 4
    client.force_login(world.officer)
    assert len(rows_of(client, world, "?status=to-decide")) == 3  # somebody else decides about the head


def test_late_people_are_those_whose_own_day_is_past(world, client):
    yesterday = timezone.localdate() - timedelta(days=1)
    world.cycle.self_due = yesterday
    world.cycle.save()
    Evaluation.objects.filter(pk=world.theirs.pk).update(extended_to=timezone.localdate() + timedelta(days=3))
    client.force_login(world.head)
    late = rows_of(client, world, "?status=late")
    assert set(late) == {"Mai Thị Hương", "Bùi Tổ Trưởng", "Tạ Bích Ý"}
    assert all(row.late for row in late.values())


def test_stages_count_everybody_but_the_excused(world, client):
    bring_to(world.mine, Status.ANNOUNCED, head=world.head)
    bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    bring_to(world.artists, Status.EXCUSED, head=world.head)
    client.force_login(world.head)
    page = client.get(url(world))
    assert [(stage.value, stage.total) for stage in page.context["stages"]] == [(2, 3), (1, 3), (1, 3)]
    assert "1 person is excused and not counted." in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("deputy", 200), ("officer", 200), ("supervisor", 200), ("administrator", 200), ("leader", 404),
     ("teacher", 404), ("other_head", 404), ("far_officer", 404)],
)  # fmt: skip
def test_who_sees_the_board(world, client, who, status):
    client.force_login(getattr(world, who))
    assert client.get(url(world)).status_code == status
    assert client.get(url(world, "board_results")).status_code == status
    expected = 403 if status == 200 and who != "head" else status
    assert client.get(url(world, "board_announce")).status_code == expected


@pytest.mark.parametrize("people", [4, 104])
def test_the_board_takes_the_same_queries_for_4_and_104(world, client, people, django_assert_num_queries):
    for _ in range(people - 4):
        subject = teacher_of(world.school, world.group_math)
        EvaluationFactory(cycle=world.cycle, subject=subject, unit=world.school, group=world.group_math, sheet=False)
    client.force_login(world.head)
    client.get(url(world))
    with django_assert_num_queries(10):
        page = client.get(url(world))
    assert page.context["page"].paginator.count == people
    client.force_login(world.officer)
    with django_assert_num_queries(11):
        client.get(url(world))


def test_the_boards_buttons_fit_the_reader(world, client):
    bring_to(world.mine, Status.SUBMITTED, head=world.head)
    client.force_login(world.head)
    rows = rows_of(client, world)
    assert rows["Mai Thị Hương"].link == "open"
    assert rows["Trần Văn Đồng"].link == "review"
    client.force_login(world.deputy)
    assert rows_of(client, world)["Mai Thị Hương"].link == "review"
    client.force_login(world.officer)
    assert rows_of(client, world)["Mai Thị Hương"].link == ""


# --- many at once -----------------------------------------------------------------------------------------------------
def test_announcing_many_names_them_first_and_says_who_is_not(world, client):
    world.mine = bring_to(world.mine, Status.DECIDED, head=world.head)
    world.artists = bring_to(world.artists, Status.DECIDED, head=world.head)
    client.force_login(world.head)
    picked = {"ask": "1", "pick": [str(world.mine.pk), str(world.theirs.pk), "nonsense"]}
    page = client.post(url(world, "board_announce"), picked)
    assert [row["evaluation"] for row in page.context["ready"]] == [world.mine]
    assert page.context["refused"][0][1] == "Nothing has been decided yet." or page.context["refused"]
    assert not Event.objects.filter(action="announce").exists()
    client.post(url(world, "board_announce"), {"pick": [str(world.mine.pk)]})
    world.mine.refresh_from_db()
    world.artists.refresh_from_db()
    assert (world.mine.status, world.artists.status) == (Status.ANNOUNCED, Status.DECIDED)


def test_announcing_again_says_who_was_told_before(world, client):
    world.mine = bring_to(world.mine, Status.DECIDED, head=world.head)
    world.artists = bring_to(world.artists, Status.DECIDED, head=world.head)
    client.force_login(world.head)

    def announced(*evaluations) -> list[tuple[str, str]]:
        sent = {"pick": [str(row.pk) for row in evaluations]}
        page = client.post(url(world, "board_announce"), sent, follow=True)
        return [(message.level_tag, str(message)) for message in page.context["messages"]]

    assert announced(world.mine) == [("success", "1 result announced.")]
    before = ("info", "Already announced before: Mai Thị Hương.")
    assert announced(world.mine) == [before]
    found = announced(world.mine, world.artists, world.theirs)
    assert found[:2] == [("success", "1 result announced."), before]
    assert found[2][0] == "warning"
    assert found[2][1].startswith("Not announced: Trần Văn Đồng. ")
    assert Event.objects.filter(action="announce").count() == 2
    nothing = client.post(url(world, "board_announce"), follow=True)
    assert [str(message) for message in nothing.context["messages"]] == ["No result is waiting to be announced."]


@pytest.mark.parametrize("who", ["deputy", "officer", "supervisor"])
def test_only_the_head_announces(world, client, who):
    world.mine = bring_to(world.mine, Status.DECIDED, head=world.head)
    client.force_login(getattr(world, who))
    assert client.post(url(world, "board_announce"), {"pick": [str(world.mine.pk)]}).status_code == 403
    world.mine.refresh_from_db()
    assert world.mine.status == Status.DECIDED


def test_reminders_go_once_a_day_to_those_who_have_not_submitted(world, client):
    for number, person in enumerate((world.teacher, world.colleague)):
        person.email = f"gv{number}@example.org"
        person.save()
    bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    OutgoingMail.objects.all().delete()
    client.force_login(world.head)
    page = client.post(url(world, "board_remind"), follow=True).content.decode()
    assert "1 reminder is on its way." in page
    assert "2 people have no e-mail address, tell them yourself: Bùi Tổ Trưởng, Tạ Bích Ý." in page
    again = client.post(url(world, "board_remind"), {"pick": [str(world.mine.pk)]}, follow=True).content.decode()
    assert "1 person has been reminded today already." in again
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("who", ["deputy", "supervisor"])
def test_others_send_no_reminders(world, client, who):
    client.force_login(getattr(world, who))
    assert client.post(url(world, "board_remind")).status_code == 403


def test_more_time_for_one_person(world, client):
    world.teacher.email = "gv@example.org"
    world.teacher.save()
    client.force_login(world.head)
    address = reverse("evaluations:extend", args=[world.mine.pk])
    too_early = client.post(address, {"until": world.cycle.self_due.isoformat()})
    assert "Choose a day after" in too_early.content.decode()
    until = world.cycle.self_due + timedelta(days=5)
    assert client.post(address, {"until": until.isoformat()}).status_code == 302
    world.mine.refresh_from_db()
    assert world.mine.extended_to == until
    extend_deadline(evaluation=world.mine, until=until, by=world.head)
    assert OutgoingMail.objects.filter(to="gv@example.org").count() == 1
    event = Event.objects.get(evaluation=world.mine)
    assert (event.action, event.from_status, event.to_status, event.by) == ("extend", "draft", "draft", world.head)
    assert event.facts == {"until": until.isoformat()}
    client.force_login(world.teacher)
    timeline = client.get(reverse("evaluations:detail", args=[world.mine.pk])).content.decode()
    assert "More time given, until" in timeline


def test_a_mistyped_last_day_is_asked_about_and_can_be_corrected(world, client):
    client.force_login(world.head)
    address = reverse("evaluations:extend", args=[world.mine.pk])
    today = timezone.localdate()
    far = client.post(address, {"until": (today + timedelta(days=400)).isoformat()})
    assert "Choose a day within a year from today." in far.content.decode()
    for days in (40, 12):  # the second is the day that was meant
        until = max(today, world.cycle.self_due) + timedelta(days=days)
        assert client.post(address, {"until": until.isoformat()}).status_code == 302
        world.mine.refresh_from_db()
        assert world.mine.extended_to == until
    Cycle.objects.filter(pk=world.cycle.pk).update(self_due=today - timedelta(days=9))
    gone = client.post(address, {"until": (today - timedelta(days=1)).isoformat()})
    assert "Choose a day that has not gone by." in gone.content.decode()


def test_more_time_has_a_page_of_its_own(world, client):
    client.force_login(world.head)
    assert client.post(reverse("evaluations:move", args=[world.mine.pk, "extend"])).status_code == 404
    assert not Event.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("deputy", 403), ("officer", 403), ("teacher", 403), ("other_head", 404)])
def test_only_the_head_gives_more_time(world, client, who, status):
    client.force_login(getattr(world, who))
    assert client.get(reverse("evaluations:extend", args=[world.mine.pk])).status_code == status


# --- results ----------------------------------------------------------------------------------------------------------
def test_drawings_show_decided_to_leaders_and_announced_to_offices(world, client):
    bring_to(world.mine, Status.DECIDED, head=world.head, levels="T")
    bring_to(world.theirs, Status.ANNOUNCED, head=world.head, levels="K")
    client.force_login(world.head)
    page = client.get(url(world, "board_results"))
    assert page.context["number"] == 2
    assert "<svg" in page.content.decode()
    client.force_login(world.officer)
    assert client.get(url(world, "board_results")).context["number"] == 1
    empty = client.get(url(world, "board_results", world.other_school)).content.decode()
    assert "No result announced yet" in empty


# --- the office's overview --------------------------------------------------------------------------------------------
def test_the_overview_has_a_row_a_school_and_leads_a_head_home(world, client):
    bring_to(world.mine, Status.ANNOUNCED, head=world.head)
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:cycle", args=[world.cycle.code]))
    schools = {school.name: school for school in page.context["page"].object_list}
    mine = schools[world.school.name]
    assert (mine.people, mine.submitted, mine.decided, mine.announced) == (4, 1, 1, 1)
    client.force_login(world.head)
    assert client.get(reverse("evaluations:cycle", args=[world.cycle.code])).url == url(world)
    client.force_login(world.teacher)
    response = client.get(reverse("evaluations:cycle", args=[world.cycle.code]))
    assert response.url == reverse("evaluations:detail", args=[world.mine.pk])
