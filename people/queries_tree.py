"""The organisation tree as pages show it: nodes with their children and the number of people in each."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.enums import Place, Role
from people.models import Membership, Placement, Unit, UnitKind, User
from people.models.searching import plain
from people.queries import administered_units, units_governed, units_overseen, visible_units

OPEN_LEVELS = 2
USUAL_BELOW = {"ministry": "province", "province": "commune"}
"""Kind of office -> the kind that is usual directly under it. Under every other office stand schools."""


@dataclass
class Node:
    """A unit in the tree. `people`: how many work at the unit itself; `below`: at all units under it."""

    unit: Unit
    people: int = 0
    below: int = 0
    schools: int = 0
    children: list["Node"] = field(default_factory=list)
    is_open: bool = False

    @property
    def total(self) -> int:
        """People at the unit and everywhere below it."""
        return self.people + self.below


def tree_for(user: User) -> list[Node]:
    """The topmost units that `user` may see, each with everything below it except professional groups. Three queries."""
    units = {
        unit.pk: unit
        for unit in visible_units(user).exclude(kind__place=Place.GROUP).order_by("position", "name", "pk")
    }
    nodes = {pk: Node(unit) for pk, unit in units.items()}
    parents = dict(
        Placement.objects.in_force().filter(unit__in=units).order_by("-start", "pk").values_list("unit_id", "parent_id")
    )
    held = Membership.objects.current().filter(unit__in=units).order_by("pk").values_list("unit_id", "user_id")
    for unit_id, people in Counter(unit for unit, _person in set(held)).items():
        nodes[unit_id].people = people
    roots = []
    for pk, node in nodes.items():
        parent = nodes.get(parents.get(pk))
        (parent.children if parent else roots).append(node)
    for root in roots:
        _sum_up(root, depth=1)
    return roots


def _sum_up(node: Node, depth: int) -> None:
    node.is_open = depth < OPEN_LEVELS
    for child in node.children:
        _sum_up(child, depth + 1)
        node.below += child.people + child.below
        node.schools += child.schools + (child.unit.kind.place == Place.SCHOOL)


def units_found(user: User, words: str) -> list[Unit]:
    """Units in the sight of `user` whose name or code has every word, with or without accents."""
    wanted = plain(words).split()
    units = visible_units(user).order_by("position", "name", "pk")
    return [unit for unit in units if all(word in plain(f"{unit.name} {unit.code}") for word in wanted)]


def children_of(unit: Unit) -> list[tuple[Unit, int]]:
    """(sub-unit today, number of people at it), in their order. Two queries."""
    placed = Placement.objects.in_force().filter(parent=unit).values("unit_id")
    children = list(
        Unit.objects.filter(pk__in=placed).select_related("kind").order_by("kind__position", "position", "name", "pk")
    )
    counts: dict[int, set[int]] = defaultdict(set)
    for unit_id, user_id in Membership.objects.current().filter(unit__in=children).values_list("unit_id", "user_id"):
        counts[unit_id].add(user_id)
    return [(child, len(counts[child.pk])) for child in children]


def placements_of(unit: Unit) -> QuerySet[Placement]:
    """Where the unit has stood, latest first."""
    return unit.placements.select_related("parent").order_by("-start", "pk")


def possible_parents(user: User, unit: Unit) -> QuerySet[Unit]:
    """Units that `user` governs and `unit` may be moved under: of the right place, and not part of it."""
    place = Place.SCHOOL if unit.kind.place == Place.GROUP else Place.OFFICE
    inside = Unit.objects.below([unit.pk]).values("pk")
    return units_governed(user).filter(kind__place=place).exclude(pk__in=inside).order_by("name", "pk")


def other_schools(user: User, school: Unit) -> QuerySet[Unit]:
    """Schools besides `school` whose people `user` may change."""
    return administered_units(user).filter(kind__place=Place.SCHOOL).exclude(pk=school.pk).order_by("name", "pk")


def kinds_under(parent: Unit) -> QuerySet[UnitKind]:
    """Kinds of units that may stand under `parent`: groups under schools, everything else under offices."""
    if parent.kind.place == Place.SCHOOL:
        return UnitKind.objects.filter(place=Place.GROUP)
    if parent.kind.place == Place.GROUP:
        return UnitKind.objects.none()
    return UnitKind.objects.exclude(place=Place.GROUP).filter(position__gte=parent.kind.position)


def usual_kind_under(parent: Unit) -> UnitKind | None:
    """The one of `kinds_under` that is added most often: what a form proposes."""
    kinds = list(kinds_under(parent))
    usual = USUAL_BELOW.get(parent.kind_id)
    lower = next((kind for kind in kinds if kind.code == usual), None)
    return lower or next((kind for kind in kinds if kind.place != Place.OFFICE), None)


def schools_with_teachers(user: User, *roles: str) -> list[Unit]:
    """The open schools under the offices where `user` has one of `roles`, each with `has_teachers`: somebody teaches
    there, or will. One query.
    """
    today = timezone.localdate()
    teaching = Membership.objects.filter(Q(end=None) | Q(end__gte=today), unit=OuterRef("pk"), role=Role.TEACHER)
    schools = units_overseen(user, *roles).filter(kind__place=Place.SCHOOL, closed_on=None)
    return list(schools.annotate(has_teachers=Exists(teaching)).order_by("position", "name", "pk"))
