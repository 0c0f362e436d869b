"""The result: explained, with what the next level takes, opinions only as the cycle allows."""

import pytest
from django.urls import reverse

from evaluations.actions.moves import move
from evaluations.enums import Action, SheetKind, Status
from tests.factories.evaluations import bring_to, fill_decision, give_opinion
from tests.factories.people import teacher_of

pytestmark = pytest.mark.django_db


def result(client, w, person):
    client.force_login(person)
    return client.get(reverse("evaluations:result", args=[w.mine.pk]))


def test_the_rule_is_explained_with_its_article(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels="T", decided="K")
    page = result(client, w, w.teacher).content.decode()
    for words in (
        "The result is Good", "Very good is not reached", "Article 10, clause 2", "Circular 20/2018",
        "What the next level would take", "Very good takes", "differs", "Qua dự giờ và hồ sơ.", "nobody entered it by hand",
    ):  # fmt: skip
        assert words in page, words


def test_there_is_nothing_above_the_top(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels="T")
    assert "What the next level would take" not in result(client, w, w.teacher).content.decode()


@pytest.mark.parametrize("number", [2, 3])
def test_opinions_are_shown_from_three_on(client, w, number):
    for place in range(number):
        give_opinion(w.mine, teacher_of(w.school, w.group_math), "CD" if place else "T")
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    page = result(client, w, w.teacher).content.decode()
    if number < 3:
        assert "from 3 answers on" in page
        assert "Not met: " not in page
        assert "2 colleagues" not in page
    else:
        assert "3 colleagues have given their opinion" in page
        assert "Not met: 2" in page
        assert "Very good: 1" in page


def test_acknowledging_closes_it(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    page = result(client, w, w.teacher).content.decode()
    assert "Acknowledge the result" in page
    assert "Send the objection" in page
    client.post(reverse("evaluations:move", args=[w.mine.pk, "acknowledge"]))
    page = result(client, w, w.teacher).content.decode()
    assert "Send the objection" not in page
    w.mine.refresh_from_db()
    assert w.mine.status == Status.CLOSED


def test_leaders_and_the_office_read_without_buttons(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    for person in (w.head, w.deputy, w.officer):
        page = result(client, w, person).content.decode()
        assert "Result of Mai Thị Hương" in page
        assert "Send the objection" not in page
    assert result(client, w, w.leader).status_code == 403
    assert result(client, w, w.colleague).status_code == 404


def test_a_superseded_decision_stays_in_sight(client, w):
    bring_to(w.mine, Status.CLOSED, head=w.head, decided="D")
    move(evaluation=w.mine, action=Action.REOPEN, by=w.officer, comment="Xem lại.")
    fill_decision(w.mine, w.head, "K")
    assert w.mine.sheets.filter(kind=SheetKind.DECISION).count() == 2
    move(evaluation=w.mine, action=Action.DECIDE, by=w.head)
    move(evaluation=w.mine, action=Action.ANNOUNCE, by=w.head)
    page = result(client, w, w.teacher).content.decode()
    assert "Earlier decisions" in page
    assert "The result is Good" in page


def test_the_queries_do_not_grow(client, w, django_assert_max_num_queries):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    result(client, w, w.teacher)
    with django_assert_max_num_queries(14):
        client.get(reverse("evaluations:result", args=[w.mine.pk]))
