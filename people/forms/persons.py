"""Forms about people."""

from datetime import date, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import date_words
from core.forms.fields import DateField
from people.ages import birth_problem, joining_problem
from people.enums import Gender, Role
from people.models import StaffRecord, Unit
from people.policies import CORRECTABLE_DAYS
from people.roster.identifiers import BadIdentifier, Pattern, read_identifier

RECORD_FIELDS = (
    "birth_date",
    "gender",
    "ethnicity",
    "subject",
    "qualification",
    "title_rank",
    "party_member",
    "joined_on",
    "phone",
)


class PersonForm(forms.Form):
    """Who somebody is: the account's name and addresses, and the staff record."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    person_code = forms.CharField(label=_("Personal identifier"), max_length=20, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The person can sign in with it and is told what waits.")
    )
    birth_date = DateField(label=_("Date of birth"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[("", _("Not given")), *Gender.choices], required=False)
    ethnicity = forms.CharField(label=_("Ethnicity"), max_length=60, required=False)
    subject = forms.CharField(label=_("Subject taught"), max_length=80, required=False)
    qualification = forms.CharField(label=_("Qualification"), max_length=80, required=False)
    title_rank = forms.CharField(label=_("Professional title rank"), max_length=20, required=False)
    party_member = forms.BooleanField(label=_("Party member"), required=False)
    joined_on = DateField(label=_("Entered the profession"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)

    def clean_person_code(self) -> str:
        try:
            return read_identifier(self.cleaned_data["person_code"], Pattern())[0]
        except BadIdentifier as error:
            raise forms.ValidationError(str(error)) from error

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and (problem := birth_problem(day, timezone.localdate())):
            raise forms.ValidationError(problem)
        return day

    def clean(self):
        data = super().clean()
        born, joined = data.get("birth_date"), data.get("joined_on")
        if joined and (problem := joining_problem(born, joined, timezone.localdate())):
            self.add_error("joined_on", problem)
        return data


class NewPersonForm(PersonForm):
    """A person who joins a unit."""

    role = forms.ChoiceField(label=_("Role"))
    group = forms.ModelChoiceField(
        label=_("Professional group"), queryset=None, required=False, empty_label=_("No group")
    )
    start = DateField(label=_("From"), initial=timezone.localdate)
    field_order = ("full_name", "role", "group", "start", "person_code", "email", *RECORD_FIELDS)

    def __init__(self, *args, roles: list[str], groups: QuerySet[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        self.fields["group"].queryset = groups
        if not groups.exists():
            del self.fields["group"]


class PlaceForm(forms.Form):
    """Role and group at a school from a day on."""

    role = forms.ChoiceField(label=_("Role"))
    group = forms.ModelChoiceField(
        label=_("Professional group"), queryset=None, required=False, empty_label=_("No group")
    )
    start = DateField(label=_("From"), initial=timezone.localdate, help_text=_("The present role ends the day before."))

    def __init__(self, *args, roles: list[str], groups: QuerySet[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        self.fields["group"].queryset = groups


class EndForm(forms.Form):
    """The last day of a role. A day that looks mistyped is asked about: then `sure` stands below it."""

    end = DateField(label=_("Last day"), initial=timezone.localdate)
    sure = forms.BooleanField(label=_("This day is meant"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["sure"]

    def clean(self):
        data = super().clean()
        is_sure = data.pop("sure", False)
        question = _question(data.get("end"))
        if not question:
            del self.fields["sure"]
        elif not is_sure:
            self.add_error("end", question)
        return data


def _question(end: date | None) -> str:
    """What to ask about a last day far ahead, or so long ago that it could not be corrected any more."""
    today = timezone.localdate()
    if end and end > today + timedelta(days=366):
        sentence = gettext("%(date)s is more than a year away. Check the year, or tick below that this day is meant.")
        return sentence % {"date": date_words(end)}
    if end and end < today - timedelta(days=CORRECTABLE_DAYS):
        sentence = gettext(
            "%(date)s is more than %(days)d days ago and cannot be corrected later. Check the day, or tick below that "
            "this day is meant."
        )
        return sentence % {"date": date_words(end), "days": CORRECTABLE_DAYS}
    return ""


class CorrectEndForm(EndForm):
    """Another last day, or none."""

    goes_on = forms.BooleanField(label=_("No end: the role goes on"), required=False)
    field_order = ("goes_on", "end")

    def clean(self):
        if self.cleaned_data.pop("goes_on", False):
            self.errors.pop("end", None)
            self.fields.pop("sure")
            return {"end": None}
        return super().clean()


class TransferForm(forms.Form):
    """Another school from a day on."""

    target = forms.ModelChoiceField(label=_("New school"), queryset=None, empty_label=_("Choose a school"))
    start = DateField(label=_("First day at the new school"), initial=timezone.localdate)

    def __init__(self, *args, schools: QuerySet[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = schools


class RoleForm(forms.Form):
    """A role at a unit for somebody who has an account already."""

    username = forms.CharField(
        label=_("User name"), max_length=60, help_text=_("Of somebody with an account at one of your units.")
    )
    role = forms.ChoiceField(label=_("Role"))
    start = DateField(label=_("From"), initial=timezone.localdate)

    def __init__(self, *args, roles: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]


def initial_of(person, record: StaffRecord | None) -> dict:
    """The values of PersonForm for somebody who is known."""
    values = {name: getattr(person, name) for name in ("full_name", "person_code", "email")}
    if record:
        values |= {name: getattr(record, name) for name in RECORD_FIELDS}
    return values
