"""Who reads what: every address of a pairing with every role, and no word of the two anywhere else."""

import json

import pytest
from django.urls import reverse

from mentoring.models import Meeting, Note
from mentoring.queries import meetings_of, own_meetings, visible_to
from tests.factories.mentoring import met, noted, paired, proposed

LOG, STEPS = "Chuyện chỉ hai người biết", "Bước tiếp theo bí mật"
MENTOR_NOTE, MENTEE_NOTE = "Ghi chú riêng của người hướng dẫn", "Ghi chú riêng của người được hướng dẫn"
TWO = ("colleague", "teacher")
ORGANISERS = ("head", "officer")
STRANGERS = (
    "deputy", "leader", "artist", "administrator", "supervisor", "other_head", "other_teacher", "far_officer",
)  # fmt: skip


@pytest.fixture
def told(w):
    """A pair under way with a meeting and a note of each: colleague mentors teacher."""
    w.pairing = paired(w)
    w.meeting = met(w.pairing, by=w.colleague)
    noted(w.meeting, by=w.colleague, text=MENTOR_NOTE)
    noted(w.meeting, by=w.teacher, text=MENTEE_NOTE)
    return w


def get(client, w, name, view, *args):
    client.force_login(getattr(w, name))
    return client.get(reverse(f"mentoring:{view}", args=args))


@pytest.mark.parametrize("name", TWO)
def test_the_two_read_the_log_and_each_the_own_note(client, told, name):
    page = get(client, told, name, "detail", told.pairing.pk).content.decode()
    assert LOG in page
    assert STEPS in page
    own, other = (MENTOR_NOTE, MENTEE_NOTE) if name == "colleague" else (MENTEE_NOTE, MENTOR_NOTE)
    assert own in page
    assert other not in page


@pytest.mark.parametrize("name", ORGANISERS)
def test_head_and_officer_see_dates_and_counts_without_a_word(client, told, name):
    for view, args in (("detail", [told.pairing.pk]), ("index", [])):
        response = get(client, told, name, view, *args)
        page = response.content.decode()
        assert response.status_code == 200
        assert "Mai Thị Hương" in page
        for word in (LOG, STEPS, MENTOR_NOTE, MENTEE_NOTE):
            assert word not in page


@pytest.mark.parametrize("name", STRANGERS)
def test_for_everybody_else_there_is_no_such_pairing(client, told, name):
    assert get(client, told, name, "detail", told.pairing.pk).status_code == 404
    page = get(client, told, name, "index").content.decode()
    assert "Mai Thị Hương" not in page
    assert "Trần Văn Đồng" not in page or name == "colleague"


@pytest.mark.parametrize("name", [*ORGANISERS, *STRANGERS])
def test_nobody_but_the_two_finds_the_meetings_by_query(told, name):
    user = getattr(told, name)
    assert not meetings_of(user, told.pairing).exists()
    assert not own_meetings(user).exists()


def test_a_query_for_meetings_brings_no_other_note(told):
    meeting = meetings_of(told.teacher, told.pairing).get()
    assert [note.text for note in meeting.own_notes] == [MENTEE_NOTE]


@pytest.mark.parametrize("name", [*ORGANISERS, *STRANGERS])
@pytest.mark.parametrize("view", ["note", "change_meeting", "remove_meeting"])
def test_a_meeting_has_no_address_for_anybody_else(client, told, name, view):
    client.force_login(getattr(told, name))
    url = reverse(f"mentoring:{view}", args=[told.meeting.pk])
    body = json.dumps({"text": "x", "revision": 0})
    assert client.post(url, body, content_type="application/json").status_code == 404
    assert Meeting.objects.get().removed_at is None
    assert Note.objects.count() == 2


# What each role gets at each address of a pairing under way: colleague is the mentor, teacher the mentee.
WALK = {
    "detail": {"colleague": 200, "teacher": 200, "head": 200, "officer": 200},
    "log": {"colleague": 200, "teacher": 200, "head": 403, "officer": 403},
    "extend": {"colleague": 403, "teacher": 403, "head": 200, "officer": 200},
    "end": {"colleague": 200, "teacher": 200, "head": 200, "officer": 200},
}


@pytest.mark.parametrize("view", WALK)
@pytest.mark.parametrize("name", [*TWO, *ORGANISERS, *STRANGERS])
def test_walk(client, told, view, name):
    assert get(client, told, name, view, told.pairing.pk).status_code == WALK[view].get(name, 404)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("head", 200), ("officer", 200), ("other_head", 404), ("far_officer", 404), ("teacher", 403), ("leader", 403),
     ("deputy", 403), ("administrator", 403), ("supervisor", 403)],
)  # fmt: skip
def test_walk_of_a_new_pairing(client, w, name, expected):
    first = get(client, w, name, "new")
    assert first.status_code == (403 if expected == 403 else 200)
    for view, args in (("choose_mentor", [w.teacher.pk]), ("propose", [w.teacher.pk, w.colleague.pk])):
        assert get(client, w, name, view, *args).status_code == expected


@pytest.mark.parametrize("view", ["index", "new"])
def test_anonymous_people_are_led_to_the_sign_in(client, w, view):
    response = client.get(reverse(f"mentoring:{view}"))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_weak_criteria_are_shown_only_to_those_who_may_see_the_result(client, judged):
    page = get(client, judged, "head", "choose_mentor", judged.teacher.pk).content.decode()
    assert "Trần Văn Đồng" in page
    assert "no announced result" not in page
    page = get(client, judged, "head", "choose_mentor", judged.artist.pk).content.decode()
    assert "no announced result" in page


def test_an_answer_of_somebody_else_is_refused(client, w):
    pairing = proposed(w)
    for name, expected in (("head", 403), ("officer", 403), ("leader", 404)):
        client.force_login(getattr(w, name))
        url = reverse("mentoring:answer", args=[pairing.pk])
        assert client.post(url, {"answer": "accept", "words": ""}).status_code == expected
    assert visible_to(w.teacher).get().status == "proposed"
