"""The doors of heads and offices: cycles they prepare, boards they read. Numbers only where names are nobody's due."""

from collections import Counter

from django.db.models import Count, DateTimeField, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evaluations.enums import RESULT_KNOWN, CycleStatus, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Event, Evidence, Rating, Sheet
from evaluations.queries import with_opinions_read
from people.enums import LEADERS, OVERSEERS, Role
from people.models import Membership, Placement, Unit, User
from people.queries import own_groups, schools_led, unit_ids, units_overseen

MANAGERS = (Role.OFFICER, Role.ADMINISTRATOR)

HANDED_IN = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.DECIDED, *RESULT_KNOWN)
UNFINISHED = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.UNDER_REVIEW, Status.DECIDED, Status.OBJECTED)


# --- cycles ---------------------------------------------------------------------------------------------------------
def office_cycles(user: User) -> QuerySet[Cycle]:
    """Cycles `user` works with as a leader or an office: own branch's (drafts too), and those held at led schools."""
    scope = Q(units__in=schools_led(user)) & ~Q(status=CycleStatus.DRAFT)
    if unit_ids(user, *OVERSEERS):
        branch = units_overseen(user).values("pk")
        scope |= Q(owner__in=branch) | (Q(units__in=branch) & ~Q(status=CycleStatus.DRAFT))
    ids = Cycle.objects.filter(scope).values("pk")
    return Cycle.objects.filter(pk__in=ids).select_related("version", "version__framework", "owner")


def cycle_list(user: User) -> QuerySet[Cycle]:
    """The same with the numbers of a list: schools, people, handed in, announced. Newest first."""
    people = Count("evaluations", filter=~Q(evaluations__status=Status.EXCUSED), distinct=True)
    schools = Subquery(
        Cycle.units.through.objects.filter(cycle=OuterRef("pk")).values("cycle").annotate(n=Count("pk")).values("n")
    )
    return (
        office_cycles(user)
        .annotate(
            schools=Coalesce(schools, 0),
            people=people,
            submitted=Count("evaluations", filter=Q(evaluations__status__in=HANDED_IN), distinct=True),
        )
        .order_by("-school_year", "-starts_on", "code")
    )


def offices_managed(user: User) -> QuerySet[Unit]:
    """The offices in whose name `user` may prepare and open cycles."""
    return (
        Unit.objects.filter(pk__in=unit_ids(user, *MANAGERS)).select_related("kind").order_by("position", "name", "pk")
    )


def may_manage(user: User, cycle: Cycle) -> bool:
    """Is `user` an officer or administrator of the cycle's office or of one above it?"""
    return units_overseen(user, *MANAGERS).filter(pk=cycle.owner_id).exists()


def school_tree(office_ids: list[int]) -> tuple[list[Unit], dict[int, int]]:
    """The offices and open schools below these offices, and unit -> parent. Two queries."""
    units = (
        Unit.objects.below(office_ids)
        .exclude(kind__place="group")
        .filter(closed_on=None)
        .select_related("kind")
        .order_by("position", "name", "pk")
    )
    units = list(units)
    parents = Placement.objects.in_force().filter(unit__in=[unit.pk for unit in units])
    return units, dict(parents.values_list("unit_id", "parent_id"))


def school_numbers(cycle: Cycle, user: User) -> QuerySet[Unit]:
    """The cycle's schools that `user` may look at, each with the counts of its stages. One query."""
    scope = Q(pk__in=schools_led(user))
    if unit_ids(user, *OVERSEERS):
        scope |= Q(pk__in=units_overseen(user).values("pk"))

    def number(*conditions: Q) -> Coalesce:
        rows = Evaluation.objects.filter(*conditions, cycle=cycle, unit=OuterRef("pk")).order_by().values("unit")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

    return (
        cycle.units.filter(scope)
        .select_related("kind")
        .annotate(
            people=number(~Q(status=Status.EXCUSED)),
            excused=number(Q(status=Status.EXCUSED)),
            submitted=number(Q(status__in=HANDED_IN)),
            decided=number(Q(status__in=(Status.DECIDED, *RESULT_KNOWN))),
            announced=number(Q(status__in=RESULT_KNOWN)),
            missing=number(Q(status__in=(Status.DRAFT, Status.RETURNED))),
        )
        .order_by("position", "name", "pk")
    )


def status_counts(cycle: Cycle, unit_ids: list[int] | None = None) -> dict[str, int]:
    """Status -> number of evaluations of the cycle (at these schools)."""
    rows = Evaluation.objects.filter(cycle=cycle)
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    return dict(rows.order_by().values_list("status").annotate(Count("pk")))


def counts_of_led_schools(user: User) -> dict[tuple[Cycle, Unit], Counter]:
    """(cycle, school) -> counts by status, of the schools `user` leads; cycles with nothing left are skipped.

    Three queries. The own evaluation is not counted.
    """
    rows = (
        Evaluation.objects.filter(unit__in=schools_led(user))
        .exclude(subject=user)
        .exclude(cycle__status=CycleStatus.DRAFT)
        .order_by()
        .values_list("cycle_id", "unit_id", "status")
        .annotate(number=Count("pk"))
    )
    counts: dict[tuple[int, int], Counter] = {}
    for cycle_id, unit_id, status, number in rows:
        counts.setdefault((cycle_id, unit_id), Counter())[status] = number
    live = {key for key, found in counts.items() if any(found[status] for status in UNFINISHED)}
    cycles = Cycle.objects.in_bulk({cycle for cycle, _unit in live})
    units = Unit.objects.in_bulk({unit for _cycle, unit in live})
    pairs = sorted(live, key=lambda key: (cycles[key[0]].starts_on, key), reverse=True)
    return {(cycles[cycle], units[unit]): counts[cycle, unit] for cycle, unit in pairs}


def unfinished(cycle: Cycle) -> QuerySet[Evaluation]:
    """Evaluations of the cycle that somebody still has to do something about."""
    return (
        Evaluation.objects.filter(cycle=cycle, status__in=UNFINISHED)
        .select_related("subject", "unit")
        .order_by("unit__position", "unit__name", "unit", "subject__name_key", "pk")
    )


# --- the board ------------------------------------------------------------------------------------------------------
def board_rows(cycle: Cycle, unit: Unit) -> QuerySet[Evaluation]:
    """The evaluations of one school with what the board tells, in one query.

    `opinions_enough` says whether the threshold is reached; how many answered never leaves the database.
    """

    def count_of(rows: QuerySet) -> Coalesce:
        counted = rows.order_by().values("evaluation").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    of_this = {"evaluation": OuterRef("pk")}
    opinions = Sheet.objects.filter(**of_this, kind=SheetKind.OPINION, submitted_at__isnull=False)
    last_event = Event.objects.filter(**of_this).order_by().values("evaluation").annotate(at=Max("at")).values("at")
    return (
        Evaluation.objects.filter(cycle=cycle, unit=unit)
        .select_related("cycle", "subject", "group")
        .annotate(
            opinions_enough=Exists(_enough(opinions, cycle.anonymity_threshold)),
            evidence_number=count_of(Evidence.objects.filter(**of_this)),
            differences=_differences(),
            changed_at=Subquery(last_event, output_field=DateTimeField()),
        )
    )


def _enough(sheets: QuerySet, threshold: int) -> QuerySet:
    return sheets.order_by().values("evaluation").annotate(n=Count("pk")).filter(n__gte=threshold)


def _differences() -> Coalesce:
    """On how many criteria the decision in force differs from the teacher's own level."""
    own = Rating.objects.filter(
        sheet__evaluation=OuterRef("sheet__evaluation"), sheet__kind=SheetKind.SELF, criterion=OuterRef("criterion")
    ).values("level")
    rows = (
        Rating.objects.filter(
            sheet__evaluation=OuterRef("pk"), sheet__kind=SheetKind.DECISION, sheet__superseded_at=None
        )
        .exclude(level="")
        .annotate(own=Subquery(own))
        .exclude(own=F("level"))
        .order_by()
        .values("sheet__evaluation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


def groups_on_board(cycle: Cycle, unit: Unit) -> QuerySet[Unit]:
    """The professional groups of the people on the board."""
    ids = Evaluation.objects.filter(cycle=cycle, unit=unit).exclude(group=None).values("group")
    return Unit.objects.filter(pk__in=ids).order_by("position", "name", "pk")


def level_counts(
    cycle: Cycle, unit: Unit, statuses, *, without: User | None = None
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Overall result -> people, and criterion code -> level -> people, of the decisions in force. Two queries.

    `without`: a reader whose own, perhaps not yet announced, decision must not shine through.
    """
    seen = Evaluation.objects.filter(cycle=cycle, unit=unit, status__in=statuses).exclude(result="")
    if without is not None:
        seen = seen.exclude(subject=without)
    overall = dict(seen.order_by().values_list("result").annotate(Count("pk")))
    rows = (
        Rating.objects.filter(sheet__evaluation__in=seen.values("pk"), sheet__kind=SheetKind.DECISION)
        .filter(sheet__superseded_at=None)
        .exclude(level="")
        .order_by()
        .values_list("criterion__code", "level")
        .annotate(n=Count("pk"))
    )
    by_criterion: dict[str, dict[str, int]] = {}
    for code, level, number in rows:
        by_criterion.setdefault(code, {})[level] = number
    return overall, by_criterion


# --- opinions -------------------------------------------------------------------------------------------------------
def own_opinions(user: User, evaluations: list[Evaluation]) -> dict:
    """Evaluation id -> the opinion sheet that `user` wrote on it, its ratings prefetched. The own ones only."""
    sheets = (
        Sheet.objects.filter(evaluation__in=evaluations, kind=SheetKind.OPINION, author=user)
        .prefetch_related("ratings")
        .order_by("pk")
    )
    return {sheet.evaluation_id: sheet for sheet in sheets}


def colleagues_in(user: User, cycle_code: str, group: Unit) -> QuerySet[Evaluation]:
    """The colleagues of one of the own groups in a cycle, whatever their status: answered ones stay readable."""
    return with_opinions_read(
        Evaluation.objects.filter(cycle__code=cycle_code, group=group)
        .exclude(subject=user)
        .exclude(status=Status.EXCUSED)
        .exclude(unit__in=schools_led(user))
        .select_related("cycle", "subject", "unit", "group")
        .order_by("subject__name_key", "pk")
    )


def own_groups_as_units(user: User) -> QuerySet[Unit]:
    """The professional groups `user` belongs to today."""
    return Unit.objects.filter(pk__in=own_groups(user)).select_related("kind").order_by("position", "name", "pk")


def possible_authors(group: Unit) -> int:
    """How many members of a group may give opinions: everybody but leaders of a school."""
    members = Membership.objects.current().filter(unit=group, user__is_active=True)
    leading = Membership.objects.current().filter(role__in=LEADERS).values("user_id")
    return members.exclude(user__in=leading).order_by().values("user_id").distinct().count()


# --- review ---------------------------------------------------------------------------------------------------------
def review_order(user: User, evaluation: Evaluation) -> list[tuple]:
    """(id, status, name) of the evaluations of the same school and cycle that can be reviewed, in board order; this one
    is among them whatever its status, so that it has a place to go on from.

    The own one is never among them.
    """
    rows = (
        Evaluation.objects.filter(Q(status__in=HANDED_IN) | Q(pk=evaluation.pk))
        .filter(cycle=evaluation.cycle_id, unit=evaluation.unit_id)
        .exclude(subject=user)
        .order_by("subject__name_key", "pk")
    )
    return list(rows.values_list("pk", "status", "subject__full_name"))
