"""The head's review: opening, deciding criterion by criterion, two heads at once, next teacher."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.decisions import Refused
from evaluations.actions.decision import save_decision, save_remarks
from evaluations.actions.moves import move
from evaluations.actions.saving import Conflict
from evaluations.enums import Action, SheetKind, Status
from evaluations.models import Rating, Sheet
from evaluations.visibility import sight
from people.enums import Role
from tests.factories.evaluations import (
    EvaluationFactory,
    bring_to,
    evaluation_world,
    fill_decision,
    give_opinion,
    link_evidence,
)
from tests.factories.people import member, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_db):
    w = evaluation_world()
    w.mine = bring_to(w.mine, Status.UNDER_REVIEW, head=w.head)
    return w


def review_url(evaluation) -> str:
    return reverse("evaluations:review", args=[evaluation.pk])


def save(client, evaluation, **sent):
    return client.post(
        reverse("evaluations:review_save", args=[evaluation.pk]),
        json.dumps(sent),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def decide(w, **more) -> int:
    values = {"criterion": "TC01", "level": "K", "reason": "", "revision": 0, "by": w.head} | more
    return save_decision(evaluation=w.mine, **values)[1]


# --- saving -----------------------------------------------------------------------------------------------------------
def test_a_level_and_its_reason_are_saved_on_their_revision(world):
    assert decide(world) == 1
    assert decide(world, level="T", reason="Dự giờ tháng 10", revision=1) == 2
    row = Rating.objects.get(sheet__kind=SheetKind.DECISION, criterion__code="TC01")
    assert (row.level, row.note, row.revision) == ("T", "Dự giờ tháng 10", 2)


def test_the_second_of_two_heads_is_shown_the_first_ones_words(world):
    second = member(world.school, Role.HEAD)
    decide(world, level="T", reason="Một")
    with pytest.raises(Conflict) as conflict:
        decide(world, level="D", reason="Hai", by=second)
    assert conflict.value.stored == {"level": "T", "note": "Một"}
    assert decide(world, level="D", reason="Hai", by=second, revision=conflict.value.revision) == 2


@pytest.mark.parametrize("who", ["deputy", "teacher", "leader", "officer", "other_head"])
def test_only_the_head_writes(world, who):
    with pytest.raises(PermissionDenied):
        decide(world, by=getattr(world, who))


def test_nothing_is_written_before_opening_or_after_deciding(world):
    with pytest.raises(Refused):
        save_decision(evaluation=world.theirs, criterion="TC01", level="K", reason="", revision=0, by=world.head)
    fill_decision(world.mine, world.head)
    move(evaluation=world.mine, action=Action.DECIDE, by=world.head)
    with pytest.raises(Refused, match="decided already"):
        decide(world)


def test_remarks_are_one_unit_with_one_revision(world):
    _evaluation, revision = save_remarks(
        evaluation=world.mine, values={"strengths": "Tận tâm"}, revision=0, by=world.head
    )
    assert revision == 1
    with pytest.raises(Conflict):
        save_remarks(evaluation=world.mine, values={"strengths": "Khác"}, revision=0, by=world.head)


# --- over the wire ----------------------------------------------------------------------------------------------------
def test_saving_answers_with_the_live_result(world, client):
    client.force_login(world.head)
    answer = save(client, world.mine, criterion="TC01", level="T", reason="", revision=0).json()
    assert answer["revision"] == 1
    assert 'data-decided="1"' in answer["panel"]
    assert "Criterion 1 differs from the teacher&#x27;s own level: give the reason." in answer["panel"]
    conflict = save(client, world.mine, criterion="TC01", level="D", reason="", revision=0)
    assert conflict.status_code == 409
    assert conflict.json()["stored"] == {"level": "T", "note": ""}
    assert save(client, world.mine, criterion="TC01", level="X", reason="", revision=1).status_code == 422
    assert save(client, world.mine, criterion="TC77", level="K", reason="", revision=1).status_code == 422
    assert save(client, world.mine, criterion="TC01", level="K", revision=-1).status_code == 400
    assert save(client, world.mine, criterion="TC02", level="K", reason="x" * 5001, revision=0).status_code == 422
    assert save(client, world.mine, remarks={"strengths": "Tốt"}, revision=0).json()["revision"] == 1


def test_a_save_after_the_decision_says_that_it_is_closed(world, client):
    fill_decision(world.mine, world.head)
    move(evaluation=world.mine, action=Action.DECIDE, by=world.head)
    client.force_login(world.head)
    answer = save(client, world.mine, criterion="TC01", level="T", reason="", revision=0)
    assert (answer.status_code, answer.json()["closed"]) == (409, True)


def test_a_deputy_reads_and_cannot_save(world, client):
    client.force_login(world.deputy)
    page = client.get(review_url(world.mine))
    assert page.status_code == 200
    assert 'type="radio"' not in page.content.decode()
    assert "Only the head of the school decides." in page.content.decode()
    assert save(client, world.mine, criterion="TC01", level="T", reason="", revision=0).status_code == 403


# --- the pages --------------------------------------------------------------------------------------------------------
def test_a_submitted_one_is_opened_by_a_post_never_by_reading(world, client):
    bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    client.force_login(world.head)
    page = client.get(review_url(world.theirs)).content.decode()
    assert "cannot take the self-assessment back" in page
    assert "Tôi sẽ bổ sung sau" not in page
    world.theirs.refresh_from_db()
    assert world.theirs.status == Status.SUBMITTED
    target = review_url(world.theirs)
    response = client.post(reverse("evaluations:move", args=[world.theirs.pk, "open"]), {"next": target})
    assert response.url == target
    assert "Tôi sẽ bổ sung sau" in client.get(target).content.decode()


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("who", ["head", "deputy"])
def test_the_page_shows_what_visibility_allows_in_every_status(client, status, who):
    w = evaluation_world()
    w.mine = bring_to(w.mine, status, head=w.head)
    reader = getattr(w, who)
    client.force_login(reader)
    page = client.get(review_url(w.mine))
    assert page.status_code == 200
    assert ("Tôi sẽ bổ sung sau" in page.content.decode()) is sight(reader, w.mine).self_sheet


def test_the_page_of_a_self_only_cycle_shows_nothing_of_the_form(client):
    w = evaluation_world(kind="self_only", decision_due=None, opinions_due=None, opinions_wanted=False)
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    client.force_login(w.head)
    page = client.get(review_url(w.mine)).content.decode()
    assert "Nobody else reads the form" in page
    assert "Tôi sẽ bổ sung sau" not in page


def test_differences_evidence_and_notes_stand_in_the_row(world, client):
    link_evidence(world.mine, "TC01", "TC02")
    decide(world, level="T", reason="Có sáng kiến")
    client.force_login(world.head)
    page = client.get(review_url(world.mine))
    rows = {row.criterion.code: row for group in page.context["groups"] for row in group.rows}
    assert rows["TC01"].differs
    assert rows["TC01"].evidence[0].title == "Kế hoạch bài dạy"
    assert not rows["TC02"].differs
    assert "Có sáng kiến" in page.content.decode()


def test_a_refused_decision_comes_back_with_what_is_missing(world, client):
    client.force_login(world.head)
    address = reverse("evaluations:move", args=[world.mine.pk, "decide"])
    decide(world, level="T")
    response = client.post(address, {"from": "review"})
    text = response.content.decode()
    assert response.status_code == 409
    assert '<a href="#level-TC15">Criterion 15 is not decided yet.</a>' in text
    assert '<a href="#reason-TC01">Criterion 1 differs' in text
    for target in ("level-TC15", "reason-TC01"):
        assert text.count(f'id="{target}"') == 1
    assert "<title>Error: " in text


def test_the_bar_says_when_a_reason_is_missing(world, client):
    fill_decision(world.mine, world.head, levels="K")
    rating = Rating.objects.get(sheet__kind=SheetKind.DECISION, criterion__code="TC01")
    decide(world, level="T", revision=rating.revision)
    client.force_login(world.head)
    line = "Decided: 15 of 15; 1 reason is missing"
    assert f"<span data-bar-count>{line}</span>" in client.get(review_url(world.mine)).content.decode()
    sent = {"criterion": "TC01", "level": "T", "reason": "", "revision": rating.revision + 1}
    answer = save(client, world.mine, **sent).json()
    assert f'data-line="{line}"' in answer["panel"]
    answer = save(client, world.mine, **{**sent, "reason": "Vì", "revision": answer["revision"]}).json()
    assert 'data-line="Decided: 15 of 15"' in answer["panel"]


def test_returning_without_words_keeps_the_page_and_asks(world, client):
    client.force_login(world.head)
    response = client.post(
        reverse("evaluations:move", args=[world.mine.pk, "return"]), {"from": "review", "comment": " "}
    )
    assert response.status_code == 409
    assert "Write your comment: the teacher reads what to correct." in response.content.decode()


def test_next_and_previous_follow_the_board_and_open_what_is_submitted(world, client):
    world.theirs = bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    world.artists = bring_to(world.artists, Status.DECIDED, head=world.head)
    client.force_login(world.head)
    response = client.get(review_url(world.mine))
    pager = response.context["pager"]
    assert (pager["position"], pager["total"], pager["other"]) == (2, 2, 3), "those still to decide"
    assert "2 of 2 to decide" in response.content.decode()
    assert (pager["previous"]["name"], pager["previous"]["opens"]) == ("Trần Văn Đồng", True)
    assert pager["next"] is None
    pager = client.get(review_url(world.mine) + "?all=1").context["pager"]
    assert (pager["position"], pager["total"], pager["other"]) == (2, 3, 2)
    assert (pager["next"]["name"], pager["next"]["opens"]) == ("Tạ Bích Ý", False)
    assert "?all=1" in client.get(review_url(world.mine) + "?all=1").content.decode()
    client.force_login(world.deputy)
    assert client.get(review_url(world.mine)).context["pager"]["previous"]["opens"] is False


def test_the_pager_does_not_count_who_was_decided_just_now(world, client):
    world.theirs = bring_to(world.theirs, Status.SUBMITTED, head=world.head)
    world.artists = bring_to(world.artists, Status.SUBMITTED, head=world.head)
    client.force_login(world.head)
    pager = client.get(review_url(world.mine)).context["pager"]
    assert (pager["position"], pager["total"]) == (2, 3)
    fill_decision(world.mine, world.head)
    move(evaluation=world.mine, action=Action.DECIDE, by=world.head)
    response = client.get(review_url(world.mine))
    pager = response.context["pager"]
    assert (pager["position"], pager["total"], pager["other"]) == (0, 2, 3)
    assert (pager["previous"]["name"], pager["next"]["name"]) == ("Trần Văn Đồng", "Tạ Bích Ý")
    assert "2 still to decide" in response.content.decode()


WAITS = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.EXCUSED)


@pytest.mark.parametrize("status", WAITS)
@pytest.mark.parametrize("who", ["head", "deputy"])
def test_a_page_that_waits_has_its_neighbours_and_what_happened(client, status, who):
    w = evaluation_world()
    for name in ("theirs", "artists", "leaders"):
        bring_to(getattr(w, name), Status.SUBMITTED, head=w.head)
    mine = bring_to(w.mine, status, head=w.head)
    client.force_login(getattr(w, who))
    response = client.get(review_url(mine))
    page, pager = response.content.decode(), response.context["pager"]
    assert pager["previous"]
    assert pager["next"]
    assert (pager["position"] == 0) is (status != Status.SUBMITTED)
    assert pager["total"] == (4 if status == Status.SUBMITTED else 3)
    assert ("What happened" in page) is (status != Status.DRAFT)
    if status == Status.EXCUSED:
        assert "This person is excused. Nobody has to do anything in this cycle." in page
        assert "Maternity leave, 4 months worked" in page
    if status in (Status.RETURNED, Status.EXCUSED):
        assert "Xin xem lại." in page[: page.index("What happened")]


# --- words beside the teacher's own level ------------------------------------------------------------------------------------
def test_a_reason_that_stays_beside_the_own_level_is_asked_about_and_never_lost(world, client):
    client.force_login(world.head)
    reason = "Chưa tương ứng với mức tự đánh giá."
    sent = {"criterion": "TC15", "level": "T", "reason": reason, "revision": 0}
    question = "Criterion 15: decided as the teacher sees it, with a reason beside. Does it still hold?"
    assert question not in save(client, world.mine, **sent).json()["panel"]
    assert question in save(client, world.mine, **{**sent, "level": "K", "revision": 1}).json()["panel"]
    assert Rating.objects.get(sheet__kind=SheetKind.DECISION, criterion__code="TC15").note == reason
    page = client.get(review_url(world.mine))
    rows = {row.criterion.code: row for group in page.context["groups"] for row in group.rows}
    assert [code for code, row in rows.items() if row.asks_again] == ["TC15"]
    assert question in page.content.decode()
    assert (
        question not in save(client, world.mine, **{**sent, "level": "K", "reason": "", "revision": 2}).json()["panel"]
    )


def test_it_hinders_no_decision(world):
    fill_decision(world.mine, world.head, levels="K")  # a remark beside every level, all of them the teacher's own
    assert move(evaluation=world.mine, action=Action.DECIDE, by=world.head).status == Status.DECIDED


def test_an_answered_objection_stands_with_its_answer(world, client):
    world.theirs = bring_to(world.theirs, Status.OBJECTED, head=world.head)
    client.force_login(world.head)
    assert "Answer of the head" not in client.get(review_url(world.theirs)).content.decode()
    move(evaluation=world.theirs, action=Action.RECONSIDER, by=world.head, comment="Sẽ xem lại TC05.")
    page = client.get(review_url(world.theirs)).content.decode()
    box = page[page.index('class="review-objection"') : page.index('aria-labelledby="teacher-words"')]
    assert "Answer of the head" in box
    assert "Sẽ xem lại TC05." in box


def test_an_objection_is_read_and_answered(world, client):
    world.theirs = bring_to(world.theirs, Status.OBJECTED, head=world.head)
    client.force_login(world.head)
    page = client.get(review_url(world.theirs)).content.decode()
    assert "Objection" in page
    assert "Xin xem lại." in page
    client.post(reverse("evaluations:move", args=[world.theirs.pk, "reconsider"]), {"comment": "Sẽ xem lại TC05."})
    world.theirs.refresh_from_db()
    assert world.theirs.status == Status.UNDER_REVIEW
    old = Sheet.objects.get(evaluation=world.theirs, kind=SheetKind.DECISION, superseded_at__isnull=False)
    assert old.ratings.count() == 15


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("deputy", 200), ("leader", 403), ("teacher", 403), ("officer", 403), ("other_head", 404),
     ("colleague", 404), ("far_officer", 404)],
)  # fmt: skip
def test_who_may_open_the_review(world, client, who, status):
    client.force_login(getattr(world, who))
    assert client.get(review_url(world.mine)).status_code == status


def test_the_review_takes_the_same_queries_for_little_and_much(world, client, django_assert_num_queries):
    client.force_login(world.head)
    client.get(review_url(world.mine))
    with django_assert_num_queries(12):
        client.get(review_url(world.mine))
    for number in range(1, 16):
        link_evidence(world.mine, f"TC{number:02d}")
    for _ in range(20):
        colleague = teacher_of(world.school, world.group_math)
        EvaluationFactory(cycle=world.cycle, subject=colleague, unit=world.school, group=world.group_math)
        give_opinion(world.mine, colleague)
    with django_assert_num_queries(14):  # prefetched uses and the spread, whose threshold is reached now
        client.get(review_url(world.mine))
