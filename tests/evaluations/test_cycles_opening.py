"""Opening a cycle: who is in it, who not and why; once, whole, and with a fixed number of queries."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from core.decisions import Refused
from core.models import OutgoingMail
from evaluations import participants
from evaluations.actions import cycles
from evaluations.enums import CycleKind, CycleStatus, Status
from evaluations.models import Cycle, CycleEvent, Evaluation, LeftOut, Rating, Sheet
from evaluations.participants import plan
from evaluations.tasks import send_reminders, tell_dates, tell_opening
from people.enums import Role
from people.models import Membership
from tests.factories.evaluations import CycleFactory, bring_to, evaluation_world, tt20
from tests.factories.people import GroupFactory, SchoolFactory, member, people_world, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_db):
    w = people_world()
    w.cycle = draft(w, [w.school, w.other_school])
    return w


def draft(w, schools, **fields) -> Cycle:
    return CycleFactory(
        owner=w.commune, created_by=w.officer, schools=schools, status=CycleStatus.DRAFT, opened_at=None, **fields
    )


def reasons(cycle) -> dict[str, str]:
    return {person.user.full_name: person.reason for person in plan(cycle).left_out}


def names(cycle) -> set[str]:
    return {person.user.full_name for person in plan(cycle).taken}


def test_teachers_are_in_and_leaders_are_not(world):
    assert names(world.cycle) == {"Bùi Tổ Trưởng", "Mai Thị Hương", "Trần Văn Đồng", "Tạ Bích Ý", "Hồ Kim Cường"}
    assert reasons(world.cycle) == {
        "Hoàng Hiệu Trưởng": participants.LEADER,
        "Ngô Phó Hiệu": participants.LEADER,
        "Dương Trường Khác": participants.LEADER,
    }


def test_a_deputy_who_also_teaches_is_judged_as_a_deputy(world):
    member(world.school, Role.TEACHER, world.deputy)
    assert reasons(world.cycle)["Ngô Phó Hiệu"] == participants.LEADER


def test_every_reason_to_be_left_out(world):
    today = timezone.localdate()
    officer = member(world.school, Role.ADMINISTRATOR, full_name="Văn Thư")
    inactive = teacher_of(world.school, full_name="Tài Khoản Khóa", is_active=False)
    late = teacher_of(world.school, full_name="Đến Sau")
    Membership.objects.filter(user=late).update(start=today + timedelta(days=5))
    left = teacher_of(world.school, full_name="Đã Đi")
    Membership.objects.filter(user=left).update(end=today - timedelta(days=5))
    long_gone = teacher_of(world.school, full_name="Đi Từ Lâu")
    Membership.objects.filter(user=long_gone).update(end=today - timedelta(days=800))
    both = teacher_of(world.school, full_name="Dạy Hai Trường")
    member(world.other_school, Role.TEACHER, both)
    found = reasons(world.cycle)
    assert found[officer.full_name] == participants.NOT_TEACHER
    assert found[inactive.full_name] == participants.INACTIVE
    assert found[late.full_name] == participants.STARTS_LATER
    assert found[left.full_name] == participants.ENDED
    assert long_gone.full_name not in found
    assert found[both.full_name] == participants.OTHER_SCHOOL
    assert sum(person.user == both for person in plan(world.cycle).taken) == 1


def test_nobody_is_in_two_open_cycles_of_one_framework_and_year(world):
    cycles.open_cycle(cycle=world.cycle, by=world.officer)
    second = draft(world, [world.school])
    assert reasons(second)["Mai Thị Hương"] == participants.OTHER_CYCLE
    other_year = draft(world, [world.school], school_year="2027-2028")
    assert "Mai Thị Hương" in names(other_year)


def test_the_reference_date_decides(world):
    world.cycle.reference_date = date(2019, 1, 1)
    assert plan(world.cycle).taken == []
    assert reasons(world.cycle)["Mai Thị Hương"] == participants.STARTS_LATER


def test_people_without_a_group_and_of_small_groups_are_in_with_a_remark(world):
    teacher_of(world.school, full_name="Không Tổ")
    flags = {person.user.full_name: person.flag for person in plan(world.cycle).taken}
    assert flags["Không Tổ"] == participants.NO_GROUP
    assert flags["Tạ Bích Ý"] == participants.SMALL_GROUP
    teacher_of(world.school, world.group_math)
    flags = {person.user.full_name: person.flag for person in plan(world.cycle).taken}
    assert flags["Mai Thị Hương"] == ""  # leader, teacher, colleague, one more: three can answer about each


def test_the_plan_takes_the_same_queries_for_one_school_and_for_ten(world, django_assert_num_queries):
    with django_assert_num_queries(8):
        plan(world.cycle)
    more = [SchoolFactory(parent=world.commune) for _ in range(10)]
    for school in more:
        group = GroupFactory(parent=school)
        for _ in range(3):
            teacher_of(school, group)
    world.cycle.units.add(*more)
    with django_assert_num_queries(8):
        assert len(plan(world.cycle).taken) == 35


def test_opening_makes_evaluations_sheets_ratings_and_rows_of_the_left_out(world):
    cycle = cycles.open_cycle(cycle=world.cycle, by=world.officer)
    assert cycle.status == CycleStatus.OPEN
    assert cycle.opened_by == world.officer
    mine = Evaluation.objects.get(cycle=cycle, subject=world.teacher)
    assert (mine.status, mine.unit, mine.group) == (Status.DRAFT, world.school, world.group_math)
    assert Sheet.objects.filter(evaluation__cycle=cycle, kind="self").count() == 5
    assert Rating.objects.filter(sheet__evaluation=mine, level="").count() == 15
    assert set(LeftOut.objects.filter(cycle=cycle).values_list("reason", flat=True)) == {participants.LEADER}


def test_opening_twice_opens_once(world):
    cycles.open_cycle(cycle=world.cycle, by=world.officer)
    cycles.open_cycle(cycle=world.cycle, by=world.officer)
    assert Evaluation.objects.filter(cycle=world.cycle).count() == 5
    assert LeftOut.objects.filter(cycle=world.cycle).count() == 3


def test_opening_three_hundred_people_takes_as_many_queries_as_five(world, django_assert_max_num_queries):
    school = SchoolFactory(parent=world.commune)
    group = GroupFactory(parent=school)
    for _ in range(60):
        teacher_of(school, group)
    world.cycle.units.set([school])
    with django_assert_max_num_queries(24) as few:
        cycles.open_cycle(cycle=world.cycle, by=world.officer)
    assert Evaluation.objects.filter(cycle=world.cycle).count() == 60
    small = draft(world, [world.other_school])
    with django_assert_max_num_queries(24) as more:
        cycles.open_cycle(cycle=small, by=world.officer)
    assert len(few) == len(more)


def test_opening_refuses_an_empty_cycle_and_past_dates(world):
    world.cycle.units.clear()
    with pytest.raises(Refused, match="Nobody would be in this cycle"):
        cycles.open_cycle(cycle=world.cycle, by=world.officer)
    late = draft(world, [world.school], self_due=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="last day of the self-assessment is past"):
        cycles.open_cycle(cycle=late, by=world.officer)


@pytest.mark.parametrize("who", ["supervisor", "head", "teacher", "far_officer"])
def test_only_the_office_opens(world, who):
    with pytest.raises(PermissionDenied):
        cycles.open_cycle(cycle=world.cycle, by=getattr(world, who))
    assert not Evaluation.objects.filter(cycle=world.cycle).exists()


def test_the_worker_tells_each_participant_once(world):
    for number, person in enumerate((world.teacher, world.colleague)):
        person.email = f"nguoi{number}@example.org"
        person.save()
    cycles.open_cycle(cycle=world.cycle, by=world.officer)
    assert not OutgoingMail.objects.exists()  # written by the worker, not in the officer's request
    tell_opening(world.cycle.pk)
    tell_opening(world.cycle.pk)
    assert OutgoingMail.objects.filter(key=f"opened:{world.cycle.pk}").count() == 2


# --- afterwards -----------------------------------------------------------------------------------------------------
def test_refresh_takes_in_only_the_chosen_and_notes_groups(world):
    alone = teacher_of(world.school, full_name="Chưa Có Tổ")
    cycles.open_cycle(cycle=world.cycle, by=world.officer)
    one, other = teacher_of(world.school, world.group_math), teacher_of(world.school, world.group_math)
    member(world.group_arts, Role.TEACHER, alone)
    assert {person.user for person in cycles.newcomers(world.cycle)} == {one, other}
    assert cycles.refresh(cycle=world.cycle, people=[one.pk], by=world.officer) == (1, 1)
    assert cycles.refresh(cycle=world.cycle, people=[one.pk], by=world.officer) == (0, 0)
    assert Evaluation.objects.get(cycle=world.cycle, subject=alone).group == world.group_arts
    assert not Evaluation.objects.filter(cycle=world.cycle, subject=other).exists()


def test_people_who_left_are_named_and_nothing_is_done_to_them(world):
    cycles.open_cycle(cycle=world.cycle, by=world.officer)
    Membership.objects.filter(user=world.artist).update(end=timezone.localdate() - timedelta(days=1))
    assert [row.subject for row in cycles.gone(world.cycle)] == [world.artist]
    assert Evaluation.objects.get(cycle=world.cycle, subject=world.artist).status == Status.DRAFT


def test_dates_of_an_open_cycle_move_later_only():
    w = evaluation_world()
    cycle = w.cycle
    later = cycle.self_due + timedelta(days=3)
    kept = {"opinions_due": cycle.opinions_due, "decision_due": cycle.decision_due, "late_allowed": False}
    cycles.extend_dates(cycle=cycle, self_due=later, by=w.officer, **kept)
    cycle.refresh_from_db()
    assert cycle.self_due == later
    with pytest.raises(Refused, match="only move later"):
        cycles.extend_dates(cycle=cycle, self_due=later - timedelta(days=1), by=w.officer, **kept)
    with pytest.raises(ValidationError, match="decision cannot be due before"):
        cycles.extend_dates(cycle=cycle, self_due=cycle.decision_due + timedelta(days=1), by=w.officer, **kept)


def test_closing_stops_beginnings_and_twice_is_once():
    w = evaluation_world()
    closed = cycles.close_cycle(cycle=w.cycle, by=w.officer)
    assert cycles.close_cycle(cycle=w.cycle, by=w.officer).closed_at == closed.closed_at
    with pytest.raises(Refused, match="Only an open cycle takes people in"):
        cycles.refresh(cycle=w.cycle, people=[], by=w.officer)


def test_a_draft_gets_a_code_of_its_own_and_can_be_discarded(world):
    fields = {
        "name": "Đợt mới",
        "owner": world.commune,
        "version": tt20(),
        "school_year": "2026-2027",
        "kind": CycleKind.FULL,
        "starts_on": timezone.localdate(),
        "self_due": timezone.localdate(),
        "decision_due": timezone.localdate(),
    }
    first = cycles.save_draft(cycle=Cycle(**fields), units=[world.school], by=world.officer)
    second = cycles.save_draft(cycle=Cycle(**fields), units=[world.school], by=world.officer)
    assert first.code != second.code
    cycles.discard_draft(cycle=first, by=world.officer)
    assert not Cycle.objects.filter(pk=first.pk).exists()
    opened = cycles.open_cycle(cycle=second, by=world.officer)
    with pytest.raises(Refused, match="open already"):
        cycles.discard_draft(cycle=opened, by=world.officer)


def test_the_database_refuses_a_threshold_under_three(world):
    with pytest.raises(ValidationError, match="at the earliest"):
        Cycle(anonymity_threshold=2, kind=CycleKind.SELF_ONLY).validate_constraints()


# --- new dates are written down and told ------------------------------------------------------------------------------
def give_more_time(w, **days) -> Cycle:
    dates = {name: getattr(w.cycle, name) for name in ("self_due", "opinions_due", "decision_due", "late_allowed")}
    dates |= {name: dates[name] + timedelta(days=more) for name, more in days.items()}
    w.cycle = cycles.extend_dates(cycle=w.cycle, by=w.officer, **dates)
    return w.cycle


def with_addresses(*people) -> None:
    for person in people:
        person.email = f"{person.username}@example.org"
        person.save(update_fields=["email"])


def told() -> dict[str, str]:
    return {mail.to: mail.body for mail in OutgoingMail.objects.filter(key__startswith="dates:")}


def test_moved_dates_are_written_down_once():
    w = evaluation_world()
    before = w.cycle.self_due
    give_more_time(w, self_due=3)
    give_more_time(w)
    event = CycleEvent.objects.get()
    assert (event.action, event.by) == ("dates", w.officer)
    assert event.facts == {"self_due": [before.isoformat(), w.cycle.self_due.isoformat()]}


def test_each_person_whom_a_new_date_concerns_gets_one_mail_with_these_dates():
    w = evaluation_world()
    bring_to(w.theirs, Status.SUBMITTED, head=w.head)
    Evaluation.objects.filter(pk=w.leaders.pk).update(extended_to=w.cycle.self_due + timedelta(days=30))
    with_addresses(w.teacher, w.colleague, w.leader, w.head, w.other_head, w.officer)
    give_more_time(w, self_due=3)
    tell_dates(CycleEvent.objects.get().pk)
    tell_dates(CycleEvent.objects.get().pk)
    assert set(told()) == {w.teacher.email}  # the others have submitted, or a later day of their own
    assert "self-assessment" in told()[w.teacher.email]
    assert "opinions" not in told()[w.teacher.email].replace("no results", "")


def test_new_dates_of_opinions_and_decisions_reach_who_gives_and_who_decides():
    w = evaluation_world()
    with_addresses(w.teacher, w.head, w.artist)
    give_more_time(w, opinions_due=2, decision_due=4)
    tell_dates(CycleEvent.objects.get().pk)
    assert set(told()) == {w.teacher.email, w.head.email}  # the artist's group has nobody else
    assert "opinions on colleagues" in told()[w.teacher.email]
    assert "decisions as head" in told()[w.head.email]


def test_dates_that_moved_on_before_the_worker_came_are_told_once_as_they_stand():
    w = evaluation_world()
    with_addresses(w.teacher)
    give_more_time(w, self_due=3)
    give_more_time(w, self_due=5)
    for event in CycleEvent.objects.all():
        tell_dates(event.pk)
    assert len(told()) == 1
    assert OutgoingMail.objects.get().key == f"dates:{CycleEvent.objects.last().pk}"


def test_beat_tells_dates_that_a_broken_broker_held_back():
    w = evaluation_world()
    with_addresses(w.teacher)
    give_more_time(w, self_due=9)
    send_reminders()
    send_reminders()
    assert set(told()) == {w.teacher.email}


def test_the_cycle_keeps_its_history(world):
    cycle = cycles.open_cycle(cycle=world.cycle, by=world.officer)
    cycles.refresh(cycle=cycle, people=[teacher_of(world.school).pk], by=world.administrator)
    cycles.refresh(cycle=cycle, people=[], by=world.officer)
    cycles.close_cycle(cycle=cycle, by=world.officer)
    happened = list(CycleEvent.objects.values_list("action", "by", "facts"))
    assert happened == [
        ("open", world.officer.pk, {"people": 5}),
        ("take_in", world.administrator.pk, {"people": 1, "groups": 0}),
        ("close", world.officer.pk, {}),
    ]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        CycleEvent.objects.update(by=world.head)
