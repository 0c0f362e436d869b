"""Two people at the same moment: what may happen once happens once."""

import pytest

from core.decisions import Refused
from mentoring.actions.meetings import keep_note
from mentoring.actions.pairings import answer, propose
from mentoring.enums import MAX_MENTEES, PairingStatus
from mentoring.models import Note, Pairing, PairingEvent
from people.models import User
from tests.at_once import at_once
from tests.factories.mentoring import met, paired, period, proposed
from tests.factories.people import people_world, teacher_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_free_place_of_a_mentor_is_given_once():
    w = people_world()
    for _each in range(MAX_MENTEES - 1):
        proposed(w, mentee=teacher_of(w.school, w.group_math))
    others = [teacher_of(w.school, w.group_math) for _each in range(3)]

    def ask(mentee):
        return lambda: propose(mentor=w.colleague, mentee=mentee, by=User.objects.get(pk=w.head.pk), **period())

    answers = at_once(*(ask(mentee) for mentee in others))
    assert sum(isinstance(found, Pairing) for found in answers) == 1
    assert sum(isinstance(found, Refused) for found in answers) == 2
    assert Pairing.objects.filter(mentor=w.colleague).count() == MAX_MENTEES


def test_a_double_click_proposes_accepts_and_notes_once():
    w = people_world()
    at_once(*(lambda: proposed(w) for _click in range(3)))
    pairing = Pairing.objects.get()
    answer(pairing=pairing, accept=True, by=w.teacher)
    at_once(*(lambda: answer(pairing=pairing, accept=True, by=w.colleague) for _click in range(3)))
    pairing.refresh_from_db()
    assert pairing.status == PairingStatus.ACTIVE
    assert PairingEvent.objects.filter(pairing=pairing).count() == 3


def test_two_tabs_with_a_first_note_lose_neither():
    w = people_world()
    meeting = met(paired(w), by=w.teacher)
    texts = ("Một", "Hai")
    answers = at_once(
        *(lambda text=text: keep_note(meeting=meeting, text=text, by=w.teacher, revision=0) for text in texts)
    )
    kept = Note.objects.get()
    refused = next(found for found in answers if isinstance(found, Exception))
    assert refused.stored == {"text": kept.text}
    assert answers.count(1) == 1
