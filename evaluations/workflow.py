"""THE table of an evaluation's life, and nothing else. `actions.move` is the only reader that writes."""

from dataclasses import dataclass

from evaluations.enums import Action, Actor, Status


@dataclass(frozen=True)
class Transition:
    """What an action does from a status: where it leads, who may do it, whom it tells, whether words are needed.

    `mail` names the template in `email/` sent to `mail_to` and `mail_too`; empty means nobody is told. An action whose
    target is the status it starts from changes something else: a date, the school.
    """

    target: Status
    actor: Actor
    mail: str = ""
    mail_to: Actor = Actor.SUBJECT
    needs_comment: bool = False
    mail_too: tuple[Actor, ...] = ()


S, A = Status, Action


def _to_new_school(target: Status) -> Transition:
    return Transition(target, Actor.AUTHORITY, "transferred", mail_too=(Actor.DECIDER,))


TABLE: dict[tuple[Status, Action], Transition] = {
    (S.DRAFT, A.SUBMIT): Transition(S.SUBMITTED, Actor.SUBJECT, "submitted", Actor.DECIDER),
    (S.RETURNED, A.SUBMIT): Transition(S.SUBMITTED, Actor.SUBJECT, "submitted", Actor.DECIDER),
    (S.SUBMITTED, A.TAKE_BACK): Transition(S.DRAFT, Actor.SUBJECT),
    (S.SUBMITTED, A.OPEN): Transition(S.UNDER_REVIEW, Actor.DECIDER),
    (S.SUBMITTED, A.CLOSE): Transition(S.CLOSED, Actor.SYSTEM),  # self-only years end without a decision
    (S.UNDER_REVIEW, A.RETURN): Transition(S.RETURNED, Actor.DECIDER, "returned", needs_comment=True),
    (S.UNDER_REVIEW, A.DECIDE): Transition(S.DECIDED, Actor.DECIDER),
    (S.DECIDED, A.REVISE): Transition(S.UNDER_REVIEW, Actor.DECIDER),
    (S.DECIDED, A.ANNOUNCE): Transition(S.ANNOUNCED, Actor.DECIDER, "announced"),
    (S.ANNOUNCED, A.ACKNOWLEDGE): Transition(S.CLOSED, Actor.SUBJECT),
    (S.ANNOUNCED, A.OBJECT): Transition(S.OBJECTED, Actor.SUBJECT, "objected", Actor.DECIDER, needs_comment=True),
    (S.ANNOUNCED, A.CLOSE): Transition(S.CLOSED, Actor.SYSTEM, "closed"),
    (S.OBJECTED, A.UPHOLD): Transition(S.ANNOUNCED, Actor.DECIDER, "answered", needs_comment=True),
    (S.OBJECTED, A.RECONSIDER): Transition(S.UNDER_REVIEW, Actor.DECIDER, "answered", needs_comment=True),
    (S.ANNOUNCED, A.REOPEN): Transition(S.UNDER_REVIEW, Actor.AUTHORITY, "reopened", needs_comment=True),
    (S.CLOSED, A.REOPEN): Transition(S.UNDER_REVIEW, Actor.AUTHORITY, "reopened", needs_comment=True),
    (S.DRAFT, A.EXCUSE): Transition(S.EXCUSED, Actor.DECIDER, "excused", needs_comment=True),
    (S.RETURNED, A.EXCUSE): Transition(S.EXCUSED, Actor.DECIDER, "excused", needs_comment=True),
    (S.SUBMITTED, A.EXCUSE): Transition(S.EXCUSED, Actor.DECIDER, "excused", needs_comment=True),
    (S.EXCUSED, A.READMIT): Transition(S.DRAFT, Actor.DECIDER, "readmitted"),
    (S.DRAFT, A.EXTEND): Transition(S.DRAFT, Actor.DECIDER, "extended"),
    (S.RETURNED, A.EXTEND): Transition(S.RETURNED, Actor.DECIDER, "extended"),
    # To the school where the person teaches now; what has been decided stays where it was decided.
    (S.DRAFT, A.TRANSFER): _to_new_school(S.DRAFT),
    (S.RETURNED, A.TRANSFER): _to_new_school(S.RETURNED),
    (S.SUBMITTED, A.TRANSFER): _to_new_school(S.SUBMITTED),
    (S.UNDER_REVIEW, A.TRANSFER): _to_new_school(S.UNDER_REVIEW),
    (S.EXCUSED, A.TRANSFER): _to_new_school(S.DRAFT),  # excused by the old school; the new head may excuse again
}

OWNERS: dict[Status, Actor | None] = {
    S.DRAFT: Actor.SUBJECT,
    S.RETURNED: Actor.SUBJECT,
    S.SUBMITTED: Actor.DECIDER,
    S.UNDER_REVIEW: Actor.DECIDER,
    S.DECIDED: Actor.DECIDER,
    S.ANNOUNCED: Actor.SUBJECT,
    S.OBJECTED: Actor.DECIDER,
    S.EXCUSED: Actor.DECIDER,
    S.CLOSED: None,  # nobody has to do anything; the authority above may reopen
}
"""Whose turn it is in each status."""


def actions_from(status: Status) -> list[Action]:
    """The actions the table knows from `status`, in the table's order."""
    return [action for known, action in TABLE if known == status]
