"""The result: explained, with what the next level takes, opinions only as the cycle allows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations.actions.moves import move
from evaluations.enums import Action, SheetKind, Status
from evaluations.models import Sheet
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
    assert page.index(">Acknowledge or object</a>") < page.index("Why this result")
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


# --- one objection ------------------------------------------------------------------------------------------------------
def objected_and(w, answer: Action):
    """An objection that has been answered, the result announced (again): all the teacher can do is acknowledge."""
    w.mine = bring_to(w.mine, Status.OBJECTED, head=w.head, decided="D")
    w.mine = move(evaluation=w.mine, action=answer, by=w.head, comment="Đã xem lại hồ sơ.")
    if answer == Action.RECONSIDER:
        fill_decision(w.mine, w.head, "K")
        w.mine = move(evaluation=w.mine, action=Action.DECIDE, by=w.head)
        w.mine = move(evaluation=w.mine, action=Action.ANNOUNCE, by=w.head)
    return w.mine


@pytest.mark.parametrize("answer", [Action.UPHOLD, Action.RECONSIDER])
def test_after_an_answered_objection_only_acknowledging_is_offered(client, w, answer):
    evaluation = objected_and(w, answer)
    assert evaluation.status == Status.ANNOUNCED
    page = result(client, w, w.teacher).content.decode()
    assert "Send the objection" not in page
    assert "object to it until" not in page
    assert "You have objected once and been answered." in page
    assert "Your objection has been answered. Read the result, then acknowledge it." in page
    assert "Acknowledge the result" in page
    for address in ("/", "/evaluations/", reverse("evaluations:detail", args=[evaluation.pk])):
        page = client.get(address).content.decode()
        assert "object in writing" not in page, address
        assert "You can object until" not in page, address
    client.force_login(w.head)
    for name in ("review", "detail"):
        page = client.get(reverse(f"evaluations:{name}", args=[evaluation.pk])).content.decode()
        assert "The objection has been answered. The teacher acknowledges the result next." in page
        assert "The teacher can object until" not in page
    client.force_login(w.teacher)
    address = reverse("evaluations:move", args=[evaluation.pk, "object"])
    assert client.post(address, {"comment": "Lần nữa.", "from": "result"}).status_code == 409
    assert client.post(reverse("evaluations:move", args=[evaluation.pk, "acknowledge"])).status_code == 302


def test_when_the_time_to_object_is_over_the_page_says_so(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    w.cycle.objection_days = 3
    w.cycle.save()
    w.mine.refresh_from_db()
    announced = w.mine.announced_at - timedelta(days=5)
    type(w.mine).objects.filter(pk=w.mine.pk).update(announced_at=announced, decided_at=announced)
    page = result(client, w, w.teacher).content.decode()
    assert "The time to object ended on" in page
    assert "Send the objection" not in page
    assert "The time to object is over. Read the result, then acknowledge it." in page
    assert "Acknowledge the result" in page


# --- while an announced decision is taken up again ------------------------------------------------------------------------
SEEN_AGAIN = {
    # status: what the teacher, the head, the deputy, the office, the leader of the group and a colleague are answered
    Status.UNDER_REVIEW: (200, 200, 200, 200, 403, 404),
    Status.DECIDED: (200, 200, 200, 200, 403, 404),
    Status.RETURNED: (200, 200, 200, 200, 403, 404),
}


def taken_up(w, action: Action, status: Status):
    """A decision announced with level "D", taken up again by objection or by the office, now in `status`."""
    path = Status.OBJECTED if action == Action.RECONSIDER else Status.CLOSED
    by = w.head if action == Action.RECONSIDER else w.officer
    w.mine = bring_to(w.mine, path, head=w.head, decided="D")
    w.mine = move(evaluation=w.mine, action=action, by=by, comment="Sẽ xem lại tiêu chí 5.")
    if status == Status.DECIDED:
        fill_decision(w.mine, w.head, "T")
        w.mine = move(evaluation=w.mine, action=Action.DECIDE, by=w.head)
    if status == Status.RETURNED:
        w.mine = move(evaluation=w.mine, action=Action.RETURN, by=w.head, comment="Bổ sung minh chứng.")
    return w.mine


@pytest.mark.parametrize("action", [Action.RECONSIDER, Action.REOPEN])
@pytest.mark.parametrize("status", SEEN_AGAIN)
def test_what_was_announced_stays_readable_until_the_new_result(client, w, action, status):
    evaluation = taken_up(w, action, status)
    people = ("teacher", "head", "deputy", "officer", "leader", "colleague")
    for name, answer in zip(people, SEEN_AGAIN[status], strict=True):
        response = result(client, w, getattr(w, name))
        assert response.status_code == answer, name
    page = result(client, w, w.teacher).content.decode()
    assert "The decision has been taken up again" in page
    assert "Sẽ xem lại tiêu chí 5." in page
    assert "What had been announced" in page
    assert "Satisfactory" in page
    assert "Qua dự giờ và hồ sơ." in page
    assert "Very good" not in page, "the new decision is not announced"
    assert "Good" not in page, "nor are the teacher's own levels repeated there"
    for action_word in ("Send the objection", "Acknowledge the result"):
        assert action_word not in page
    page = client.get(reverse("evaluations:detail", args=[evaluation.pk])).content.decode()
    assert "The earlier result" in page
    assert reverse("evaluations:result", args=[evaluation.pk]) in page
    client.force_login(w.officer)
    assert "Very good" not in client.get(reverse("evaluations:result", args=[evaluation.pk])).content.decode()


def test_a_review_taken_up_again_is_told_as_such_to_both(client, w):
    evaluation = taken_up(w, Action.RECONSIDER, Status.UNDER_REVIEW)
    client.force_login(w.teacher)
    for address in ("/", reverse("evaluations:detail", args=[evaluation.pk])):
        assert "Your head is deciding again, after your objection." in client.get(address).content.decode(), address
    client.force_login(w.head)
    page = client.get(reverse("evaluations:review", args=[evaluation.pk])).content.decode()
    assert "The head is deciding again, after the objection." in page


def test_earlier_decisions_keep_their_levels_and_reasons(client, w, django_assert_max_num_queries):
    taken_up(w, Action.RECONSIDER, Status.DECIDED)
    move(evaluation=w.mine, action=Action.ANNOUNCE, by=w.head)
    response = result(client, w, w.teacher)
    (earlier,) = response.context["earlier"]
    assert earlier.result.code == "D"
    assert {row.decided.code for row in earlier.rows} == {"D"}
    assert {row.reason for row in earlier.rows} == {"Qua dự giờ và hồ sơ."}
    assert len(earlier.rows) == 15
    page = response.content.decode()
    assert "Satisfactory. Decided by" in page
    assert "The result is Very good" in page
    with django_assert_max_num_queries(16):  # the earlier sheet's author and ratings, the objection with its answer
        client.get(reverse("evaluations:result", args=[w.mine.pk]))


def test_the_remarks_of_the_head_are_read_by_the_teacher_once_announced(client, w):
    bring_to(w.mine, "under_review", head=w.head)
    sheet = fill_decision(w.mine, w.head)
    Sheet.objects.filter(pk=sheet.pk).update(strengths="Tận tâm\nvới học sinh", improvements=" ")
    move(evaluation=w.mine, action=Action.DECIDE, by=w.head)
    client.force_login(w.teacher)
    url = reverse("evaluations:result", args=[w.mine.pk])
    assert "Tận tâm" not in client.get(url).content.decode()
    move(evaluation=w.mine, action=Action.ANNOUNCE, by=w.head)
    response = client.get(url)
    assert response.context["remarks"] == [("Strengths", "Tận tâm\nvới học sinh")]
    assert "Tận tâm\nvới học sinh" in response.content.decode()
