"""What the database knows of a school's people, loaded once for a whole roster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower

from people.enums import LEADERS, OVERSEERS, TEACHERS, Place, Role
from people.models import Membership, Placement, StaffRecord, Unit, User
from people.roster.words import group_key

USER_FIELDS = ("full_name", "person_code", "email")
RECORD_FIELDS = ("gender", "ethnicity", "subject", "qualification", "title_rank", "party_member", "phone")


@dataclass
class RosterPerson:
    """A person as a roster tells it: account, staff record and place at the school in one flat row.

    Dates are ISO texts, "" when unknown; `group` is the name of the professional group.
    """

    full_name: str = ""
    person_code: str = ""
    birth_date: str = ""
    gender: str = ""
    ethnicity: str = ""
    subject: str = ""
    qualification: str = ""
    title_rank: str = ""
    party_member: bool = False
    joined_on: str = ""
    joined_precision: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""
    group: str = ""
    username: str = ""
    user: User | None = None
    record: StaffRecord | None = None
    memberships: list[Membership] = field(default_factory=list)  # in force at the school and its groups
    number: int = 0  # the row of the file
    keeps_email: bool = False  # also works elsewhere: an address is a way into that work, and is not set from here

    @property
    def pk(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def group_keys(self) -> set[str]:
        return {group_key(row.unit.name) for row in self.memberships if row.unit.kind.place == Place.GROUP}

    def values(self) -> dict:
        """The JSON-ready fields."""
        return {item.name: getattr(self, item.name) for item in fields(self)[:16]}

    def __deepcopy__(self, memo) -> "RosterPerson":
        return RosterPerson(
            **self.values(),
            user=self.user,
            record=self.record,
            memberships=self.memberships,
            keeps_email=self.keeps_email,
        )


def person_from(user: User, record: StaffRecord | None, memberships: list[Membership]) -> RosterPerson:
    """What the database says of `user` at one school."""
    person = RosterPerson(username=user.username, user=user, record=record, memberships=memberships)
    for name in USER_FIELDS:
        setattr(person, name, getattr(user, name))
    if record:
        for name in RECORD_FIELDS:
            setattr(person, name, getattr(record, name))
        person.birth_date = record.birth_date.isoformat() if record.birth_date else ""
        person.joined_on = record.joined_on.isoformat() if record.joined_on else ""
        person.joined_precision = precision_of(record)
    person.role = role_at(memberships)
    groups = [row.unit.name for row in memberships if row.unit.kind.place == Place.GROUP]
    person.group = groups[0] if groups else ""
    return person


def precision_of(record: StaffRecord) -> str:
    """ "day", "month", "year", or "" when the date of entering the profession is unknown."""
    if not record.joined_on:
        return ""
    return "year" if record.joined_year_only else "month" if record.joined_month_only else "day"


def role_at(memberships: list[Membership]) -> str:
    """The one role a roster tells: head, deputy head, group leader or teacher; "" for somebody who is not here."""
    roles = {row.role for row in memberships}
    for role in (Role.HEAD, Role.DEPUTY_HEAD, Role.GROUP_LEADER, Role.TEACHER):
        if role in roles:
            return str(role)
    return ""


def codes_in_use(codes: Iterable[str]) -> list[str]:
    """Which of these identifiers somebody of the installation has."""
    return list(User.objects.filter(person_code__in=codes).values_list("person_code", flat=True)) if codes else []


class SchoolPeople:
    """People a roster of `school` may mean, found by identifier, or by name and date of birth.

    A constant number of queries, whatever the number of rows.
    """

    def __init__(self, school: Unit, *, codes: Iterable[str], emails: Iterable[str], today: date):
        self.school, self.today = school, today
        places = Placement.objects.in_force(today).filter(parent=school, unit__kind__place=Place.GROUP)
        self.groups = {
            group_key(row.unit.name): row.unit
            for row in places.select_related("unit", "unit__kind").order_by("-unit__position", "-unit__pk")
        }
        self.members = self._members()
        self.by_code = self._strangers({code for code in codes if code})
        self.by_code |= {person.person_code: person for person in self.members.values() if person.person_code}
        self.by_name: dict[str, list[RosterPerson]] = defaultdict(list)
        for person in self.members.values():
            self.by_name[person.full_name.lower()].append(person)
        wanted = {email for email in emails if email}
        users = User.objects.annotate(lowered=Lower("email")).filter(lowered__in=wanted)
        self.email_users = dict(users.values_list("lowered", "pk")) if wanted else {}

    @property
    def heads(self) -> list[RosterPerson]:
        return [person for person in self.members.values() if person.role == Role.HEAD]

    def _members(self) -> dict[int, RosterPerson]:
        units = [self.school.pk, *(group.pk for group in self.groups.values())]
        rows = (
            Membership.objects.current(self.today)
            .filter(unit__in=units, role__in=[*LEADERS, *TEACHERS])
            .select_related("unit", "unit__kind", "user", "user__staff_record")
            .order_by("user__name_key", "user_id", "-start", "pk")
        )
        held: dict[int, list[Membership]] = defaultdict(list)
        for row in rows:
            held[row.user_id].append(row)
        return {pk: person_from(found[0].user, _record(found[0].user), found) for pk, found in held.items()}

    def _strangers(self, codes: set[str]) -> dict[str, RosterPerson]:
        """People with one of these identifiers who are not at the school now."""
        if not codes:
            return {}
        users = (
            User.objects.filter(person_code__in=codes)
            .exclude(pk__in=self.members)
            .select_related("staff_record")
            .order_by("pk")
        )
        return {user.person_code: person_from(user, _record(user), []) for user in users}

    def works_elsewhere(self, people: Iterable[RosterPerson]) -> dict[int, str]:
        """user id -> name of another school (and group) where the person works today; for strangers of any unit.

        Marks everybody with a role outside the school, today or later, as somebody who `keeps_email`. Two queries.
        """
        known = {person.pk: person for person in people if person.pk}
        rows = (
            Membership.objects.filter(Q(end=None) | Q(end__gte=self.today), user_id__in=known)
            .exclude(
                Q(unit__in=[self.school.pk, *(group.pk for group in self.groups.values())]) & ~Q(role__in=OVERSEERS)
            )
            .select_related("unit__kind")
            .order_by("pk")
        )
        schools = self._schools_of(row.unit_id for row in rows if row.unit.kind.place == Place.GROUP)
        found = {}
        for row in rows:
            known[row.user_id].keeps_email = True
            is_today, is_member = row.start <= self.today, row.user_id in self.members
            if not is_member or (is_today and row.unit.kind.place == Place.SCHOOL and row.unit_id != self.school.pk):
                school = schools.get(row.unit_id)
                found[row.user_id] = f"{school} ({row.unit.name})" if school else row.unit.name
        return found

    def _schools_of(self, groups: Iterable[int]) -> dict[int, str]:
        """group id -> name of the school it belongs to today."""
        placed = Placement.objects.in_force(self.today).filter(unit__in=set(groups))
        return dict(placed.values_list("unit_id", "parent__name"))

    def find(self, values: dict) -> tuple[RosterPerson | None, str]:
        """(person, how): how is "code", "name", "ambiguous" (several of this name) or ""."""
        if found := self.by_code.get(values["person_code"]):
            return found, "code"
        same = self.by_name.get(values["full_name"].lower(), [])
        born, code = values["birth_date"], values["person_code"]
        exact = [person for person in same if born and person.birth_date == born]
        if len(exact) == 1:
            return exact[0], "name"
        open_ones = [
            person for person in same if (not born or not person.birth_date) and (not code or not person.person_code)
        ]
        candidates = exact or open_ones
        if len(candidates) > 1:
            return None, "ambiguous"
        return (candidates[0], "name") if candidates else (None, "")


def _record(user: User) -> StaffRecord | None:
    return getattr(user, "staff_record", None)
