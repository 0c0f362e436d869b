"""Forms about rosters."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms.fields import DateField
from core.forms.widgets import FileDrop
from core.spreadsheets import MAX_BYTES


class RosterForm(forms.Form):
    """The file, and from which day its roles hold."""

    file = forms.FileField(
        label=_("Roster"),
        allow_empty_file=True,
        max_length=255,
        widget=FileDrop(accept=".xlsx,.csv,.txt", hint=_("Workbook (.xlsx) or CSV, up to 5 MB and 5,000 rows.")),
    )
    valid_from = DateField(
        label=_("New roles hold from"), help_text=_("People and roles that are new in the roster begin on this day.")
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Keep only the sheet with the list and try again.")
                % {"limit": MAX_BYTES // 1024 // 1024}
            )
        return file


class MissingForm(forms.Form):
    """Who of those no longer in the file has left, and when."""

    people = forms.ModelMultipleChoiceField(
        label=_("Who has left?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    end = DateField(label=_("Last day at the school"), initial=timezone.localdate)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
