"""Whoever evaluates the mentee is no mentor: in the policy, in the action, in the database; now and later."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.decisions import Refused
from core.models import OutgoingMail
from mentoring.actions.meetings import keep_note, log_meeting
from mentoring.actions.pairings import answer, end_pairing, extend
from mentoring.enums import EndReason, PairingStatus
from mentoring.models import Meeting, Note, Pairing, PairingEvent
from mentoring.presenters import words_of
from mentoring.queries import conflicted, visible_to
from mentoring.tasks import end_conflicts
from mentoring.visibility import sight
from people.enums import Role
from people.models import Membership, User
from tests.factories.mentoring import met, noted, paired, period, proposed


def promote(w, person: User, *, days_ago: int = 0, role: str = Role.DEPUTY_HEAD) -> Membership:
    start = timezone.localdate() - timedelta(days=days_ago)
    return Membership.objects.create(user=person, unit=w.school, role=role, start=start)


def ended(pairing: Pairing) -> str:
    """The end of the key of the mails about its end."""
    return f":{pairing.events.filter(action='end').earliest('at').pk}"


def fresh(user: User) -> User:
    """As the next request reads it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("name", ["head", "deputy"])
def test_the_database_refuses_an_evaluator_as_mentor(w, name):
    fields = {"unit": w.school, "mentor": getattr(w, name), "mentee": w.teacher, "created_by": w.officer, **period()}
    with pytest.raises(IntegrityError, match="Whoever evaluates"), transaction.atomic():
        Pairing.objects.create(**fields)
    pairing = Pairing.objects.create(**{**fields, "mentor": w.colleague})
    with pytest.raises(IntegrityError, match="Whoever evaluates"), transaction.atomic():
        Pairing.objects.filter(pk=pairing.pk).update(mentor=getattr(w, name))


def test_the_database_looks_at_the_whole_period_and_at_every_school_of_the_mentee(w):
    fields = {"unit": w.school, "mentee": w.teacher, "created_by": w.officer, **period()}
    Membership.objects.create(user=w.teacher, unit=w.other_school, role=Role.TEACHER, start=timezone.localdate())
    with pytest.raises(IntegrityError, match="Whoever evaluates"), transaction.atomic():
        Pairing.objects.create(mentor=w.other_head, **fields)
    later = timezone.localdate() + timedelta(days=50)
    Membership.objects.create(user=w.colleague, unit=w.school, role=Role.HEAD, start=later)
    with pytest.raises(IntegrityError, match="Whoever evaluates"), transaction.atomic():
        Pairing.objects.create(mentor=w.colleague, **fields)


def test_a_former_head_may_mentor(w):
    Membership.objects.filter(user=w.deputy).update(end=timezone.localdate() - timedelta(days=1))
    fields = {"unit": w.school, "mentor": w.deputy, "mentee": w.teacher, "created_by": w.officer, **period()}
    assert Pairing.objects.create(**fields)


def test_a_mentor_who_becomes_deputy_head_reads_and_writes_nothing_more(w):
    pairing = paired(w)
    meeting = met(pairing, by=w.colleague)
    noted(meeting, by=w.colleague, text="Ghi chú của người hướng dẫn")
    promote(w, w.colleague)
    mentor = fresh(w.colleague)
    seen = visible_to(mentor).get(pk=pairing.pk)
    assert seen.conflict
    assert not sight(mentor, seen).log
    assert not sight(mentor, seen).notes
    with pytest.raises(Refused, match="Whoever evaluates"):
        log_meeting(pairing=pairing, by=mentor, topic="Nữa", held_on=timezone.localdate())
    with pytest.raises(Refused, match="Whoever evaluates"):
        keep_note(meeting=meeting, by=mentor, text="Thêm", revision=1)
    with pytest.raises(Refused, match="Whoever evaluates"):
        extend(pairing=pairing, end=pairing.end + timedelta(days=5), by=fresh(w.head))


def test_the_page_says_so_and_shows_the_mentor_no_word(client, w):
    pairing = paired(w)
    meeting = met(pairing, by=w.teacher)
    noted(meeting, by=w.colleague, text="Ghi chú của người hướng dẫn")
    promote(w, w.colleague)
    client.force_login(fresh(w.colleague))
    page = client.get(reverse("mentoring:detail", args=[pairing.pk])).content.decode()
    assert "Whoever evaluates a teacher" in page
    for word in ("Chuyện chỉ hai người biết", "Bước tiếp theo bí mật", "Ghi chú của người hướng dẫn"):
        assert word not in page
    client.force_login(fresh(w.teacher))
    page = client.get(reverse("mentoring:detail", args=[pairing.pk])).content.decode()
    assert "Chuyện chỉ hai người biết" in page


def test_the_notes_are_kept_and_come_back_when_the_post_ends(w):
    pairing = paired(w)
    meeting = met(pairing, by=w.colleague)
    noted(meeting, by=w.colleague, text="Ghi chú")
    post = promote(w, w.colleague, days_ago=2)
    end_conflicts()
    Membership.objects.filter(pk=post.pk).update(end=timezone.localdate() - timedelta(days=1))
    mentor = fresh(w.colleague)
    assert sight(mentor, visible_to(mentor).get(pk=pairing.pk)).notes
    assert Note.objects.get(author=mentor).text == "Ghi chú"


def test_an_unanswered_proposal_cannot_be_accepted_any_more(w):
    pairing = proposed(w)
    promote(w, w.colleague)
    with pytest.raises(Refused, match="Whoever evaluates"):
        answer(pairing=pairing, accept=True, by=fresh(w.colleague))
    with pytest.raises(Refused, match="Whoever evaluates"):
        answer(pairing=pairing, accept=True, by=fresh(w.teacher))


@pytest.mark.parametrize("stored", ["", "Một câu được lưu từ trước."])
def test_why_the_system_ended_it_is_read_in_the_language_of_the_reader(client, w, stored):
    User.objects.filter(pk=w.head.pk).update(email="head@example.org", language="vi")
    User.objects.filter(pk=w.teacher.pk).update(email="gv@example.org", language="en")
    pairing = paired(w)
    promote(w, w.colleague)
    with override("vi"):
        end_conflicts()
    if stored:  # ended by an earlier version, in the language of the installation
        PairingEvent.objects.create(pairing=pairing, action="end", at=timezone.now(), words=stored)
    sentences = {
        "en": "Whoever evaluates a teacher cannot be the teacher&#x27;s mentor.",
        "vi": "Người đánh giá giáo viên không thể hướng dẫn chính giáo viên đó.",
    }
    url = reverse("mentoring:detail", args=[pairing.pk])
    for person, language, other in ((fresh(w.teacher), "en", "vi"), (fresh(w.head), "vi", "en")):
        client.force_login(person)
        client.cookies["django_language"] = language
        page = client.get(url).content.decode()
        said = page[page.index('class="timeline"') :]
        assert sentences[language] in said
        assert sentences[other] not in said
        assert "được lưu từ trước" not in said
        mail = OutgoingMail.objects.get(to=person.email, key__endswith=ended(pairing))
        assert sentences[language].replace("&#x27;", "'") in mail.body


def test_the_system_ends_it_with_a_sentence_and_leaves_others_alone(w):
    bad, good = paired(w), paired(w, mentor=w.leader, mentee=w.artist)
    promote(w, w.colleague)
    assert list(conflicted()) == [bad]
    assert (end_conflicts(), end_conflicts()) == (1, 0)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, bad.end_reason) == (PairingStatus.ENDED, EndReason.CONFLICT)
    event = PairingEvent.objects.get(pairing=bad, action="end")
    assert event.words == bad.closing_words == "", "no sentence in the language of whoever ran it"
    assert "Whoever evaluates" in words_of(bad, event)
    assert good.status == PairingStatus.ACTIVE


def test_the_head_may_end_it_before_the_night(w):
    pairing = paired(w)
    promote(w, w.colleague)
    assert end_pairing(pairing=pairing, reason=EndReason.EARLY, by=fresh(w.head)).status == PairingStatus.ENDED


def test_the_database_keeps_notes_to_the_two(w):
    meeting = met(paired(w), by=w.colleague)
    for person in (w.head, w.officer, w.administrator, w.artist):
        with pytest.raises(IntegrityError, match="Only the mentor and the mentee"), transaction.atomic():
            Note.objects.create(meeting=meeting, author=person, text="Không được")
        with pytest.raises(PermissionDenied):
            keep_note(meeting=meeting, by=person, text="Không được", revision=0)
    note = Note.objects.create(meeting=meeting, author=w.teacher, text="Của tôi")
    with pytest.raises(IntegrityError, match="never changes its author"), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(author=w.colleague)


def test_events_are_never_changed(w):
    paired(w)
    for act in (lambda rows: rows.update(words="x"), lambda rows: rows.delete()):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            act(PairingEvent.objects.all())
    assert Meeting.objects.count() == 0
