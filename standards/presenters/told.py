"""What explanations and rules are made of once they are words, and how they name things."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.localized import localized
from standards.framework_data import FrameworkData, LevelData
from standards.rating.banding import Band


@dataclass(frozen=True)
class NamedCriterion:
    """A criterion as a sentence names it: with its code on the command line, on pages as the text numbers it."""

    code: str
    number: int
    name: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def shown(self) -> str:
        """ "4. Name"."""
        return f"{self.label or self.number}. {self.name}"


@dataclass(frozen=True)
class ExplainedCondition:
    """One condition: what is asked (`text`), what was found, and `criteria`, the ones that decided, under `label`.

    A `plain` one states something that neither holds nor fails: how a number came to be, what was left out.
    """

    text: str
    held: bool
    finding: str
    label: str
    criteria: tuple[NamedCriterion, ...]
    conditions: tuple["ExplainedCondition", ...]
    plain: bool = False


@dataclass(frozen=True)
class ExplainedStep:
    """One result tried. `position` is the result's place from 1 `of` so many, 0 where the step is no result ("not all
    rated yet", how a number came to be); `article` the citation; `criteria` the ones not rated."""

    code: str
    position: int
    of: int
    level: str
    held: bool
    text: str
    article: str
    conditions: tuple[ExplainedCondition, ...]
    criteria: tuple[NamedCriterion, ...] = ()


@dataclass(frozen=True)
class RuleInWords:
    """One result of a rule and what it asks for; or, with an empty `code`, a sentence (`text`) about the whole rule."""

    code: str
    position: int
    of: int
    level: str
    article: str
    conditions: tuple[ExplainedCondition, ...]
    text: str = ""


class Words:
    """A framework in one language: names and sentences that explanations say again and again, put in words once."""

    MOST = 20_000  # sentences kept; a rule that leaves criteria out has one for every number left

    def __init__(self, data: FrameworkData):
        self.data = data
        self.criteria: dict[str, NamedCriterion] = {}
        self.sentences: dict[tuple[Any, ...], str] = {}
        self.articles: dict[str, str] = {}
        self.yes, self.no = _("yes"), _("no")

    def named(self, codes: Iterable[str]) -> tuple[NamedCriterion, ...]:
        """Criteria by code as sentences name them."""
        known = self.criteria
        for code in codes:
            if code not in known:
                criterion = self.data.criterion(code)
                known[code] = NamedCriterion(code, criterion.number, localized(criterion.name), criterion.label)
        return tuple([known[code] for code in codes])

    def sentence(self, key: tuple[Any, ...], say: Callable[[], str]) -> str:
        """The sentence kept under `key`; said now if it has not been."""
        if key not in self.sentences:
            if len(self.sentences) >= self.MOST:
                self.sentences.clear()
            self.sentences[key] = say()
        return self.sentences[key]

    def article(self, key: str) -> str:
        """The citation named by `key`; "" for none."""
        if key not in self.articles:
            self.articles[key] = localized(self.data.article(key)) if key else ""
        return self.articles[key]


def words_of(data: FrameworkData) -> Words:
    """The framework in the reader's language."""
    language = translation.get_language() or ""
    if language not in data.said:
        data.said[language] = Words(data)
    words: Words = data.said[language]
    return words


def said(text: str, *inner: ExplainedCondition, criteria: tuple[NamedCriterion, ...] = ()) -> ExplainedCondition:
    """A sentence that neither holds nor fails."""
    return ExplainedCondition(text, True, "", "", criteria, inner, plain=True)


def in_language(language: str | None) -> Any:
    """A context that speaks `language`; the reader's own when None."""
    return translation.override(language) if language else nullcontext()


def named(codes: Iterable[str], data: FrameworkData) -> tuple[NamedCriterion, ...]:
    """Criteria by code as sentences name them."""
    return words_of(data).named(tuple(codes))


def result_name(code: str, data: FrameworkData) -> str:
    """The name of an overall result."""
    return localized(data.result(code).name)


def band_name(band: Band, data: FrameworkData) -> str:
    """What a band is called: its own name, or that of the result or level it stands for."""
    if band.name:
        return localized(band.name)
    return localized(next(found for found in (*data.results, *data.levels) if found.code == band.result).name)


def level_of(criterion: str, code: str, data: FrameworkData) -> LevelData:
    """A level on a criterion's own scale."""
    return data.scale_of(criterion).by_code[code]


def value_name(criterion: str, value: str, data: FrameworkData) -> str:
    """The name of a criterion's level, or its score as a number."""
    scale = data.scale_of(criterion)
    return localized(scale.by_code[value].name) if value in scale.by_code else number_words(value)


def reach(data: FrameworkData, level: str, criterion: str = "") -> str:
    """ "Good or above"; only the name for the highest level."""
    levels = data.scale_of(criterion).levels if criterion else data.levels
    name = localized(next(found for found in levels if found.code == level).name)
    return name if level == levels[-1].code else _("%(level)s or above") % {"level": name}


def number_words(text: str) -> str:
    """An exact number as the reader writes it; a fraction that no decimal says is rounded to two and marked."""
    if "/" in text:
        number = Fraction(text)
        return "≈ " + number_format(Decimal(number.numerator) / number.denominator, 2, force_grouping=False)
    _whole, _point, decimals = text.partition(".")
    return number_format(Decimal(text), len(decimals), force_grouping=False)
