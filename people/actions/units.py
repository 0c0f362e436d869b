"""Units of the dated tree: adding, renaming, moving under another superior from a day on."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Refused
from core.names import clean_text
from people.enums import Place
from people.models import Placement, Unit, UnitKind, User
from people.placing import free_code
from people.policies import can_administer, can_govern
from people.roster.words import group_key

UNDER = {Place.OFFICE: (Place.OFFICE,), Place.SCHOOL: (Place.OFFICE,), Place.GROUP: (Place.SCHOOL,)}
"""Which place may stand under which."""


@transaction.atomic
def add_unit(*, parent: Unit, kind: UnitKind, name: str, start: date, by: User, code: str = "") -> Unit:
    """A new unit under `parent` since `start`. Groups are added by who administers the school, others by the office.

    Raises PermissionDenied or Refused.
    """
    decision = can_administer(by, parent) if kind.place == Place.GROUP else can_govern(by, parent)
    decision.or_raise()
    Unit.objects.select_for_update(of=("self",)).get(pk=parent.pk)  # two people adding the same group: one waits
    name = clean_text(name)
    if parent.kind.place not in UNDER[Place(kind.place)]:
        raise Refused(
            _("A unit of the kind “%(kind)s” cannot stand under “%(parent)s”.") % {"kind": kind, "parent": parent}
        )
    _refuse_same_name(name, among=Placement.objects.from_day(start).filter(parent=parent))
    if code and Unit.objects.filter(code=code).exists():
        raise Refused(_("Another unit has the code %(code)s.") % {"code": code})
    unit = Unit.objects.create(code=code or free_code(name), kind=kind, name=name)
    Placement.objects.create(unit=unit, parent=parent, start=start)
    return unit


def _refuse_same_name(name: str, *, among: QuerySet[Placement]) -> None:
    if group_key(name) in {group_key(sibling) for sibling in among.values_list("unit__name", flat=True)}:
        raise Refused(_("There is a unit of this name already."))


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, short_name: str = "", by: User) -> Unit:
    """Another name for the same unit. Raises PermissionDenied or Refused."""
    decision = can_administer(by, unit) if unit.kind.place == Place.GROUP else can_govern(by, unit)
    decision.or_raise()
    unit = Unit.objects.select_for_update(of=("self",)).select_related("kind").get(pk=unit.pk)
    parent = unit.parent_on()
    if parent and group_key(name) != group_key(unit.name):
        today = timezone.localdate()
        _refuse_same_name(clean_text(name), among=Placement.objects.from_day(today).filter(parent=parent))
    unit.name, unit.short_name = clean_text(name), clean_text(short_name)
    unit.save(update_fields=["name", "short_name"])
    return unit


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit, start: date, by: User) -> Placement:
    """`unit` stands under `parent` from `start` on; until the day before it stays where it was.

    Raises PermissionDenied (both units must be governed by `by`) or Refused (a circle, or a date in the past of the
    present placement).
    """
    can_govern(by, unit).or_raise()
    can_govern(by, parent).or_raise()
    unit = Unit.objects.select_for_update(of=("self",)).select_related("kind").get(pk=unit.pk)
    if parent.kind.place not in UNDER[Place(unit.kind.place)]:
        raise Refused(
            _("A unit of the kind “%(kind)s” cannot stand under “%(parent)s”.") % {"kind": unit.kind, "parent": parent}
        )
    if Unit.objects.below([unit.pk], start).filter(pk=parent.pk).exists():
        raise Refused(_("A unit cannot stand under one of its own parts."))
    present = unit.placements.filter(end=None).first()
    if present and present.parent_id == parent.pk:
        return present
    if present:
        if start <= present.start:
            raise Refused(
                _("The new superior must begin after the present one did (%(date)s).")
                % {"date": date_words(present.start)}
            )
        present.end = start - timedelta(days=1)
        present.save(update_fields=["end"])
    return Placement.objects.create(unit=unit, parent=parent, start=start)
