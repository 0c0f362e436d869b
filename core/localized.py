"""Localized values: framework texts stored as {"vi": "…", "en": "…"}, read with a fallback chain."""

import unicodedata
from collections.abc import Mapping

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

FALLBACK = ("vi", "en", "th", "ru")
NAMES = {"vi": _("Vietnamese"), "en": _("English"), "th": _("Thai"), "ru": _("Russian")}


def localized(value: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """The text of `value` in `language` (default: the reader's), else in the first fallback language that has one.

    Plain strings come back unchanged, None as an empty string.
    """
    if not value:
        return ""
    if isinstance(value, str):
        return value
    language = (language or get_language() or FALLBACK[0])[:2]
    for code in (language, *FALLBACK):
        if text := value.get(code):
            return text
    return next(iter(value.values()), "")


def language_of(value: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """The language `localized` really answered in: pages mark text that is not in the reader's language."""
    if not value or isinstance(value, str):
        return ""
    language = (language or get_language() or FALLBACK[0])[:2]
    return next((code for code in (language, *FALLBACK) if value.get(code)), "")


def language_name(code: str) -> str:
    """The name of a language in the reader's own, with a capital; the code where nobody has named it."""
    try:
        name = str(NAMES.get(code) or get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def own_language_name(code: str) -> str:
    """The name of one of our languages in itself, with a capital and whole letters: Django writes "Tiếng Việt" with loose
    accents."""
    name = unicodedata.normalize("NFC", get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]
