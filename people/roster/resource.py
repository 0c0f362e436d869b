"""The roster as a resource of django-import-export: which person a row means, what would change, and saving it."""

import re
from datetime import date

import tablib
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult

from core.names import name_key
from people.enums import Role
from people.models import Membership, StaffRecord, Unit, User
from people.placing import add_group, new_memberships, settle, targets_for
from people.roster.dates import as_far_as_known
from people.roster.rows import RosterRow
from people.roster.school import RECORD_FIELDS, USER_FIELDS, RosterPerson, SchoolPeople
from people.roster.usernames import UserNames
from people.roster.words import group_key


class KnownField(Field):
    """An empty cell says nothing: it never removes what is known."""

    def save(self, instance, row, is_m2m=False, **kwargs) -> None:
        """Sets the attribute from the row, unless the row leaves it open."""
        value = row.get(self.column_name)
        if value not in ("", None):
            setattr(instance, self.attribute, value)

    def export(self, instance, **kwargs):
        """The value as it is compared and shown."""
        return self.get_value(instance)


class GroupField(KnownField):
    """A group that the person belongs to already is no change, however it is spelled."""

    def save(self, instance, row, is_m2m=False, **kwargs) -> None:
        value = row.get(self.column_name)
        if value and group_key(value) not in {group_key(instance.group), *instance.group_keys}:
            instance.group = value


class EmailField(KnownField):
    """An address that its owner signs in with is changed by the owner alone, and one's of work elsewhere not from here."""

    def save(self, instance, row, is_m2m=False, **kwargs) -> None:
        if not instance.keeps_email and not (instance.user and instance.email and instance.user.last_login):
            super().save(instance, row, is_m2m, **kwargs)


class PhoneField(KnownField):
    """The same figures are the same number, however they are spaced."""

    def save(self, instance, row, is_m2m=False, **kwargs) -> None:
        if _figures(row.get(self.column_name) or "") != _figures(instance.phone):
            super().save(instance, row, is_m2m, **kwargs)


def _figures(phone: str) -> str:
    return re.sub(r"\D", "", re.sub(r"^\s*\+84", "0", phone))


class JoiningField(KnownField):
    """The year alone changes nothing where the day in that year is known."""

    def save(self, instance, row, is_m2m=False, **kwargs) -> None:
        told = as_far_as_known(row["joined_on"], row["joined_precision"])
        if not self.get_value(instance).startswith(told):
            instance.joined_on, instance.joined_precision = row["joined_on"], row["joined_precision"]

    def get_value(self, instance) -> str:
        return as_far_as_known(instance.joined_on, instance.joined_precision)


class SchoolLoader(BaseInstanceLoader):
    """Finds the person of a row among the people loaded for the school."""

    def get_instance(self, row) -> RosterPerson | None:
        return self.resource.matches.get(row["number"])


def known(name: str, kind: type[Field] = KnownField) -> Field:
    return kind(attribute=name, column_name=name)


class RosterResource(resources.Resource):
    """Rows of one school's roster. `matches`: row number -> the person it means; other rows are new people.

    With dry_run nothing is written and nothing is locked; otherwise everything is, in one transaction.
    """

    full_name = known("full_name")
    person_code = known("person_code")
    birth_date = known("birth_date")
    gender = known("gender")
    ethnicity = known("ethnicity")
    group = known("group", GroupField)
    subject = known("subject")
    role = known("role")
    qualification = known("qualification")
    title_rank = known("title_rank")
    party_member = known("party_member")
    joined_on = known("joined_on", JoiningField)
    email = known("email", EmailField)
    phone = known("phone", PhoneField)

    class Meta:
        import_id_fields = ("person_code",)
        instance_loader_class = SchoolLoader
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        use_bulk = True  # no savepoint for each row: new people are saved together, an error undoes everything
        use_transactions = True

    def __init__(self, *, people: SchoolPeople, matches: dict[int, RosterPerson], valid_from: date):
        super().__init__()
        self.people, self.matches, self.valid_from = people, matches, valid_from
        self.usernames: UserNames | None = None
        self.created: list[RosterPerson] = []

    def dataset(self, rows: list[RosterRow]) -> tablib.Dataset:
        """The rows without errors as import-export wants them; what a row only assumes gives way to what is known."""
        headers = ["number", *self.fields, "joined_precision"]
        data = tablib.Dataset(headers=headers)
        for row in rows:
            person = self.matches.get(row.number)
            known = {name for name in row.assumed if person and getattr(person, name)}
            data.append([row.number, *("" if name in known else row.values.get(name, "") for name in headers[1:])])
        return data

    def before_import(self, dataset, **kwargs) -> None:
        """User names are handed out in the order of the file: the preview and the import agree."""
        numbers, names = dataset["number"], dataset["full_name"]
        self.usernames = UserNames(
            name for number, name in zip(numbers, names, strict=True) if number not in self.matches
        )

    def init_instance(self, row=None) -> RosterPerson:
        """A new person: a teacher unless the row says more."""
        return RosterPerson(role=str(Role.TEACHER), username=self.usernames.take(row["full_name"]))

    def after_import_row(self, row, row_result: RowResult, **kwargs) -> None:
        """What changed, field by field: [{"field", "old", "new"}] on the row's result."""
        before, after = row_result.original, row_result.instance
        row_result.changes = [
            {"field": name, "old": old, "new": new}
            for name, told in (self.fields.items() if before is not None else ())
            if (old := told.get_value(before)) != (new := told.get_value(after))
        ]

    def do_instance_save(self, instance: RosterPerson, is_create: bool) -> None:
        """Collects new people (saved together at the end) and saves changed ones."""
        if is_create:
            self.created.append(instance)
            return
        self._save_account(instance)
        settle(
            user=instance.user,
            held=instance.memberships,
            school=self.people.school,
            role=instance.role,
            group=self.group_unit(instance.group),
            keep_groups=group_key(instance.group) in instance.group_keys,
            day=self.valid_from,
        )

    def save_instance(self, instance, is_create, row, **kwargs) -> None:
        """Nothing is written in a dry run."""
        if not kwargs.get("dry_run"):
            self.do_instance_save(instance, is_create)

    def after_import(self, dataset, result, **kwargs) -> None:
        """Writes the new people: accounts, staff records and memberships in three statements."""
        if not self.created:
            return
        users = User.objects.bulk_create([self._new_user(person) for person in self.created])
        for person, user in zip(self.created, users, strict=True):
            person.user = user
        StaffRecord.objects.bulk_create([self._record_of(person) for person in self.created])
        Membership.objects.bulk_create(
            [
                membership
                for person in self.created
                for membership in new_memberships(
                    person.user,
                    targets_for(person.role, self.people.school, self.group_unit(person.group)),
                    self._start_of(person),
                )
            ]
        )

    def group_unit(self, name: str) -> Unit | None:
        """The professional group of that name at the school, made when it is new."""
        if not name:
            return None
        key = group_key(name)
        if key not in self.people.groups:
            self.people.groups[key] = add_group(school=self.people.school, name=name, start=self.valid_from)
        return self.people.groups[key]

    def _new_user(self, person: RosterPerson) -> User:
        user = User(username=person.username, password=make_password(None), name_key=name_key(person.full_name))
        for name in USER_FIELDS:
            setattr(user, name, getattr(person, name))
        return user

    def _save_account(self, person: RosterPerson) -> None:
        changed = [name for name in USER_FIELDS if getattr(person.user, name) != getattr(person, name)]
        for name in changed:
            setattr(person.user, name, getattr(person, name))
        if changed:
            person.user.save(update_fields=changed)
        self._record_of(person).save()

    def _record_of(self, person: RosterPerson) -> StaffRecord:
        record = person.record or StaffRecord(user=person.user)
        for name in RECORD_FIELDS:
            setattr(record, name, getattr(person, name))
        record.birth_date = date.fromisoformat(person.birth_date) if person.birth_date else None
        record.joined_on = date.fromisoformat(person.joined_on) if person.joined_on else None
        record.joined_month_only = person.joined_precision in ("month", "year")
        record.joined_year_only = person.joined_precision == "year"
        return record

    def _start_of(self, person: RosterPerson) -> date:
        """Nobody is at the school before entering the profession."""
        joined = date.fromisoformat(person.joined_on) if person.joined_on else self.valid_from
        return max(self.valid_from, joined) if joined <= self.people.today else self.valid_from


def failed_rows(result) -> list[str]:
    """Sentences of what the database refused; empty when all went well."""
    errors = [error.error for error in result.base_errors]
    errors += [error.error for row in result.rows for error in row.errors]
    return [_("The database refused the roster: %(error)s") % {"error": str(error).split("\n")[0]} for error in errors]
