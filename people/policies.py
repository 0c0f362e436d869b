"""Who may change units and people. Who may see them is in queries."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from people.enums import LEADERS, OVERSEERS, TEACHERS, Place, Role
from people.models import Membership, Unit, User
from people.queries import administered_ids, coming_offices, current_places, governed_ids

ROLES_AT = {
    Place.OFFICE: OVERSEERS,
    Place.SCHOOL: (Role.HEAD, Role.DEPUTY_HEAD, Role.TEACHER, Role.ADMINISTRATOR),
    Place.GROUP: TEACHERS,
}
"""Which roles a person can hold at which kind of place."""
CORRECTABLE_DAYS = 30
"""For so long after the last day of a role its end can be corrected."""


def can_administer(user: User, unit: Unit) -> Decision:
    """Change the people of `unit`: its administrators from above, or the head of the school."""
    if unit.pk in administered_ids(user):
        return Allowed()
    return nobody_elses_work(_("Only the administrator or the head changes the people here."))


def can_govern(user: User, unit: Unit) -> Decision:
    """Move or rename `unit`, add units to it that are no groups: its administrators."""
    if unit.pk in governed_ids(user):
        return Allowed()
    return nobody_elses_work(_("Only the administrator of the office above does this."))


def can_import(user: User, unit: Unit) -> Decision:
    """Import a roster: a school has one, and only who administers it brings it in."""
    if (decision := can_administer(user, unit)) and unit.kind.place != Place.SCHOOL:
        return Denied(_("A roster belongs to a school. Open the school first."))
    return decision


def can_give_role(user: User, unit: Unit, role: str) -> Decision:
    """Give somebody `role` at `unit`, or take it away."""
    if not (decision := can_administer(user, unit)):
        return decision
    if role not in ROLES_AT[Place(unit.kind.place)]:
        return Denied(_("Nobody holds this role at this kind of unit."))
    if role in (Role.HEAD, *OVERSEERS):
        return can_govern(user, unit)
    return Allowed()


def can_end(user: User, membership: Membership) -> Decision:
    """End a membership. Nobody shuts the door behind themselves."""
    if not (decision := can_give_role(user, membership.unit, membership.role)):
        return decision
    if membership.user_id == user.pk and membership.role in (Role.ADMINISTRATOR, *LEADERS):
        return Denied(_("You cannot end your own role: ask another administrator."))
    if membership.end:
        return Denied(_("This role has an end already."))
    return Allowed()


def can_correct_end(user: User, membership: Membership) -> Decision:
    """Change or take back the end of a membership while it lies ahead, or shortly after: later, others rely on it.

    Nobody gives back to themselves what somebody else has ended.
    """
    if not (decision := can_give_role(user, membership.unit, membership.role)):
        return decision
    if membership.user_id == user.pk:
        return nobody_elses_work(_("You cannot change the end of your own role: ask another administrator."))
    if membership.end is None:
        return Denied(_("This role has no end yet."))
    if membership.end < timezone.localdate() - timedelta(days=CORRECTABLE_DAYS):
        return Denied(
            _("This role ended more than %(days)d days ago and stays as it is. Give the role again if it goes on.")
            % {"days": CORRECTABLE_DAYS}
        )
    return Allowed()


def can_print_code(user: User, person: User) -> Decision:
    """Make an activation code for `person`, which is a new way into the account: only if every role is below `user`."""
    return codes_printable(user, [person])[person.pk]


def codes_printable(user: User, people: list[User]) -> dict[int, Decision]:
    """user id -> `can_print_code`, with the same number of queries for one person and for a whole school."""
    administered, governed = administered_ids(user), governed_ids(user)
    places = current_places(people)
    for row in coming_offices(people):  # who starts on Monday is not to find the account taken on Friday
        places[row.user_id].append(row)
    return {pk: _may_print(pk == user.pk, held, administered, governed) for pk, held in places.items()}


def _may_print(
    oneself: bool, held: list[Membership], administered: frozenset[int], governed: frozenset[int]
) -> Decision:
    if oneself:
        return Denied(_("For yourself, use “Change password”."))
    units = {row.unit_id for row in held}
    if not units or not units <= administered:
        return nobody_elses_work(_("Part of this person's work is outside your units: ask the office above."))
    if {row.role for row in held} & {Role.HEAD, *OVERSEERS} and not units <= governed:
        return nobody_elses_work(_("Only the administrator of the office above does this."))
    return Allowed()


def can_set_email(user: User, person: User) -> Decision:
    """Enter `person`'s address: with it a new password can be had, so it is a way into the account as a code is."""
    if person.pk == user.pk or (person.last_login and person.email):
        return Denied(_("The person signs in with it and changes it personally."))
    return can_print_code(user, person)


def can_see_record(user: User, person: User) -> Decision:
    """Read what the employer keeps of `person`: the person, and who administers one of the units."""
    if user.pk == person.pk:
        return Allowed()
    if administered_ids(user) & {row.unit_id for row in person.current_memberships}:
        return Allowed()
    return nobody_elses_work(_("Only the person and who administers the school read the staff record."))


def can_change_person(user: User, person: User) -> Decision:
    """Correct name, identifier and staff record: who administers one of the person's units."""
    if administered_ids(user) & {row.unit_id for row in person.current_memberships}:
        return Allowed()
    return nobody_elses_work(_("Only the administrator or the head changes the people here."))
