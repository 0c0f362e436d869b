"""The table of an evaluation's life: complete, without traps, and moved through only by those it names."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.decisions import Refused
from evaluations import policies
from evaluations.actions.moves import PREPARE, move
from evaluations.enums import Action, Actor, Status
from evaluations.models import Evaluation, Event, Sheet
from evaluations.workflow import OWNERS, TABLE, actions_from
from tests.factories.evaluations import PATHS, bring_to, evaluation_world, fill_decision, fill_self
from tests.factories.people import change_school

FACTS = {
    Action.EXCUSE: {"excuse_reason": "sick", "excuse_months": 3},
    Action.EXTEND: {"extended_to": date(2099, 12, 31)},
}
PEOPLE = {
    "teacher": {Actor.SUBJECT},
    "head": {Actor.DECIDER},
    "deputy": set(),
    "leader": set(),
    "colleague": set(),
    "other_head": set(),
    "other_teacher": set(),
    "officer": {Actor.AUTHORITY},
    "supervisor": {Actor.AUTHORITY},
    "administrator": {Actor.AUTHORITY},
    "far_officer": set(),
}
"""What each person of the world is to the teacher's evaluation."""


# --- the table itself ---------------------------------------------------------------------------------------------------
def test_every_status_has_an_owner_or_is_the_end():
    assert set(OWNERS) == set(Status)
    assert [status for status, owner in OWNERS.items() if owner is None] == [Status.CLOSED]


def test_every_action_is_used_and_has_words():
    assert {action for _status, action in TABLE} == set(Action)
    from evaluations.views.moves import done_words

    assert all(done_words(action) for action in Action)
    assert set(PREPARE) <= set(Action)


def test_every_status_can_be_reached_and_left():
    reached, waiting = {Status.DRAFT}, [Status.DRAFT]
    while waiting:
        status = waiting.pop()
        assert actions_from(status), f"{status} is a trap"
        for action in actions_from(status):
            target = TABLE[status, action].target
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    assert reached == set(Status)
    assert set(PATHS) == set(Status)


def test_the_owner_of_a_status_can_do_something_there():
    for status, owner in OWNERS.items():
        assert owner is None or any(TABLE[status, action].actor == owner for action in actions_from(status)), status


def test_whoever_is_told_reads_a_mail_that_exists():
    from django.template.loader import get_template

    for transition in TABLE.values():
        assert not transition.mail or get_template(f"email/evaluation_{transition.mail}.txt")


# --- from x action x role -----------------------------------------------------------------------------------------------
def attempt(evaluation: Evaluation, action: Action, by) -> str:
    """ "done", "refused" (own work, not now) or "forbidden" (somebody else's work)."""
    try:
        with transaction.atomic():
            move(evaluation=evaluation, action=action, by=by, comment="Lý do.", **FACTS.get(action, {}))
            transaction.set_rollback(True)
    except Refused:
        return "refused"
    except PermissionDenied:
        return "forbidden"
    return "done"


def expected(status: Status, action: Action, actors: set[Actor]) -> str:
    """What the table and nothing else says."""
    allowed = {transition.actor for (_status, known), transition in TABLE.items() if known == action}
    if not actors & allowed:
        return "forbidden"
    return "done" if (status, action) in TABLE else "refused"


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status.values)
def test_every_action_from_every_status_by_everybody(status):
    status = Status(status)
    w = evaluation_world()
    mine = bring_to(w.mine, status, head=w.head)
    fill_self(mine)
    change_school(w.teacher, w.other_school)
    if Sheet.objects.filter(evaluation=mine, kind="decision").exists():
        fill_decision(mine, w.head)
    last = mine.events.order_by("-at", "-pk").first()
    wrong = []
    for action in Action:
        for name, actors in [*PEOPLE.items(), (None, {Actor.SYSTEM})]:
            person = getattr(w, name) if name else None
            want = expected(status, action, actors)
            if last and last.action == action and last.by_id == (person.pk if person else None) and want == "refused":
                want = "done"  # a second click on what was done just now changes nothing and complains of nothing
            if (got := attempt(mine, action, person)) != want:
                wrong.append(f"{status} {action} {name}: {got}, not {want}")
    assert not wrong
    mine.refresh_from_db()
    assert mine.status == status


@pytest.mark.django_db
def test_a_head_who_is_evaluated_decides_nothing_about_that():
    from evaluations.enums import SheetKind
    from tests.factories.evaluations import EvaluationFactory

    w = evaluation_world()
    own = EvaluationFactory(cycle=w.cycle, subject=w.head, unit=w.school)
    assert policies.relations(w.head, own) == {Actor.SUBJECT}
    fill_self(own)
    move(evaluation=own, action=Action.SUBMIT, by=w.head)
    with pytest.raises(PermissionDenied):
        move(evaluation=own, action=Action.OPEN, by=w.head)
    assert not own.sheets.filter(kind=SheetKind.DECISION).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [Action.UPHOLD, Action.RECONSIDER])
def test_there_is_one_objection_whatever_was_answered_and_decided_again(answer):
    w = evaluation_world()
    mine = bring_to(w.mine, Status.OBJECTED, head=w.head)
    assert not policies.is_time_to_object(mine)
    mine = move(evaluation=mine, action=answer, by=w.head, comment="Trả lời.")
    if answer == Action.RECONSIDER:
        mine = move(evaluation=mine, action=Action.DECIDE, by=w.head)
        mine = move(evaluation=mine, action=Action.ANNOUNCE, by=w.head)
    assert mine.status == Status.ANNOUNCED
    assert not policies.is_time_to_object(mine)
    decision = policies.can(w.teacher, mine, Action.OBJECT)
    assert "objected once" in decision.reason
    assert decision.is_role
    assert attempt(mine, Action.OBJECT, w.teacher) == "refused"
    assert attempt(mine, Action.ACKNOWLEDGE, w.teacher) == "done"


@pytest.mark.django_db
def test_what_the_database_refuses_is_refused_in_the_words_of_its_rule():
    w, facts = evaluation_world(), {"excuse_reason": "sick", "excuse_months": 13}
    with pytest.raises(Refused, match="A year has 12 months"):
        move(evaluation=w.mine, action=Action.EXCUSE, by=w.head, comment="Nghỉ ốm.", **facts)
    w.mine.refresh_from_db()
    assert w.mine.status == Status.DRAFT
    assert not w.mine.events.exists()


@pytest.mark.django_db
def test_a_double_click_is_one_event():
    w = evaluation_world()
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    move(evaluation=w.mine, action=Action.SUBMIT, by=w.teacher)
    assert Event.objects.filter(evaluation=w.mine).count() == 1


WORDS_ASKED = {
    Action.RETURN: "^Write your comment: the teacher reads",
    Action.OBJECT: "^Write your objection: the head reads",
    Action.UPHOLD: "^Write your answer: the teacher reads",
    Action.RECONSIDER: "^Write your answer: the teacher reads",
    Action.EXCUSE: "^Write why, in a few words: the teacher reads",
    Action.REOPEN: "^Write why, in a few words: the teacher and the head read",
}


WHY_NOT = {
    (Status.SUBMITTED, Action.ANNOUNCE): "It has not been opened for review yet.",
    (Status.SUBMITTED, Action.DECIDE): "It has not been opened for review yet.",
    (Status.UNDER_REVIEW, Action.ANNOUNCE): "The decision is open: it has to be made first.",
    (Status.UNDER_REVIEW, Action.ACKNOWLEDGE): "The decision is open: it has to be made first.",
    (Status.UNDER_REVIEW, Action.OBJECT): "The decision is open: it has to be made first.",
    (Status.UNDER_REVIEW, Action.TAKE_BACK): "It has been opened for review already.",
    (Status.UNDER_REVIEW, Action.EXCUSE): "It has been opened for review already.",
    (Status.RETURNED, Action.DECIDE): "It has been returned to the teacher.",
    (Status.DECIDED, Action.RETURN): "It has been decided already.",
    (Status.ANNOUNCED, Action.DECIDE): "The result has been announced already.",
    (Status.OBJECTED, Action.ACKNOWLEDGE): "An objection is waiting for an answer.",
    (Status.CLOSED, Action.OBJECT): "This evaluation is closed.",
    (Status.EXCUSED, Action.SUBMIT): "This person is excused in this cycle.",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "action"), WHY_NOT, ids=str)
def test_a_refusal_says_where_the_evaluation_stands_for_that_action(status, action):
    w = evaluation_world()
    mine = bring_to(w.mine, status, head=w.head)
    actors = {transition.actor for (_status, known), transition in TABLE.items() if known == action}
    by = w.teacher if Actor.SUBJECT in actors else w.head
    assert policies.can(by, mine, action).reason == WHY_NOT[status, action]


@pytest.mark.django_db
@pytest.mark.parametrize("action", [Action.UPHOLD, Action.RECONSIDER])
def test_an_answered_objection_is_answered_whatever_came_after(action):
    w = evaluation_world()
    mine = bring_to(w.mine, Status.OBJECTED, head=w.head)
    for step in (Action.RECONSIDER, Action.DECIDE, Action.ANNOUNCE):
        mine = move(evaluation=mine, action=step, by=w.head, comment="Trả lời.")
        assert policies.can(w.head, mine, action).reason == "The objection has been answered already.", step


def test_every_action_has_words_for_when_it_is_not_done():
    from evaluations.views.moves import not_done_words

    assert all(not_done_words(action) for action in Action)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "action",
    [
        action
        for action in Action
        if any(transition.needs_comment for (_status, known), transition in TABLE.items() if known == action)
    ],
)
def test_words_are_asked_for(action):
    w = evaluation_world()
    status = next(status for (status, known), row in TABLE.items() if known == action)
    actor = TABLE[status, action].actor
    bring_to(w.mine, status, head=w.head)
    by = {Actor.SUBJECT: w.teacher, Actor.DECIDER: w.head, Actor.AUTHORITY: w.officer}[actor]
    with pytest.raises(Refused, match=WORDS_ASKED[action]):
        move(evaluation=w.mine, action=action, by=by, comment="  \n ", **FACTS.get(action, {}))


# --- any sequence ---------------------------------------------------------------------------------------------------------
class Life(RuleBasedStateMachine):
    """Random people try random actions; whatever happens, the rows stay possible and the timeline tells the way."""

    def __init__(self):
        super().__init__()
        self.w = evaluation_world()
        self.mine = self.w.mine
        fill_self(self.mine)
        self.done = 0

    @property
    def fresh(self) -> Evaluation:
        return Evaluation.objects.select_related("cycle").get(pk=self.mine.pk)

    @rule(
        action=st.sampled_from(list(Action)),
        name=st.sampled_from([*PEOPLE, None]),
        words=st.sampled_from(["", "Vì vậy."]),
    )
    def anybody_tries(self, action, name, words):
        before = self.fresh
        person = getattr(self.w, name) if name else None
        try:
            with transaction.atomic():
                after = move(evaluation=before, action=action, by=person, comment=words, **FACTS.get(action, {}))
        except (Refused, PermissionDenied):
            assert self.fresh.status == before.status
            return
        events = Event.objects.filter(evaluation=self.mine).count()
        if events == self.done:  # a second click
            assert after.status == before.status
            return
        assert events == self.done + 1
        self.done = events
        assert after.status == TABLE[Status(before.status), action].target

    @rule(levels=st.sampled_from(["CD", "D", "K", "T"]))
    @precondition(lambda self: self.fresh.status == Status.UNDER_REVIEW)
    def the_head_rates(self, levels):
        fill_decision(self.mine, self.w.head, levels)

    @rule()
    @precondition(lambda self: OWNERS[Status(self.fresh.status)] is not None)
    def the_owner_goes_on(self):
        status = Status(self.fresh.status)
        action = next(action for action in actions_from(status) if TABLE[status, action].actor == OWNERS[status])
        person = {Actor.SUBJECT: self.w.teacher, Actor.DECIDER: self.w.head}[OWNERS[status]]
        try:
            with transaction.atomic():
                move(evaluation=self.fresh, action=action, by=person, comment="Tiếp.", **FACTS.get(action, {}))
        except Refused:
            return
        self.done = Event.objects.filter(evaluation=self.mine).count()

    @invariant()
    def rows_are_possible(self):
        evaluation = self.fresh
        decided = evaluation.status in (Status.DECIDED, Status.ANNOUNCED, Status.OBJECTED)
        assert bool(evaluation.result) >= decided
        assert Sheet.objects.filter(evaluation=evaluation, kind="decision", superseded_at=None).count() <= 1
        last = Event.objects.filter(evaluation=evaluation).order_by("-at", "-pk").first()
        assert evaluation.status == (last.to_status if last else Status.DRAFT)


Life.TestCase.settings = settings(max_examples=5, stateful_step_count=20, suppress_health_check=list(HealthCheck))


class TestLife(Life.TestCase, TestCase):
    """All examples in one transaction, rolled back."""
