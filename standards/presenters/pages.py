"""The public list of frameworks: by country, what each is for, and where each version stands today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import language_of, localized
from standards.enums import HOME, Precision, Purpose, SubjectRole, VersionStatus
from standards.framework_data import FrameworkData
from standards.models import Framework, FrameworkVersion

SOURCE_TONES = {"official": "success", "summary": "info", "illustrative": "neutral", "unverified": "warning"}
COUNTRIES = {
    "VN": gettext_noop("Viet Nam"),
    "TH": gettext_noop("Thailand"),
    "RU": gettext_noop("Russia"),
    "ZZ": gettext_noop("Country not known"),  # ISO's code for that; packages of other systems seldom say it
}


@dataclass(frozen=True)
class Validity:
    """Where a version stands today: a word with its tone, and a sentence."""

    code: str
    word: str
    tone: str
    sentence: str


@dataclass(frozen=True)
class ListedVersion:
    """A row of the list. Without `url` it is a text that is known but not here. `criteria` counts them."""

    name: str
    lang: str
    url: str
    validity: Validity
    criteria: int = 0


@dataclass(frozen=True)
class ListedFramework:
    code: str
    title: str
    lang: str
    original: str
    original_lang: str
    role: str
    purpose: str
    versions: tuple[ListedVersion, ...]


@dataclass(frozen=True)
class Country:
    """The frameworks of one country."""

    code: str
    name: str
    frameworks: tuple[ListedFramework, ...]


def framework_list(frameworks: list[Framework], today: date) -> list[Country]:
    """The list: frameworks with `public_versions` (each with `criteria_count`), and after each ended version the text
    known to replace it. The country of the reader's language comes first."""
    by_country: dict[str, list[Framework]] = {}
    for framework in frameworks:
        by_country.setdefault(framework.jurisdiction, []).append(framework)
    purposes = list(Purpose)
    countries = []
    for code, own in by_country.items():
        own.sort(key=lambda framework: (purposes.index(Purpose(framework.purpose)),))
        countries.append(Country(code, country_name(code), tuple(_listed(framework, today) for framework in own)))
    language = (get_language() or "")[:2]
    return sorted(countries, key=lambda country: _country_rank(country, language))


def _country_rank(country: Country, language: str) -> tuple[bool, bool, bool, str]:
    return HOME.get(country.code) != language, country.code != "VN", country.code == "ZZ", country.name


def country_name(code: str) -> str:
    """A country's name; its code where we know none."""
    return _(COUNTRIES[code]) if code in COUNTRIES else code


def other_language(text: Mapping[str, str] | str | None) -> str:
    """The language a text is shown in, where that is not the reader's; else ""."""
    language = language_of(text)
    return "" if language == (get_language() or "")[:2] else language


def original(text: Mapping[str, str], jurisdiction: str) -> tuple[str, str]:
    """A text in the language of its country with that language; ("", "") where the reader sees it already."""
    home = HOME.get(jurisdiction, "")
    return (text[home], home) if text.get(home) and language_of(text) != home else ("", "")


def validity(version: FrameworkVersion | FrameworkData, today: date) -> Validity:
    """Whether a version is in force today, in words."""
    legal = version.legal
    start = {"date": day_words(version.valid_from, version.precision)}
    if version.valid_from > today:
        return Validity("coming", _("Not yet in force"), "neutral", _("In force from %(date)s.") % start)
    if version.valid_to and version.valid_to < today:
        successor = legal.get("repealed_by")
        ended = legal.get("repealed_from")
        params = {"date": day_words(version.valid_to, version.precision)}
        if ended:
            params["date"] = date_words(date.fromisoformat(ended))
        if successor and ended:
            params["name"] = localized(successor["name"])
            return Validity(
                "ended", _("No longer in force"), "warning", _("Ended on %(date)s, replaced by %(name)s.") % params
            )
        return Validity("ended", _("No longer in force"), "warning", _("Was in force until %(date)s.") % params)
    if version.status == VersionStatus.RETIRED:
        return Validity("retired", _("Retired"), "neutral", _("In force since %(date)s, no longer used here.") % start)
    if version.valid_to:
        params = start | {"end": day_words(version.valid_to, version.precision)}
        return Validity("valid", _("In force"), "success", _("In force from %(date)s until %(end)s.") % params)
    if version.precision == Precision.YEAR:  # whoever does not know the day has not read the text
        sentence = _("From %(date)s as far as we know; whether it still holds was not checked.")
        return Validity("unchecked", _("Not checked"), "neutral", sentence % start)
    return Validity("valid", _("In force"), "success", _("In force since %(date)s.") % start)


def day_words(day: date, precision: str) -> str:
    """A day as far as it is known: in words, or the year alone."""
    return str(day.year) if precision == Precision.YEAR else date_words(day)


def _listed(framework: Framework, today: date) -> ListedFramework:
    here = {version.legal["number"] for version in framework.public_versions}
    rows = []
    for version in framework.public_versions:
        successor = version.legal.get("repealed_by")
        if successor and successor["number"] not in here:
            rows.append(_known_only(version.legal))
        name = version.legal["name"]
        url = reverse("standards:version", args=[version.code])
        state = validity(version, today)
        rows.append(ListedVersion(localized(name), other_language(name), url, state, version.criteria_count))
    first, lang = original(framework.title, framework.jurisdiction)
    return ListedFramework(
        code=framework.code,
        title=localized(framework.title),
        lang=other_language(framework.title),
        original=first,
        original_lang=lang,
        role=str(SubjectRole(framework.subject_role).label),
        purpose=str(Purpose(framework.purpose).label),
        versions=tuple(rows),
    )


def _known_only(legal: Mapping[str, Any]) -> ListedVersion:
    successor, start = legal["repealed_by"], legal.get("repealed_from")
    sentence = _("Known, but its text is not here yet.")
    if start:
        params = {"date": date_words(date.fromisoformat(start))}
        sentence = _("In force from %(date)s. Known, but its text is not here yet.") % params
    name = successor["name"]
    state = Validity("known", _("No text yet"), "neutral", sentence)
    return ListedVersion(localized(name), other_language(name), "", state)
