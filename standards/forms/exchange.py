"""Forms of files in and out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.widgets import CheckboxList, FileDrop
from core.localized import language_name, localized
from standards.exchange.columns import LANGUAGES
from standards.exchange.files import LIMITS, too_big
from standards.packs_check.problems import CODE


class FrameworkFileForm(forms.Form):
    """A framework as a file of any of the three kinds."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        max_length=255,
        widget=FileDrop(
            accept=".xlsx,.json",
            hint=gettext_lazy("Workbook (.xlsx), pack file or CASE package (.json), up to 20 MB."),
        ),
    )

    def __init__(self, *args, oversized: list[str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.oversized = oversized or []
        if self.oversized:  # the file was let go of while it arrived: say why there is none
            self.fields["file"].error_messages["required"] = too_big()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LIMITS.size:
            raise forms.ValidationError(too_big())
        return file


class TemplateForm(forms.Form):
    """Which columns an empty workbook gets."""

    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages"), widget=CheckboxList)
    levels = forms.ChoiceField(label=gettext_lazy("Levels"), required=False)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(code, language_name(code)) for code in LANGUAGES]
        self.fields["levels"].choices = [
            *(
                (version.code, _("as in %(name)s") % {"name": localized(version.legal.get("name"))})
                for version in versions
            ),
            ("", _("to be filled in")),
        ]


class TakeOverForm(forms.Form):
    """Another code, where a published version has the file's own."""

    code = forms.CharField(
        label=gettext_lazy("Code of the coming version"),
        max_length=40,
        help_text=gettext_lazy("Letters, digits, dots and hyphens; it is part of the page's address."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("A code has 1 to 40 letters, digits, dots, hyphens or underscores."))
        return code
