"""The doors to reports and tallies. A report belongs to who asked for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evaluations.enums import RESULT_KNOWN, CycleStatus, Status
from evaluations.models import Cycle, Evaluation
from evaluations.queries import own, visible_cycles
from people.enums import Place
from people.models import Placement, Unit, User
from people.queries import heads_of, offices_of, schools_led, units_overseen
from reports.models import Report, StaleTally, Tally

NEVER_SUBMITTED = [Status.DRAFT, Status.RETURNED, Status.EXCUSED]


def visible_to(user: User) -> QuerySet[Report]:
    """The reports `user` asked for, newest first."""
    return (
        Report.objects.filter(requested_by=user)
        .select_related("cycle", "unit", "evaluation", "evaluation__subject", "file")
        .order_by("-requested_at", "pk")
    )


# --- what may be asked for ------------------------------------------------------------------------------------------
def own_evaluations(user: User) -> QuerySet[Evaluation]:
    """The evaluations `user` may print documents of."""
    return own(user).select_related("cycle", "cycle__version", "unit", "subject")


def reportable_cycles(user: User) -> QuerySet[Cycle]:
    """Opened cycles `user` has to do with, newest first."""
    return visible_cycles(user).exclude(status=CycleStatus.DRAFT).order_by("-school_year", "-starts_on", "code")


def schools_in_sight(user: User) -> QuerySet[Unit]:
    """The schools whose summary `user` may ask for: led, or in the own branch."""
    scope = Q(pk__in=schools_led(user))
    if offices_of(user):
        scope |= Q(pk__in=units_overseen(user).values("pk"))
    return Unit.objects.schools().filter(scope).select_related("kind").order_by("position", "name", "pk")


def with_people(cycles: QuerySet[Cycle], schools: QuerySet[Unit]) -> tuple[QuerySet[Cycle], QuerySet[Unit]]:
    """Those of the cycles and those of the schools that have evaluations with one another."""
    found = Evaluation.objects.order_by()
    return (
        cycles.filter(Exists(found.filter(cycle=OuterRef("pk"), unit__in=schools.order_by().values("pk")))),
        schools.filter(Exists(found.filter(unit=OuterRef("pk"), cycle__in=cycles.order_by().values("pk")))),
    )


def offices_in_sight(user: User) -> QuerySet[Unit]:
    """The offices whose aggregate `user` may ask for: the own ones and those below."""
    if not offices_of(user):
        return Unit.objects.none()
    found = units_overseen(user).filter(kind__place=Place.OFFICE)
    return found.select_related("kind").order_by("kind__position", "position", "name", "pk")


# --- the frozen state a document is made from -------------------------------------------------------------------------
def evaluations_of_school(cycle: Cycle, unit: Unit) -> QuerySet[Evaluation]:
    """A school's evaluations of a cycle in the order of names."""
    return (
        Evaluation.objects.filter(cycle=cycle, unit=unit)
        .select_related("cycle", "subject", "unit", "group")
        .order_by("subject__name_key", "pk")
    )


def schools_of_branch(cycle: Cycle, unit: Unit) -> list[Unit]:
    """The schools of the cycle that stand at or below `unit` today: offices answer for the schools they have now."""
    below = Unit.objects.below([unit.pk]).values("pk")
    return list(cycle.units.filter(pk__in=below).select_related("kind").order_by("position", "name", "pk"))


def has_schools(cycle: Cycle, unit: Unit) -> bool:
    """Does any school of the cycle stand at or below `unit` today?"""
    return cycle.units.filter(pk__in=Unit.objects.below([unit.pk]).values("pk")).exists()


def tables_of(schools: Sequence[Unit], top: Unit) -> dict[int, list[Unit]]:
    """Every office from `top` down to these schools -> the units of its table, in order: those right below it, today, that
    are one of the schools or stand over one."""
    below = Unit.objects.below([top.pk]).values("pk")
    placements = Placement.objects.in_force().filter(unit__in=below)
    parents = dict(placements.exclude(unit=top.pk).values_list("unit_id", "parent_id"))
    found: dict[int, set[int]] = {top.pk: set()}
    for school in schools:
        here = school.pk
        while here in parents and here not in found.get(parents[here], ()):
            found.setdefault(parents[here], set()).add(here)
            here = parents[here]
    units = {school.pk: school for school in schools} | Unit.objects.in_bulk(found)
    return {
        office: sorted((units[pk] for pk in rows), key=lambda unit: (unit.position, unit.name, unit.pk))
        for office, rows in found.items()
    }


def offices_above(unit: Unit, on: date | None = None) -> list[Unit]:
    """The offices over `unit` on that day (default today), nearest first."""
    above = Unit.objects.above([unit.pk], on).filter(kind__place=Place.OFFICE).exclude(pk=unit.pk)
    return list(above.select_related("kind").order_by("-kind__position", "pk"))


# --- tallies ----------------------------------------------------------------------------------------------------------
def overall_tallies(cycle_id: int) -> dict[int, Tally]:
    """School -> its overall tally, of every school that has been counted in the cycle."""
    return {tally.unit_id: tally for tally in Tally.objects.filter(cycle=cycle_id, criterion=None).order_by("unit")}


def criterion_totals(cycle_id: int, unit_ids: Sequence[int] | None, levels: int) -> dict[int | None, tuple[int, ...]]:
    """Criterion id (None: the overall result) -> people at each level over these schools, or (None) over all of the
    cycle. One pass over wide rows."""
    some = "" if unit_ids is None else "AND unit_id = ANY(%s) "
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT criterion_id, {_sums(levels)} FROM reports_tally "  # noqa: S608 - the columns are counted here
            f"WHERE cycle_id = %s {some}GROUP BY criterion_id",
            [cycle_id] if unit_ids is None else [cycle_id, list(unit_ids)],
        )
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def criterion_sums(cycle_id: int, places: Mapping[int, int], levels: int) -> dict[int, dict[int, tuple[int, ...]]]:
    """Criterion id -> unit -> people at each level over its schools. `places`: school -> the unit it is counted in."""
    found: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT criterion_id, place, {_sums(levels)} FROM reports_tally "  # noqa: S608 - the columns are counted here
            "JOIN unnest(%s::bigint[], %s::bigint[]) AS counted(school, place) ON school = unit_id "
            "WHERE cycle_id = %s AND criterion_id IS NOT NULL GROUP BY criterion_id, place",
            [list(places), list(places.values()), cycle_id],
        )
        for criterion, place, *counts in cursor.fetchall():
            found[criterion][place] = tuple(counts)
    return found


def _sums(levels: int) -> str:
    return ", ".join(f"coalesce(sum(counts[{place}]), 0)::bigint" for place in range(1, levels + 1))


def miscounted_schools(cycle_id: int, unit_ids: Sequence[int]) -> list[int]:
    """Those of the schools whose tallies are missing, marked stale, or disagree with how many stand where."""
    marked = set(
        StaleTally.objects.filter(cycle=cycle_id, unit__in=unit_ids).order_by("unit").values_list("unit", flat=True)
    )
    tallied = {
        row[0]: row[1:]
        for row in Tally.objects.filter(cycle=cycle_id, unit__in=unit_ids, criterion=None)
        .order_by("unit")
        .values_list("unit", "people", "submitted", "decided", "excused")
    }
    counted = {
        row[0]: row[1:]
        for row in Evaluation.objects.filter(cycle=cycle_id, unit__in=unit_ids)
        .order_by("unit")
        .values("unit")
        .annotate(
            people=Count("pk", filter=~Q(status=Status.EXCUSED)),
            submitted=Count("pk", filter=~Q(status__in=NEVER_SUBMITTED)),
            decided=Count("pk", filter=Q(status__in=[Status.DECIDED, *RESULT_KNOWN]) & ~Q(result="")),
            excused=Count("pk", filter=Q(status=Status.EXCUSED)),
        )
        .values_list("unit", "people", "submitted", "decided", "excused")
    }
    nobody = (0, 0, 0, 0)
    return [pk for pk in unit_ids if pk in marked or tallied.get(pk) != counted.get(pk, nobody)]


# --- the command line: the operator asks, with the eyes of whom the document is for -------------------------------------
@dataclass(frozen=True)
class Found:
    cycle: Cycle
    unit: Unit
    evaluation: Evaluation | None
    reader: User


def find_subject(*, cycle: str, unit: str, person: str = "") -> Found:
    """The subject by codes. `reader` is the teacher, the head of the school, or who made the cycle for an office.

    Raises LookupError with a sentence.
    """
    round_ = Cycle.objects.select_related("version", "created_by").filter(code=cycle).first()
    place = Unit.objects.select_related("kind").filter(code=unit).first()
    if round_ is None:
        raise LookupError(f"There is no cycle with the code {cycle}.")
    if place is None:
        raise LookupError(f"There is no unit with the code {unit}.")
    if person:
        rows = evaluations_of_school(round_, place).select_related("cycle__version", "unit__kind", "decided_by")
        evaluation = rows.filter(subject__username__iexact=person).first()
        if evaluation is None:
            raise LookupError(f"{person} is not in the cycle {cycle} at {place.name}.")
        return Found(round_, place, evaluation, evaluation.subject)
    if place.kind.place == Place.OFFICE:
        return Found(round_, place, None, round_.created_by)
    head = heads_of(place.pk).first()
    if head is None:
        raise LookupError(f"{place.name} has no head, so there is nobody to make the document for.")
    return Found(round_, place, None, head)
