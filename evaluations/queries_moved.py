"""Who moved on in mid-cycle: people who no longer teach where they are evaluated, and where they teach now."""

from django.db.models import Exists, OuterRef, QuerySet

from evaluations.enums import Action, Status
from evaluations.models import Cycle, CycleEvent, Evaluation, Event
from people.enums import LEADERS, TEACHERS
from people.models import Membership, Unit

CAN_BE_EXCUSED = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED)


def new_school(evaluation: Evaluation) -> Unit | None:
    """The other school of the cycle where the person teaches today, having left the evaluation's own; else None.

    Whoever leads a school today is judged by the standards for heads, so there is no such school. Two queries.
    """
    if not evaluation.subject.is_active:
        return None
    held = list(Membership.objects.current().filter(user=evaluation.subject_id).order_by("-start", "pk"))
    teaches = [row.unit_id for row in held if row.role in TEACHERS]
    if evaluation.unit_id in teaches or any(row.role in LEADERS for row in held):
        return None
    schools = evaluation.cycle.units.in_bulk(teaches)
    return next((schools[pk] for pk in teaches if pk in schools), None)


def was_decided(evaluation: Evaluation) -> bool:
    """Has anybody decided this evaluation once, whatever became of the decision?"""
    return Event.objects.filter(evaluation=evaluation, action=Action.DECIDE).exists()


def moved_away(cycle: Cycle) -> QuerySet[Evaluation]:
    """Evaluations of people who teach no longer at their school but, today, at another one of the cycle. `decided`:
    it stays where it is. One query."""
    teaching = Membership.objects.current().filter(user=OuterRef("subject"), role__in=TEACHERS)
    leading = Membership.objects.current().filter(user=OuterRef("subject"), role__in=LEADERS)
    decided = Event.objects.filter(evaluation=OuterRef("pk"), action=Action.DECIDE)
    return (
        Evaluation.objects.filter(cycle=cycle, subject__is_active=True)
        .exclude(Exists(teaching.filter(unit=OuterRef("unit"))))
        .filter(Exists(teaching.filter(unit__in=cycle.units.values("pk"))))
        .exclude(Exists(leading))
        .annotate(decided=Exists(decided))
        .select_related("cycle", "subject", "unit", "group")
        .order_by("unit__position", "unit__name", "subject__name_key", "pk")
    )


def events_of_cycle(cycle: Cycle) -> QuerySet[CycleEvent]:
    """What was done to the cycle as a whole, newest first, with who did it."""
    return CycleEvent.objects.filter(cycle=cycle).select_related("by").order_by("-at", "-pk")


def leavers(cycle: Cycle, unit: Unit) -> QuerySet[Evaluation]:
    """Evaluations at this school, still to be submitted or opened, of people who do not teach there any more."""
    teaching = Membership.objects.current().filter(user=OuterRef("subject"), role__in=TEACHERS, unit=unit)
    return (
        Evaluation.objects.filter(cycle=cycle, unit=unit, status__in=CAN_BE_EXCUSED)
        .exclude(Exists(teaching))
        .select_related("cycle", "subject", "unit")
        .order_by("subject__name_key", "pk")
    )
