"""The dated organisation tree: a unit's parent is a placement with dates, because schools change parents by law."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.constraints import date_order, only_one, rule
from core.localized import localized
from people.enums import Place

BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT p.unit_id FROM people_placement p JOIN below ON p.parent_id = below.id
        WHERE p.start <= %s AND (p."end" IS NULL OR p."end" >= %s)
    ) SELECT id FROM below
"""
ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT p.parent_id FROM people_placement p JOIN above ON p.unit_id = above.id
        WHERE p.start <= %s AND (p."end" IS NULL OR p."end" >= %s)
    ) SELECT id FROM above
"""


class UnitKind(models.Model):
    """Ministry, province, commune, school, professional group …: kinds and their labels are data."""

    code = models.SlugField(primary_key=True, max_length=30)
    name = models.JSONField()
    place = models.CharField(max_length=10, choices=Place)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [rule("unit_kind_place", Q(place__in=Place.values), _("Unknown place of a kind of unit."))]

    def __str__(self) -> str:
        return localized(self.name)


class UnitQuerySet(models.QuerySet):
    def below(self, unit_ids: list[int], on: date | None = None) -> "UnitQuerySet":
        """The units `unit_ids` and everything under them on that day (default today), as one recursive query."""
        on = on or timezone.localdate()
        return self.filter(pk__in=RawSQL(BELOW, (list(unit_ids), on, on)))

    def above(self, unit_ids: list[int], on: date | None = None) -> "UnitQuerySet":
        """The units `unit_ids` and all their superiors on that day (default today)."""
        on = on or timezone.localdate()
        return self.filter(pk__in=RawSQL(ABOVE, (list(unit_ids), on, on)))

    def schools(self) -> "UnitQuerySet":
        return self.filter(kind__place=Place.SCHOOL)

    def groups(self) -> "UnitQuerySet":
        return self.filter(kind__place=Place.GROUP)


class Unit(models.Model):
    code = models.SlugField(_("Code"), max_length=40, unique=True)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=150)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [rule("unit_has_name", ~Q(name=""), _("A unit needs a name."))]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_apart(self) -> str:
        """The kind to show beside the name; empty when the name begins with it: "Trường THCS Gió Mùa"."""
        kind = str(self.kind)
        return "" if self.name.casefold().startswith(kind.casefold()) else kind

    def parent_on(self, day: date | None = None) -> "Unit | None":
        """The superior unit on that day (default today), or None at the top of the tree."""
        day = day or timezone.localdate()
        placement = self.placements.in_force(day).select_related("parent").first()
        return placement.parent if placement else None


class PlacementQuerySet(models.QuerySet):
    def in_force(self, day: date | None = None) -> "PlacementQuerySet":
        day = day or timezone.localdate()
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)

    def from_day(self, day: date) -> "PlacementQuerySet":
        """Those in force on `day` or on any later one."""
        return self.filter(Q(end=None) | Q(end__gte=day))


class Placement(models.Model):
    """`unit` stands under `parent` from `start` to `end` (inclusive, open when empty)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children_placements")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "pk"]
        constraints = [
            date_order("placement_dates", "start", "end", _("A placement ends before it starts.")),
            rule("placement_not_self", ~Q(unit=F("parent")), _("A unit cannot stand under itself.")),
            only_one("placement_one_open", ("unit",), _("The unit already has a superior."), where=Q(end=None)),
        ]
        indexes = [models.Index(fields=["parent", "unit"], name="placement_parent")]

    def __str__(self) -> str:
        return f"{self.unit} < {self.parent}"
