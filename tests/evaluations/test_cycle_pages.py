"""The pages of cycles: preparing, previewing, opening, keeping up to date, and who may."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.enums import CycleStatus
from evaluations.forms.cycles import school_year_of
from evaluations.models import Cycle, Evaluation
from people.enums import Role
from people.models import Membership, Unit
from tests.factories.evaluations import CycleFactory, evaluation_world, tt20
from tests.factories.people import SchoolFactory, people_world, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_db):
    return people_world()


def sent(w, **changes) -> dict:
    today = timezone.localdate()
    return {
        "name": "Đánh giá năm học",
        "owner": w.commune.pk,
        "version": tt20().pk,
        "school_year": school_year_of(today),
        "kind": "full",
        "units": [w.school.pk, w.other_school.pk],
        "reference_date": today.isoformat(),
        "starts_on": today.isoformat(),
        "self_due": (today + timedelta(days=20)).isoformat(),
        "opinions_due": (today + timedelta(days=25)).isoformat(),
        "decision_due": (today + timedelta(days=40)).isoformat(),
        "objection_days": 10,
        "opinions_wanted": "on",
        "anonymity_threshold": 3,
        "reason_where_different": "on",
    } | changes


def create(client, w, **changes):
    client.force_login(w.officer)
    return client.post(reverse("evaluations:cycle_new"), sent(w, **changes))


def test_an_officer_prepares_previews_and_opens(world, client):
    response = create(client, world)
    cycle = Cycle.objects.get()
    assert response.url == reverse("evaluations:cycle", args=[cycle.code])
    page = client.get(response.url)
    text = page.content.decode()
    assert (page.context["in_number"], page.context["out_number"]) == (5, 3)
    assert "These standards are no longer in force" in text
    assert "Mai Thị Hương" not in text  # names are asked for, school by school
    named = client.get(f"{response.url}?school={world.school.code}").content.decode()
    assert "Mai Thị Hương" in named
    assert "Heads and deputy heads are judged by the standards for heads." in named
    found = client.get(f"{response.url}?q=hương").content.decode()
    assert "Mai Thị Hương" in found
    assert "Trần Văn Đồng" not in found
    assert "Trần Văn Đồng" in client.get(f"{response.url}?q=tran+dong").content.decode()
    assert not Evaluation.objects.exists()
    for _ in range(2):
        assert client.post(reverse("evaluations:cycle_open", args=[cycle.code])).url == response.url
    assert Evaluation.objects.count() == 5
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"units": []}, "units", "Choose at least one school."),
        ({"anonymity_threshold": 2}, "anonymity_threshold", "at the earliest"),
        ({"decision_due": "2020-01-01"}, "decision_due", "decision cannot be due before"),
        ({"self_due": "2020-01-01"}, "self_due", "ends before it starts"),
        ({"opinions_due": "2020-01-01"}, "opinions_due", "cannot be due before the start"),
        ({"opinions_due": "2099-01-01"}, "opinions_due", "cannot be due after it"),
        ({"reference_date": "2099-01-01"}, "reference_date", "after the end of the self-assessment"),
        ({"opinions_due": ""}, "opinions_due", "Say until when colleagues"),
        ({"decision_due": ""}, "decision_due", "Say until when the heads decide."),
        ({"self_due": "31/02/2026"}, "self_due", "Enter a date that exists"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_contradictions_are_said_in_sentences_and_nothing_is_lost(world, client, changes, field, sentence):
    page = create(client, world, **changes)
    assert page.status_code == 200
    errors = " ".join(page.context["form"].errors[field])
    assert sentence in errors
    assert not Cycle.objects.exists()
    text = page.content.decode()
    assert f'value="{world.school.pk}" checked' in text or changes.get("units") == []
    assert f'<li><a href="#id_{field}">' in text
    assert f'id="id_{field}_error"' in text
    assert 'aria-invalid="true"' in text
    assert re.search(rf'aria-describedby="[^"]*id_{field}_error', text)


def test_all_contradictions_of_dates_are_said_at_once(world, client):
    page = create(client, world, opinions_due="2098-01-01", reference_date="2099-01-01")
    assert set(page.context["form"].errors) == {"opinions_due", "reference_date"}


@pytest.mark.parametrize("days", [0, 366])
def test_there_are_days_to_object(world, client, days):
    assert list(create(client, world, objection_days=days).context["form"].errors) == ["objection_days"]
    assert not Cycle.objects.exists()


def test_schools_of_another_branch_cannot_be_chosen(world, client):
    page = create(client, world, units=[world.far_school.pk])
    assert page.status_code == 200
    assert "units" in page.context["form"].errors


def test_a_self_only_cycle_forgets_what_only_a_full_one_has(world, client):
    create(client, world, kind="self_only")
    cycle = Cycle.objects.get()
    assert (cycle.opinions_wanted, cycle.opinions_due, cycle.decision_due) == (False, None, None)


def test_a_draft_can_be_changed_and_an_open_one_cannot(world, client):
    create(client, world)
    cycle = Cycle.objects.get()
    edit = reverse("evaluations:cycle_edit", args=[cycle.code])
    assert client.get(edit).status_code == 200
    client.post(edit, sent(world, name="Tên khác", units=[world.school.pk]))
    cycle.refresh_from_db()
    assert (cycle.name, cycle.units.count()) == ("Tên khác", 1)
    client.post(reverse("evaluations:cycle_open", args=[cycle.code]))
    assert client.post(edit, sent(world)).status_code == 409


def test_the_tree_holds_the_schools_of_the_branch_alone(world, client):
    client.force_login(world.officer)
    tree = client.get(reverse("evaluations:cycle_new")).context["form"].tree
    assert [node["unit"] for node in tree] == [world.commune]
    assert {node["unit"] for node in tree[0]["children"]} == {world.school, world.other_school}


PAGES = ["cycle", "cycle_edit", "cycle_refresh", "cycle_dates", "cycle_close"]


@pytest.mark.parametrize("status", [CycleStatus.DRAFT, CycleStatus.OPEN])
@pytest.mark.parametrize("who", ["far_officer", "other_teacher"])
def test_strangers_find_nothing(world, client, who, status):
    opened = None if status == CycleStatus.DRAFT else timezone.now()
    cycle = CycleFactory(
        owner=world.commune, created_by=world.officer, schools=[world.school], status=status, opened_at=opened
    )
    client.force_login(getattr(world, who))
    for name in PAGES:
        assert client.get(reverse(f"evaluations:{name}", args=[cycle.code])).status_code == 404, name
    for name in ("cycle_open", "cycle_discard", "cycle_heads"):
        assert client.post(reverse(f"evaluations:{name}", args=[cycle.code])).status_code == 404, name
    assert Cycle.objects.filter(pk=cycle.pk).exists()


@pytest.mark.parametrize("who", ["head", "deputy", "supervisor"])
def test_those_who_look_do_not_run(client, who):
    w = evaluation_world()
    client.force_login(getattr(w, who))
    assert client.get(reverse("evaluations:cycles")).status_code == 200
    assert client.get(reverse("evaluations:cycle_new")).status_code == 403
    for name in PAGES[1:]:
        assert client.get(reverse(f"evaluations:{name}", args=[w.cycle.code])).status_code == 403, name
    for name in ("cycle_open", "cycle_heads", "cycle_refresh", "cycle_close"):
        assert client.post(reverse(f"evaluations:{name}", args=[w.cycle.code])).status_code == 403, name


def test_teachers_have_no_list_of_cycles(world, client):
    client.force_login(world.teacher)
    assert client.get(reverse("evaluations:cycles")).status_code == 403


def test_more_time_and_closing_by_page(client):
    w = evaluation_world()
    client.force_login(w.officer)
    dates = reverse("evaluations:cycle_dates", args=[w.cycle.code])
    later = w.cycle.self_due + timedelta(days=2)
    posted = {
        "self_due": later.isoformat(),
        "opinions_due": w.cycle.opinions_due.isoformat(),
        "decision_due": w.cycle.decision_due.isoformat(),
    }
    early = client.post(dates, posted | {"self_due": w.cycle.starts_on.isoformat()})
    assert "people rely on it" in early.content.decode()
    after = (w.cycle.decision_due + timedelta(days=1)).isoformat()
    for changes, field, sentence in (
        ({"opinions_due": after}, "opinions_due", "cannot be due after it"),
        ({"self_due": after}, "decision_due", "decision cannot be due before"),
    ):
        page = client.post(dates, posted | changes)
        assert sentence in " ".join(page.context["form"].errors[field])
    same = client.post(dates, posted | {"self_due": w.cycle.self_due.isoformat()}, follow=True).content.decode()
    assert "Nothing was changed" in same
    assert "The new dates are in force" not in same
    assert not w.cycle.events.exists()
    assert client.post(dates, posted).status_code == 302
    assert w.cycle.events.count() == 1
    w.cycle.refresh_from_db()
    assert w.cycle.self_due == later
    close = reverse("evaluations:cycle_close", args=[w.cycle.code])
    assert "5 evaluations are unfinished" in client.get(close).content.decode()
    assert "days left" in client.get(reverse("evaluations:cycle", args=[w.cycle.code])).content.decode()
    client.post(close)
    w.cycle.refresh_from_db()
    assert w.cycle.status == CycleStatus.CLOSED
    for address in (
        reverse("evaluations:cycle", args=[w.cycle.code]),
        reverse("evaluations:board", args=[w.cycle.code, w.school.code]),
    ):
        page = client.get(address).content.decode()
        assert "until" in page
        assert "left)" not in page, "what is closed counts no days down"


def test_an_office_is_told_which_head_has_no_address(client):
    w = evaluation_world()
    w.other_head.email = "hieutruong@example.org"
    w.other_head.save()
    client.force_login(w.officer)
    page = client.post(reverse("evaluations:cycle_heads", args=[w.cycle.code]), follow=True).content.decode()
    assert f"1 person has no e-mail address, tell them yourself: {w.head.full_name} ({w.school.name})." in page
    again = client.post(reverse("evaluations:cycle_heads", args=[w.cycle.code]), follow=True).content.decode()
    assert "0 reminders" not in again
    assert "reminded today already" in again


def test_newcomers_are_offered_and_taken_in(client):
    w = evaluation_world()
    new = teacher_of(w.school, w.group_math, full_name="Người Mới")
    client.force_login(w.officer)
    address = reverse("evaluations:cycle_refresh", args=[w.cycle.code])
    assert "Người Mới" in client.get(address).content.decode()
    client.post(address, {"person": [str(new.pk), "nonsense", "7" * 5000]})
    assert Evaluation.objects.filter(cycle=w.cycle, subject=new).exists()
    assert "Nothing has changed" in client.get(address).content.decode()


@pytest.mark.parametrize("schools", [2, 40])
def test_the_overview_takes_the_same_queries_for_2_and_40_schools(client, schools, django_assert_num_queries):
    w = evaluation_world()
    w.cycle.units.add(*[SchoolFactory(parent=w.commune) for _ in range(schools - 2)])
    client.force_login(w.officer)
    address = reverse("evaluations:cycle", args=[w.cycle.code])
    client.get(address)
    with django_assert_num_queries(10):
        page = client.get(address)
    assert page.context["page"].paginator.count == schools
    assert Unit.objects.filter(cycles=w.cycle).count() == schools


def test_a_cycle_that_nobody_would_be_in_says_why_it_cannot_be_opened(client, world):
    members = Membership.objects.filter(unit__in=[world.school, world.other_school], role=Role.TEACHER)
    members.update(start=timezone.localdate() + timedelta(days=1))
    cycle = CycleFactory(
        owner=world.commune, created_by=world.officer, schools=[world.school], status=CycleStatus.DRAFT, opened_at=None
    )
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:cycle", args=[cycle.code])).content.decode()
    assert "It cannot be opened: everybody at the chosen schools is left out" in page
    assert "Starts here on" not in page  # names are shown when asked for
    assert reverse("evaluations:cycle_open", args=[cycle.code]) not in page


@pytest.mark.parametrize(("years", "warned"), [(0, False), (1, True)])
def test_dates_in_another_school_year_are_pointed_out(client, world, years, warned):
    today = timezone.localdate()
    year = int(school_year_of(today + timedelta(days=20))[:4]) + years
    cycle = CycleFactory(
        owner=world.commune,
        created_by=world.officer,
        schools=[world.school],
        status=CycleStatus.DRAFT,
        opened_at=None,
        school_year=f"{year}-{year + 1}",
    )
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:cycle", args=[cycle.code])).content.decode()
    assert ("The dates lie in another school year" in page) is warned
    assert ("The people are those of another school year" in page) is (
        school_year_of(cycle.reference_date) != cycle.school_year
    )


def test_opening_promises_a_mail_to_those_alone_who_have_an_address(client, world):
    create(client, world)
    cycle = Cycle.objects.get()
    some = "hoever has an e-mail address"
    assert (
        f"people? W{some} gets a mail." in client.get(reverse("evaluations:cycle", args=[cycle.code])).content.decode()
    )
    page = client.post(reverse("evaluations:cycle_open", args=[cycle.code]), follow=True).content.decode()
    assert f"Everybody in it finds it under “My work”; w{some} also gets a mail." in page
