"""Lists of people for pages: staff of a unit with roles, groups, dates and the state of their accounts."""

from collections import defaultdict

from django.db.models import Case, IntegerField, Min, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from people.enums import Place, Role
from people.models import ActivationCode, Membership, Unit, User
from people.queries import group_ids_of, search_people, visible_people, visible_units

SORTS = {"name": ("name_key", "pk"), "role": ("role_rank", "name_key", "pk"), "since": ("since", "name_key", "pk")}
RANK = Case(
    *[When(memberships__role=role, then=Value(rank)) for rank, role in enumerate(reversed(Role.values))],
    output_field=IntegerField(),
)


def staff_list(
    unit: Unit, *, by: User, words: str = "", role: str = "", group: str = "", sort: str = "name"
) -> QuerySet[User]:
    """People with a membership in force at `unit`, narrowed and sorted; sort is a key of SORTS, "-" before it turns it.

    Each has `since` (first day at the unit) and `role_rank`; memberships are loaded by `with_places`.
    """
    held = Q(memberships__in=Membership.objects.current().filter(unit=unit))
    people = User.objects.filter(held).annotate(since=Min("memberships__start"), role_rank=Min(RANK))
    if role:
        holders = Membership.objects.current().filter(unit__in=[unit.pk, *group_ids_of(unit)], role=role)
        people = people.filter(pk__in=holders.values("user_id"))
    if group:
        people = people.filter(pk__in=Membership.objects.current().filter(unit__code=group).values("user_id"))
    people = search_people(people, words, by=by)
    key = sort.removeprefix("-")
    fields = SORTS.get(key, SORTS["name"])
    return people.order_by(f"-{fields[0]}" if sort.startswith("-") else fields[0], *fields[1:])


def with_places(people: QuerySet[User], unit: Unit) -> QuerySet[User]:
    """Adds `places` (memberships in force at the unit and its groups) and `codes` (unused activation codes)."""
    held = Membership.objects.current().filter(unit__in=[unit.pk, *group_ids_of(unit)])
    return people.prefetch_related(
        Prefetch("memberships", held.select_related("unit__kind").order_by("unit_id", "pk"), to_attr="places"),
        Prefetch("activation_codes", open_codes(), to_attr="codes"),
    )


def open_codes() -> QuerySet[ActivationCode]:
    """Activation codes that can still be used."""
    return ActivationCode.objects.filter(used_at=None, expires_at__gt=timezone.now()).order_by("-created_at", "pk")


def former_staff(unit: Unit) -> QuerySet[Membership]:
    """Memberships of the unit that have ended, latest first."""
    return (
        Membership.objects.filter(unit=unit, end__lt=timezone.localdate())
        .select_related("user")
        .order_by("-end", "user__name_key", "pk")
    )


def groups_of(school: Unit) -> QuerySet[Unit]:
    """The professional groups of a school today, in their order."""
    return Unit.objects.filter(pk__in=group_ids_of(school)).select_related("kind").order_by("position", "name", "pk")


def membership_of(user: User, pk: int) -> QuerySet[Membership]:
    """The membership `pk` if it is at a unit that `user` may see."""
    return Membership.objects.filter(pk=pk, unit__in=visible_units(user).values("pk")).select_related(
        "unit__kind", "user"
    )


def person_visible_to(user: User, pk: int) -> QuerySet[User]:
    """The person `pk` if `user` may see them: oneself, or somebody at a unit in sight."""
    if user.pk == pk:
        return User.objects.filter(pk=pk)
    return visible_people(user).filter(pk=pk)


def history_of(person: User, seen_by: User) -> list[Membership]:
    """All memberships of `person` at units that `seen_by` may see (the person: everywhere), latest first."""
    rows = person.memberships.select_related("unit__kind").order_by("-start", "pk")
    if person.pk != seen_by.pk:
        rows = rows.filter(unit__in=visible_units(seen_by).values("pk"))
    return list(rows)


def people_found(user: User, words: str) -> QuerySet[User]:
    """People in the sight of `user` who match `words`."""
    return search_people(visible_people(user), words, by=user).order_by("name_key", "pk")


def main_places(people: list[User]) -> dict[int, list[Membership]]:
    """user id -> memberships in force today that are at no group. One query."""
    rows = (
        Membership.objects.current()
        .filter(user__in=people)
        .exclude(unit__kind__place=Place.GROUP)
        .select_related("unit")
        .order_by("pk")
    )
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(row)
    return found
