"""The self-assessment page: small, cheap, complete without scripts; and the endpoint scripts save through."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.enums import Status
from evaluations.models import Event, Rating
from evaluations.queries_self import open_evaluations
from tests.factories.evaluations import bring_to, fill_self, link_evidence

pytestmark = pytest.mark.django_db
LARGEST = 40_000
FETCH = {"X-Requested-With": "fetch"}


def address(name, *args):
    return reverse(f"evaluations:{name}", args=args)


@pytest.fixture
def teacher(client, w):
    client.force_login(w.teacher)
    return client


def send(client, evaluation, code="TC01", **sent):
    body = json.dumps({"level": "", "note": "", "no_evidence": False, "revision": 0, **sent})
    return client.post(
        address("save_rating", evaluation.pk, code), body, content_type="application/json", headers=FETCH
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("full", [False, True])
def test_the_page_is_small_and_takes_few_queries(teacher, w, django_assert_max_num_queries, language, full):
    if full:
        fill_self(w.mine, "K")
        note = "Tham gia đầy đủ các buổi sinh hoạt chuyên môn, hướng dẫn đồng nghiệp và được tổ ghi nhận."
        Rating.objects.update(note=note)
        for number in range(10):
            codes = [f"TC{1 + (number * 3 + step) % 15:02d}" for step in range(3)]
            link_evidence(w.mine, *codes, title=f"Kế hoạch bài dạy số {number} của năm học")
    teacher.cookies["language"] = language
    teacher.get(address("self", w.mine.pk))
    with django_assert_max_num_queries(12):
        page = teacher.get(address("self", w.mine.pk))
    assert page.status_code == 200
    assert len(page.content) <= LARGEST, len(page.content)


def test_more_evidence_means_no_more_queries(teacher, w, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    link_evidence(w.mine, "TC01")
    teacher.get(address("self", w.mine.pk))
    with CaptureQueriesContext(connection) as few:
        teacher.get(address("self", w.mine.pk))
    for number in range(30):
        link_evidence(w.mine, "TC01", f"TC{number % 14 + 2:02d}")
    with django_assert_num_queries(len(few)):
        teacher.get(address("self", w.mine.pk))


def test_every_criterion_shows_every_demand(teacher, w):
    from standards.queries import framework_data

    page = teacher.get(address("self", w.mine.pk)).content.decode()
    for criterion in framework_data(w.cycle.version_id).criteria:
        assert page.count(f'name="level-{criterion.code}"') == 4
        for text in criterion.descriptors.values():
            assert text["en"].replace("'", "&#x27;") in page


def test_strangers_find_nothing_and_others_are_refused(client, w):
    for person, answer in ((w.other_teacher, 404), (w.colleague, 404), (w.head, 403), (w.officer, 403)):
        client.force_login(person)
        assert client.get(address("self", w.mine.pk)).status_code == answer
        assert send(client, w.mine, level="T").status_code == answer
    assert not Rating.objects.exclude(level="").exists()


def test_reading_writes_nothing(teacher, w):
    teacher.get(address("self", w.mine.pk))
    assert not Rating.objects.exclude(revision=0).exists()


def test_saving_answers_with_the_revision_and_the_live_result(teacher, w):
    answer = send(teacher, w.mine, level="K", note="Có").json()
    assert answer["revision"] == 1
    assert answer["states"]["TC01"] == "part"
    assert "0 of 15" in answer["live"]
    answer = send(teacher, w.mine, level="K", note="Có", no_evidence=True, revision=1).json()
    assert answer["states"]["TC01"] == "done"


def test_a_save_takes_five_queries(teacher, w, django_assert_num_queries):
    send(teacher, w.mine, level="K")
    with django_assert_num_queries(5):  # session, person, evaluation, update, state
        assert send(teacher, w.mine, level="T", revision=1).status_code == 200


def test_the_live_result_names_what_decides(teacher, w):
    fill_self(w.mine, "K")
    live = send(teacher, w.mine, level="K", note="Có", no_evidence=True).json()["live"]
    assert "Very good is not reached" in live
    assert "The result is Good" in live
    assert "Nothing is missing" in live


def test_two_neighbouring_results_are_named_as_two(teacher, w):
    live = send(teacher, w.mine, level="K").json()["live"]
    assert "It can still become anything from Not met to Very good." in live
    live = send(teacher, w.mine, "TC05", level="D").json()["live"]
    assert "It can still become Not met or Satisfactory." in live


def test_a_conflict_brings_both_sides(teacher, w):
    send(teacher, w.mine, level="K", note="Bản thứ nhất")
    answer = send(teacher, w.mine, level="T", note="Bản thứ hai")
    assert answer.status_code == 409
    assert answer.json()["stored"] == {"level": "K", "note": "Bản thứ nhất", "no_evidence": False}
    assert answer.json()["revision"] == 1
    assert "elsewhere" in answer.json()["detail"]


def test_a_session_that_ended_is_told_in_json(client, w):
    answer = send(client, w.mine, level="K")
    assert answer.status_code == 401
    assert answer.json()["login_url"]


def test_words_of_one_person_are_not_taken_from_another(client, w):
    client.force_login(w.colleague)
    answer = send(client, w.mine, level="K", person=str(w.teacher.pk))
    assert answer.status_code == 401
    assert "Somebody else" in answer.json()["detail"]
    answer = send(client, w.theirs, level="K", person=str(w.teacher.pk))
    assert answer.status_code == 401


def test_a_closed_form_answers_with_a_sentence(teacher, w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    answer = send(teacher, w.mine, level="K")
    assert answer.status_code == 409
    assert answer.json()["closed"] is True
    assert "submitted already" in answer.json()["detail"]


def test_a_note_that_is_too_long_is_told_and_can_be_shortened(teacher, w):
    answer = send(teacher, w.mine, note="x" * 5001)
    assert answer.status_code == 422
    assert "5001" in answer.json()["detail"]
    assert answer.json()["closed"] is False


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        '{"level": "K"}',
        '{"revision": "0"}',
        '{"revision": -1}',
        '{"revision": 99999999999}',
        '{"revision": true}',
    ],
)
def test_nonsense_is_a_bad_request(teacher, w, body):
    url = address("save_rating", w.mine.pk, "TC01")
    assert teacher.post(url, body, content_type="application/json", headers=FETCH).status_code == 400


def test_odd_values_do_not_break_it(teacher, w):
    assert send(teacher, w.mine, level={"a": 1}, note=["x"]).status_code == 422
    assert send(teacher, w.mine, level=None, note=None, no_evidence="yes").status_code == 200
    assert send(teacher, w.mine, code="TC99").status_code == 422


def test_remarks_are_saved(teacher, w):
    body = json.dumps({"strengths": "Tận tâm\x00", "goals": "Tin học", "revision": 0})
    url = address("save_remarks", w.mine.pk)
    assert teacher.post(url, body, content_type="application/json", headers=FETCH).json()["revision"] == 1
    page = teacher.get(address("self", w.mine.pk)).content.decode()
    assert "Tận tâm" in page
    answer = teacher.post(
        url, json.dumps({"goals": "Khác", "revision": 0}), content_type="application/json", headers=FETCH
    )
    assert answer.status_code == 409
    assert answer.json()["stored"]["goals"] == "Tin học"


def test_a_criterion_is_not_proven_and_unproven_at_once(teacher, w):
    fill_self(w.mine)
    link_evidence(w.mine, "TC04")
    answer = send(teacher, w.mine, code="TC04", level="K", note="Có", no_evidence=True).json()
    assert answer["states"]["TC04"] == "part"
    assert "Evidence, and “no evidence” is ticked" in answer["live"]
    assert open_evaluations(w.teacher).get(pk=w.mine.pk).complete == 14
    refused = teacher.post(address("move", w.mine.pk, "submit"), {"from": "self"})
    assert refused.status_code == 409
    assert "Criterion 4 has evidence and says “no evidence”" in refused.content.decode()
    send(teacher, w.mine, code="TC04", level="K", note="Có", revision=1)
    assert open_evaluations(w.teacher).get(pk=w.mine.pk).complete == 15
    assert teacher.post(address("move", w.mine.pk, "submit"), {"from": "self"}).status_code == 302


# --- without scripts --------------------------------------------------------------------------------------------------
def whole_form(page) -> dict:
    """The fields of the rendered form as a browser would send them."""
    import re

    html = page.content.decode()
    form = html[html.index('id="self-form"') : html.index("</form>", html.index('id="self-form"'))]
    sent = dict(re.findall(r'<input type="hidden" name="(revisions)" value="([^"]*)"', form))
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', form))
    sent |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked>', form))
    return sent


def test_the_whole_form_saves_without_scripts(teacher, w):
    url = address("self", w.mine.pk)
    sent = whole_form(teacher.get(url)) | {"level-TC02": "T", "note-TC02": "Gương mẫu", "strengths": "Kiên nhẫn"}
    answer = teacher.post(url, sent | {"at": "TC02"})
    assert answer.status_code == 302
    assert answer.url == f"{url}#TC02"
    changed = Rating.objects.filter(revision__gt=0)
    assert [(row.criterion.code, row.level, row.note) for row in changed] == [("TC02", "T", "Gương mẫu")]
    assert teacher.post(url, whole_form(teacher.get(url))).status_code == 302
    assert Rating.objects.filter(revision__gt=1).count() == 0


def test_a_stale_form_without_scripts_keeps_what_was_typed_beside_what_is_stored(teacher, w):
    url = address("self", w.mine.pk)
    stale = whole_form(teacher.get(url))
    send(teacher, w.mine, code="TC02", level="K", note="Đã lưu từ điện thoại")
    answer = teacher.post(url, stale | {"level-TC02": "T", "note-TC02": "Gõ trên máy tính", "note-TC05": "Thêm"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Gõ trên máy tính" in page
    assert "Đã lưu từ điện thoại" in page
    assert "There is a problem" in page
    assert Rating.objects.get(sheet__evaluation=w.mine, criterion__code="TC05").note == "Thêm"
    again = teacher.post(url, whole_form(answer) | {"level-TC02": "T"})
    assert again.status_code == 302
    row = Rating.objects.get(sheet__evaluation=w.mine, criterion__code="TC02")
    assert (row.level, row.note) == ("T", "Gõ trên máy tính")


# --- submitting -------------------------------------------------------------------------------------------------------
def test_submitting_with_gaps_names_each_with_a_link(teacher, w):
    fill_self(w.mine, "K")
    Rating.objects.filter(criterion__code="TC05").update(level="")
    Rating.objects.filter(criterion__code="TC06").update(no_evidence=False)
    Rating.objects.filter(criterion__code="TC07").update(note="")
    answer = teacher.post(address("move", w.mine.pk, "submit"), {"from": "self"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for code, words in (("TC05", "5 has no level"), ("TC06", "6 has no evidence"), ("TC07", "7 says")):
        assert f"{address('self', w.mine.pk)}#{code}" in page
        assert words in page
    assert not Event.objects.exists()


def test_submitting_and_taking_back(teacher, w):
    fill_self(w.mine, "K")
    answer = teacher.post(address("move", w.mine.pk, "submit"), {"from": "self"}, follow=True)
    assert "You can take it back" in answer.content.decode()
    w.mine.refresh_from_db()
    assert (w.mine.status, w.mine.self_result) == (Status.SUBMITTED, "K")
    answer = teacher.post(address("move", w.mine.pk, "take_back"), {"from": "self"}, follow=True)
    w.mine.refresh_from_db()
    assert w.mine.status == Status.DRAFT
    assert 'id="self-form"' in answer.content.decode()


def test_a_passed_deadline_says_so_and_keeps_the_words(teacher, w):
    fill_self(w.mine, "K")
    w.cycle.starts_on = timezone.localdate() - timedelta(days=30)
    w.cycle.self_due = timezone.localdate() - timedelta(days=1)
    w.cycle.save()
    page = teacher.get(address("self", w.mine.pk)).content.decode()
    assert "nothing you wrote is lost" in page
    assert "Tôi sẽ bổ sung sau." in page
    answer = teacher.post(address("move", w.mine.pk, "submit"), {"from": "self"})
    assert answer.status_code == 409
    assert "nothing you wrote is lost" in answer.content.decode()
    assert send(teacher, w.mine, level="T", revision=0).status_code == 409


def test_a_returned_one_shows_the_comment_first(teacher, w):
    bring_to(w.mine, Status.RETURNED, head=w.head)
    page = teacher.get(address("self", w.mine.pk)).content.decode()
    assert page.index("Xin xem lại.") < page.index('id="self-form"')


def test_what_was_submitted_can_be_read(teacher, w):
    bring_to(w.mine, Status.UNDER_REVIEW, head=w.head)
    page = teacher.get(address("self", w.mine.pk))
    assert page.status_code == 200
    assert "Tôi sẽ bổ sung sau." in page.content.decode()
    assert "Your head is reading it" in page.content.decode()


def test_examples_come_as_a_fragment_with_their_source(teacher, w):
    page = teacher.get(address("examples", "vn-tt20-2018", "TC01"))
    assert page.status_code == 200
    assert "appraisal" in page.content.decode()
    assert teacher.get(address("examples", "vn-tt20-2018", "TC99")).status_code == 404
    assert teacher.get(address("examples", "nothing", "TC01")).status_code == 404


def test_the_state_tells_evidence_and_gaps(teacher, w):
    piece = link_evidence(w.mine, "TC04", title="Giáo án")
    answer = teacher.get(address("self_state", w.mine.pk), headers=FETCH).json()
    assert answer["evidence"]["TC04"] == [
        {"title": "Giáo án", "kind": "link", "url": address("evidence_item", w.mine.pk, piece.pk)}
    ]
    assert answer["states"]["TC04"] == "empty"


def test_the_sum_of_gaps_leads_to_the_form(client, w):
    client.force_login(w.teacher)
    answer = client.post(reverse("evaluations:move", args=[w.mine.pk, "submit"]), {"from": "self"})
    assert answer.status_code == 409
    form = reverse("evaluations:self", args=[w.mine.pk])
    assert f'<a href="{form}#TC01">' in answer.content.decode()
