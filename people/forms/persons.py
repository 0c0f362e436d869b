"""Forms about people."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms.fields import DateField
from people.enums import Gender, Role
from people.models import StaffRecord, Unit
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
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The date of birth lies in the future."))
        return day

    def clean(self):
        data = super().clean()
        born, joined = data.get("birth_date"), data.get("joined_on")
        if born and joined and joined <= born:
            self.add_error("joined_on", _("Nobody enters the profession before being born."))
        return data


class NewPersonForm(PersonForm):
    """A person who joins a unit."""

    role = forms.ChoiceField(label=_("Role"))
    group = forms.ModelChoiceField(label=_("Professional group"), queryset=None, required=False)
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
    """The last day of a role."""

    end = DateField(label=_("Last day"), initial=timezone.localdate)


class TransferForm(forms.Form):
    """Another school from a day on."""

    target = forms.ModelChoiceField(label=_("New school"), queryset=None)
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
