"""The public pages of frameworks: a list, and each version as a document to read, search and print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import language_of, localized
from standards.enums import SourceStatus, SubjectRole, VersionStatus
from standards.framework_data import CriterionData, FrameworkData, LevelData, Source, StandardData
from standards.models import Framework, FrameworkVersion
from standards.presenters.explanations import NamedCriterion, RuleInWords, named, rule_in_words
from standards.presenters.search import Search

SOURCE_TONES = {"official": "success", "summary": "info", "illustrative": "neutral", "unverified": "warning"}


@dataclass(frozen=True)
class Validity:
    """Where a version stands today: a word with its tone, and a sentence."""

    code: str
    word: str
    tone: str
    sentence: str


@dataclass(frozen=True)
class ListedVersion:
    """A row of the list. Without `url` it is a text that is known but not here."""

    name: str
    url: str
    validity: Validity


@dataclass(frozen=True)
class ListedFramework:
    code: str
    title: str
    role: str
    versions: tuple[ListedVersion, ...]


@dataclass(frozen=True)
class Words:
    """A text with found words marked; `lang` where it is not in the reader's language."""

    html: SafeString
    lang: str


@dataclass(frozen=True)
class Demand:
    """What one level of a criterion demands, and what can show it."""

    level: LevelData
    name: str
    text: Words | None
    examples: tuple[Words, ...]


@dataclass(frozen=True)
class CriterionSection:
    code: str
    name: Words
    is_key: bool
    demands: tuple[Demand, ...]
    unverified: bool


@dataclass(frozen=True)
class StandardSection:
    """A node of the tree; `number` is "1" or "1.2", `depth` counts from 0."""

    code: str
    number: str
    depth: int
    article: str
    name: Words
    description: Words
    criteria: tuple[CriterionSection, ...]


@dataclass(frozen=True)
class SourceLine:
    """What is said about where a kind of text comes from. `criteria`: the only ones it is about, else empty."""

    about: str
    status: str
    word: str
    tone: str
    text: str
    criteria: tuple[NamedCriterion, ...]


@dataclass(frozen=True)
class VersionPage:
    """Everything a version's page shows. `found` counts criteria when something was searched, else None."""

    data: FrameworkData
    validity: Validity
    legal_name: str
    status_note: str
    facts: tuple[tuple[str, str], ...]
    levels: tuple[tuple[LevelData, str, str], ...]
    standards: tuple[StandardSection, ...]
    rule: tuple[RuleInWords, ...]
    sources: tuple[SourceLine, ...]
    search: Search
    found: int | None


def framework_list(frameworks: list[Framework], today: date) -> list[ListedFramework]:
    """The list: frameworks with `public_versions`, and after each ended version the text known to replace it."""
    listed = []
    for framework in frameworks:
        here = {version.legal["number"] for version in framework.public_versions}
        rows = []
        for version in framework.public_versions:
            successor = version.legal.get("repealed_by")
            if successor and successor["number"] not in here:
                rows.append(_known_only(version.legal))
            url = reverse("standards:version", args=[version.code])
            rows.append(ListedVersion(localized(version.legal["name"]), url, validity(version, today)))
        listed.append(
            ListedFramework(
                code=framework.code,
                title=localized(framework.title),
                role=str(SubjectRole(framework.subject_role).label),
                versions=tuple(rows),
            )
        )
    return listed


def validity(version: FrameworkVersion | FrameworkData, today: date) -> Validity:
    """Whether a version is in force today, in words."""
    legal = version.legal
    start = {"date": date_words(version.valid_from)}
    if version.valid_from > today:
        return Validity("coming", _("Not yet in force"), "neutral", _("In force from %(date)s.") % start)
    if version.valid_to and version.valid_to < today:
        successor = legal.get("repealed_by")
        ended = legal.get("repealed_from")
        params = {"date": date_words(date.fromisoformat(ended) if ended else version.valid_to)}
        if successor and ended:
            params["name"] = localized(successor["name"])
            return Validity(
                "ended", _("No longer in force"), "warning", _("Ended on %(date)s, replaced by %(name)s.") % params
            )
        return Validity("ended", _("No longer in force"), "warning", _("Was in force until %(date)s.") % params)
    if version.status == VersionStatus.RETIRED:
        return Validity("retired", _("Retired"), "neutral", _("In force since %(date)s, no longer used here.") % start)
    if version.valid_to:
        params = start | {"end": date_words(version.valid_to)}
        return Validity("valid", _("In force"), "success", _("In force from %(date)s until %(end)s.") % params)
    return Validity("valid", _("In force"), "success", _("In force since %(date)s.") % start)


def version_page(data: FrameworkData, today: date, question: str = "") -> VersionPage:
    """The page of one version, with only the criteria that answer `question` when there is one."""
    search = Search(question)
    standards = _Tree(data, search).sections()
    return VersionPage(
        data=data,
        validity=validity(data, today),
        legal_name=localized(data.legal["name"]),
        status_note=localized(data.legal.get("status_note")),
        facts=tuple(_facts(data)),
        levels=tuple((level, localized(level.name), localized(level.description)) for level in data.levels),
        standards=standards,
        rule=tuple(rule_in_words(data)),
        sources=tuple(_sources(data)),
        search=search,
        found=sum(len(section.criteria) for section in standards) if search else None,
    )


def _known_only(legal: Mapping[str, Any]) -> ListedVersion:
    successor, start = legal["repealed_by"], legal.get("repealed_from")
    sentence = _("Known, but its text is not here yet.")
    if start:
        params = {"date": date_words(date.fromisoformat(start))}
        sentence = _("In force from %(date)s. Known, but its text is not here yet.") % params
    return ListedVersion(localized(successor["name"]), "", Validity("known", _("No text yet"), "neutral", sentence))


class _Tree:
    def __init__(self, data: FrameworkData, search: Search):
        self.data = data
        self.search = search
        self.language = (get_language() or "")[:2]

    def sections(self) -> tuple[StandardSection, ...]:
        return tuple(self._walk(self.data.standards, "", 0))

    def _walk(self, standards: tuple[StandardData, ...], above: str, depth: int) -> list[StandardSection]:
        sections = []
        for place, standard in enumerate(standards, start=1):
            number = f"{above}{place}"
            below = self._walk(standard.children, f"{number}.", depth + 1)
            own = self._standard(standard, number, depth)
            texts = (localized(standard.name), localized(standard.description))
            if not self.search or own.criteria or below or self.search.finds(texts):
                sections += [own, *below]
        return sections

    def _standard(self, standard: StandardData, number: str, depth: int) -> StandardSection:
        return StandardSection(
            code=standard.code,
            number=number,
            depth=depth,
            article=localized(standard.article),
            name=self.words(standard.name),
            description=self.words(standard.description),
            criteria=tuple(self._criterion(criterion) for criterion in standard.criteria if self._is_wanted(criterion)),
        )

    def _is_wanted(self, criterion: CriterionData) -> bool:
        if not self.search:
            return True
        texts = [criterion.code, localized(criterion.name), *map(localized, criterion.descriptors.values())]
        texts += [localized(text) for examples in criterion.examples.values() for text in examples]
        return self.search.finds(texts)

    def _criterion(self, criterion: CriterionData) -> CriterionSection:
        return CriterionSection(
            code=criterion.code,
            name=self.words(criterion.name),
            is_key=criterion.is_key,
            demands=tuple(
                Demand(
                    level=level,
                    name=localized(level.name),
                    text=self.words(criterion.descriptors[level.code]) if level.code in criterion.descriptors else None,
                    examples=tuple(self.words(text) for text in criterion.examples.get(level.code, ())),
                )
                for level in self.data.levels
                if level.code in criterion.descriptors or level.code in criterion.examples
            ),
            unverified=any(
                criterion.sources[kind].status == SourceStatus.UNVERIFIED for kind in ("name", "descriptors")
            ),
        )

    def words(self, text: Mapping[str, str]) -> Words:
        language = language_of(text)
        return Words(self.search.mark(localized(text)), "" if language == self.language else language)


def _facts(data: FrameworkData) -> list[tuple[str, str]]:
    legal = data.legal
    facts = [
        (_("Legal text"), localized(legal["name"])),
        (_("Issued"), date_words(date.fromisoformat(legal["issued"]))),
        (_("In force from"), date_words(data.valid_from)),
    ]
    if legal.get("repealed_by"):
        ended = legal.get("repealed_from")
        successor = localized(legal["repealed_by"]["name"])
        when = _("%(name)s, from %(date)s") % {"name": successor, "date": date_words(date.fromisoformat(ended))}
        facts.append((_("Replaced by"), when if ended else successor))
    elif data.valid_to:
        facts.append((_("In force until"), date_words(data.valid_to)))
    for item in legal.get("guidance", ()):
        name = localized(item["name"])
        issued = item.get("issued")
        params = {"name": name, "date": date_words(date.fromisoformat(issued))} if issued else {}
        facts.append((_("Guidance"), _("%(name)s of %(date)s") % params if issued else name))
    facts.append((_("For"), localized(data.audience)))
    return [(term, text) for term, text in facts if text]


def _sources(data: FrameworkData) -> list[SourceLine]:
    about = {
        "name": _("Names of criteria"),
        "standard": _("Names of standards"),
        "level": _("Names of levels"),
        "description": _("Descriptions of standards"),
        "descriptors": _("Level demands"),
        "examples": _("Evidence examples"),
        "rule": _("Rating rule"),
    }
    lines, seen = [], {}
    for kind, label in about.items():
        seen.setdefault(data.default_sources[kind].code, []).append(label)
    for code, labels in seen.items():
        lines.append(_source_line(data.sources[code], "; ".join(labels), ()))
    own: dict[tuple[str, str], list[str]] = {}
    for criterion in data.criteria:
        for kind, source in criterion.sources.items():
            if source.code != data.default_sources[kind].code:
                own.setdefault((kind, source.code), []).append(criterion.code)
    for (kind, code), criteria in own.items():
        lines.append(_source_line(data.sources[code], about[kind], named(criteria, data)))
    return lines


def _source_line(source: Source, about: str, criteria: tuple[NamedCriterion, ...]) -> SourceLine:
    return SourceLine(
        about=about,
        status=source.status,
        word=str(SourceStatus(source.status).label),
        tone=SOURCE_TONES[source.status],
        text=localized(source.text),
        criteria=criteria,
    )
