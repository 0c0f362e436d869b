"""People who change school or leave in mid-cycle: the evaluation follows them, or the head is told the ways out."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.decisions import Refused
from core.models import OutgoingMail
from evaluations.actions import cycles
from evaluations.actions.moves import ensure_sheet, move, transfer_many
from evaluations.enums import Action, ExcuseReason, SheetKind, Status
from evaluations.models import Evaluation, Event, LeftOut
from evaluations.policies import can_give_opinion, can_rate_decision
from evaluations.queries import visible_to
from evaluations.visibility import opinions, sight
from people.enums import Role
from people.models import User
from reports.actions.tallies import refresh
from reports.models import StaleTally, Tally
from tests.factories.evaluations import CycleFactory, bring_to, give_opinion
from tests.factories.people import change_school, member, teacher_of

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def transfer(w, evaluation=None, by=None) -> Evaluation:
    return move(evaluation=evaluation or w.mine, action=Action.TRANSFER, by=by or w.officer)


def test_the_evaluation_follows_to_the_new_school_and_its_group(world):
    change_school(world.teacher, world.other_school, world.other_group)
    moved = transfer(world)
    assert (moved.unit, moved.group, moved.status) == (world.other_school, world.other_group, Status.DRAFT)
    event = Event.objects.get(evaluation=moved)
    assert (event.action, event.by, event.from_status, event.to_status) == ("transfer", world.officer, "draft", "draft")
    assert event.facts == {"left": world.school.name, "joined": world.other_school.name}


def test_without_a_group_there_it_has_none(world):
    change_school(world.teacher, world.other_school)
    assert transfer(world).group is None


def test_the_head_there_decides_and_the_head_before_sees_nothing_more(world):
    mine = bring_to(world.mine, Status.SUBMITTED, head=world.head)
    change_school(world.teacher, world.other_school, world.other_group)
    mine = transfer(world, mine)
    assert not visible_to(world.head).filter(pk=mine.pk).exists()
    assert not visible_to(fresh(world.leader)).filter(pk=mine.pk).exists()
    assert visible_to(world.other_head).filter(pk=mine.pk).exists()
    with pytest.raises(PermissionDenied):
        move(evaluation=mine, action=Action.OPEN, by=world.head)
    opened = move(evaluation=mine, action=Action.OPEN, by=world.other_head)
    assert sight(world.other_head, opened).self_sheet
    assert not sight(world.head, opened).timeline


def test_what_a_head_had_begun_goes_along(world):
    mine = bring_to(world.mine, Status.UNDER_REVIEW, head=world.head)
    change_school(world.teacher, world.other_school)
    mine = transfer(world, mine)
    assert mine.status == Status.UNDER_REVIEW
    assert mine.sheets.filter(kind=SheetKind.DECISION).count() == 1
    assert can_rate_decision(world.other_head, mine)
    assert not can_rate_decision(world.head, mine)


def test_opinions_handed_in_stay_begun_ones_are_not_counted_and_new_colleagues_may_answer(world):
    more = [teacher_of(world.school, world.group_math) for _ in range(2)]
    for author in (world.colleague, *more):
        give_opinion(world.mine, author)
    ensure_sheet(world.mine, SheetKind.OPINION, world.leader)  # begun only
    change_school(world.teacher, world.other_school, world.other_group)
    mine = transfer(world)
    assert not can_give_opinion(fresh(world.leader), mine)
    assert can_give_opinion(fresh(world.other_teacher), mine)
    give_opinion(mine, world.other_teacher)
    mine = move(
        evaluation=bring_to(mine, Status.SUBMITTED, head=world.other_head), action=Action.OPEN, by=world.other_head
    )
    assert opinions(world.other_head, mine).answered == 4
    assert opinions(world.head, mine) is None


@pytest.mark.parametrize("status", [Status.DECIDED, Status.ANNOUNCED, Status.OBJECTED, Status.CLOSED])
def test_what_has_been_decided_stays_where_it_was_decided(world, status):
    mine = bring_to(world.mine, status, head=world.head)
    change_school(world.teacher, world.other_school)
    with pytest.raises(Refused, match=r"It has been decided at .* and stays there"):
        transfer(world, mine)


def test_a_reopened_decision_stays_too(world):
    mine = bring_to(world.mine, Status.ANNOUNCED, head=world.head)
    mine = move(evaluation=mine, action=Action.REOPEN, by=world.officer, comment="Xem lại.")
    change_school(world.teacher, world.other_school)
    with pytest.raises(Refused, match="stays there"):
        transfer(world, mine)


def test_whoever_has_not_moved_is_not_moved(world):
    with pytest.raises(Refused, match="still teaches at"):
        transfer(world)
    member(world.other_school, Role.TEACHER, world.teacher)  # teaches at both
    with pytest.raises(Refused, match="still teaches at"):
        transfer(world)
    change_school(world.teacher, world.far_school)  # outside the cycle
    with pytest.raises(Refused, match="nowhere to move to"):
        transfer(world)
    change_school(world.artist, world.other_school)
    member(world.other_school, Role.DEPUTY_HEAD, world.artist)  # judged by the standards for heads now
    with pytest.raises(Refused, match="nowhere to move to"):
        transfer(world, world.artists)


def test_only_an_office_above_both_schools_moves(world):
    change_school(world.teacher, world.other_school)
    for who in ("teacher", "head", "other_head", "far_officer"):
        with pytest.raises(PermissionDenied):
            transfer(world, by=getattr(world, who))
    cycle = CycleFactory(owner=world.province, created_by=world.officer, schools=[world.school, world.far_school])
    mine = Evaluation.objects.create(cycle=cycle, subject=world.colleague, unit=world.school)
    change_school(world.colleague, world.far_school)
    with pytest.raises(Refused, match="not under your office"):
        transfer(world, mine)
    provincial = member(world.province, Role.OFFICER)
    assert transfer(world, mine, provincial).unit == world.far_school


def test_twice_is_once_and_a_second_move_is_another(world):
    change_school(world.teacher, world.other_school)
    transfer(world)
    transfer(world)
    assert Event.objects.filter(action=Action.TRANSFER).count() == 1
    change_school(world.teacher, world.school, world.group_math)
    assert transfer(world).unit == world.school
    assert Event.objects.filter(action=Action.TRANSFER).count() == 2


def test_a_closed_cycle_moves_nobody(world):
    change_school(world.teacher, world.other_school)
    cycles.close_cycle(cycle=world.cycle, by=world.officer)
    with pytest.raises(Refused, match="This cycle is closed"):
        transfer(world)


def test_somebody_excused_for_leaving_is_taken_in_again_at_the_new_school(world):
    LeftOut.objects.create(cycle=world.cycle, user=world.teacher, unit=world.other_school, reason="other_school")
    mine = move(
        evaluation=world.mine,
        action=Action.EXCUSE,
        by=world.head,
        comment="Chuyển trường.",
        excuse_reason=ExcuseReason.LEFT,
        excuse_months=3,
    )
    change_school(world.teacher, world.other_school)
    mine = transfer(world, mine)
    assert (mine.status, mine.excuse_reason, mine.excuse_months) == (Status.DRAFT, "", None)
    assert not LeftOut.objects.filter(cycle=world.cycle, user=world.teacher).exists()


def test_both_schools_are_counted_anew(world):
    schools = [world.school.pk, world.other_school.pk]
    refresh(cycle_id=world.cycle.pk, unit_ids=schools)
    change_school(world.teacher, world.other_school)
    StaleTally.objects.all().delete()
    transfer(world)
    assert set(StaleTally.objects.values_list("unit", flat=True)) == set(schools)
    refresh(cycle_id=world.cycle.pk, unit_ids=schools)
    people = dict(Tally.objects.filter(cycle=world.cycle, criterion=None).values_list("unit", "people"))
    assert people == {world.school.pk: 3, world.other_school.pk: 2}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_teacher_and_both_heads_are_told(world, language):
    for user in (world.teacher, world.head, world.other_head):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org", language=language)
    change_school(world.teacher, world.other_school)
    transfer(world, Evaluation.objects.get(pk=world.mine.pk))
    mails = {mail.to.split("@")[0]: mail.body for mail in OutgoingMail.objects.all()}
    assert set(mails) == {world.teacher.username, world.head.username, world.other_head.username}
    assert all(world.school.name in body and world.other_school.name in body for body in mails.values())
    assert f"/evaluations/{world.mine.pk}/" in mails[world.teacher.username]
    assert f"/evaluations/{world.mine.pk}/" in mails[world.other_head.username]
    assert "/evaluations/" not in mails[world.head.username]  # nothing there opens for this head any more


# --- the office's page ------------------------------------------------------------------------------------------------
def test_the_page_of_who_came_and_left_moves_the_ticked(world, client):
    decided = bring_to(world.theirs, Status.DECIDED, head=world.head)
    for person in (world.teacher, world.colleague, world.leader):
        change_school(person, world.other_school, world.other_group)
    client.force_login(world.officer)
    address = reverse("evaluations:cycle_refresh", args=[world.cycle.code])
    page = client.get(address)
    assert {row.evaluation for row in page.context["moved"]} == {world.mine, world.leaders}
    assert [row.evaluation for row in page.context["staying"]] == [decided]
    assert "and stays there" in page.content.decode()
    assert page.context["gone"] == []
    page = client.post(address, {"move": [str(world.mine.pk), str(decided.pk), "nonsense"]}, follow=True)
    assert "1 person moved." in page.content.decode()
    units = dict(Evaluation.objects.filter(cycle=world.cycle).values_list("pk", "unit"))
    assert units[world.mine.pk] == world.other_school.pk
    assert units[world.leaders.pk] == units[decided.pk] == world.school.pk


def test_the_officer_moves_one_from_the_overview_and_the_timeline_tells(world, client):
    client.force_login(world.officer)
    detail = reverse("evaluations:detail", args=[world.mine.pk])
    assert "Move it to the new school" not in client.get(detail).content.decode()
    change_school(world.teacher, world.other_school)
    assert "Move it to the new school" in client.get(detail).content.decode()
    page = client.post(reverse("evaluations:move", args=[world.mine.pk, "transfer"]), follow=True)
    assert f"Moved from {world.school.name} to {world.other_school.name}" in page.content.decode()
    assert "Move it to the new school" not in page.content.decode()


def test_many_are_moved_one_by_one_and_refusals_are_told(world):
    change_school(world.teacher, world.other_school)
    done, refused = transfer_many(evaluations=[world.mine, world.theirs], by=world.officer)
    assert [row.pk for row in done] == [world.mine.pk]
    assert [row.pk for row, _reason in refused] == [world.theirs.pk]


# --- the head's board -------------------------------------------------------------------------------------------------
def test_the_board_names_leavers_and_the_ways_out(world, client):
    change_school(world.teacher)
    change_school(world.artist, world.other_school)
    client.force_login(world.head)
    address = reverse("evaluations:board", args=[world.cycle.code, world.school.code])
    text = client.get(address).content.decode()
    assert "2 people have left" in text
    assert "Mai Thị Hương does not teach here any more." in text
    assert f"Tạ Bích Ý teaches at {world.other_school.name} now." in text
    assert "Excuse Mai Thị Hương" in text
    assert "Excuse Tạ Bích Ý" not in text
    client.force_login(fresh(world.deputy))
    assert "Excuse Mai Thị Hương" not in client.get(address).content.decode()
    client.force_login(world.officer)
    assert "have left" not in client.get(address).content.decode()


def test_a_board_without_leavers_says_nothing(world, client):
    client.force_login(world.head)
    page = client.get(reverse("evaluations:board", args=[world.cycle.code, world.school.code]))
    assert "leavers" in page.context
    assert 'id="leavers"' not in page.content.decode()
