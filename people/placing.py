"""Dated rows of the tree and of its people. History is kept: a change ends one row and begins another.

Parts of larger acts: always called inside their transaction, after they asked who may.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.text import slugify

from people.enums import LEADERS, TEACHERS, Place, Role
from people.models import Membership, Placement, Unit, UnitKind, User
from people.roster.words import word_key


def end_before(row: Membership, day: date) -> None:
    """The membership is no longer in force on `day`. One that would begin only then never was: it goes."""
    if row.start >= day:
        row.delete()
        return
    row.end = day - timedelta(days=1)
    row.save(update_fields=["end"])


def targets_for(role: str, school: Unit, group: Unit | None) -> dict[int, str]:
    """unit id -> role: what somebody with `role` holds at the school and at the professional group."""
    targets = {school.pk: role if role in LEADERS else str(Role.TEACHER)}
    if group:
        targets[group.pk] = str(Role.GROUP_LEADER if role == Role.GROUP_LEADER else Role.TEACHER)
    return targets


def new_memberships(user: User, targets: dict[int, str], start: date) -> list[Membership]:
    """Unsaved memberships for somebody who is new at a school."""
    return [Membership(user=user, unit_id=unit_id, role=role, start=start) for unit_id, role in targets.items()]


def settle(
    *, user: User, held: Iterable[Membership], school: Unit, role: str, group: Unit | None, keep_groups: bool, day: date
) -> None:
    """Makes `held` (rows in force at the school and its groups) what `role` and `group` say, from `day` on.

    keep_groups: other groups of the person stay; their leadership follows the role all the same.
    """
    targets = targets_for(role, school, group)
    held = [row for row in held if row.role in (*LEADERS, *TEACHERS)]
    if keep_groups or not group:
        leads = Role.GROUP_LEADER if role == Role.GROUP_LEADER else Role.TEACHER
        for row in held:
            if row.unit.kind.place == Place.GROUP and row.unit_id not in targets:
                targets[row.unit_id] = row.role if leads == Role.GROUP_LEADER else str(leads)
    for row in held:
        if targets.get(row.unit_id) == row.role:
            del targets[row.unit_id]
        else:
            end_before(row, day)
    for row in new_memberships(user, targets, day):
        row.save()


def free_code(wanted: str) -> str:
    """`wanted` as a unit code, with a number behind it when somebody has it already."""
    base = slugify(word_key(wanted))[:34] or "don-vi"
    taken = set(Unit.objects.filter(code__startswith=base).values_list("code", flat=True))
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def add_group(*, school: Unit, name: str, start: date) -> Unit:
    """A new professional group under `school` since `start`."""
    group = Unit.objects.create(
        code=free_code(f"{school.code[:16]} {name}"), kind=UnitKind.objects.get(code="group"), name=name
    )
    Placement.objects.create(unit=group, parent=school, start=start)
    return group
