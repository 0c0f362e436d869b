"""Several people at the same moment: nothing is lost, and what may happen once happens once."""

import threading

import pytest
from django.db import connection, transaction

from core.decisions import Refused
from core.models import OutgoingMail
from evaluations.actions.cycles import open_cycle
from evaluations.actions.moves import announce_many, move
from evaluations.actions.saving import Conflict
from evaluations.enums import Action, CycleStatus, Status
from evaluations.models import Evaluation, Event, Rating, Sheet
from evaluations.tasks import send_reminders
from people.enums import Role
from people.models import User
from tests.at_once import at_once
from tests.evaluations.test_saving import save, stored
from tests.factories.evaluations import CycleFactory, bring_to, evaluation_world, fill_decision, fill_self
from tests.factories.people import member, people_world

pytestmark = pytest.mark.django_db(transaction=True)


# --- a teacher's saves ------------------------------------------------------------------------------------------------
def test_eight_writers_at_once_lose_nothing():
    """Each of eight writers adds its mark to the note until it is in; in the end all eight are there."""
    w = evaluation_world()
    save(w.mine, w.teacher, note="")

    def writer(mark: str):
        def write() -> str:
            note, revision = "", 1
            for _attempt in range(100):
                try:
                    save(w.mine, w.teacher, revision=revision, note=note + mark)
                    return "written"
                except Conflict as conflict:
                    note, revision = conflict.stored["note"], conflict.revision
            return "gave up"

        return write

    assert at_once(*map(writer, "abcdefgh")) == ["written"] * 8
    row = stored(w.mine)
    assert sorted(row.note) == list("abcdefgh")
    assert row.revision == 9


def test_first_saves_at_once_make_one_sheet():
    w = evaluation_world()
    Sheet.objects.all().delete()

    def writer(number: int):
        return lambda: save(w.mine, w.teacher, criterion=f"TC{number:02d}", level="K")

    assert at_once(*map(writer, range(1, 9))) == [1] * 8
    assert Sheet.objects.filter(evaluation=w.mine, kind="self").count() == 1
    assert Rating.objects.filter(sheet__evaluation=w.mine, level="K").count() == 8


def test_a_save_waits_for_a_submission_under_way_and_then_changes_nothing():
    w = evaluation_world()
    fill_self(w.mine)
    answers = []

    def write() -> None:
        try:
            answers.append(save(w.mine, w.teacher, level="T", note="Chen ngang", no_evidence=True))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    with transaction.atomic():
        move(evaluation=w.mine, action=Action.SUBMIT, by=w.teacher)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive() or not answers
    thread.join(30)
    assert isinstance(answers[0], Refused)
    assert stored(w.mine).level == "K"


# --- heads ------------------------------------------------------------------------------------------------------------
def test_two_heads_decide_at_the_same_moment_once():
    w = evaluation_world()
    w.mine = bring_to(w.mine, Status.UNDER_REVIEW, head=w.head)
    second = member(w.school, Role.HEAD)
    fill_decision(w.mine, w.head)

    def decide(head: User):
        return lambda: move(evaluation=w.mine, action=Action.DECIDE, by=head)

    answers = at_once(decide(w.head), decide(second))
    assert [str(found) for found in answers if isinstance(found, Exception)] == ["It has been decided already."]
    assert sum(isinstance(found, Evaluation) for found in answers) == 1
    assert Event.objects.filter(evaluation=w.mine, action=Action.DECIDE).count() == 1


def test_announcing_the_same_twice_at_once_makes_one_event():
    w = evaluation_world()
    w.mine = bring_to(w.mine, Status.DECIDED, head=w.head)
    answers = at_once(*[lambda: announce_many(evaluations=[w.mine], by=w.head)] * 3)
    assert not [found for found in answers if isinstance(found, Exception)]
    assert Event.objects.filter(evaluation=w.mine, action=Action.ANNOUNCE).count() == 1


# --- offices ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def draft():
    """A cycle of both schools, not open yet."""
    w = people_world()
    User.objects.filter(pk=w.teacher.pk).update(email="gv@example.org")
    w.cycle = CycleFactory(
        owner=w.commune,
        created_by=w.officer,
        schools=[w.school, w.other_school],
        status=CycleStatus.DRAFT,
        opened_at=None,
    )
    return w


def test_two_officers_open_at_the_same_moment(draft):
    answers = at_once(*[lambda: open_cycle(cycle=draft.cycle, by=draft.officer)] * 2)
    assert not [found for found in answers if isinstance(found, Exception)]
    assert Evaluation.objects.filter(cycle=draft.cycle).count() == 5


def test_a_cycle_opens_while_the_broker_is_down_and_the_mails_follow(draft, broker_down):
    open_cycle(cycle=draft.cycle, by=draft.officer)
    assert Evaluation.objects.filter(cycle=draft.cycle).count() == 5
    assert not OutgoingMail.objects.exists()
    send_reminders()
    assert OutgoingMail.objects.get(key=f"opened:{draft.cycle.pk}").to == "gv@example.org"
