"""What heads, offices and colleagues find on their first page; and opening while the broker is down."""

import pytest

from core.models import OutgoingMail
from core.work import Section
from evaluations.actions.cycles import open_cycle
from evaluations.enums import CycleStatus, Status
from evaluations.models import Evaluation
from evaluations.presenters.work_office import office_work
from evaluations.tasks import send_reminders
from people.models import User
from tests.factories.evaluations import CycleFactory, bring_to, evaluation_world, give_opinion
from tests.factories.people import people_world

pytestmark = pytest.mark.django_db


def items(user) -> dict[str, object]:
    return {item.title: item for item in office_work(User.objects.get(pk=user.pk))}


def test_a_head_finds_what_waits_by_kind():
    w = evaluation_world()
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    bring_to(w.theirs, Status.DECIDED, head=w.head)
    bring_to(w.artists, Status.OBJECTED, head=w.head)
    found = items(w.head)
    assert {"Review 1 self-assessment", "Announce 1 result", "Answer 1 objection"} < set(found)
    progress = found[w.cycle.name]
    assert (progress.section, progress.done, progress.total) == (Section.WATCH, 3, 4)
    assert set(items(w.deputy)) == {w.cycle.name}


def test_a_colleague_finds_the_missing_opinions_and_the_head_none():
    w = evaluation_world()
    assert "Give your opinion on 2 colleagues" in items(w.colleague)
    give_opinion(w.mine, w.colleague)
    item = items(w.colleague)["Give your opinion on 1 colleague"]
    assert (item.done, item.total) == (1, 2)
    give_opinion(w.leaders, w.colleague)
    assert items(w.colleague) == {}
    assert not any("opinion" in title for title in items(w.head))  # the head is a member of the group


def test_an_officer_finds_drafts_and_progress():
    w = evaluation_world()
    draft = CycleFactory(
        owner=w.commune, created_by=w.officer, schools=[w.school], status=CycleStatus.DRAFT, opened_at=None
    )
    found = items(w.officer)
    assert f"Open “{draft.name}”" in found
    assert found[w.cycle.name].total == 5


def test_a_heads_work_takes_three_queries_and_the_memberships(django_assert_num_queries):
    w = evaluation_world()
    head = User.objects.get(pk=w.other_head.pk)
    with django_assert_num_queries(4):
        list(office_work(head))


@pytest.mark.django_db(transaction=True)
def test_a_cycle_opens_while_the_broker_is_down_and_the_mails_follow(broker_down):
    w = people_world()
    User.objects.filter(pk=w.teacher.pk).update(email="gv@example.org")
    cycle = CycleFactory(
        owner=w.commune, created_by=w.officer, schools=[w.school], status=CycleStatus.DRAFT, opened_at=None
    )
    open_cycle(cycle=cycle, by=w.officer)
    assert Evaluation.objects.filter(cycle=cycle).count() == 4
    assert not OutgoingMail.objects.exists()
    send_reminders()
    assert OutgoingMail.objects.get(key=f"opened:{cycle.pk}").to == "gv@example.org"
