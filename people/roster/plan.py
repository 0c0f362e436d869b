"""What a roster would do at a school today: each row new, changed, unchanged or an error, and who is missing in it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import date_words
from people.enums import Role
from people.models import ImportRow, Unit
from people.models.searching import plain
from people.roster.reading import Reading, read_roster
from people.roster.resource import RosterResource, failed_rows
from people.roster.rows import RosterRow
from people.roster.school import RosterPerson, SchoolPeople, codes_in_use
from people.roster.words import group_key

Outcome = ImportRow.Outcome


@dataclass
class PlannedRow:
    row: RosterRow
    outcome: str = Outcome.ERROR
    changes: list[dict] = field(default_factory=list)
    person: RosterPerson | None = None

    def signature(self) -> tuple:
        """What must not differ between the preview a person agreed to and the import."""
        return self.row.number, str(self.outcome), [[change["field"], change["new"]] for change in self.changes]


@dataclass
class Plan:
    """`missing`: people of the school who do not stand in the file, in the order of names."""

    reading: Reading
    rows: list[PlannedRow]
    missing: list[RosterPerson]
    failures: list[str] = field(default_factory=list)
    new_groups: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """{"new": …, "changed": …, "unchanged": …, "skipped": …, "error": …}."""
        found = Counter(str(planned.outcome) for planned in self.rows)
        return {str(outcome): found[str(outcome)] for outcome in Outcome}

    def forget_new_people(self) -> None:
        """What was saved is undone: people who are new have no account after all."""
        for planned in self.rows:
            if planned.outcome == Outcome.NEW and planned.person:
                planned.person.user = None

    def carried_out(self) -> None:
        """The new groups are there: what was announced is said as done."""
        announced = _groups_sentence(self.new_groups)
        self.reading.notes = [
            _groups_sentence(self.new_groups, done=True) if self.new_groups and note == announced else note
            for note in self.reading.notes
        ]

    def as_json(self, unit: Unit) -> dict:
        """The answer of `manage.py import_roster --json`."""
        return {
            "unit": unit.code,
            "sheet": self.reading.sheet,
            "columns": self.reading.columns,
            "notes": self.reading.notes,
            "counts": self.counts(),
            "rows": [
                {
                    "row": planned.row.number,
                    "outcome": str(planned.outcome),
                    "messages": planned.row.messages,
                    "changes": planned.changes,
                    "values": planned.row.values,
                }
                for planned in self.rows
            ],
            "missing": [{"username": person.username, "full_name": person.full_name} for person in self.missing],
        }


class Planner:
    """Compares one file with one school. `may_name_heads`: whoever imports may say who is head."""

    def __init__(self, school: Unit, content: bytes, *, valid_from: date, may_name_heads: bool = True):
        self.school, self.valid_from, self.may_name_heads = school, valid_from, may_name_heads
        today = timezone.localdate()
        codes = SchoolPeople(school, codes=(), emails=(), today=today).by_code
        self.reading = read_roster(content, known_codes=codes, today=today, look_up=codes_in_use)
        rows = self.reading.rows
        self.people = SchoolPeople(
            school,
            codes=[row.values["person_code"] for row in rows],
            emails=[row.values["email"] for row in rows],
            today=today,
        )
        self.matches: dict[int, RosterPerson] = {}
        self.seen: dict[int, int] = {}  # user id -> row number

    def run(self, *, save: bool = False) -> Plan:
        """The plan; with `save` it is also carried out, inside the caller's transaction. Nothing is saved when the
        database refuses anything: then `failures` says why."""
        for row in self.reading.rows:
            if not row.is_left_out:
                self._match(row)
            elif not row.has_left and (known := self.people.find(row.values)[0]) and known.pk:
                self.seen.setdefault(known.pk, row.number)
        self._judge_matches()
        self._name_namesakes()
        new_groups = self._name_new_groups()
        good = [row for row in self.reading.rows if not row.has_errors and not row.is_left_out]
        resource = RosterResource(people=self.people, matches=self.matches, valid_from=self.valid_from)
        result = resource.import_data(resource.dataset(good), dry_run=not save)
        results = dict(zip((row.number for row in good), result.rows, strict=False))
        planned = [self._planned(row, results.get(row.number)) for row in self.reading.rows]
        missing = [person for pk, person in self.people.members.items() if pk not in self.seen]
        if self.reading.is_correction:
            missing = []
        failures = failed_rows(result) if result.has_errors() else []
        return Plan(self.reading, planned, missing, failures, new_groups)

    def _match(self, row: RosterRow) -> None:
        person, how = self.people.find(row.values)
        if how == "ambiguous":
            row.error("full_name", _("Several people of the school have this name: give the identifier."))
        if person is None:
            return
        if person.pk in self.seen:
            row.error("", _("Row %(row)d means the same person.") % {"row": self.seen[person.pk]})
            return
        self.seen[person.pk] = row.number
        self.matches[row.number] = person
        if how == "name" and row.values["person_code"]:
            row.note("person_code", _("Recognised by name; the identifier is new."))
        elif how == "code" and self._is_somebody_else(row, person):
            if person.memberships:
                text = _("The identifier belongs to %(name)s: is it mistyped?") % {"name": person.full_name}
            else:
                text = _("The identifier belongs to somebody else: is it mistyped?")  # who left is not named here
            row.error("person_code", text)

    @staticmethod
    def _is_somebody_else(row: RosterRow, person: RosterPerson) -> bool:
        """Not a spelling mistake: another given name, whatever its accents, with another date of birth; or another
        given and family name that no date of birth confirms."""
        written, known = (plain(name).split() for name in (row.values["full_name"], person.full_name))
        if not written or not known or written[-1] == known[-1]:
            return False
        born = row.values["birth_date"]
        if born and person.birth_date:
            return born != person.birth_date
        return written[0] != known[0]

    def _judge_matches(self) -> None:
        """What only the database knows: other schools, addresses of others, who may name a head, new groups."""
        elsewhere = self.people.works_elsewhere(self.matches.values())
        for row in self.reading.rows:
            person = self.matches.get(row.number)
            if row.is_left_out:
                continue
            if person and (school := elsewhere.get(person.pk)):
                row.error(
                    "person_code",
                    _("%(name)s works at %(school)s. Transfer them here first, then import again.")
                    % {"name": person.full_name, "school": school},
                )
            owner = self.people.email_users.get(row.values["email"])
            if owner and owner != (person.pk if person else None):
                row.error("email", _("Somebody else has the address %(email)s.") % {"email": row.values["email"]})
            self._judge_email(row, person)
            self._judge_head(row, person)

    def _name_namesakes(self) -> None:
        """New people with the name of somebody at the school who stands in no row: perhaps they are one."""
        for row in self.reading.rows:
            if row.number in self.matches or row.has_errors or row.is_left_out:
                continue
            for person in self.people.by_name.get(row.values["full_name"].lower(), []):
                if person.pk not in self.seen:
                    row.note("full_name", _namesake_sentence(person))

    def _name_new_groups(self) -> list[str]:
        """Said once for the whole file: a mistyped group is seen here."""
        groups = {
            group_key(row.values["group"]): row.values["group"]
            for row in self.reading.rows
            if row.values["group"] and not row.has_errors and not row.is_left_out
        }
        new = sorted(name for key, name in groups.items() if key not in self.people.groups)
        if new:
            self.reading.notes.append(_groups_sentence(new))
        return new

    @staticmethod
    def _judge_email(row: RosterRow, person: RosterPerson | None) -> None:
        email = row.values["email"]
        if person and person.keeps_email and email and person.email != email:
            row.note("email", _("Part of this person's work is outside your units: ask the office above."))
        elif person and email and person.email and person.email != email and person.user.last_login:
            row.note(
                "email",
                _("%(name)s signs in with another address and changes it personally: left as it is.")
                % {"name": person.full_name},
            )

    def _judge_head(self, row: RosterRow, person: RosterPerson | None) -> None:
        role, before = row.values["role"], person.role if person else ""
        if role == before or not role or Role.HEAD not in (role, before):
            return
        if not self.may_name_heads:
            row.error("role", _("Who is head is decided by the office above: ask its administrator."))
        elif role == Role.HEAD and (others := [head for head in self.people.heads if head.pk not in self.seen]):
            names = ", ".join(head.full_name for head in others)
            row.note("role", _("%(names)s is head here too: end that role if it is over.") % {"names": names})

    def _planned(self, row: RosterRow, result) -> PlannedRow:
        if row.has_errors:
            return PlannedRow(row, Outcome.ERROR, person=self.matches.get(row.number))
        if row.is_left_out:
            return PlannedRow(row, Outcome.SKIPPED)
        planned = PlannedRow(row)
        if result is None or result.instance is None:
            return planned
        kinds = {"new": Outcome.NEW, "update": Outcome.CHANGED, "skip": Outcome.UNCHANGED}
        planned.person = result.instance
        planned.outcome = kinds.get(result.import_type, Outcome.ERROR)
        planned.changes = result.changes
        if not planned.person.memberships and planned.outcome == Outcome.CHANGED:
            planned.changes = [{**change, "old": None} for change in result.changes]  # of somebody not of this school
        values = result.instance.values()
        if values["joined_precision"] != row.values["joined_precision"]:  # more is known than the row tells
            row.messages = [message for message in row.messages if message["field"] != "joined_on"]
        row.values = values
        return planned


def _groups_sentence(groups: list[str], *, done: bool = False) -> str:
    if done:
        text = ngettext("This group was added: %(groups)s.", "These groups were added: %(groups)s.", len(groups))
    else:
        text = ngettext(
            "This group is new and will be added: %(groups)s.",
            "These groups are new and will be added: %(groups)s.",
            len(groups),
        )
    return text % {"groups": ", ".join(groups)}


def _namesake_sentence(person: RosterPerson) -> str:
    if not person.birth_date:
        return _(
            "%(name)s is at the school already. Is this the same person? Then give the identifier known there."
        ) % {"name": person.full_name}
    return _(
        "%(name)s, born on %(date)s, is at the school already. Is this the same person? Then give the identifier or "
        "the date of birth known there."
    ) % {"name": person.full_name, "date": date_words(date.fromisoformat(person.birth_date))}
