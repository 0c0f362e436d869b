"""Filters of the list of evaluations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import SearchField
from evaluations.enums import Status


class ListForm(forms.Form):
    """Search and filters; what does not exist is passed over, never an error."""

    q = SearchField(label=_("Name"))
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *Status.choices])
    unit = forms.ChoiceField(label=_("School"), required=False)

    def __init__(self, data, *, cycles, schools):
        super().__init__(data)
        self.fields["cycle"].choices = [("", _("All")), *((cycle.code, cycle.name) for cycle in cycles)]
        self.fields["unit"].choices = [("", _("All")), *((school.code, school.name) for school in schools)]

    def chosen(self) -> dict[str, str]:
        """Filters with a value that exists."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
