"""Moving an evaluation: every verb of the workflow table goes through `move`."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.constraints import sentence_of
from core.dates import date_words
from core.decisions import Refused
from evaluations.emails import tell
from evaluations.enums import UNDECIDED, Action, SheetKind, Status
from evaluations.models import Evaluation, Event, LeftOut, Rating, Sheet
from evaluations.policies import can, words_wanted
from evaluations.queries import decision_sheet, self_sheet
from evaluations.queries_moved import new_school
from evaluations.readiness import Missing, missing_to_decide, missing_to_submit
from evaluations.results import outcome_of
from evaluations.signals import evaluation_moved
from evaluations.workflow import TABLE
from people.models import Unit, User
from people.queries import group_of

CARRIED = ("strengths", "improvements", "goals", "content", "timing", "conditions")


@transaction.atomic
def move(*, evaluation: Evaluation, action: Action, by: User | None, comment: str = "", **facts) -> Evaluation:
    """Does `action` on `evaluation` for `by` (None: the system) and returns the evaluation as saved.

    The row is locked and read again first. An action whose target is reached already by the same person is done
    once: the second click changes nothing and writes no event. `facts` are column values the action brings along
    (excuse_reason, excuse_months).

    Raises PermissionDenied (not this person's work) or Refused (not now, or something is missing).
    """
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",)).select_related("cycle", "unit").get(pk=evaluation.pk)
    )
    if _done_already(evaluation, action, by):
        return evaluation
    can(by, evaluation, action).or_raise()
    transition = TABLE[Status(evaluation.status), action]
    comment = comment.strip()
    if transition.needs_comment and not comment:
        raise Refused(words_wanted(action))
    before, left, now = evaluation.status, evaluation.unit, timezone.now()
    for field, value in facts.items():
        setattr(evaluation, field, value)
    if prepare := PREPARE.get(action):
        prepare(evaluation, by, now)
    evaluation.status = transition.target
    _save(evaluation)
    event = Event.objects.create(
        evaluation=evaluation,
        action=action,
        from_status=before,
        to_status=transition.target,
        by=by,
        at=now,
        comment=comment,
        result=evaluation.result if action in (Action.DECIDE, Action.ANNOUNCE) else "",
        facts=_facts(evaluation, action, left),
    )
    tell(evaluation, transition, event, left)
    evaluation_moved.send(Evaluation, evaluation=evaluation, action=action, by=by, event=event, left=left)
    return evaluation


def _facts(evaluation: Evaluation, action: Action, left: Unit) -> dict[str, str]:
    """What the event says beyond its action: the new last day, the two schools."""
    if action == Action.EXTEND:
        return {"until": evaluation.extended_to.isoformat()}
    if action == Action.TRANSFER:
        return {"left": left.name, "joined": evaluation.unit.name}
    return {}


def _done_already(evaluation: Evaluation, action: Action, by: User | None) -> bool:
    if action == Action.TRANSFER and evaluation.status in UNDECIDED and new_school(evaluation) is not None:
        return False
    if action != Action.TRANSFER and (evaluation.status, action) in TABLE:
        return False
    last = evaluation.events.order_by("-at", "-pk").first()
    return last is not None and last.action == action and last.by_id == (by.pk if by else None)


def _save(evaluation: Evaluation) -> None:
    """What the database refuses as impossible is refused in the words of its rule."""
    try:
        with transaction.atomic():
            evaluation.save()
    except IntegrityError as error:
        raise Refused(sentence_of(error, Evaluation)) from error


def _refuse_gaps(gaps: list[Missing], sentence: str) -> None:
    if gaps:
        raise Refused(sentence, problems=[gap.sentence for gap in gaps])


def _prepare_submit(evaluation: Evaluation, by: User, now) -> None:
    _refuse_gaps(missing_to_submit(evaluation), _("Not submitted yet: something is missing."))
    sheet = self_sheet(evaluation)
    evaluation.submitted_at, evaluation.opened_at = now, None
    evaluation.self_result = outcome_of(evaluation, sheet).result or ""
    Sheet.objects.filter(pk=sheet.pk).update(submitted_at=now)


def _prepare_take_back(evaluation: Evaluation, by: User, now) -> None:
    evaluation.submitted_at, evaluation.self_result = None, ""
    Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.SELF).update(submitted_at=None)


def _prepare_open(evaluation: Evaluation, by: User, now) -> None:
    evaluation.opened_at = now
    ensure_sheet(evaluation, SheetKind.DECISION, by)


def _prepare_decide(evaluation: Evaluation, by: User, now) -> None:
    _refuse_gaps(missing_to_decide(evaluation), _("Not decided yet: something is missing."))
    sheet = decision_sheet(evaluation)
    outcome = outcome_of(evaluation, sheet)
    evaluation.result, evaluation.decided_at, evaluation.decided_by = outcome.result, now, by
    Sheet.objects.filter(pk=sheet.pk).update(submitted_at=now, author=by)


def _prepare_revise(evaluation: Evaluation, by: User, now) -> None:
    """Nobody has read the decision yet: the same sheet goes on."""
    evaluation.result, evaluation.decided_at, evaluation.decided_by = "", None, None
    Sheet.objects.filter(pk=decision_sheet(evaluation).pk).update(submitted_at=None)


def _prepare_again(evaluation: Evaluation, by: User, now) -> None:
    """The announced decision stays, superseded; a copy of it is the new draft."""
    old = decision_sheet(evaluation)
    evaluation.result, evaluation.decided_at, evaluation.decided_by = "", None, None
    evaluation.announced_at = evaluation.acknowledged_at = evaluation.closed_at = None
    ratings = list(old.ratings.all())
    Sheet.objects.filter(pk=old.pk).update(superseded_at=now)
    words = {name: getattr(old, name) for name in CARRIED}
    new = Sheet.objects.create(evaluation=evaluation, kind=SheetKind.DECISION, author=old.author, **words)
    Rating.objects.bulk_create(
        Rating(sheet=new, criterion_id=row.criterion_id, level=row.level, note=row.note) for row in ratings
    )


def _prepare_announce(evaluation: Evaluation, by: User, now) -> None:
    evaluation.announced_at = now


def _prepare_acknowledge(evaluation: Evaluation, by: User, now) -> None:
    evaluation.acknowledged_at = evaluation.closed_at = now


def _prepare_object(evaluation: Evaluation, by: User, now) -> None:
    evaluation.objected_at = now


def _prepare_close(evaluation: Evaluation, by: User | None, now) -> None:
    evaluation.closed_at = now


def _prepare_excuse(evaluation: Evaluation, by: User, now) -> None:
    if not evaluation.excuse_reason:
        raise Refused(_("Choose the reason why this person is excused."))


def _prepare_readmit(evaluation: Evaluation, by: User, now) -> None:
    evaluation.excuse_reason, evaluation.excuse_months = "", None
    evaluation.submitted_at, evaluation.self_result = None, ""
    Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.SELF).update(submitted_at=None)


def _prepare_extend(evaluation: Evaluation, by: User, now) -> None:
    """A day beyond everybody's that has not gone by. It may be before the one given so far: that may be mistyped."""
    known = evaluation.cycle.self_due
    if evaluation.extended_to is None or evaluation.extended_to <= known:
        raise Refused(_("Choose a day after %(date)s, the last day for everybody.") % {"date": date_words(known)})
    if evaluation.extended_to < timezone.localdate():
        raise Refused(_("Choose a day that has not gone by."))


def _prepare_transfer(evaluation: Evaluation, by: User, now) -> None:
    """To the school where the person teaches now, into the group there.

    What colleagues have handed in stays and counts, what they had only begun is never counted: they are no colleagues
    any more. What the former head had begun to decide goes along, as when a school's head changes.
    """
    school = new_school(evaluation)
    evaluation.unit = school
    evaluation.group = group_of([evaluation.subject_id], [school.pk]).get((evaluation.subject_id, school.pk))
    LeftOut.objects.filter(cycle=evaluation.cycle_id, user=evaluation.subject_id, unit=school).delete()
    if evaluation.status == Status.EXCUSED:
        _prepare_readmit(evaluation, by, now)


PREPARE = {
    Action.SUBMIT: _prepare_submit,
    Action.TAKE_BACK: _prepare_take_back,
    Action.OPEN: _prepare_open,
    Action.DECIDE: _prepare_decide,
    Action.REVISE: _prepare_revise,
    Action.ANNOUNCE: _prepare_announce,
    Action.ACKNOWLEDGE: _prepare_acknowledge,
    Action.OBJECT: _prepare_object,
    Action.RECONSIDER: _prepare_again,
    Action.REOPEN: _prepare_again,
    Action.CLOSE: _prepare_close,
    Action.EXCUSE: _prepare_excuse,
    Action.READMIT: _prepare_readmit,
    Action.EXTEND: _prepare_extend,
    Action.TRANSFER: _prepare_transfer,
}
"""What an action does to the evaluation's own columns and sheets before the status changes."""


def ensure_sheet(evaluation: Evaluation, kind: SheetKind, author: User) -> Sheet:
    """The sheet of that kind (of that author, for opinions), made with its empty ratings when it is not there yet.

    Call inside a transaction that holds the evaluation's lock.
    """
    found = Sheet.objects.filter(evaluation=evaluation, kind=kind, superseded_at=None)
    if kind == SheetKind.OPINION:
        found = found.filter(author=author)
    if sheet := found.first():
        return sheet
    sheet = Sheet.objects.create(evaluation=evaluation, kind=kind, author=author)
    criteria = evaluation.cycle.version.criteria.order_by("number").values_list("pk", flat=True)
    Rating.objects.bulk_create(Rating(sheet=sheet, criterion_id=pk) for pk in criteria)
    return sheet


def announce_many(*, evaluations, by: User) -> tuple[list[Evaluation], list[tuple[Evaluation, str]]]:
    """Announces each decided evaluation; returns those announced and those refused with the sentence why."""
    return _many(evaluations, Action.ANNOUNCE, by)


def transfer_many(*, evaluations, by: User) -> tuple[list[Evaluation], list[tuple[Evaluation, str]]]:
    """Moves each evaluation to the school where its person teaches now; returns those moved, and those refused with
    the sentence why."""
    return _many(evaluations, Action.TRANSFER, by)


def _many(evaluations, action: Action, by: User) -> tuple[list[Evaluation], list[tuple[Evaluation, str]]]:
    done, refused = [], []
    for evaluation in evaluations:
        try:
            done.append(move(evaluation=evaluation, action=action, by=by))
        except Refused as refusal:
            refused.append((evaluation, str(refusal)))
    return done, refused
