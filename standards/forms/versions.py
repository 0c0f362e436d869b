"""What is asked about versions: which two to compare, which two to tie together, how criteria stand to each other."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.localized import localized
from standards.enums import Relation
from standards.framework_data import CriterionData
from standards.models import FrameworkVersion
from standards.queries_drafts import DRAFT, NamedDraft

EMPTY_LINES = 2


def version_name(version: FrameworkVersion) -> str:
    """A version in a list: its legal text and code."""
    return f"{localized(version.legal.get('name')) or localized(version.title)} ({version.code})"


def version_choices(versions: Iterable[FrameworkVersion], drafts: Iterable[NamedDraft] = ()) -> list:
    """Versions under the names of their frameworks, then drafts. Versions come with their frameworks joined in."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for version in versions:
        groups.setdefault(localized(version.framework.title), []).append((version.code, version_name(version)))
    open_drafts = [(f"{DRAFT}{draft.pk}", f"{draft} ({draft.code})") for draft in drafts]
    return [("", _("Choose a version")), *groups.items(), *([(_("Drafts"), open_drafts)] if open_drafts else [])]


class CompareForm(forms.Form):
    """?from= and ?to= name two versions or drafts; ?show= one kind of difference."""

    def __init__(self, data, *, choices: list, shows: Sequence[tuple[str, str]] = ()):
        super().__init__(data, auto_id="compare-%s")
        self.fields["from"] = forms.ChoiceField(label=_("Older text"), choices=choices)
        self.fields["to"] = forms.ChoiceField(label=_("Newer text"), choices=choices)
        if shows:
            self.fields["show"] = forms.ChoiceField(label=_("Show"), choices=shows, required=False)


class NewMappingForm(forms.Form):
    """The two versions of a new mapping."""

    source = forms.ChoiceField(label=gettext_lazy("From this text"))
    target = forms.ChoiceField(label=gettext_lazy("To this text"))

    def __init__(self, *args, choices: list, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].choices = choices

    def clean(self):
        """Two different ones."""
        cleaned = super().clean()
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", _("Choose two different versions."))
        return cleaned


class LinkForm(forms.Form):
    """One counterpart of a criterion. Without a target the line is left out."""

    target = forms.ChoiceField(label=gettext_lazy("Criterion"), required=False)
    relation = forms.ChoiceField(label=gettext_lazy("It is"), choices=[("", "–"), *Relation.choices], required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, criteria: Sequence[CriterionData], **kwargs):
        super().__init__(*args, **kwargs)
        named = [(item.code, f"{item.code} {localized(item.name)}") for item in criteria]
        self.fields["target"].choices = [("", _("None")), *named]

    def clean(self):
        """A target needs a relation; a note alone belongs to nothing."""
        cleaned = super().clean()
        if cleaned.get("target") and not cleaned.get("relation"):
            self.add_error("relation", _("Choose how the two criteria stand to each other."))
        if not cleaned.get("target") and (cleaned.get("relation") or cleaned.get("note")):
            self.add_error("target", _("Choose the criterion that this is about."))
        return cleaned


class LinkLines(forms.BaseFormSet):
    """All counterparts of one criterion; each target once."""

    def clean(self):
        """No target twice."""
        seen = set()
        for form in self.forms:
            target = form.cleaned_data.get("target") if hasattr(form, "cleaned_data") else ""
            if target and target in seen:
                form.add_error("target", _("This criterion is named twice."))
            seen.add(target)


LinkFormSet = forms.formset_factory(LinkForm, formset=LinkLines, extra=EMPTY_LINES, max_num=20)
