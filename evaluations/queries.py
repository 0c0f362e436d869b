"""The doors to evaluations: scope first. A stranger finds nothing (404), a wrong role is refused later (403)."""

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from evaluations.enums import Action, CycleStatus, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Event, Rating, Sheet
from people.models import Unit, User
from people.queries import groups_led, offices_of, own_groups, schools_led, units_overseen


def visible_to(user: User) -> QuerySet[Evaluation]:
    """Evaluations whose existence `user` may know of: the own one, those of the school led, the group led, the branch.

    What of them is readable is `visibility.sight`.
    """
    scope = Q(subject=user)
    if schools := schools_led(user):
        scope |= Q(unit__in=schools)
    if groups := groups_led(user):
        scope |= Q(group__in=groups)
    if offices := offices_of(user):
        scope |= Q(unit__in=Unit.objects.below(offices).values("pk"))
    return Evaluation.objects.filter(scope).select_related("cycle", "subject", "unit", "group")


def own(user: User) -> QuerySet[Evaluation]:
    """The evaluations `user` is the subject of, newest cycle first."""
    return (
        Evaluation.objects.filter(subject=user)
        .exclude(cycle__status=CycleStatus.DRAFT)
        .select_related("cycle", "unit", "group")
        .order_by("-cycle__starts_on", "pk")
    )


def colleagues_to_rate(user: User) -> QuerySet[Evaluation]:
    """Evaluations in open cycles of the other members of the groups `user` belongs to.

    Whoever decides at that school gives no opinion: the decision is their word.
    """
    return with_opinions_read(
        Evaluation.objects.filter(
            group__in=own_groups(user),
            cycle__status=CycleStatus.OPEN,
            cycle__kind="full",
            cycle__opinions_wanted=True,
        )
        .exclude(subject=user)
        .exclude(status=Status.EXCUSED)
        .exclude(unit__in=schools_led(user))
        .select_related("cycle", "subject", "unit", "group")
        .order_by("cycle", "subject__name_key", "pk")
    )


def visible_cycles(user: User) -> QuerySet[Cycle]:
    """Cycles `user` has to do with: owned by or held at the user's branch, school, or the own person."""
    scope = Q(evaluations__subject=user)
    if schools := schools_led(user):
        scope |= Q(units__in=schools) & ~Q(status=CycleStatus.DRAFT)
    if groups := groups_led(user):
        scope |= Q(evaluations__group__in=groups)
    if offices := offices_of(user):
        below = Unit.objects.below(offices).values("pk")
        scope |= Q(owner__in=below) | (Q(units__in=below) & ~Q(status=CycleStatus.DRAFT))
    ids = Cycle.objects.filter(scope).values("pk")
    return Cycle.objects.filter(pk__in=ids).select_related("version", "version__framework", "owner")


def cycle_schools(user: User, cycle: Cycle) -> QuerySet[Unit]:
    """The schools of a cycle that `user` may look at: the led ones, or all in the branch."""
    schools = cycle.units.all()
    scope = Q(pk__in=schools_led(user))
    if offices_of(user):
        scope |= Q(pk__in=units_overseen(user).values("pk"))
    return schools.filter(scope).select_related("kind").order_by("position", "name", "pk")


def self_sheet(evaluation: Evaluation) -> Sheet | None:
    return Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.SELF).first()


def decision_sheet(evaluation: Evaluation) -> Sheet | None:
    """The decision in force; superseded ones stay in the database and out of here."""
    return Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.DECISION, superseded_at=None).first()


def levels_of(sheet: Sheet | None) -> dict[str, str]:
    """Criterion code -> level code of the rated criteria of a sheet; empty without a sheet. One query."""
    if sheet is None:
        return {}
    rows = Rating.objects.filter(sheet=sheet).exclude(level="").values_list("criterion__code", "level")
    return dict(rows.order_by("criterion__number"))


def submitted_opinions(evaluation: Evaluation) -> int:
    """How many colleagues have handed in their opinion."""
    return Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.OPINION, submitted_at__isnull=False).count()


def with_opinions_read(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Adds `opinions_read`: the evaluation has been opened once and enough colleagues have answered.

    From then on somebody may have read the spread; one more answer, or a changed one, would be what two readings differ in.
    """
    opened = Event.objects.filter(evaluation=OuterRef("pk"), action=Action.OPEN)
    answered = Sheet.objects.filter(evaluation=OuterRef("pk"), kind=SheetKind.OPINION, submitted_at__isnull=False)
    enough = answered.order_by().values("evaluation").annotate(n=Count("pk"))
    enough = enough.filter(n__gte=OuterRef("cycle__anonymity_threshold"))
    read = When(Exists(opened) & Exists(enough), then=Value(True))
    return evaluations.annotate(opinions_read=Case(read, default=Value(False)))


def were_opinions_read(evaluation: Evaluation) -> bool:
    """`opinions_read` of one evaluation: known already for rows of `with_opinions_read`, else one query."""
    known = getattr(evaluation, "opinions_read", None)
    if known is not None:
        return known
    rows = with_opinions_read(Evaluation.objects.filter(pk=evaluation.pk)).order_by()
    return rows.values_list("opinions_read", flat=True).get()


def opinion_counts(evaluation: Evaluation) -> dict[str, dict[str, int]]:
    """Criterion code -> level code -> number of colleagues. RAW: only `visibility.opinions` may show it to anybody."""
    rows = (
        Rating.objects.filter(
            sheet__evaluation=evaluation, sheet__kind=SheetKind.OPINION, sheet__submitted_at__isnull=False
        )
        .exclude(level="")
        .values("criterion__code", "level")
        .annotate(number=Count("pk"))
        .order_by("criterion__code", "level")
    )
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["criterion__code"], {})[row["level"]] = row["number"]
    return counts
