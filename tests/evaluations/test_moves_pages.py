"""The address of the workflow's actions, and the overview: refusals come back with what was typed."""

import pytest
from django.urls import reverse

from evaluations.enums import Action, Status
from evaluations.models import Event
from evaluations.views.moves import told_words
from people.models import Membership, User
from tests.factories.evaluations import bring_to, fill_self

pytestmark = pytest.mark.django_db


def do(client, evaluation, action, **posted):
    return client.post(reverse("evaluations:move", args=[evaluation.pk, action]), posted)


def overview(client, evaluation):
    return client.get(reverse("evaluations:detail", args=[evaluation.pk]))


def test_strangers_and_wrong_roles(client, w):
    fill_self(w.mine)
    for name, answer in (
        ("other_teacher", 404), ("other_head", 404), ("far_officer", 404), ("colleague", 404),
        ("head", 403), ("deputy", 403), ("officer", 403), ("leader", 403),
    ):  # fmt: skip
        client.force_login(getattr(w, name))
        assert do(client, w.mine, "submit").status_code == answer, name
    client.logout()
    assert do(client, w.mine, "submit").status_code == 302
    assert not Event.objects.exists()


def test_only_actions_that_exist(client, w):
    client.force_login(w.teacher)
    assert do(client, w.mine, "explode").status_code == 404
    assert do(client, w.mine, "close").status_code == 403
    assert client.get(reverse("evaluations:move", args=[w.mine.pk, "submit"])).status_code == 302


def test_a_refused_objection_keeps_its_words(client, w):
    bring_to(w.mine, Status.CLOSED, head=w.head)
    client.force_login(w.teacher)
    answer = do(client, w.mine, "object", comment="Tôi không đồng ý với tiêu chí 5.", **{"from": "result"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This evaluation is closed." in page
    assert "This was not done" in page
    assert "Your objection has not been sent." in page
    assert "Tôi không đồng ý với tiêu chí 5." in page


TYPED = "Những gì tôi đã viết ở đây."
MOVED_ON = [
    # page, who types, action, and the status the evaluation has reached in another window meanwhile
    ("review", "head", Action.RETURN, Status.DECIDED),
    ("review", "head", Action.RETURN, Status.ANNOUNCED),
    ("review", "head", Action.UPHOLD, Status.CLOSED),
    ("review", "head", Action.RECONSIDER, Status.UNDER_REVIEW),
    ("review", "head", Action.EXCUSE, Status.UNDER_REVIEW),
    ("detail", "head", Action.UPHOLD, Status.CLOSED),
    ("detail", "officer", Action.REOPEN, Status.UNDER_REVIEW),
    ("result", "teacher", Action.OBJECT, Status.CLOSED),
    ("result", "teacher", Action.OBJECT, Status.UNDER_REVIEW),
    ("nowhere", "teacher", Action.OBJECT, Status.CLOSED),
]


@pytest.mark.parametrize(("page", "who", "action", "status"), MOVED_ON, ids=str)
def test_words_typed_for_an_act_that_came_too_late_are_given_back(client, w, page, who, action, status):
    bring_to(w.mine, status, head=w.head)
    client.force_login(getattr(w, who))
    answer = do(client, w.mine, action, comment=TYPED, excuse_reason="maternity", **{"from": page})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This was not done" in text
    assert text.count(TYPED) == 1
    assert 'id="kept-words"' in text


def test_words_are_given_back_where_they_were_typed_while_the_act_is_possible(client, w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    client.force_login(w.head)
    answer = do(client, w.mine, Action.EXCUSE, comment=TYPED, excuse_reason="", **{"from": "review"})
    assert "<title>Error: " in answer.content.decode()
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "There is a problem" in text
    assert text.count(TYPED) == 1
    assert 'id="kept-words"' not in text


def test_an_empty_objection_is_asked_for_words_on_the_same_page(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    client.force_login(w.teacher)
    answer = do(client, w.mine, "object", comment="  ", **{"from": "result"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'href="#object-comment"' in page
    assert 'id="object-comment"' in page
    assert page.count("data-error-summary") == 1
    assert "Why this result" in page


def test_objecting_and_the_answer(client, w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    client.force_login(w.teacher)
    assert do(client, w.mine, "object", comment="Tiêu chí 5 chưa đúng.").url.endswith("/result/")
    client.force_login(w.head)
    page = overview(client, w.mine).content.decode()
    assert "Answer and keep the decision" in page
    assert "Tiêu chí 5 chưa đúng." in page
    answer = do(client, w.mine, "uphold", comment="", **{"from": "detail"})
    assert answer.status_code == 409
    assert 'href="#uphold-comment"' in answer.content.decode()
    assert do(client, w.mine, "uphold", comment="Đã xem lại hồ sơ.").status_code == 302
    client.force_login(w.teacher)
    page = client.get(reverse("evaluations:result", args=[w.mine.pk])).content.decode()
    assert "Answer of the head" in page
    assert "Đã xem lại hồ sơ." in page


def test_excusing_asks_for_the_reason_and_sane_months(client, w):
    client.force_login(w.head)
    page = overview(client, w.mine).content.decode()
    assert "Excuse in this cycle" in page
    answer = do(client, w.mine, "excuse", comment="Nghỉ thai sản từ tháng 9", excuse_months="13", excuse_reason="")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Enter a whole number of months, from 0 to 12." in page
    assert "Choose the reason" in page
    assert "Nghỉ thai sản từ tháng 9" in page
    done = do(client, w.mine, "excuse", comment="Nghỉ thai sản", excuse_months="4", excuse_reason="maternity")
    assert done.status_code == 302
    w.mine.refresh_from_db()
    assert (w.mine.status, w.mine.excuse_reason, w.mine.excuse_months) == (Status.EXCUSED, "maternity", 4)
    assert "Take in again" in overview(client, w.mine).content.decode()


def test_the_office_reopens_with_a_reason(client, w):
    bring_to(w.mine, Status.CLOSED, head=w.head)
    client.force_login(w.officer)
    assert "Reopen the evaluation" in overview(client, w.mine).content.decode()
    assert do(client, w.mine, "reopen").status_code == 409
    assert do(client, w.mine, "reopen", comment="Theo kết luận thanh tra.").status_code == 302
    client.force_login(w.teacher)
    assert "Theo kết luận thanh tra." in overview(client, w.mine).content.decode()


def test_next_leads_to_this_site_only(client, w):
    client.force_login(w.teacher)
    fill_self(w.mine)
    assert do(client, w.mine, "submit", next="https://evil.example/").url == reverse(
        "evaluations:self", args=[w.mine.pk]
    )
    assert do(client, w.mine, "take_back", next="/evaluations/").url == "/evaluations/"


def test_a_script_gets_the_sentence_and_the_gaps(client, w):
    client.force_login(w.teacher)
    answer = client.post(reverse("evaluations:move", args=[w.mine.pk, "submit"]), headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert len(answer.json()["problems"]) == 15


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", ["teacher", "head", "deputy", "leader", "officer"])
def test_the_overview_stands_in_every_status_for_everybody(client, w, status, name):
    bring_to(w.mine, Status(status), head=w.head)
    client.force_login(getattr(w, name))
    answer = overview(client, w.mine)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert str(Status(status).label) in page
    if name == "leader":
        assert "Xin xem lại." not in page


def test_the_result_stays_hidden_until_it_is_announced(client, w):
    bring_to(w.mine, Status.DECIDED, head=w.head, levels="K", decided="D")
    client.force_login(w.teacher)
    assert client.get(reverse("evaluations:result", args=[w.mine.pk])).status_code == 403
    for page in (overview(client, w.mine), client.get("/"), client.get("/evaluations/")):
        assert "Satisfactory" not in page.content.decode()
    client.force_login(w.officer)
    assert client.get(reverse("evaluations:result", args=[w.mine.pk])).status_code == 403
    client.force_login(w.head)
    assert client.get(reverse("evaluations:result", args=[w.mine.pk])).status_code == 200


def test_every_action_has_words_on_its_button():
    from evaluations.presenters.detail import verb

    assert all(verb(action) for action in Action)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("gv@example.org", "The teacher gets a mail."),
        ("", "The teacher has no e-mail address and finds it after signing in."),
    ],
)
def test_a_mail_to_the_teacher_is_promised_only_where_there_is_an_address(client, w, address, sentence):
    User.objects.filter(pk=w.teacher.pk).update(email=address)
    bring_to(w.mine, Status.UNDER_REVIEW, head=w.head)
    client.force_login(w.head)
    page = client.post(
        reverse("evaluations:move", args=[w.mine.pk, "return"]), {"comment": "Bổ sung minh chứng."}, follow=True
    )
    assert f"Returned. {sentence}" in page.content.decode()
    more_time = client.get(reverse("evaluations:extend", args=[w.mine.pk]))
    assert sentence in more_time.content.decode()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("ht@example.org", "Your head gets a mail."), ("", "Your head finds it after signing in.")],
)
def test_a_teacher_who_submits_reads_how_the_head_gets_to_know(client, w, address, sentence):
    User.objects.filter(pk=w.head.pk).update(email=address)
    fill_self(w.mine)
    client.force_login(w.teacher)
    page = client.post(reverse("evaluations:move", args=[w.mine.pk, "submit"]), follow=True).content.decode()
    assert f"Submitted. You can take it back until it is opened. {sentence}" in page


def test_nobody_is_said_to_be_told_by_mail_when_no_head_is_in_post(w):
    assert told_words(Action.SUBMIT, w.mine)
    Membership.objects.filter(user=w.head).delete()
    assert told_words(Action.SUBMIT, w.mine) == ""
