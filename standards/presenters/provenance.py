"""Where texts come from, in words: a summary must never look like the official wording."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.localized import localized
from standards.enums import SourceStatus
from standards.framework_data import CriterionData, FrameworkData, Source, StandardData
from standards.presenters.explanations import NamedCriterion, named
from standards.presenters.pages import SOURCE_TONES, other_language

MOST_NAMED = 40


@dataclass(frozen=True)
class SourceLine:
    """What is said about where a kind of text comes from. `criteria`: the only ones it is about, else empty; `more`
    counts those that are not named."""

    about: str
    status: str
    word: str
    tone: str
    text: str
    lang: str
    criteria: tuple[NamedCriterion, ...] = ()
    more: int = 0


def kinds_in_words() -> dict[str, str]:
    """The kinds of text as people call them."""
    return {
        "name": _("Names of criteria"),
        "standard": _("Names of standards"),
        "alternative_name": _("Other names"),
        "level": _("Names of levels"),
        "scale": _("Names of further scales"),
        "result": _("Names of results"),
        "rank": _("Expected practice by rank"),
        "description": _("Descriptions of standards"),
        "criterion_description": _("Descriptions of criteria"),
        "standard_descriptors": _("What levels mean for a standard"),
        "descriptors": _("Level demands"),
        "examples": _("Evidence examples"),
        "rule": _("Rating rule"),
    }


def kinds_of(data: FrameworkData) -> list[str]:
    """The kinds of text that this version really has."""
    standards, criteria = list(data.walk()), data.criteria
    has = {
        "name": criteria,
        "standard": standards,
        "alternative_name": any(node.alternative_name for node in (*standards, *criteria)),
        "level": data.levels,
        "scale": len(data.scales) > 1,
        "result": data.results != data.levels,
        "rank": data.ranks,
        "description": any(standard.description for standard in standards),
        "criterion_description": any(criterion.description for criterion in criteria),
        "standard_descriptors": any(standard.descriptors for standard in standards),
        "descriptors": any(criterion.descriptors for criterion in criteria),
        "examples": any(criterion.examples for criterion in criteria),
        "rule": True,
    }
    return [kind for kind in kinds_in_words() if has[kind]]


def not_official(data: FrameworkData, kinds: Iterable[str]) -> str:
    """One sentence for the head of a page: what on it is not the official wording; "" when all is."""
    words = kinds_in_words()
    kinds = list(kinds)
    strange = [kind for kind in kinds if data.default_sources[kind].status != SourceStatus.OFFICIAL]
    if not strange:
        return ""
    if len(strange) == len(kinds):
        return _("Nothing on this page is the official wording.")
    return _("Not the official wording: %(kinds)s.") % {"kinds": joined(words[kind] for kind in strange)}


def source_lines(data: FrameworkData, kinds: Iterable[str]) -> tuple[SourceLine, ...]:
    """Each source with what comes from it; then the standards and criteria that differ."""
    about = kinds_in_words()
    seen: dict[str, list[str]] = {}
    for kind in kinds:
        seen.setdefault(data.default_sources[kind].code, []).append(about[kind])
    lines = [source_line(data.sources[code], "; ".join(labels)) for code, labels in seen.items()]
    standards: dict[tuple[str, str], list[StandardData]] = {}
    for standard in data.walk():
        for kind, source in standard.sources.items():
            if source is not data.default_sources[STANDARD_KINDS[kind]]:
                standards.setdefault((STANDARD_KINDS[kind], source.code), []).append(standard)
    for (kind, code), found in standards.items():
        names = ", ".join(standard.label or localized(standard.name) for standard in found[:MOST_NAMED])
        lines.append(source_line(data.sources[code], f"{about[kind]}: {names}"))
    own: dict[tuple[str, str], list[str]] = {}
    for criterion in data.criteria:
        for kind, source in criterion.sources.items():
            if source is not data.default_sources[CRITERION_KINDS[kind]]:
                own.setdefault((CRITERION_KINDS[kind], source.code), []).append(criterion.code)
    for (kind, code), codes in own.items():
        lines.append(source_line(data.sources[code], about[kind], named(codes[:MOST_NAMED], data), len(codes)))
    return tuple(lines)


# A node's own kinds of text by the name of the version's default for them.
STANDARD_KINDS = {
    "name": "standard",
    "alternative_name": "alternative_name",
    "description": "description",
    "descriptors": "standard_descriptors",
}
CRITERION_KINDS = {
    "name": "name",
    "alternative_name": "alternative_name",
    "description": "criterion_description",
    "descriptors": "descriptors",
    "examples": "examples",
}


def sources_of(node: StandardData | CriterionData) -> tuple[SourceLine, ...]:
    """The sources of the texts that one standard or criterion really has."""
    words = kinds_in_words()
    kinds = STANDARD_KINDS if isinstance(node, StandardData) else CRITERION_KINDS
    seen: dict[str, list[str]] = {}
    for kind, long_kind in kinds.items():
        if getattr(node, kind):
            seen.setdefault(node.sources[kind].code, []).append(words[long_kind])
    by_code = {source.code: source for source in node.sources.values()}
    return tuple(source_line(by_code[code], "; ".join(labels)) for code, labels in seen.items())


def section_sources(standard: StandardData) -> tuple[tuple[str, str], ...]:
    """For a standard with criteria of its own: how official its texts are, and which ones each word is about."""
    found: dict[str, dict[str, None]] = {}
    for node, kinds in ((standard, STANDARD_KINDS), *((criterion, CRITERION_KINDS) for criterion in standard.criteria)):
        for kind, long_kind in kinds.items():
            if getattr(node, kind):
                found.setdefault(node.sources[kind].status, {})[long_kind] = None
    words = kinds_in_words()
    return tuple(
        (str(SourceStatus(status).label), joined(words[kind] for kind in words if kind in found[status]))
        for status in SourceStatus.values
        if status in found
    )


def joined(names: Iterable[str]) -> str:
    """Names inside a sentence: a list in small letters."""
    return ", ".join(name[0].lower() + name[1:] for name in names)


def source_line(source: Source, about: str, criteria: tuple[NamedCriterion, ...] = (), count: int = 0) -> SourceLine:
    """One source in words."""
    return SourceLine(
        about=about,
        status=source.status,
        word=str(SourceStatus(source.status).label),
        tone=SOURCE_TONES[source.status],
        text=localized(source.text),
        lang=other_language(source.text),
        criteria=criteria,
        more=max(0, count - len(criteria)),
    )
