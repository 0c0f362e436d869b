"""Meetings and private notes: logged once, changed for some days, never a word lost."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.decisions import Refused
from evaluations.actions.saving import LONGEST, Conflict
from mentoring.actions.meetings import change_meeting, keep_note, remove_meeting
from mentoring.actions.pairings import end_pairing
from mentoring.enums import EDIT_DAYS, EndReason
from mentoring.models import Meeting, Note, Pairing
from mentoring.queries import meetings_of
from tests.factories.mentoring import met, noted, paired, proposed


@pytest.fixture
def pairing(w):
    return paired(w)


def test_a_double_click_logs_once(w, pairing):
    assert met(pairing, by=w.teacher) == met(pairing, by=w.teacher)


def test_nothing_is_logged_before_both_have_accepted(w):
    with pytest.raises(Refused, match="Both have to accept"):
        met(proposed(w), by=w.teacher)


@pytest.mark.parametrize(("days", "words"), [(1, "lies ahead"), (-1, "had not begun")])
def test_dates_of_meetings(w, pairing, days, words):
    with pytest.raises(Refused, match=words):
        met(pairing, by=w.teacher, held_on=timezone.localdate() + timedelta(days=days))


def test_only_whoever_logged_it_changes_it(w, pairing):
    meeting = met(pairing, by=w.teacher)
    with pytest.raises(PermissionDenied):
        change_meeting(meeting=meeting, by=w.colleague, topic="Khác", held_on=meeting.held_on)
    assert change_meeting(meeting=meeting, by=w.teacher, topic="Khác", held_on=meeting.held_on).topic == "Khác"


def test_after_some_days_it_stands(w, pairing):
    meeting = met(pairing, by=w.teacher)
    Meeting.objects.update(created_at=timezone.now() - timedelta(days=EDIT_DAYS + 1))
    with pytest.raises(Refused, match="could be changed until"):
        remove_meeting(meeting=meeting, by=w.teacher)


def test_a_removed_meeting_takes_nobodys_note_away(w, pairing):
    meeting = met(pairing, by=w.teacher)
    noted(meeting, by=w.colleague, text="Điều tôi nghĩ")
    for _click in range(2):
        remove_meeting(meeting=meeting, by=w.teacher)
    assert not meetings_of(w.teacher, pairing).exists()
    assert meetings_of(w.colleague, pairing).get().own_notes[0].text == "Điều tôi nghĩ"


def test_after_the_end_the_two_read_on_and_keep_notes_but_log_nothing(w, pairing):
    meeting = met(pairing, by=w.teacher)
    end_pairing(pairing=pairing, reason=EndReason.COMPLETED, by=w.head)
    assert keep_note(meeting=meeting, by=w.teacher, text="Nhìn lại", revision=0) == 1
    with pytest.raises(Refused, match="ended"):
        met(pairing, by=w.teacher, topic="Nữa")


def test_a_note_written_in_two_tabs_overwrites_nothing(w, pairing):
    meeting = met(pairing, by=w.teacher)
    assert keep_note(meeting=meeting, by=w.teacher, text="Một", revision=0) == 1
    assert keep_note(meeting=meeting, by=w.teacher, text="Một", revision=0) == 1
    with pytest.raises(Conflict) as conflict:
        keep_note(meeting=meeting, by=w.teacher, text="Hai", revision=0)
    assert (conflict.value.stored, conflict.value.revision) == ({"text": "Một"}, 1)
    assert keep_note(meeting=meeting, by=w.teacher, text="", revision=1) == 2
    assert Note.objects.get().text == ""


class TestSavingByItself:
    @pytest.fixture
    def send(self, client, w, pairing):
        meeting = met(pairing, by=w.teacher)
        client.force_login(w.teacher)

        def send(**sent):
            url = reverse("mentoring:note", args=[meeting.pk])
            return client.post(
                url, json.dumps(sent), content_type="application/json", headers={"Accept": "application/json"}
            )

        return send

    def test_answers_with_the_new_revision(self, send, w):
        answer = send(text="Nghĩ thêm", revision=0, person=str(w.teacher.pk))
        assert (answer.status_code, answer.json()["revision"]) == (200, 1)

    def test_a_conflict_brings_the_stored_words(self, send):
        send(text="Một", revision=0)
        answer = send(text="Hai", revision=0)
        assert answer.status_code == 409
        assert answer.json()["stored"] == {"text": "Một"}

    def test_somebody_else_on_the_same_machine(self, send, w):
        assert send(text="Một", revision=0, person=str(w.colleague.pk)).status_code == 401
        assert not Note.objects.exists()

    def test_nonsense_and_too_much(self, send):
        assert send(text="x").status_code == 400
        assert send(text="x" * (LONGEST + 1), revision=0).status_code == 422

    def test_signed_out(self, send, client):
        client.logout()
        answer = send(text="Một", revision=0)
        assert answer.status_code == 401
        assert "login_url" in answer.json()


def test_without_scripts_all_notes_are_kept_at_once_and_a_conflict_comes_back(client, w, pairing):
    meeting = met(pairing, by=w.teacher)
    client.force_login(w.teacher)
    url = reverse("mentoring:notes", args=[pairing.pk])
    kept = client.post(url, {f"text-{meeting.pk}": "Một", f"revision-{meeting.pk}": "0"})
    assert kept.status_code == 302
    back = client.post(url, {f"text-{meeting.pk}": "Hai", f"revision-{meeting.pk}": "0"})
    page = back.content.decode()
    assert back.status_code == 409
    assert "Một" in page
    assert "Hai" in page
    assert client.post(url, {f"text-{meeting.pk}": "Hai", f"revision-{meeting.pk}": "1"}).status_code == 302
    assert Note.objects.get().text == "Hai"


def test_a_refused_form_gives_every_word_back(client, w, pairing):
    client.force_login(w.teacher)
    words = {"held_on": "2001-01-01", "topic": "Chủ đề đã gõ", "next_steps": "Các bước đã gõ"}
    page = client.post(reverse("mentoring:log", args=[pairing.pk]), words).content.decode()
    assert "The pairing had not begun on that day." in page
    assert "Chủ đề đã gõ" in page
    assert "Các bước đã gõ" in page
    client.force_login(w.leader)
    waiting = proposed(w, mentor=w.leader, mentee=w.artist)
    url = reverse("mentoring:answer", args=[waiting.pk])
    page = client.post(url, {"answer": "decline", "words": ""}).content.decode()
    assert "Say in a few words why" in page
    assert Pairing.objects.get(pk=waiting.pk).status == "proposed"
