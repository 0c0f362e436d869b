"""Asking for a document: about whom, in which language."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.localized import language_name
from reports.enums import ReportKind


class OfferForm(forms.Form):
    """One kind of document on the page: a cycle or evaluation, a unit where there is a choice, and a language."""

    kind = forms.CharField(widget=forms.HiddenInput)
    evaluation = forms.ChoiceField(label=_("Evaluation"))
    cycle = forms.ChoiceField(label=_("Cycle"))
    unit = forms.ChoiceField(label=_("School or office"))
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, kind: ReportKind, choices: dict[str, list[tuple[str, str]]], **kwargs):
        """`choices`: field -> (value, label) of the fields this kind needs."""
        initial = {"kind": kind.value, "language": get_language()}
        super().__init__(*args, initial=initial, auto_id=f"{kind.value}-%s", **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        for name in ("evaluation", "cycle", "unit"):
            if name not in choices:
                del self.fields[name]
            else:
                self.fields[name].choices = choices[name]


class RequestForm(forms.Form):
    """What a request says, from this page or from another; who may have it is asked of the policy afterwards."""

    kind = forms.ChoiceField(choices=ReportKind)
    evaluation = forms.UUIDField(required=False)
    cycle = forms.SlugField(required=False)
    unit = forms.SlugField(required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
