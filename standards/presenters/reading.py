"""A version as a document to read, search and print.

A small one stands on one page whole. One with thousands of criteria is read part by part: the outline first, then one
standard with what is in it, a hundred criteria at a time; a search looks through all of it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import date_words
from core.localized import localized
from standards.enums import Precision
from standards.framework_data import CriterionData, FrameworkData, ScaleData, StandardData, Text
from standards.presenters.explanations import RuleInWords, rule_in_words
from standards.presenters.nodes import (
    CriterionSection,
    LevelLine,
    Sections,
    StandardSection,
    Words,
    level_lines,
    score_words,
)
from standards.presenters.pages import Validity, day_words, other_language, validity
from standards.presenters.provenance import SourceLine, kinds_of, not_official, source_lines, sources_of
from standards.presenters.search import Search

WHOLE = 200  # criteria and standards that one page still shows whole
AT_ONCE = 100


@dataclass(frozen=True)
class ScaleSection:
    """A scale: its levels with their words, or how a number is given."""

    name: str
    levels: tuple[LevelLine, ...]
    score: str


@dataclass(frozen=True)
class RankLine:
    """What is expected of one rank."""

    position: Words
    expected: Words
    description: Words | None


@dataclass(frozen=True)
class VersionPage:
    """Everything a version's page shows. `found` counts criteria when something was searched, else None.

    `own_scales`: some criteria are rated on other scales than `levels`. `folded`: the version is read part by part;
    `part` is the standard being read (None: the outline), `above` the way to it, `below` what is in it, `criteria` the
    page of criteria shown.
    """

    data: FrameworkData
    validity: Validity
    title: Words
    legal: Words
    status_note: str
    status_note_lang: str
    warning: str
    facts: tuple[tuple[str, str], ...]
    levels: tuple[LevelLine, ...]
    own_scales: bool
    results: tuple[LevelLine, ...]
    ranks: tuple[RankLine, ...]
    standards: tuple[StandardSection, ...]
    rule: tuple[RuleInWords, ...]
    sources: tuple[SourceLine, ...]
    search: Search
    found: int | None
    folded: bool
    part: StandardSection | None = None
    above: tuple[StandardSection, ...] = ()
    below: tuple[StandardSection, ...] = ()
    criteria: Page | None = None


@dataclass(frozen=True)
class CriterionPage:
    """One criterion on a page of its own, with its place in the tree, its scale and its neighbours."""

    data: FrameworkData
    validity: Validity
    legal: Words
    section: CriterionSection
    above: tuple[StandardSection, ...]
    scale: ScaleSection
    sources: tuple[SourceLine, ...]
    identifier: str
    before: CriterionData | None
    after: CriterionData | None


def version_page(
    data: FrameworkData, today: date, question: str = "", part: str = "", number: str = "1"
) -> VersionPage | None:
    """The page of one version, with only the criteria that answer `question` when there is one. `part` and `number`
    are the standard and the page of criteria shown where the version is read part by part; None: no such part."""
    search = Search(question)
    folded = len(data.criteria) + sum(1 for _node in data.walk()) > WHOLE
    if folded and part and part not in {standard.code for standard in data.walk()}:
        return None
    tree = _Tree(data, search)
    kinds = kinds_of(data)
    shown: dict[str, Any] = {}
    if folded:
        shown = tree.found(number) if search else tree.part(part, number)
    standards = () if folded else tree.whole()
    found = shown.pop("found", None) if folded else sum(len(section.criteria) for section in standards)
    sections = Sections(data, Search(""))
    return VersionPage(
        data=data,
        validity=validity(data, today),
        title=sections.words(data.framework_title, both=True),
        legal=sections.words(data.legal["name"]),
        status_note=localized(data.legal.get("status_note")),
        status_note_lang=sections.words(data.legal.get("status_note") or {}).lang,
        warning=not_official(data, kinds),
        facts=tuple(_facts(data)),
        levels=level_lines(data.levels),
        own_scales=len(data.scales) > 1,
        results=level_lines(data.results) if data.results != data.levels else (),
        ranks=tuple(
            RankLine(
                sections.words(rank.position, both=True),
                sections.words(rank.expected, both=True),
                sections.optional(rank.description),
            )
            for rank in data.ranks
        ),
        standards=standards,
        rule=tuple(rule_in_words(data)),
        sources=source_lines(data, kinds),
        search=search,
        found=found if search else None,
        folded=folded,
        **shown,
    )


def criterion_page(data: FrameworkData, code: str, today: date) -> CriterionPage | None:
    """The page of one criterion; None if there is none with this code."""
    place = next((place for place, criterion in enumerate(data.criteria) if criterion.code == code), None)
    if place is None:
        return None
    criterion = data.criteria[place]
    sections = Sections(data, Search(""))
    return CriterionPage(
        data=data,
        validity=validity(data, today),
        legal=sections.words(data.legal["name"]),
        section=sections.criterion(criterion),
        above=tuple(
            sections.standard(standard, number, depth, ())
            for depth, (standard, number) in enumerate(_way(data, criterion.standard_code))
        ),
        scale=_scale(data.scale_of(criterion)),
        sources=sources_of(criterion),
        identifier=str(criterion.identifier),
        before=data.criteria[place - 1] if place else None,
        after=data.criteria[place + 1] if place + 1 < len(data.criteria) else None,
    )


class _Tree:
    def __init__(self, data: FrameworkData, search: Search):
        self.data = data
        self.search = search
        self.sections = Sections(data, search)

    def whole(self) -> tuple[StandardSection, ...]:
        """Every standard in order; when searching, those that hold something found."""
        return tuple(self._walk(self.data.standards, "", 0))

    def part(self, code: str, number: str) -> dict[str, Any]:
        """The outline, or one standard with what is in it."""
        if not code:
            return {"below": self._outline(self.data.standards, "", 0)}
        way = _way(self.data, code)
        standard, own_number = way[-1]
        page = Paginator(standard.criteria, AT_ONCE).get_page(number)
        page.object_list = [self.sections.criterion(criterion) for criterion in page.object_list]
        return {
            "part": self.sections.standard(standard, own_number, 0, ()),
            "above": tuple(self.sections.standard(above, label, 0, ()) for above, label in way[:-1]),
            "below": self._outline(standard.children, f"{own_number}.", 1),
            "criteria": page if standard.criteria else None,
        }

    def found(self, number: str) -> dict[str, Any]:
        """The criteria found, wherever they stand."""
        wanted = [criterion for criterion in self.data.criteria if self._is_wanted(criterion)]
        page = Paginator(wanted, AT_ONCE).get_page(number)
        page.object_list = [self.sections.criterion(criterion) for criterion in page.object_list]
        return {"criteria": page, "found": len(wanted)}

    def _outline(self, standards: tuple[StandardData, ...], above: str, depth: int) -> tuple[StandardSection, ...]:
        lines = []
        for place, standard in enumerate(standards, start=1):
            section = self.sections.standard(standard, f"{above}{place}", depth, ())
            lines.append(_counted(section, len(standard.all_criteria)))
        return tuple(lines)

    def _walk(self, standards: tuple[StandardData, ...], above: str, depth: int) -> list[StandardSection]:
        sections = []
        for place, standard in enumerate(standards, start=1):
            number = f"{above}{place}"
            below = self._walk(standard.children, f"{number}.", depth + 1)
            wanted = [criterion for criterion in standard.criteria if self._is_wanted(criterion)]
            own = self.sections.standard(standard, number, depth, wanted)
            texts = [*standard.name.values(), localized(standard.description)]
            if not self.search or own.criteria or below or self.search.finds(texts):
                sections += [own, *below]
        return sections

    def _is_wanted(self, criterion: CriterionData) -> bool:
        if not self.search:
            return True
        texts = [criterion.code, criterion.label, *criterion.name.values(), *criterion.alternative_name.values()]
        texts += [localized(criterion.description), *map(localized, criterion.descriptors.values())]
        texts += [localized(text) for examples in criterion.examples.values() for text in examples]
        return self.search.finds(texts)


def _counted(section: StandardSection, count: int) -> StandardSection:
    return StandardSection(**{**section.__dict__, "count": count})


def _way(data: FrameworkData, code: str) -> list[tuple[StandardData, str]]:
    """The standards from the root down to the one with this code, each with its number."""
    waiting = [[(standard, str(place))] for place, standard in enumerate(data.standards, start=1)]
    while waiting:
        way = waiting.pop()
        standard, number = way[-1]
        if standard.code == code:
            return way
        waiting += [[*way, (child, f"{number}.{place}")] for place, child in enumerate(standard.children, start=1)]
    raise KeyError(code)


def _scale(scale: ScaleData) -> ScaleSection:
    name = localized(scale.name) or (scale.code or _("Levels"))
    return ScaleSection(name, level_lines(scale.levels), score_words(scale))


def spoken(text: Text) -> str:
    """A text that says its language where that is not the reader's."""
    language = other_language(text)
    return format_html('<span lang="{}">{}</span>', language, localized(text)) if language else localized(text)


def _facts(data: FrameworkData) -> list[tuple[str, str]]:
    legal = data.legal
    issued = legal.get("issued")
    whole_years = data.precision == Precision.YEAR
    facts = [
        (_("Legal text"), spoken(legal["name"])),
        (pgettext("of a text", "Number"), legal["number"] if legal["number"] not in localized(legal["name"]) else ""),
        (_("Issued"), date_words(date.fromisoformat(issued)) if issued else _("Not known")),
        (
            _("In force from the year") if whole_years else _("In force from"),
            day_words(data.valid_from, data.precision),
        ),
    ]
    if legal.get("repealed_by"):
        ended = legal.get("repealed_from")
        successor = localized(legal["repealed_by"]["name"])
        when = _("%(name)s, from %(date)s")
        when %= {"name": successor, "date": date_words(date.fromisoformat(ended)) if ended else ""}
        facts.append((_("Replaced by"), when if ended else successor))
    elif data.valid_to:
        facts.append((_("In force until"), day_words(data.valid_to, data.precision)))
    for item in legal.get("guidance", ()):
        name = localized(item["name"])
        issued = item.get("issued")
        params = {"name": name, "date": date_words(date.fromisoformat(issued))} if issued else {}
        facts.append((_("Guidance"), _("%(name)s of %(date)s") % params if issued else name))
    facts.append((_("For"), spoken(data.audience)))
    facts.append((_("Criteria"), str(len(data.criteria))))
    return [(term, text) for term, text in facts if text]
