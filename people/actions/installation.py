"""The first administrator of an empty installation."""

from django.db import transaction
from django.utils import timezone

from people.actions.activation import Slip, make_codes
from people.enums import Role
from people.models import Membership, Placement, Unit, UnitKind, User
from people.placing import free_code


@transaction.atomic
def create_administrator(
    *, username: str, full_name: str, unit_name: str = "", kind: str = "commune", password: str = ""
) -> tuple[User, Unit, Slip | None]:
    """An administrator of the topmost unit, which is made when there is none. Only for the operator at the machine.

    Without a password a one-time code is made: (user, unit, slip); with one the slip is None. An existing user of that
    name becomes administrator too. Raises UnitKind.DoesNotExist for an unknown kind.
    """
    unit = top_unit()
    if unit is None:
        name = unit_name or full_name
        unit = Unit.objects.create(code=free_code(name), kind=UnitKind.objects.get(code=kind), name=name)
    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        user = User.objects.create_user(username, full_name=full_name)
    Membership.objects.get_or_create(
        user=user, unit=unit, role=Role.ADMINISTRATOR, end=None, defaults={"start": timezone.localdate()}
    )
    if password:
        user.set_password(password)
        user.save(update_fields=["password"])
        return user, unit, None
    return user, unit, make_codes(people=[user], by=None)[0]


def top_unit() -> Unit | None:
    """The first unit that stands under no other today."""
    placed = Placement.objects.in_force().values("unit_id")
    return Unit.objects.exclude(pk__in=placed).order_by("kind__position", "pk").first()
