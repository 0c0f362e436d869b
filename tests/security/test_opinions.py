"""Attack x refusal: who gave which opinion. Two readings of one spread must not differ by one colleague's answer."""

import pytest
from django.test import Client

from core.decisions import Refused
from evaluations.actions.moves import move
from evaluations.actions.opinions import hand_in, save_opinion
from evaluations.enums import Action, Status
from evaluations.models import Evaluation
from evaluations.visibility import opinions
from tests.factories.evaluations import bring_to, evaluation_world, fill_decision, fill_self, give_opinion
from tests.factories.people import User, teacher_of

pytestmark = pytest.mark.django_db
CLOSED = "reads the opinions already"


@pytest.fixture(scope="module")
def made(module_db):
    """Three answers on `mine`; `late` and `colleague` may try to answer, or to change an answer, afterwards."""
    w = evaluation_world()
    w.late, *others = (teacher_of(w.school, w.group_math) for _number in range(3))
    for author in (w.colleague, *others):
        give_opinion(w.mine, author, "K")
    return w


def answer(evaluation: Evaluation, by: User, level: str = "CD") -> None:
    for number in range(1, 16):
        save_opinion(evaluation=evaluation, criterion=f"TC{number:02d}", answer=level, revision=0, by=by)
    hand_in(evaluation=evaluation, by=by)


def test_a_head_compares_the_spread_before_and_after_a_late_answer(world):
    mine = bring_to(world.mine, Status.UNDER_REVIEW, head=world.head)
    before = opinions(world.head, mine)
    with pytest.raises(Refused, match=CLOSED):
        answer(mine, world.late)
    assert opinions(world.head, mine) == before


def test_a_head_compares_the_spread_before_and_after_a_changed_answer(world):
    mine = bring_to(world.mine, Status.UNDER_REVIEW, head=world.head)
    before = opinions(world.head, mine)
    with pytest.raises(Refused, match=CLOSED):
        save_opinion(evaluation=mine, criterion="TC01", answer="CD", revision=0, by=world.colleague)
    assert opinions(world.head, mine) == before


def test_a_head_returns_the_evaluation_and_opens_it_again(world):
    mine = bring_to(world.mine, Status.RETURNED, head=world.head)
    with pytest.raises(Refused, match=CLOSED):
        answer(mine, world.late)
    fill_self(mine)
    mine = move(evaluation=mine, action=Action.SUBMIT, by=world.teacher)
    with pytest.raises(Refused, match=CLOSED):
        answer(mine, world.late)


def test_a_teacher_objects_and_compares_the_second_spread_with_the_first(world):
    mine = bring_to(world.mine, Status.OBJECTED, head=world.head)
    mine = move(evaluation=mine, action=Action.RECONSIDER, by=world.head, comment="Xem lại.")
    with pytest.raises(Refused, match=CLOSED):
        answer(mine, world.late)


def test_a_head_opens_early_and_is_shown_the_answers_as_they_come():
    """Under the threshold opinions go on; with the answer that reaches it they end, so the first sight is the last."""
    w = evaluation_world(opinions_last=False)
    authors = [w.colleague, *(teacher_of(w.school, w.group_math) for _number in range(3))]
    mine = bring_to(w.mine, Status.UNDER_REVIEW, head=w.head)
    for author in authors[:3]:
        assert opinions(w.head, mine).counts is None
        answer(mine, author)
    assert opinions(w.head, mine).counts["TC01"] == {"CD": 3}
    with pytest.raises(Refused, match=CLOSED):
        answer(mine, authors[3])


def test_before_anybody_can_look_opinions_are_open_and_handing_in_twice_is_once(world):
    mine = bring_to(world.mine, Status.SUBMITTED, head=world.head)
    answer(mine, world.late)
    bring_to_review = move(evaluation=mine, action=Action.OPEN, by=world.head)
    assert hand_in(evaluation=bring_to_review, by=world.late).submitted_at  # the second of two clicks
    assert opinions(world.head, bring_to_review).answered == 4


def test_no_page_of_leaders_or_offices_carries_an_authors_mark(world):
    """Neither names (the group's own members are on the board by name, so a group mate who is in no cycle is looked for)
    nor ids of sheets, nor times of answers."""
    User.objects.filter(pk=world.late.pk).update(full_name="Zyx Người Giấu Mặt")
    answer(world.mine, User.objects.get(pk=world.late.pk), "K")
    mine = bring_to(world.mine, Status.UNDER_REVIEW, head=world.head)
    fill_decision(mine, world.head)
    base, board = f"/evaluations/{mine.pk}/", f"/evaluations/cycles/{world.cycle.code}/board/{world.school.code}/"
    pages = [
        base,
        f"{base}review/",
        f"{base}result/",
        f"{base}evidence/",
        board,
        f"{board}results/",
        "/",
        "/evaluations/",
    ]
    for reader in (world.head, world.deputy, world.officer, world.supervisor, world.teacher, world.leader):
        client = Client()
        client.force_login(reader)
        for page in pages:
            assert "Giấu Mặt" not in client.get(page).content.decode(), (reader, page)


def test_an_opinion_on_somebody_of_another_group_or_of_another_cycle(world):
    client = Client()
    client.force_login(world.colleague)
    address = f"/evaluations/opinions/{world.cycle.code}/{world.group_math.code}/save/"
    for strange in (world.artists, world.others, world.theirs):
        sent = {"evaluation": str(strange.pk), "criterion": "TC01", "answer": "K", "revision": 0}
        assert client.post(address, sent, content_type="application/json").status_code == 404
    other = f"/evaluations/opinions/{world.cycle.code}/{world.group_arts.code}/save/"
    sent = {"evaluation": str(world.artists.pk), "criterion": "TC01", "answer": "K", "revision": 0}
    assert client.post(other, sent, content_type="application/json").status_code == 404
