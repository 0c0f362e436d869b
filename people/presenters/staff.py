"""The rows of a staff table."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.enums import Place, Role
from people.models import StaffRecord, Unit, User


@dataclass(frozen=True)
class StaffRow:
    person: User
    roles: str
    groups: str
    since: date
    account: tuple[str, str, str]  # code, words, tone of a status pill


def account_state(person: User, codes: list) -> tuple[str, str, str]:
    """(code, words, tone): whether somebody can sign in already."""
    if not person.is_active:
        return "closed", pgettext("account", "Closed"), "neutral"
    if person.last_login or person.has_usable_password():
        return "active", _("Signs in"), "success"
    if codes:
        return "code", _("Code printed"), "info"
    return "none", _("No code yet"), "warning"


def staff_rows(people: list[User], unit: Unit) -> list[StaffRow]:
    """`people` come from queries_staff.with_places."""
    return [
        StaffRow(
            person=person,
            roles=", ".join(_roles(person, unit)),
            groups=", ".join(row.unit.name for row in person.places if row.unit_id != unit.pk),
            since=person.since,
            account=account_state(person, person.codes),
        )
        for person in people
    ]


def _roles(person: User, unit: Unit) -> list[str]:
    """The roles at the unit; leading a group of the school says more than being a teacher there."""
    here = [row.role for row in person.places if row.unit_id == unit.pk]
    leads = any(row.role == Role.GROUP_LEADER for row in person.places if row.unit_id != unit.pk)
    if leads and unit.kind.place == Place.SCHOOL:
        here = [role for role in here if role != Role.TEACHER] + [Role.GROUP_LEADER]
    return [str(Role(role).label) for role in sorted(set(here), key=Role.values.index, reverse=True)]


def record_facts(record: StaffRecord | None) -> list[tuple[str, str]]:
    """(term, words) of what the employer keeps; empty when nothing is kept."""
    if record is None:
        return []
    meta = record._meta
    rows = [
        ("birth_date", date_format(record.birth_date, "d/m/Y") if record.birth_date else ""),
        ("gender", record.get_gender_display() if record.gender else ""),
        ("ethnicity", record.ethnicity),
        ("subject", record.subject),
        ("qualification", record.qualification),
        ("title_rank", record.title_rank),
        ("party_member", _("Yes") if record.party_member else _("No")),
        ("joined_on", joined_words(record)),
        ("phone", record.phone),
    ]
    return [(str(meta.get_field(name).verbose_name), words or "–") for name, words in rows]


def joined_words(record: StaffRecord) -> str:
    """When somebody entered the profession, as exactly as it is known: "01/09/1996", "09/1996", "1996"."""
    if not record.joined_on:
        return ""
    pattern = "Y" if record.joined_year_only else "m/Y" if record.joined_month_only else "d/m/Y"
    return date_format(record.joined_on, pattern)
