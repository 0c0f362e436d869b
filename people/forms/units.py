"""Forms about units."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import DateField, SearchField
from people.enums import Role
from people.models import Unit, UnitKind


class FindForm(forms.Form):
    """What to look for on the front page of People."""

    q = SearchField(label=_("Name, user name or identifier"))


class StaffFilter(forms.Form):
    """Narrows the staff of a unit."""

    q = SearchField(label=_("Name, user name or identifier"))
    role = forms.ChoiceField(label=_("Role"), required=False)
    group = forms.ChoiceField(label=_("Professional group"), required=False)

    def __init__(self, *args, groups: list[Unit], roles: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("All roles")), *((role, Role(role).label) for role in roles)]
        self.fields["group"].choices = [("", _("All groups")), *((group.code, group.name) for group in groups)]
        if not groups:
            del self.fields["group"]


class UnitForm(forms.Form):
    """A new unit under another."""

    kind = forms.ModelChoiceField(label=_("Kind"), queryset=None, empty_label=None)
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=150)
    start = DateField(label=_("From"), initial=timezone.localdate)

    def __init__(self, *args, kinds: QuerySet[UnitKind], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds


class RenameForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=150)
    short_name = forms.CharField(
        label=_("Short name"), max_length=60, required=False, help_text=_("For narrow tables and charts.")
    )


class MoveForm(forms.Form):
    """Another superior from a day on."""

    parent = forms.ModelChoiceField(label=_("New superior unit"), queryset=None, empty_label=_("Choose a unit"))
    start = DateField(
        label=_("From"), help_text=_("Until the day before, the unit stays where it is. Earlier years are not touched.")
    )

    def __init__(self, *args, parents: QuerySet[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents
