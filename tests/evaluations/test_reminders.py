"""Mails before deadlines, openings told late, and what closes by itself: each once, whoever runs it how often."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import OutgoingMail
from evaluations.actions.closing import close_unanswered
from evaluations.actions.reminders import remind_by_calendar, remind_heads, remind_unsubmitted
from evaluations.enums import Action, CycleKind, CycleStatus, Status
from evaluations.models import Evaluation, Event
from evaluations.tasks import send_reminders
from people.models import User
from tests.factories.evaluations import bring_to, evaluation_world, give_opinion

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_db):
    """Everybody has an address but the artist."""
    w = evaluation_world()
    for user in User.objects.exclude(pk=w.artist.pk):
        user.email = f"{user.username}@example.org"
        user.save()
    for name in ("teacher", "colleague", "leader", "artist", "head", "other_teacher", "other_head", "officer"):
        getattr(w, name).refresh_from_db()
    return w


def mails(word: str = "") -> list[str]:
    return sorted(OutgoingMail.objects.filter(key__startswith=word).values_list("to", flat=True))


def on(day, days: int):
    return day - timedelta(days=days)


@pytest.mark.parametrize(("days", "expected"), [(8, 0), (7, 4), (5, 0), (3, 4), (1, 4), (0, 0), (-1, 0)])
def test_teachers_are_reminded_7_3_and_1_day_before(world, days, expected):
    remind_by_calendar(on(world.cycle.self_due, days))
    assert len(mails("self:")) == expected


def test_whoever_submitted_or_has_more_time_is_left_alone(world):
    bring_to(world.mine, Status.SUBMITTED, head=world.head)
    Evaluation.objects.filter(pk=world.theirs.pk).update(extended_to=world.cycle.self_due + timedelta(days=5))
    remind_by_calendar(on(world.cycle.self_due, 3))
    assert mails("self:") == sorted([world.leader.email, world.other_teacher.email])
    OutgoingMail.objects.all().delete()
    remind_by_calendar(on(world.cycle.self_due + timedelta(days=5), 3))
    assert mails("self:") == [world.colleague.email]


def test_the_same_day_twice_writes_once(world):
    day = on(world.cycle.self_due, 3)
    remind_by_calendar(day)
    before = OutgoingMail.objects.count()
    remind_by_calendar(day)
    assert OutgoingMail.objects.count() == before


def test_colleagues_are_told_how_many_opinions_are_missing(world):
    give_opinion(world.mine, world.colleague)
    remind_by_calendar(on(world.cycle.opinions_due, 3))
    told = {mail.to: mail.body for mail in OutgoingMail.objects.filter(key__startswith="opinions:")}
    assert set(told) == {world.teacher.email, world.colleague.email, world.leader.email}  # never the head, who is in it
    assert " 1 đồng nghiệp" in told[world.colleague.email] or " 1 colleague " in told[world.colleague.email]
    give_opinion(world.leaders, world.colleague)
    OutgoingMail.objects.all().delete()
    remind_by_calendar(on(world.cycle.opinions_due, 1))
    assert world.colleague.email not in mails("opinions:")


def test_heads_are_told_numbers_without_names(world):
    bring_to(world.mine, Status.SUBMITTED, head=world.head)
    OutgoingMail.objects.all().delete()
    remind_by_calendar(on(world.cycle.decision_due, 7))
    assert mails("decision:") == sorted([world.head.email, world.other_head.email])
    body = OutgoingMail.objects.get(key__startswith="decision:", to=world.head.email).body
    assert world.teacher.full_name not in body


def test_a_closed_cycle_reminds_nobody(world):
    world.cycle.status, world.cycle.closed_at = CycleStatus.CLOSED, timezone.now()
    world.cycle.save()
    for day in (world.cycle.self_due, world.cycle.opinions_due, world.cycle.decision_due):
        remind_by_calendar(on(day, 3))
    assert mails() == []


def test_reminders_on_word_count_who_could_not_be_reached(world):
    done = remind_unsubmitted(cycle=world.cycle, unit=world.school, by=world.head)
    assert (done.sent, done.already, done.unreachable) == (3, 0, (world.artist.full_name,))
    done = remind_unsubmitted(cycle=world.cycle, unit=world.school, by=world.officer)
    assert (done.sent, done.already) == (0, 3)


def test_the_office_reminds_heads_once_a_day(world):
    assert remind_heads(cycle=world.cycle, by=world.officer).sent == 2
    assert remind_heads(cycle=world.cycle, by=world.officer).already == 2
    with pytest.raises(PermissionDenied):
        remind_heads(cycle=world.cycle, by=world.head)


def test_the_morning_tells_openings_that_were_not_told(world):
    send_reminders()
    send_reminders()
    assert len(mails("opened:")) == 4


# --- closing ----------------------------------------------------------------------------------------------------------
def announced_days_ago(evaluation, days: int) -> None:
    Evaluation.objects.filter(pk=evaluation.pk).update(announced_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("days", "status"), [(9, Status.ANNOUNCED), (10, Status.ANNOUNCED), (11, Status.CLOSED)])
def test_announced_results_close_after_the_days_to_object(world, days, status):
    world.mine = bring_to(world.mine, Status.ANNOUNCED, head=world.head)
    announced_days_ago(world.mine, days)
    close_unanswered()
    world.mine.refresh_from_db()
    assert world.mine.status == status


def test_an_objection_keeps_it_open_and_closing_twice_is_once(world):
    world.mine = bring_to(world.mine, Status.OBJECTED, head=world.head)
    world.theirs = bring_to(world.theirs, Status.ANNOUNCED, head=world.head)
    for row in (world.mine, world.theirs):
        announced_days_ago(row, 30)
    assert close_unanswered() == 1
    assert close_unanswered() == 0
    world.mine.refresh_from_db()
    assert world.mine.status == Status.OBJECTED
    event = Event.objects.get(evaluation=world.theirs, action=Action.CLOSE)
    assert event.by is None


def test_submitted_ones_of_a_self_only_cycle_close_with_it():
    w = evaluation_world(kind=CycleKind.SELF_ONLY, decision_due=None, opinions_due=None, opinions_wanted=False)
    w.mine = bring_to(w.mine, Status.SUBMITTED, head=w.head)
    assert close_unanswered() == 0
    w.cycle.status, w.cycle.closed_at = CycleStatus.CLOSED, timezone.now()
    w.cycle.save()
    assert close_unanswered() == 1
    w.mine.refresh_from_db()
    w.theirs.refresh_from_db()
    assert (w.mine.status, w.theirs.status) == (Status.CLOSED, Status.DRAFT)
