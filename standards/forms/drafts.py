"""Beginning a draft and publishing it."""

import re
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.fields import DateField
from core.localized import localized
from standards.enums import Purpose, SubjectRole
from standards.models import Draft, FrameworkVersion
from standards.queries import published_versions, reader_first
from standards.queries_drafts import version_codes, versions_to_end

CODE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
RESERVED = {"drafts", "compare", "mappings", "import", "export", "workbook", "pack", "simulate"}
LANGUAGE = re.compile(r"[a-z]{2}")
LINE = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]{0,9})\s*[=:]\s*(\S.*)")


class CodeField(forms.CharField):
    """The code of a version: part of its address, never changed once published."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Code of the new version"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("Becomes part of its address, such as vn-tt30-2026. Letters, digits, dots and hyphens."),
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value):
        """The code, lower case."""
        code = super().clean(value).strip()
        if not re.fullmatch(CODE, code) or code in RESERVED:
            raise forms.ValidationError(_("A code has 1 to 40 letters, digits, dots, hyphens or underscores."))
        if code in version_codes():
            raise forms.ValidationError(_("There is already a version with the code “%(code)s”.") % {"code": code})
        return code


class VersionChoice(forms.ModelChoiceField):
    """Published versions by the names of their legal texts."""

    def label_from_instance(self, version: FrameworkVersion) -> str:
        return f"{localized(version.title)} ({version.code})"


class CopyForm(forms.Form):
    """A draft with everything of a published version."""

    version = VersionChoice(
        label=gettext_lazy("Copy"), queryset=FrameworkVersion.objects.none(), empty_label=None, to_field_name="code"
    )
    code = CodeField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = reader_first(published_versions())


class BlankForm(forms.Form):
    """A draft with nothing in it but what it is."""

    titles = forms.CharField(
        label=gettext_lazy("Languages and title"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One language a line, the official one first: its code of two letters, = and the title, such as "
            "“vi = Chuẩn nghề nghiệp giáo viên”."
        ),
    )
    code = CodeField()
    jurisdiction = forms.RegexField(
        r"[A-Za-z]{2}",
        label=gettext_lazy("Country"),
        initial="VN",
        help_text=gettext_lazy("Two letters, such as VN."),
        widget=forms.TextInput(attrs={"size": 4}),
        max_length=2,
    )
    subject_role = forms.ChoiceField(label=gettext_lazy("Whom it judges"), choices=SubjectRole.choices)
    purpose = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=Purpose.choices)
    levels = forms.CharField(
        label=gettext_lazy("Levels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One a line, the lowest first: a short code, = and the name, such as “D = Đạt”. They can be changed later; "
            "leave it empty where nobody is rated."
        ),
    )

    def clean_titles(self) -> dict[str, str]:
        """Language to title."""
        titles = dict(self._lines("titles"))
        if not all(LANGUAGE.fullmatch(code) for code in titles):
            raise forms.ValidationError(_("A language has a code of two letters, such as vi, en, th or ru."))
        return titles

    def clean_levels(self) -> list[tuple[str, str]]:
        """(code, name) pairs, the lowest first."""
        return self._lines("levels")

    def _lines(self, name: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for line in filter(str.strip, self.cleaned_data[name].splitlines()):
            match = LINE.fullmatch(line)
            if not match or match[1] in dict(found):
                params = {"line": line.strip()}
                raise forms.ValidationError(_("Write “code = name”, each code once; this is not: “%(line)s”.") % params)
            found.append((match[1], match[2].strip()))
        return found

    def content(self) -> dict:
        """The arguments of `blank_draft` beside `by`."""
        data = self.cleaned_data
        title, language = data["titles"], next(iter(data["titles"]))
        return {
            "code": data["code"],
            "title": title,
            "framework": {
                "code": data["code"],
                "jurisdiction": data["jurisdiction"].upper(),
                "subject_role": data["subject_role"],
                "purpose": data["purpose"],
                "title": title,
            },
            "levels": [{"code": code, "name": {language: name}} for code, name in data["levels"]],
        }


class PublishForm(forms.Form):
    """From when the new version is in force, and which one ends the day before. `seen`: the revision that was shown."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    valid_from = DateField(label=gettext_lazy("In force from"))
    ends = VersionChoice(
        label=gettext_lazy("It replaces"),
        queryset=FrameworkVersion.objects.none(),
        required=False,
        empty_label=gettext_lazy("No other version"),
        to_field_name="code",
        help_text=gettext_lazy("Its last day in force becomes the day before, unless it has ended already."),
    )

    def __init__(self, *args, draft: Draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends"].queryset = versions_to_end(draft)
        if draft.based_on_id:
            self.initial.setdefault("ends", draft.based_on.code)
        self.initial.setdefault("valid_from", first_day(draft))


def first_day(draft: Draft) -> date:
    """When the new text may begin: the day it takes effect, else the day the draft names if it has not passed, else
    the first of next January."""
    today = timezone.localdate()
    legal = draft.content.get("legal")
    for words in (legal.get("effective") if isinstance(legal, dict) else None, draft.content.get("valid_from")):
        try:
            day = date.fromisoformat(words)
        except (TypeError, ValueError):
            continue
        if day >= today:
            return day
    return date(today.year + 1, 1, 1)
