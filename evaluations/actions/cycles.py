"""The life of a cycle: prepared, opened, refreshed, extended, closed. Opening makes everything a teacher needs."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.jobs import enqueue
from evaluations.enums import CycleAction, CycleStatus, SheetKind, Status
from evaluations.models import Cycle, CycleEvent, Evaluation, LeftOut, Sheet
from evaluations.participants import Person, plan
from evaluations.policies_office import can_close, can_edit_draft, can_extend_dates, can_manage, can_open, can_refresh
from people.models import Unit, User
from people.queries import group_of

BATCH = 500
"""People written at once: a school of 60 is one batch, sixty schools are eight."""

EMPTY_RATINGS = """
    INSERT INTO evaluations_rating (sheet_id, criterion_id, level, note, no_evidence, revision, updated_at)
    SELECT sheet.id, criterion.id, '', '', FALSE, 0, %s
    FROM unnest(%s::bigint[]) AS sheet(id) CROSS JOIN standards_criterion criterion
    WHERE criterion.version_id = %s
    ORDER BY sheet.id, criterion.number
"""
"""54,000 rows for sixty schools: made inside the database they take a tenth of the time of sending them there."""


@transaction.atomic
def save_draft(*, cycle: Cycle, units: Iterable[Unit], by: User) -> Cycle:
    """Saves a cycle in preparation with its schools. A new one gets its code from the office and the school year."""
    if cycle.pk:
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        can_edit_draft(by, locked).or_raise()
    else:
        can_edit_draft(by, cycle).or_raise()
        cycle.created_by = by
        cycle.code = _free_code(cycle)
    cycle.save()
    cycle.units.set(units)
    return cycle


def _free_code(cycle: Cycle) -> str:
    stem = slugify(f"{cycle.owner.code}-{cycle.school_year}")[:50]
    taken = set(Cycle.objects.filter(code__startswith=stem).values_list("code", flat=True))
    codes = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in codes if code not in taken)


@transaction.atomic
def discard_draft(*, cycle: Cycle, by: User) -> None:
    """Throws a cycle away that was never opened."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    can_edit_draft(by, cycle).or_raise()
    cycle.delete()


@transaction.atomic
def open_cycle(*, cycle: Cycle, by: User) -> Cycle:
    """Opens the cycle: an evaluation and an empty self-assessment for everybody in it, a row for everybody left out.

    A second click finds it open and changes nothing. Mails are written by the worker after the commit.
    Raises Refused when there is nobody to take in or a date is past.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("version", "owner").get(pk=cycle.pk)
    if cycle.status == CycleStatus.OPEN:
        can_manage(by, cycle).or_raise()
        return cycle
    can_open(by, cycle).or_raise()
    people = plan(cycle)
    if not people.taken:
        raise Refused(_("Nobody would be in this cycle. Choose schools with teachers, or another reference date."))
    _take_in(cycle, people.taken)
    LeftOut.objects.bulk_create(
        [LeftOut(cycle=cycle, user=row.user, unit=row.unit, reason=row.reason) for row in people.left_out],
        batch_size=BATCH,
    )
    cycle.status, cycle.opened_at, cycle.opened_by = CycleStatus.OPEN, timezone.now(), by
    cycle.save(update_fields=["status", "opened_at", "opened_by"])
    _note(cycle, CycleAction.OPEN, by, people=len(people.taken))
    _tell_participants(cycle)
    return cycle


def _note(cycle: Cycle, action: CycleAction, by: User, **facts) -> CycleEvent:
    """One line in the cycle's own history."""
    return CycleEvent.objects.create(cycle=cycle, action=action, by=by, facts=facts)


def _take_in(cycle: Cycle, people: list[Person]) -> None:
    """Evaluations, self-assessments and their empty ratings: three inserts for each batch of people."""
    for start in range(0, len(people), BATCH):
        evaluations = Evaluation.objects.bulk_create(
            Evaluation(cycle=cycle, subject=row.user, unit=row.unit, group=row.group)
            for row in people[start : start + BATCH]
        )
        sheets = Sheet.objects.bulk_create(
            Sheet(evaluation=evaluation, kind=SheetKind.SELF, author=evaluation.subject) for evaluation in evaluations
        )
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_RATINGS, [timezone.now(), [sheet.pk for sheet in sheets], cycle.version_id])


def _tell_participants(cycle: Cycle) -> None:
    from evaluations.tasks import tell_opening  # the task module imports this one

    enqueue(tell_opening, cycle.pk)


def newcomers(cycle: Cycle) -> list[Person]:
    """People who belong to the cycle by today's state and are not in it yet."""
    known = set(Evaluation.objects.filter(cycle=cycle).values_list("subject_id", flat=True))
    return [person for person in plan(cycle, timezone.localdate()).taken if person.user.pk not in known]


def gone(cycle: Cycle) -> list[Evaluation]:
    """Unfinished evaluations of people who are no longer teachers of that school, nor of another one of the cycle."""
    teaching = {person.user.pk for person in plan(cycle, timezone.localdate()).taken}
    rows = (
        Evaluation.objects.filter(cycle=cycle, status__in=(Status.DRAFT, Status.RETURNED, Status.SUBMITTED))
        .select_related("subject", "unit", "cycle")
        .order_by("unit__position", "unit__name", "subject__name_key", "pk")
    )
    return [row for row in rows if row.subject_id not in teaching]


def without_group(cycle: Cycle) -> list[tuple[Evaluation, Unit]]:
    """Evaluations without a professional group whose person has one by now, and which."""
    rows = list(
        Evaluation.objects.filter(cycle=cycle, group=None)
        .exclude(status__in=(Status.CLOSED, Status.EXCUSED))
        .select_related("subject", "unit")
        .order_by("unit", "subject__name_key", "pk")
    )
    groups = group_of([row.subject_id for row in rows], list({row.unit_id for row in rows}))
    return [(row, groups[row.subject_id, row.unit_id]) for row in rows if (row.subject_id, row.unit_id) in groups]


@transaction.atomic
def refresh(*, cycle: Cycle, people: Iterable[int], by: User) -> tuple[int, int]:
    """Takes in the newcomers among `people` (ids) and notes the groups people have joined.

    Returns (people taken in, groups noted). The same call twice takes nobody in twice.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("version", "owner").get(pk=cycle.pk)
    can_refresh(by, cycle).or_raise()
    chosen = set(people)
    joined = [person for person in newcomers(cycle) if person.user.pk in chosen]
    _take_in(cycle, joined)
    LeftOut.objects.filter(cycle=cycle, user__in=[person.user.pk for person in joined]).delete()
    grouped = without_group(cycle)
    for evaluation, group in grouped:
        evaluation.group = group
    Evaluation.objects.bulk_update([row for row, _group in grouped], ["group"], batch_size=BATCH)
    if joined or grouped:
        _note(cycle, CycleAction.TAKE_IN, by, people=len(joined), groups=len(grouped))
    if joined:
        _tell_participants(cycle)
    return len(joined), len(grouped)


@transaction.atomic
def extend_dates(
    *, cycle: Cycle, self_due: date, opinions_due: date | None, decision_due: date | None, late_allowed: bool, by: User
) -> Cycle:
    """Gives everybody more time. Dates move later, never earlier: people rely on them.

    What moved is written down, and the worker mails everybody whom a new date concerns. The same dates twice are once.
    Raises Refused, ValidationError for dates that contradict each other.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("version", "owner").get(pk=cycle.pk)
    can_extend_dates(by, cycle).or_raise()
    moved = {}
    wanted = {"self_due": self_due, "opinions_due": opinions_due, "decision_due": decision_due}
    for name, day in wanted.items():
        known = getattr(cycle, name)
        if known and (day is None or day < known):
            raise Refused(_("In an open cycle dates can only move later: people rely on them."))
        if day != known:
            moved[name] = [known and known.isoformat(), day.isoformat()]
        setattr(cycle, name, day)
    if late_allowed != cycle.late_allowed:
        moved["late_allowed"] = late_allowed
    if not moved:
        return cycle
    cycle.late_allowed = late_allowed
    cycle.check_opinions_due()
    cycle.validate_constraints()
    cycle.save(update_fields=[*wanted, "late_allowed"])
    event = _note(cycle, CycleAction.DATES, by, **moved)
    from evaluations.tasks import tell_dates  # the task module imports this one

    enqueue(tell_dates, event.pk)
    return cycle


@transaction.atomic
def close_cycle(*, cycle: Cycle, by: User) -> Cycle:
    """Closes the cycle: nobody starts anything any more; what is under way is still finished. Twice is once."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("version", "owner").get(pk=cycle.pk)
    if cycle.status == CycleStatus.CLOSED:
        can_manage(by, cycle).or_raise()
        return cycle
    can_close(by, cycle).or_raise()
    cycle.status, cycle.closed_at = CycleStatus.CLOSED, timezone.now()
    cycle.save(update_fields=["status", "closed_at"])
    _note(cycle, CycleAction.CLOSE, by)
    from evaluations.tasks import close_unanswered  # the task module imports this one

    enqueue(close_unanswered)
    return cycle
