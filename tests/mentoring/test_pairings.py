"""Pairing: proposed, answered, extended, ended; once each, with mails and a history."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.dates import date_words
from core.decisions import Refused
from core.models import OutgoingMail
from mentoring.actions.pairings import answer, end_pairing, extend, propose
from mentoring.enums import EndReason, PairingStatus
from mentoring.models import Pairing, PairingEvent
from people.enums import Role
from people.models import User
from tests.factories.mentoring import paired, period, proposed
from tests.factories.people import member, teacher_of


def story(pairing: Pairing) -> list[str]:
    return list(PairingEvent.objects.filter(pairing=pairing).order_by("at", "pk").values_list("action", flat=True))


def test_a_head_proposes_and_both_accept(w):
    pairing = proposed(w)
    assert (pairing.status, pairing.unit) == (PairingStatus.PROPOSED, w.school)
    assert answer(pairing=pairing, accept=True, by=w.teacher).status == PairingStatus.PROPOSED
    assert answer(pairing=pairing, accept=True, by=w.colleague).status == PairingStatus.ACTIVE
    assert story(pairing) == ["propose", "accept", "accept"]


def test_an_officer_pairs_across_schools_of_the_branch(w):
    pairing = propose(mentor=w.other_teacher, mentee=w.teacher, by=w.officer, **period())
    assert pairing.unit == w.school


@pytest.mark.parametrize(
    "name", ["teacher", "leader", "deputy", "administrator", "supervisor", "other_head", "far_officer"]
)
def test_nobody_else_pairs_these_two(w, name):
    with pytest.raises(PermissionDenied):
        propose(mentor=w.colleague, mentee=w.teacher, by=getattr(w, name), **period())
    assert not Pairing.objects.exists()


def test_a_head_cannot_take_a_mentor_of_another_school(w):
    with pytest.raises(PermissionDenied):
        propose(mentor=w.other_teacher, mentee=w.teacher, by=w.head, **period())


@pytest.mark.parametrize("name", ["head", "deputy"])
def test_whoever_evaluates_the_mentee_cannot_be_the_mentor(w, name):
    with pytest.raises(Refused, match="Whoever evaluates"):
        propose(mentor=getattr(w, name), mentee=w.teacher, by=w.officer, **period())


def test_the_head_of_another_school_of_the_mentee_cannot_be_the_mentor(w):
    member(w.other_school, Role.TEACHER, w.teacher)
    with pytest.raises(Refused, match="Whoever evaluates"):
        propose(mentor=w.other_head, mentee=w.teacher, by=w.officer, **period())


def test_a_mentor_has_three_mentees_at_most(w):
    for number in range(3):
        proposed(w, mentee=teacher_of(w.school, w.group_math, full_name=f"Lê Mẫu {number}"))
    with pytest.raises(Refused, match="at most 3"):
        proposed(w)
    end_pairing(pairing=Pairing.objects.first(), reason=EndReason.EARLY, by=w.head)
    assert proposed(w)


def test_the_same_proposal_twice_is_one_and_another_one_is_refused(w):
    assert proposed(w) == proposed(w)
    with pytest.raises(Refused, match="already"):
        propose(mentor=w.colleague, mentee=w.teacher, by=w.officer, **period())


@pytest.mark.parametrize(
    ("start", "end", "words"), [(0, -1, "before it starts"), (-20, -10, "over already"), (0, 800, "two years")]
)
def test_impossible_periods(w, start, end, words):
    today = timezone.localdate()
    dates = {"start": today + timedelta(days=start), "end": today + timedelta(days=end)}
    with pytest.raises(Refused, match=words):
        propose(mentor=w.colleague, mentee=w.teacher, by=w.head, **dates)


def test_declining_needs_words_and_they_reach_whoever_proposed(w, django_capture_on_commit_callbacks):
    User.objects.filter(pk=w.head.pk).update(email="head@mau.example")
    w.head.refresh_from_db()
    pairing = proposed(w)
    with pytest.raises(Refused, match="why"):
        answer(pairing=pairing, accept=False, by=w.colleague, words="  ")
    done = answer(pairing=pairing, accept=False, by=w.colleague, words="Kì này tôi bận quá.")
    assert (done.status, done.declined_by) == (PairingStatus.DECLINED, w.colleague)
    mail = OutgoingMail.objects.get(to="head@mau.example")
    assert "Kì này tôi bận quá." in mail.body
    with pytest.raises(Refused, match="declined"):
        answer(pairing=pairing, accept=True, by=w.teacher)


def test_both_are_told_of_a_proposal_in_their_own_language(w):
    User.objects.filter(pk=w.colleague.pk).update(email="mentor@mau.example", language="en")
    User.objects.filter(pk=w.teacher.pk).update(email="mentee@mau.example", language="en")
    w.colleague.refresh_from_db()
    w.teacher.refresh_from_db()
    pairing = proposed(w)
    bodies = dict(OutgoingMail.objects.filter(key__startswith="pairing-event").values_list("to", "body"))
    assert f"mentor of {w.teacher}" in bodies["mentor@mau.example"]
    assert f"{w.colleague} as your mentor" in bodies["mentee@mau.example"]
    assert all(f"/mentoring/{pairing.pk}/" in body for body in bodies.values())


def test_answers_of_others_and_second_answers(w):
    pairing = proposed(w)
    with pytest.raises(PermissionDenied):
        answer(pairing=pairing, accept=True, by=w.head)
    answer(pairing=pairing, accept=True, by=w.teacher)
    answer(pairing=pairing, accept=True, by=w.teacher)
    assert story(pairing) == ["propose", "accept"]


def test_extending_moves_the_end_later_only(w):
    pairing = paired(w)
    with pytest.raises(Refused, match="already"):
        extend(pairing=pairing, end=pairing.end - timedelta(days=1), by=w.head)
    with pytest.raises(PermissionDenied):
        extend(pairing=pairing, end=pairing.end + timedelta(days=9), by=w.colleague)
    later = extend(pairing=pairing, end=pairing.end + timedelta(days=9), by=w.officer)
    assert extend(pairing=later, end=later.end, by=w.officer).end == later.end
    assert story(pairing).count("extend") == 1


@pytest.mark.parametrize("name", ["teacher", "colleague", "head", "officer"])
def test_either_of_the_two_or_the_organiser_ends_it_once(w, name):
    pairing, by = paired(w), getattr(w, name)
    for _click in range(2):
        done = end_pairing(pairing=pairing, reason=EndReason.NO_FIT, by=by, words="Không ai có lỗi.")
    assert (done.status, done.end_reason) == (PairingStatus.ENDED, EndReason.NO_FIT)
    assert story(pairing)[-2:] == ["accept", "end"]


def test_nobody_claims_the_conflict_as_a_reason(w):
    with pytest.raises(Refused, match="reason"):
        end_pairing(pairing=paired(w), reason=EndReason.CONFLICT, by=w.head)


def test_before_the_first_day_of_the_period_nothing_is_logged(client, w):
    first = timezone.localdate() + timedelta(days=3)
    pairing = propose(
        mentor=w.colleague, mentee=w.teacher, by=w.head, start=first, end=first + timedelta(days=90), purpose=""
    )
    answer(pairing=pairing, accept=True, by=w.colleague)
    client.force_login(w.teacher)
    url = reverse("mentoring:detail", args=[pairing.pk])
    page = client.post(reverse("mentoring:answer", args=[pairing.pk]), {"answer": "accept"}, follow=True)
    begins = date_words(first)
    assert f"from {begins}, when the period begins" in page.content.decode()
    assert reverse("mentoring:log", args=[pairing.pk]) not in page.content.decode()
    assert f"The period of this pairing begins on {begins}." in client.get(url).content.decode()
    assert "Begins later" in client.get(url).content.decode()
    assert client.get(reverse("mentoring:log", args=[pairing.pk])).status_code == 409
