"""What heads, offices and colleagues find on their first page; and opening while the broker is down."""

import pytest

from core.work import Section
from evaluations.enums import CycleStatus, Status
from evaluations.presenters.work_office import office_work
from people.models import User
from tests.factories.evaluations import CycleFactory, bring_to, give_opinion

pytestmark = pytest.mark.django_db


def items(user) -> dict[str, object]:
    return {item.title: item for item in office_work(User.objects.get(pk=user.pk))}


def test_a_head_finds_what_waits_by_kind(w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    bring_to(w.theirs, Status.DECIDED, head=w.head)
    bring_to(w.artists, Status.OBJECTED, head=w.head)
    found = items(w.head)
    assert {"Review 1 self-assessment", "Announce 1 result", "Answer 1 objection"} < set(found)
    progress = found[w.cycle.name]
    assert (progress.section, progress.done, progress.total) == (Section.WATCH, 3, 4)
    assert set(items(w.deputy)) == {w.cycle.name}


def test_a_colleague_finds_the_missing_opinions_and_the_head_none(w):
    assert "Give your opinion on 2 colleagues" in items(w.colleague)
    give_opinion(w.mine, w.colleague)
    item = items(w.colleague)["Give your opinion on 1 colleague"]
    assert (item.done, item.total) == (1, 2)
    give_opinion(w.leaders, w.colleague)
    assert items(w.colleague) == {}
    assert not any("opinion" in title for title in items(w.head))  # the head is a member of the group


def test_an_officer_finds_drafts_and_progress(w):
    draft = CycleFactory(
        owner=w.commune, created_by=w.officer, schools=[w.school], status=CycleStatus.DRAFT, opened_at=None
    )
    found = items(w.officer)
    assert f"Open “{draft.name}”" in found
    assert found[w.cycle.name].total == 5


def test_a_heads_work_takes_three_queries_and_the_memberships(django_assert_num_queries, w):
    head = User.objects.get(pk=w.other_head.pk)
    with django_assert_num_queries(4):
        list(office_work(head))
