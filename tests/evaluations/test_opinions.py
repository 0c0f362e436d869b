"""Opinions: given by colleagues of the group, kept as drafts, counted from k on, and never with a name."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.decisions import Refused
from evaluations.actions.opinions import CANNOT_JUDGE, hand_in, hand_in_many, save_opinion
from evaluations.actions.saving import Conflict
from evaluations.enums import SheetKind, Status
from evaluations.models import Evaluation, Rating, Sheet
from evaluations.presenters.work_office import office_work
from evaluations.visibility import opinions
from people.models import User
from tests.factories.evaluations import EvaluationFactory, bring_to, evaluation_world, give_opinion
from tests.factories.people import teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_db):
    """The group of four teachers of whom each can be judged by three; `colleague` writes about `mine`."""
    w = evaluation_world()
    w.fourth = teacher_of(w.school, w.group_math, full_name="Cao Thị Tư")
    w.fourths = EvaluationFactory(cycle=w.cycle, subject=w.fourth, unit=w.school, group=w.group_math)
    return w


def answer_all(evaluation: Evaluation, by, answer: str = "K") -> None:
    for number in range(1, 16):
        save_opinion(evaluation=evaluation, criterion=f"TC{number:02d}", answer=answer, revision=0, by=by)


def url(w, name: str, *more) -> str:
    return reverse(f"evaluations:{name}", args=[w.cycle.code, w.group_math.code, *more])


def post_json(client, address: str, **sent):
    return client.post(
        address, json.dumps(sent), content_type="application/json", headers={"Accept": "application/json"}
    )


# --- saving and handing in -------------------------------------------------------------------------------------------
def test_an_answer_is_kept_as_a_draft_that_nobody_counts(world):
    assert save_opinion(evaluation=world.mine, criterion="TC03", answer="T", revision=0, by=world.colleague) == 1
    sheet = Sheet.objects.get(evaluation=world.mine, kind=SheetKind.OPINION)
    assert (sheet.author, sheet.submitted_at) == (world.colleague, None)
    assert Rating.objects.get(sheet=sheet, criterion__code="TC03").level == "T"


def test_cannot_judge_is_an_answer_without_a_level(world):
    save_opinion(evaluation=world.mine, criterion="TC14", answer=CANNOT_JUDGE, revision=0, by=world.colleague)
    row = Rating.objects.get(sheet__kind=SheetKind.OPINION, criterion__code="TC14")
    assert (row.level, row.no_evidence) == ("", True)


def test_an_older_revision_is_told_what_is_stored(world):
    save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=world.colleague)
    with pytest.raises(Conflict) as conflict:
        save_opinion(evaluation=world.mine, criterion="TC01", answer="T", revision=0, by=world.colleague)
    assert conflict.value.stored == {"level": "K", "no_evidence": False}
    assert save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=world.colleague) == 1


def test_handing_in_needs_every_answer_and_is_done_once(world):
    save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=world.colleague)
    with pytest.raises(Refused, match="not complete"):
        hand_in(evaluation=world.mine, by=world.colleague)
    for number in range(2, 16):
        save_opinion(evaluation=world.mine, criterion=f"TC{number:02d}", answer="?", revision=0, by=world.colleague)
    first = hand_in(evaluation=world.mine, by=world.colleague).submitted_at
    assert hand_in(evaluation=world.mine, by=world.colleague).submitted_at == first


def test_an_opinion_that_judges_nothing_is_none(world):
    answer_all(world.mine, world.colleague, CANNOT_JUDGE)
    with pytest.raises(Refused, match="then no opinion is needed"):
        hand_in(evaluation=world.mine, by=world.colleague)


def test_what_is_handed_in_can_be_changed_but_not_emptied(world):
    answer_all(world.mine, world.colleague)
    hand_in(evaluation=world.mine, by=world.colleague)
    assert save_opinion(evaluation=world.mine, criterion="TC01", answer="T", revision=1, by=world.colleague) == 2
    with pytest.raises(Refused, match="choose a level"):
        save_opinion(evaluation=world.mine, criterion="TC01", answer="", revision=2, by=world.colleague)


@pytest.mark.parametrize("who", ["teacher", "artist", "head", "deputy", "officer", "other_teacher"])
def test_only_colleagues_of_the_group_give_opinions(world, who):
    with pytest.raises(PermissionDenied):
        save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=getattr(world, who))
    assert not Sheet.objects.filter(kind=SheetKind.OPINION).exists()


def test_opinions_freeze_with_the_decision_and_with_the_deadline(world):
    answer_all(world.theirs, world.fourth)
    bring_to(world.theirs, Status.DECIDED, head=world.head)
    with pytest.raises(Refused, match="decided already"):
        hand_in(evaluation=world.theirs, by=world.fourth)
    world.cycle.opinions_due = timezone.localdate() - timedelta(days=1)
    world.cycle.save()
    with pytest.raises(Refused, match="could be given until"):
        save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=world.colleague)


def test_many_are_handed_in_and_the_incomplete_named(world):
    answer_all(world.mine, world.colleague)
    save_opinion(evaluation=world.fourths, criterion="TC01", answer="K", revision=0, by=world.colleague)
    done, problems = hand_in_many(evaluations=[world.mine, world.fourths], by=world.colleague)
    assert done == 1
    assert len(problems) == 1
    assert "Cao Thị Tư" in problems[0]


@pytest.mark.parametrize(("criterion", "answer"), [("TC99", "K"), ("TC01", "X")])
def test_unknown_criteria_and_levels_are_refused(world, criterion, answer):
    with pytest.raises(Refused):
        save_opinion(evaluation=world.mine, criterion=criterion, answer=answer, revision=0, by=world.colleague)


# --- nobody is recognised ---------------------------------------------------------------------------------------------
def with_opinions(w, *authors, status=Status.UNDER_REVIEW):
    """`mine` opened for review with opinions whose level is so rare that seeing it names it."""
    for author in authors:
        give_opinion(w.mine, author, "CD")
    w.mine = bring_to(w.mine, status, head=w.head, levels="T")


def pages_of(w):
    """Every page on which somebody could learn something of opinions on `mine`, with the reader."""
    board = reverse("evaluations:board", args=[w.cycle.code, w.school.code])
    for reader in (w.head, w.deputy, w.officer, w.supervisor, w.leader):
        for address in (
            board,
            f"{board}results/",
            reverse("evaluations:cycle", args=[w.cycle.code]),
            reverse("evaluations:review", args=[w.mine.pk]),
            reverse("evaluations:detail", args=[w.mine.pk]),
            reverse("evaluations:result", args=[w.mine.pk]),
            url(w, "opinions"),
        ):
            yield reader, address


def test_two_answers_show_nothing_anywhere(world, client):
    with_opinions(world, world.colleague, world.fourth)
    assert opinions(world.head, world.mine).counts is None
    assert opinions(world.head, world.mine).answered is None
    for reader, address in pages_of(world):
        client.force_login(reader)
        text = client.get(address, follow=True).content.decode()
        assert "spread-number" not in text, (reader, address)
    client.force_login(world.head)
    board = client.get(reverse("evaluations:board", args=[world.cycle.code, world.school.code]))
    assert board.content.decode().count("fewer than 3") == 5
    for row in board.context["rows"]:
        assert not hasattr(row.evaluation, "opinions_number")


def test_three_answers_show_their_spread_to_the_leaders_alone(world, client):
    with_opinions(world, world.colleague, world.fourth, world.leader)
    for reader, sees in ((world.head, True), (world.deputy, True)):
        client.force_login(reader)
        text = client.get(reverse("evaluations:review", args=[world.mine.pk])).content.decode()
        assert ("spread-number" in text) is sees
    client.force_login(world.officer)
    assert client.get(reverse("evaluations:review", args=[world.mine.pk])).status_code == 403


def test_a_criterion_that_only_two_judged_is_not_shown(world, client):
    with_opinions(world, world.colleague, world.fourth, world.leader)
    sheet = Sheet.objects.get(evaluation=world.mine, author=world.leader, kind=SheetKind.OPINION)
    Rating.objects.filter(sheet=sheet, criterion__code="TC05").update(level="", no_evidence=True)
    client.force_login(world.head)
    groups = client.get(reverse("evaluations:review", args=[world.mine.pk])).context["groups"]
    rows = {row.criterion.code: row for group in groups for row in group.rows}
    assert rows["TC05"].spread is None
    assert [cell.number for cell in rows["TC06"].spread] == [0, 0, 0, 3]


def test_no_page_or_answer_names_an_author(world, client):
    """Names and ids of sheets, authors and times of opinions stay in the database."""
    with_opinions(world, world.colleague, world.fourth, world.leader)
    sheets = Sheet.objects.filter(evaluation=world.mine, kind=SheetKind.OPINION)
    secrets = [f'"{sheet.pk}"' for sheet in sheets] + [f">{sheet.submitted_at:%H:%M:%S}" for sheet in sheets]
    client.force_login(world.head)
    text = client.get(reverse("evaluations:review", args=[world.mine.pk])).content.decode()
    rows = text[text.index('data-review="') : text.index("data-remarks")]
    for author in (world.colleague, world.fourth, world.leader):
        assert author.full_name not in rows
    for secret in secrets:
        assert secret not in text
    assert not re.search(r"author", text, re.IGNORECASE)
    answer = post_json(
        client,
        reverse("evaluations:review_save", args=[world.mine.pk]),
        criterion="TC01",
        level="K",
        reason="Vì",
        revision=0,
    )
    assert world.fourth.full_name not in answer.content.decode()


def test_opinions_come_last_where_the_cycle_says_so(world, client):
    world.cycle.opinions_last = True
    world.cycle.save()
    with_opinions(world, world.colleague, world.fourth, world.leader)
    client.force_login(world.head)
    text = client.get(reverse("evaluations:review", args=[world.mine.pk])).content.decode()
    assert "spread-number" not in text
    assert "once every criterion is decided" in text


# --- the pages --------------------------------------------------------------------------------------------------------
def test_the_matrix_shows_the_promises_and_only_the_own_answers(world, client):
    answer_all(world.mine, world.colleague, "T")
    answer_all(world.mine, world.fourth, "CD")
    client.force_login(world.colleague)
    response = client.get(url(world, "opinions"))
    text = response.content.decode()
    assert "Nobody sees who said what" in text
    assert "at least 3 have answered" in text
    assert [one.name for one in response.context["people"]] == ["Mai Thị Hương", "Bùi Tổ Trưởng", "Cao Thị Tư"]
    assert 'value="CD" selected' not in text
    assert text.count('value="T" selected') == 15


def test_the_page_counts_as_the_first_page_does(world, client):
    """What has closed without an answer is nobody's work any more, on either page."""
    give_opinion(world.leaders, world.colleague)
    bring_to(world.mine, Status.DECIDED, head=world.head)
    client.force_login(world.colleague)
    page = client.get(url(world, "opinions"))
    assert {name: page.context[name] for name in ("done", "possible", "shut")} == {"done": 1, "possible": 2, "shut": 1}
    assert "1 colleague is closed" in page.content.decode()
    item = next(item for item in office_work(User.objects.get(pk=world.colleague.pk)) if "opinion" in item.title)
    assert (item.done, item.total) == (1, 2)


def test_a_group_too_small_is_told_that_nothing_will_be_shown(client):
    w = evaluation_world()
    client.force_login(w.colleague)
    assert "too few, so nothing will be shown to anybody" in client.get(url(w, "opinions")).content.decode()


@pytest.mark.parametrize("people", [3, 30])
def test_the_matrix_takes_the_same_queries_for_3_and_30(world, client, people, django_assert_num_queries):
    for _ in range(people - 3):
        subject = teacher_of(world.school, world.group_math)
        EvaluationFactory(cycle=world.cycle, subject=subject, unit=world.school, group=world.group_math)
    answer_all(world.mine, world.colleague)
    client.force_login(world.colleague)
    client.get(url(world, "opinions"))
    with django_assert_num_queries(8):
        response = client.get(url(world, "opinions"))
    assert len(response.context["people"]) == people


def test_saving_over_the_wire(world, client):
    client.force_login(world.colleague)
    sent = {"evaluation": str(world.mine.pk), "criterion": "TC01", "answer": "K"}
    answer = post_json(client, url(world, "opinions_save"), **sent, revision=0)
    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    conflict = post_json(client, url(world, "opinions_save"), **{**sent, "answer": "T"}, revision=0)
    assert conflict.status_code == 409
    assert conflict.json()["stored"] == {"answer": "K"}
    assert post_json(client, url(world, "opinions_save"), **sent, revision="x").status_code == 400
    assert post_json(client, url(world, "opinions_save"), **{**sent, "answer": "Z"}, revision=1).status_code == 422
    other = {**sent, "evaluation": str(world.artists.pk)}
    assert post_json(client, url(world, "opinions_save"), **other, revision=0).status_code == 404
    assert client.post(url(world, "opinions_save"), "no json", content_type="application/json").status_code == 404


def test_a_page_for_one_colleague_leads_to_the_next_after_handing_in(world, client):
    answer_all(world.mine, world.colleague)
    client.force_login(world.colleague)
    page = client.get(url(world, "opinion", world.mine.pk))
    assert page.context["position"] == 1
    response = client.post(url(world, "opinions_hand_in"), {"evaluation": str(world.mine.pk)})
    assert response.url == url(world, "opinion", world.leaders.pk)
    assert client.get(url(world, "opinion", world.theirs.pk)).status_code == 404  # the own one


def test_an_incomplete_opinion_comes_back_with_every_gap_linked(world, client):
    save_opinion(evaluation=world.mine, criterion="TC03", answer="T", revision=0, by=world.colleague)
    client.force_login(world.colleague)
    response = client.post(url(world, "opinions_hand_in"), {"evaluation": str(world.mine.pk)})
    text = response.content.decode()
    assert response.status_code == 409
    assert text.count("data-error-summary") == 1
    assert "The opinion on Mai Thị Hương is not complete" in text
    assert re.findall(r'<a href="#(TC\d\d)">', text) == [f"TC{n:02d}" for n in range(1, 16) if n != 3]
    for code in ("TC01", "TC15"):
        assert text.count(f'id="{code}"') == 1
    assert re.search(r'name="TC03" value="T" checked', text), "what was answered stands"
    assert not Sheet.objects.get(kind=SheetKind.OPINION).submitted_at
    assert client.get(url(world, "opinions_hand_in")).url == url(world, "opinions"), "in another language"


def test_an_opinion_that_has_closed_meanwhile_says_why(world, client):
    answer_all(world.mine, world.colleague)
    bring_to(world.mine, Status.DECIDED, head=world.head)
    client.force_login(world.colleague)
    response = client.post(url(world, "opinions_hand_in"), {"evaluation": str(world.mine.pk)})
    assert response.status_code == 409
    assert response.content.decode().count("The head has decided already; opinions are closed.") == 1


def test_nothing_complete_names_whose_opinion_lacks_what(world, client):
    save_opinion(evaluation=world.fourths, criterion="TC01", answer="K", revision=0, by=world.colleague)
    answer_all(world.leaders, world.colleague, CANNOT_JUDGE)
    client.force_login(world.colleague)
    response = client.post(url(world, "opinions_hand_in"))
    text = response.content.decode()
    assert response.status_code == 409
    assert text.count("data-error-summary") == 1
    assert "No opinion is complete yet" in text
    assert [(gap.colleague.name, gap.first) for gap in response.context["incomplete"]] == [
        ("Bùi Tổ Trưởng", ""), ("Cao Thị Tư", "TC02"), ("Mai Thị Hương", "TC01"),
    ]  # fmt: skip
    assert f'href="{url(world, "opinion", world.fourths.pk)}#q-TC02"' in text
    assert "Cao Thị Tư: 14 criteria of 15 are not answered yet." in text
    assert "Mai Thị Hương: nothing is answered yet." in text
    assert "You cannot judge anything of Bùi Tổ Trưởng" in text
    assert 'id="q-TC02"' in client.get(url(world, "opinion", world.fourths.pk)).content.decode()


def test_handing_in_what_is_complete_names_what_stays_behind(world, client):
    answer_all(world.mine, world.colleague)
    save_opinion(evaluation=world.fourths, criterion="TC01", answer="K", revision=0, by=world.colleague)
    answer_all(world.leaders, world.colleague, CANNOT_JUDGE)
    client.force_login(world.colleague)
    page = client.post(url(world, "opinions_hand_in"), follow=True)
    assert [(message.level_tag, str(message)) for message in page.context["messages"]] == [
        ("success", "1 opinion handed in."),
        (
            "warning",
            "Not handed in yet: Bùi Tổ Trưởng (only “cannot judge”), Cao Thị Tư (14 criteria left).",
        ),
    ]


def test_nothing_left_to_hand_in_leads_back(world, client):
    for evaluation in (world.mine, world.leaders, world.fourths):
        give_opinion(evaluation, world.colleague)
    client.force_login(world.colleague)
    assert "Hand in all complete opinions" not in client.get(url(world, "opinions")).content.decode()
    response = client.post(url(world, "opinions_hand_in"), follow=True)
    assert response.redirect_chain == [(url(world, "opinions"), 302)]
    assert "No opinion is left to hand in." in response.content.decode()


def test_closed_colleagues_stand_last_in_the_matrix_or_not_at_all(world, client):
    """Also their own page has no blank questions that nobody can answer."""
    save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=world.colleague)
    for evaluation in (world.mine, world.leaders):
        bring_to(evaluation, Status.DECIDED, head=world.head)
    client.force_login(world.colleague)
    page = client.get(url(world, "opinions"))
    assert [one.name for one in page.context["columns"]] == ["Cao Thị Tư", "Mai Thị Hương"]
    assert "Closed colleagues on whom you have given no answer are left out here." in page.content.decode()
    blank = client.get(url(world, "opinion", world.leaders.pk)).content.decode()
    assert "opinions are closed" in blank
    assert "<fieldset" not in blank
    assert "<fieldset" in client.get(url(world, "opinion", world.mine.pk)).content.decode(), "the own answers"


def test_a_closed_colleague_is_not_called_ended(world, client):
    """As an evaluation is that has come to its end: one word in English, two in Vietnamese."""
    save_opinion(evaluation=world.mine, criterion="TC01", answer="K", revision=0, by=world.colleague)
    bring_to(world.mine, Status.DECIDED, head=world.head)
    client.force_login(world.colleague)
    text = client.get(url(world, "opinions"), headers={"accept-language": "vi"}).content.decode()
    assert text.count("Đã khóa") == 2  # in the list, and in the matrix
    assert "Đã kết thúc" not in text


@pytest.mark.parametrize("who", ["artist", "other_teacher", "officer", "far_officer"])
def test_other_groups_do_not_exist(world, client, who):
    client.force_login(getattr(world, who))
    assert client.get(url(world, "opinions")).status_code == 404
