"""What the board asks."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import date_words
from core.forms.fields import DateField, SearchField
from evaluations.enums import Status
from evaluations.models import Evaluation
from evaluations.policies import self_deadline
from evaluations.presenters.words import teacher_told
from people.models import Unit


class BoardFilter(forms.Form):
    """Narrowing the board: every part optional, an unknown value counts as none."""

    status = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    q = SearchField(label=gettext_lazy("Find a person"))

    def __init__(self, data, *, groups: list[Unit]):
        super().__init__(data)
        self.fields["status"].choices = [
            ("", _("All")),
            ("waiting", _("Waiting for the head")),
            ("to-decide", _("To be decided by the head")),
            ("late", _("Late")),
            *Status.choices,
        ]
        self.fields["group"].choices = [
            ("", _("All")),
            *((str(group.pk), group.name) for group in groups),
            ("none", _("In no group")),
        ]

    def chosen(self) -> dict[str, str]:
        """{"status", "group", "words"} of the valid parts."""
        self.is_valid()
        data = self.cleaned_data
        return {"status": data.get("status", ""), "group": data.get("group", ""), "words": data.get("q", "")}


class ExtendForm(forms.Form):
    """One person's own last day."""

    until = DateField(label=gettext_lazy("New last day"))

    def __init__(self, *args, evaluation: Evaluation, **kwargs):
        super().__init__(*args, **kwargs)
        self.evaluation = evaluation
        so_far = _("So far: %(date)s.") % {"date": date_words(self_deadline(evaluation))}
        self.fields["until"].help_text = f"{so_far} {teacher_told(evaluation)}"

    def clean_until(self):
        """A year that is mistyped would leave the evaluation open for ever."""
        until = self.cleaned_data["until"]
        if until > timezone.localdate() + timedelta(days=366):
            raise ValidationError(_("Choose a day within a year from today."))
        return until
