"""Forms of evidence: files, a link, a stated fact, and changing one."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import DateField, LongTextField
from core.forms.widgets import CheckboxList, FileDrop
from core.localized import localized
from core.names import clean_text
from evaluations.enums import EvidenceKind
from evaluations.models import Evidence
from files.formats import ACCEPT
from standards.queries import FrameworkData

TITLE_REQUIRED = _("Give it a title that others understand.")


def check_link(value: str) -> str:
    """The address, http or https, without a name and password in it. Raises ValidationError with a sentence."""
    value = clean_text(value)
    if value and "://" not in value and not value.lower().startswith(("javascript:", "data:", "mailto:", "file:")):
        value = f"https://{value}"
    sentence = _("Enter a full web address, such as https://example.org/plan.")
    try:
        parts = urlsplit(value)
        URLValidator(schemes=["http", "https"])(value)
    except (ValidationError, ValueError) as error:
        raise ValidationError(sentence) from error
    if parts.username or parts.password:
        raise ValidationError(_("Leave the user name and password out of the address."))
    return value


class TiedForm(forms.Form):
    """What every form of evidence has: the criteria it speaks for."""

    criteria = forms.MultipleChoiceField(
        label=_("Which criteria does it speak for?"), required=False, widget=CheckboxList
    )

    def __init__(self, *args, data_of: FrameworkData, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = [
            (criterion.code, f"{criterion.number}. {localized(criterion.name)}") for criterion in data_of.criteria
        ]


class LinkForm(TiedForm):
    """An address on the web."""

    field_order = ["url", "title", "description", "criteria"]
    url = forms.CharField(
        label=_("Web address"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "url", "inputmode": "url"}),
        error_messages={"required": _("Enter the web address.")},
    )
    title = forms.CharField(label=_("Title"), max_length=200, error_messages={"required": TITLE_REQUIRED})
    description = LongTextField(label=_("What it shows"), required=False, limit=2000, rows=2)

    def clean_url(self):
        return check_link(self.cleaned_data["url"])


class FactForm(TiedForm):
    """Something that happened, and who can confirm it."""

    field_order = ["title", "witness", "happened_on", "description", "criteria"]
    title = forms.CharField(
        label=pgettext_lazy("a stated fact", "What happened"),
        max_length=200,
        error_messages={"required": _("Say in a few words what happened.")},
    )
    witness = forms.CharField(
        label=_("Minutes or witness"),
        help_text=_("Number and date of the minutes, or who was there and can confirm it."),
        max_length=200,
        error_messages={"required": _("Name the minutes or a witness: that is what makes it evidence.")},
    )
    happened_on = DateField(label=_("Date"), required=False)
    description = LongTextField(label=_("What it shows"), required=False, limit=2000, rows=2)

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class FileWordsForm(TiedForm):
    """The words of a file that is there already."""

    field_order = ["title", "description", "criteria"]
    title = forms.CharField(label=_("Title"), max_length=200, error_messages={"required": TITLE_REQUIRED})
    description = LongTextField(label=_("What it shows"), required=False, limit=2000, rows=2)


class ManyFiles(forms.FileField):
    """Any number of files; each is judged by content later, one by one."""

    widget = FileDrop

    def clean(self, data, initial=None):
        if not data:
            raise ValidationError(_("Choose at least one file."))
        return data if isinstance(data, list) else [data]


class FilesForm(TiedForm):
    """One or several files at once."""

    field_order = ["files", "criteria"]
    files = ManyFiles(
        label=_("Files"),
        widget=FileDrop(
            accept=ACCEPT, multiple=True, hint=_("PDF, DOCX, XLSX, PPTX, JPG, PNG or HEIC, up to 20 MB each.")
        ),
    )


FORMS = {EvidenceKind.LINK: LinkForm, EvidenceKind.FACT: FactForm, EvidenceKind.FILE: FileWordsForm}


def change_form(evidence: Evidence, data_of: FrameworkData, posted=None) -> TiedForm:
    """The form to change a piece of evidence, filled with what it says now."""
    form = FORMS[EvidenceKind(evidence.kind)]
    names = [name for name in form.base_fields if name != "criteria"]
    tied = [data_of.criterion_by_id(use.criterion_id).code for use in evidence.uses.all()]
    initial = {name: getattr(evidence, name) for name in names} | {"criteria": tied}
    return form(posted, data_of=data_of, initial=initial)
