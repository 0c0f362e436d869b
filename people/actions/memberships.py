"""Who holds which role where, from which day to which: joining, changing, leaving, moving to another school."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Refused
from people.enums import LEADERS, TEACHERS, Place
from people.models import Membership, Unit, User
from people.placing import end_before, settle
from people.policies import can_administer, can_correct_end, can_end, can_give_role
from people.queries import group_ids_of


@transaction.atomic
def give_role(*, person: User, unit: Unit, role: str, start: date, by: User) -> Membership:
    """`person` holds `role` at `unit` from `start` on. Done twice it is done once.

    Raises PermissionDenied or Refused (not a role of this kind of unit).
    """
    can_give_role(by, unit, role).or_raise()
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return Membership.objects.get_or_create(user=person, unit=unit, role=role, end=None, defaults={"start": start})[0]


@transaction.atomic
def end_membership(*, membership: Membership, end: date, by: User) -> Membership:
    """The last day of a role. Leaving a school ends the roles in its groups too. Raises PermissionDenied or Refused."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("unit__kind").get(pk=membership.pk)
    if membership.end == end:
        return membership
    can_end(by, membership).or_raise()
    if end < membership.start:
        raise Refused(_("A membership ends before it starts."))
    membership.end = end
    membership.save(update_fields=["end"])
    if membership.unit.kind.place == Place.SCHOOL and not _still_at(membership, end):
        _leave_groups(membership.user, membership.unit, end)
    return membership


def _still_at(ended: Membership, end: date) -> bool:
    """Another role at the same school goes on."""
    others = Membership.objects.current(end + timedelta(days=1)).filter(user=ended.user_id, unit=ended.unit_id)
    return others.exclude(pk=ended.pk).exists()


def _leave_groups(person: User, school: Unit, end: date) -> None:
    for row in Membership.objects.filter(user=person, unit__in=group_ids_of(school), end=None):
        end_before(row, max(end, row.start) + timedelta(days=1))


@transaction.atomic
def correct_end(*, membership: Membership, end: date | None, by: User) -> Membership:
    """Another last day for a role that has one, or none: the role goes on. The groups that ended with it follow.

    Raises PermissionDenied or Refused (too long ago, before the start, or a later role would overlap).
    """
    User.objects.select_for_update(of=("self",)).get(pk=membership.user_id)
    membership = Membership.objects.select_for_update(of=("self",)).select_related("unit__kind").get(pk=membership.pk)
    ended = membership.end
    if ended == end:
        return membership
    can_correct_end(by, membership).or_raise()
    if end and end < membership.start:
        raise Refused(_("A membership ends before it starts."))
    rows = [membership]
    if membership.unit.kind.place == Place.SCHOOL and not _still_at(membership, ended):
        groups = group_ids_of(membership.unit)
        rows += Membership.objects.filter(user=membership.user_id, unit__in=groups, end=ended).order_by("pk")
    for row in rows:
        if follower := _follower(row, ended, end):
            names = {"date": date_words(follower.start), "role": follower.get_role_display(), "unit": follower.unit}
            raise Refused(_("From %(date)s on another role follows: %(role)s, %(unit)s. End this one before.") % names)
    for row in rows:
        if end and row.start > end:
            row.delete()  # a group joined later than the last day at the school
        else:
            row.end = end
            row.save(update_fields=["end"])
    return membership


def _follower(row: Membership, ended: date, end: date | None) -> Membership | None:
    """What began instead of `row`, or at the same unit, after it had `ended`, and would now begin before its `end`."""
    next_day = ended + timedelta(days=1)
    later = Membership.objects.filter(Q(unit=row.unit_id) | Q(start=next_day), user=row.user_id, start__gte=next_day)
    if end:
        later = later.filter(start__lte=end)
    return later.select_related("unit").order_by("start", "pk").first()


@transaction.atomic
def change_place(*, person: User, school: Unit, role: str, group: Unit | None, start: date, by: User) -> None:
    """Role and professional group of somebody at `school` from `start` on: the old rows end the day before.

    Raises PermissionDenied or Refused (not at this school, a leader without a group, a group of another school).
    """
    can_administer(by, school).or_raise()
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    groups = group_ids_of(school)
    held = list(
        Membership.objects.current()
        .filter(user=person, unit__in=[school.pk, *groups], role__in=[*LEADERS, *TEACHERS])
        .select_related("unit__kind")
        .order_by("pk")
    )
    if not held:
        raise Refused(_("This person does not work here today."))
    for changed in {role, *(row.role for row in held)} & set(LEADERS):
        if {row.role for row in held} != {role}:
            can_give_role(by, school, changed).or_raise()
    if person.pk == by.pk and {row.role for row in held} & set(LEADERS) and role not in LEADERS:
        raise Refused(_("You cannot end your own role: ask another administrator."))
    if group and group.pk not in groups:
        raise Refused(_("The group belongs to another school."))
    if role == "group_leader" and not group:
        raise Refused(_("Say which group is led."))
    settle(user=person, held=held, school=school, role=role, group=group, keep_groups=False, day=start)


@transaction.atomic
def transfer(*, person: User, school: Unit, target: Unit, start: date, by: User) -> None:
    """`person` works at `target` from `start` on and no longer at `school`: as a teacher there, without a group yet.

    Raises PermissionDenied unless `by` administers both schools, Refused when `target` is no school or is the same.
    """
    can_administer(by, school).or_raise()
    can_administer(by, target).or_raise()
    if target.kind.place != Place.SCHOOL or target.pk == school.pk:
        raise Refused(_("Choose another school."))
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    held = Membership.objects.current().filter(user=person, unit__in=[school.pk, *group_ids_of(school)])
    held = list(held.select_related("unit__kind").order_by("pk"))
    if not held:
        raise Refused(_("This person does not work here today."))
    for row in held:
        can_give_role(by, row.unit, row.role).or_raise()
        end_before(row, start)
    Membership.objects.get_or_create(user=person, unit=target, role="teacher", end=None, defaults={"start": start})


@transaction.atomic
def end_all(*, people: list[User], school: Unit, end: date, by: User) -> int:
    """Ends every role of `people` at `school` and its groups on `end`; answers how many people left.

    Heads and administrators are never ended this way. Raises PermissionDenied.
    """
    can_administer(by, school).or_raise()
    leaders = Membership.objects.current(end).filter(unit=school, role__in=LEADERS).values("user_id")
    rows = (
        Membership.objects.current(end)
        .filter(user__in=people, unit__in=[school.pk, *group_ids_of(school)], role__in=TEACHERS)
        .exclude(user__in=leaders)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    left = set()
    for row in rows:
        end_before(row, end + timedelta(days=1))
        left.add(row.user_id)
    return len(left)
