"""Who will be in a cycle and who not, with the reason as a code. Looks only; `actions.cycles` writes it down."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from evaluations.enums import CycleStatus
from evaluations.models import Cycle, Evaluation
from people.enums import LEADERS, TEACHERS, Place
from people.models import Membership, Unit, User
from people.queries import group_of

LOOK_BACK = timedelta(days=365)
"""People who left the school longer ago than this are nobody's question any more."""

# Why somebody is left out (LeftOut.reason). The sentences are in presenters.cycles.
LEADER, NOT_TEACHER, INACTIVE = "leader", "not_teacher", "inactive"
OTHER_CYCLE, OTHER_SCHOOL, STARTS_LATER, ENDED = "other_cycle", "other_school", "starts_later", "ended"

# What is worth knowing of somebody who is in.
NO_GROUP, SMALL_GROUP = "no_group", "small_group"


@dataclass(frozen=True)
class Person:
    """One person looked at for a cycle. `reason` is empty for those who are in; `flag` is a remark on those."""

    user: User
    unit: Unit
    group: Unit | None = None
    reason: str = ""
    flag: str = ""
    detail: str = ""  # the other cycle's or school's name, the date of a membership


@dataclass
class Plan:
    """The people of a cycle's schools, in the order of schools and names."""

    taken: list[Person] = field(default_factory=list)
    left_out: list[Person] = field(default_factory=list)

    def at(self, unit_id: int) -> "Plan":
        """The same for one school."""
        return Plan(
            [person for person in self.taken if person.unit.pk == unit_id],
            [person for person in self.left_out if person.unit.pk == unit_id],
        )


def plan(cycle: Cycle, on: date | None = None) -> Plan:
    """Who is in `cycle` by the state of `on` (default: its reference date). Eight queries, however many schools."""
    on = on or cycle.reference_date
    schools = {unit.pk: unit for unit in cycle.units.order_by("position", "name", "pk")}
    order = {pk: position for position, pk in enumerate(schools)}
    rows = _memberships(list(schools), on)
    rows.sort(key=lambda row: (order[row.unit_id], row.user.name_key, row.user_id))
    held: dict[tuple[int, int], list[Membership]] = defaultdict(list)
    for row in rows:
        held[row.unit_id, row.user_id].append(row)
    user_ids = list({row.user_id for row in rows})
    groups = group_of(user_ids, list(schools), on)
    leaders = _leaders(user_ids, on)
    elsewhere = _in_other_cycles(cycle, user_ids)
    answers = _group_sizes({group.pk for group in groups.values()}, on) if cycle.opinions_wanted else {}
    result, taken_at = Plan(), {}
    for (unit_id, user_id), memberships in held.items():
        user, unit = memberships[0].user, schools[unit_id]
        reason, detail = _reason(memberships, on, user_id in leaders, elsewhere.get(user_id))
        if not reason and user_id in taken_at:
            reason, detail = OTHER_SCHOOL, taken_at[user_id].name
        if reason:
            result.left_out.append(Person(user, unit, reason=reason, detail=detail))
            continue
        taken_at[user_id] = unit
        group = groups.get((user_id, unit_id))
        flag = _flag(cycle, group, answers)
        result.taken.append(Person(user, unit, group=group, flag=flag))
    return result


def _memberships(school_ids: list[int], on: date) -> list[Membership]:
    """In force on that day, or about to start, or ended within the last year: those people are asked about too."""
    return list(
        Membership.objects.filter(unit__in=school_ids)
        .filter(Q(end=None) | Q(end__gte=on - LOOK_BACK))
        .select_related("user")
        .order_by("pk")
    )


def _leaders(user_ids: list[int], on: date) -> set[int]:
    held = Membership.objects.current(on).filter(user__in=user_ids, role__in=LEADERS)
    return set(held.values_list("user_id", flat=True))


def _in_other_cycles(cycle: Cycle, user_ids: list[int]) -> dict[int, str]:
    """Person -> the name of the open cycle of the same framework and school year they are in already."""
    rows = (
        Evaluation.objects.filter(
            subject__in=user_ids,
            cycle__status=CycleStatus.OPEN,
            cycle__school_year=cycle.school_year,
            cycle__version__framework=cycle.version.framework_id,
        )
        .exclude(cycle=cycle)
        .order_by("pk")
    )
    return dict(rows.values_list("subject_id", "cycle__name"))


def _group_sizes(group_ids: set[int], on: date) -> Counter:
    """Group -> how many of its members may give opinions (leaders of a school do not)."""
    rows = (
        Membership.objects.current(on)
        .filter(unit__in=group_ids, unit__kind__place=Place.GROUP, user__is_active=True)
        .values_list("unit_id", "user_id")
        .distinct()
    )
    leading = _leaders([user for _group, user in rows], on)
    return Counter(group for group, user in rows if user not in leading)


def _reason(memberships: list[Membership], on: date, leads: bool, other_cycle: str | None) -> tuple[str, str]:
    """(code, detail) why this person is left out at this school; empty strings when nothing speaks against."""
    current = [row for row in memberships if row.start <= on and (row.end is None or row.end >= on)]
    if any(row.role in LEADERS for row in current) or (leads and current):
        return LEADER, ""
    if not current:
        later = [row for row in memberships if row.start > on]
        if later:
            return STARTS_LATER, min(row.start for row in later).isoformat()
        return ENDED, max(row.end for row in memberships).isoformat()
    if not any(row.role in TEACHERS for row in current):
        return NOT_TEACHER, current[0].get_role_display()
    if not memberships[0].user.is_active:
        return INACTIVE, ""
    if other_cycle:
        return OTHER_CYCLE, other_cycle
    return "", ""


def _flag(cycle: Cycle, group: Unit | None, answers: Counter) -> str:
    if not cycle.opinions_wanted or not cycle.is_full:
        return ""
    if group is None:
        return NO_GROUP
    if answers[group.pk] - 1 < cycle.anonymity_threshold:
        return SMALL_GROUP
    return ""
