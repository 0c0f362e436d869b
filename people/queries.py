"""Who stands where: the sight of a person over units, and the people of a unit. The only door to people's data."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.enums import LEADERS, OVERSEERS, Place, Role
from people.models import Membership, Placement, StaffRecord, Unit, User
from people.models.searching import joined, plain


def unit_ids(user: User, *roles: str) -> list[int]:
    """Ids of the units where `user` has one of `roles` today. Reads the request's cached memberships."""
    return [row.unit_id for row in user.current_memberships if row.role in roles]


def schools_led(user: User) -> list[int]:
    """Ids of the schools where `user` is head or deputy head today."""
    return unit_ids(user, *LEADERS)


def schools_decided(user: User) -> list[int]:
    """Ids of the schools where `user` is the head: who decides (Circular 20/2018, article 10.1c)."""
    return unit_ids(user, Role.HEAD)


def groups_led(user: User) -> list[int]:
    return unit_ids(user, Role.GROUP_LEADER)


def own_groups(user: User) -> list[int]:
    """Ids of the professional groups `user` belongs to today."""
    return [row.unit_id for row in user.current_memberships if row.unit.kind.place == Place.GROUP]


def offices_of(user: User) -> list[int]:
    """Ids of the offices whose whole branch `user` may look over today."""
    return unit_ids(user, *OVERSEERS)


def units_overseen(user: User, *roles: str, on: date | None = None) -> QuerySet[Unit]:
    """Units under the offices where `user` has one of `roles` (default: any overseeing role), offices included."""
    return Unit.objects.below(unit_ids(user, *(roles or OVERSEERS)), on)


def overseen_among(user: User, ids: Iterable[int]) -> set[int]:
    """Those of the units `ids` that stand under an office where `user` has an overseeing role. One query, or none."""
    if not offices_of(user):
        return set()
    return set(units_overseen(user).filter(pk__in=list(ids)).values_list("pk", flat=True))


def visible_units(user: User) -> QuerySet[Unit]:
    """Units whose pages `user` may open: the own ones with all below them, nothing beside or above."""
    ids = [row.unit_id for row in user.current_memberships if row.role != Role.TEACHER]
    return Unit.objects.below(ids).select_related("kind")


def administered_units(user: User) -> QuerySet[Unit]:
    """Units whose people `user` may change: an administrator's branch, and a head's own school with its groups."""
    return Unit.objects.below(unit_ids(user, Role.ADMINISTRATOR, Role.HEAD)).select_related("kind")


def units_governed(user: User) -> QuerySet[Unit]:
    """Units of an administrator's branch: there `user` may also say who is head and change the tree."""
    return Unit.objects.below(unit_ids(user, Role.ADMINISTRATOR)).select_related("kind")


def administered_ids(user: User) -> frozenset[int]:
    """Ids of `administered_units`, asked once per request like `current_memberships`."""
    return _once(user, "_administered_ids", administered_units)


def governed_ids(user: User) -> frozenset[int]:
    """Ids of `units_governed`, asked once per request."""
    return _once(user, "_governed_ids", units_governed)


def _once(user: User, name: str, units) -> frozenset[int]:
    if name not in user.__dict__:
        user.__dict__[name] = frozenset(units(user).values_list("pk", flat=True))
    return user.__dict__[name]


def has_administrator() -> bool:
    """Is there anybody who can make accounts?"""
    return Membership.objects.current().filter(role=Role.ADMINISTRATOR).exists()


def current_places(people: Iterable[User]) -> dict[int, list[Membership]]:
    """user id -> memberships in force today with their units. One query, whatever the number of people."""
    found: dict[int, list[Membership]] = {person.pk: [] for person in people}
    for row in Membership.objects.current().filter(user__in=found).select_related("unit__kind").order_by("pk"):
        found[row.user_id].append(row)
    return found


def coming_offices(people: Iterable[User]) -> QuerySet[Membership]:
    """Roles of heads and of offices that begin later than today. One query."""
    later = Membership.objects.filter(user__in=list(people), start__gt=timezone.localdate())
    return later.filter(role__in=(Role.HEAD, *OVERSEERS)).order_by("pk")


def visible_people(user: User) -> QuerySet[User]:
    """People with a membership in force in one of the units `user` may see."""
    seen = visible_units(user).values("pk")
    return User.objects.filter(pk__in=Membership.objects.current().filter(unit__in=seen).values("user_id"))


def staff_of(unit: Unit) -> QuerySet[Membership]:
    """Memberships in force at the unit itself, in the order of names."""
    return (
        Membership.objects.current().filter(unit=unit).select_related("user", "unit").order_by("user__name_key", "pk")
    )


def heads_of(unit_id: int) -> QuerySet[User]:
    """The head of a school (normally one; two during a hand-over)."""
    held = Membership.objects.current().filter(unit_id=unit_id, role=Role.HEAD)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("name_key", "pk")


def group_of(user_ids: list[int], school_ids: list[int], on: date | None = None) -> dict[tuple[int, int], Unit]:
    """(person, school) -> the professional group the person belongs to there on that day. Two queries."""
    rows = (
        Membership.objects.current(on)
        .filter(user_id__in=user_ids, unit__kind__place=Place.GROUP)
        .select_related("unit")
        .order_by("-start", "pk")
    )
    parents = dict(Placement.objects.in_force(on).filter(parent_id__in=school_ids).values_list("unit_id", "parent_id"))
    return {(row.user_id, parents[row.unit_id]): row.unit for row in reversed(rows) if row.unit_id in parents}


def group_ids_of(school: Unit) -> list[int]:
    """Ids of the professional groups of a school."""
    rows = Placement.objects.in_force().filter(parent=school, unit__kind__place=Place.GROUP)
    return list(rows.order_by("unit_id").values_list("unit_id", flat=True))


def record_of(user: User) -> StaffRecord | None:
    """What the employer keeps of a person; the caller has asked `can_see_record`."""
    return StaffRecord.objects.filter(user=user).first()


def search_people(people: QuerySet[User], words: str, *, by: User) -> QuerySet[User]:
    """Narrows people to those whose name or user name contains every word, with or without accents; also whose
    identifier or e-mail does, among those whom `by` administers: for others a hit would tell what they may not read.
    What stands behind the @ is everybody's at a school and finds nobody, unless the word has an @ itself."""
    wanted = plain(words).split()
    if not wanted:
        return people
    people = people.alias(named=joined("full_name", "username"))
    known = Membership.objects.current().filter(unit__in=administered_ids(by)).values("user_id")
    for word in wanted:
        found = Q(named__contains=word)
        if administered_ids(by):
            own = {} if "@" in word else {"search_key__regex": rf"(^| )[^@ ]*{re.escape(word)}"}
            found |= Q(search_key__contains=word, pk__in=known, **own)
        people = people.filter(found)
    return people
