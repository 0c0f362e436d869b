"""Standards and criteria as sections of a page: texts with their language, found words marked, levels in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.localized import localized
from standards.enums import SourceStatus
from standards.framework_data import CriterionData, FrameworkData, LevelData, ScaleData, Source, StandardData, Text
from standards.presenters.pages import original, other_language
from standards.presenters.provenance import section_sources
from standards.presenters.search import Search


@dataclass(frozen=True)
class Words:
    """A text with found words marked; `lang` where it is not in the reader's language. `original` is what it says in
    the language of its country, where that is another one."""

    html: SafeString
    lang: str
    original: str = ""
    original_lang: str = ""


@dataclass(frozen=True)
class Demand:
    """What one level of `of` demands, and what can show it. `lang`: of its name, where not the reader's."""

    level: LevelData
    name: str
    lang: str
    of: int
    text: Words | None
    examples: tuple[Words, ...]


@dataclass(frozen=True)
class LevelLine:
    """A level with its description; the languages where they are not the reader's."""

    level: LevelData
    name: str
    lang: str
    of: int
    description: str
    description_lang: str


@dataclass(frozen=True)
class CriterionSection:
    """A criterion with all its texts. `shown` is its number in a list, `heading` the same above its texts; `score` says
    which numbers it is rated with, `levels` are those of a scale of its own."""

    code: str
    shown: str
    heading: str
    url: str
    name: Words
    alternative: Words | None
    description: Words | None
    is_key: bool
    score: str
    levels: tuple[LevelLine, ...]
    demands: tuple[Demand, ...]
    unverified: bool
    demands_official: bool
    description_official: bool


@dataclass(frozen=True)
class StandardSection:
    """A node of the tree; `number` is "1.2" or the text's own label, `depth` counts from 0, `anchor` is
    its place on the page: the code, if no criterion has the same."""

    code: str
    number: str
    depth: int
    article: str
    name: Words
    alternative: Words | None
    description: Words | None
    description_official: bool
    demands: tuple[Demand, ...]
    demands_official: bool
    criteria: tuple[CriterionSection, ...]
    sources: tuple[tuple[str, str], ...]
    anchor: str
    count: int = 0

    @property
    def heading(self) -> int:
        """The rank of its heading: 2 for the roots."""
        return min(self.depth + 2, 5)

    @property
    def below(self) -> int:
        """The rank of the headings of its criteria."""
        return self.heading + 1


class Sections:
    """Makes sections of one version's nodes; a search marks its words."""

    def __init__(self, data: FrameworkData, search: Search):
        self.data = data
        self.search = search

    def standard(
        self, standard: StandardData, number: str, depth: int, criteria: Iterable[CriterionData]
    ) -> StandardSection:
        """One standard with those of its criteria that are wanted."""
        data = self.data
        scales = dict.fromkeys((data.scales[""].code, *(c.scale for c in standard.criteria)))
        levels = [(level, scale) for scale in scales for level in data.scales[scale].levels]
        return StandardSection(
            code=standard.code,
            number=standard.label or number,
            depth=depth,
            article=localized(standard.article),
            name=self.words(standard.name, both=True),
            alternative=self.optional(standard.alternative_name),
            description=self.optional(standard.description),
            description_official=is_official(standard.sources["description"]),
            demands=tuple(
                Demand(*named_level(level), len(data.scales[scale].levels), self.words(text), ())
                for level, scale in levels
                if (text := standard.descriptors.get(level.code)) is not None
            ),
            demands_official=is_official(standard.sources["descriptors"]),
            criteria=tuple(self.criterion(criterion) for criterion in criteria),
            sources=section_sources(standard) if standard.criteria else (),
            anchor=f"_{standard.code}" if standard.code in self.data.codes else standard.code,
        )

    def criterion(self, criterion: CriterionData) -> CriterionSection:
        """One criterion with all its texts."""
        scale = self.data.scale_of(criterion)
        demands = tuple(
            Demand(
                *named_level(level),
                of=len(scale.levels),
                text=self.optional(criterion.descriptors.get(level.code)),
                examples=tuple(self.words(text) for text in criterion.examples.get(level.code, ())),
            )
            for level in scale.levels
            if level.code in criterion.descriptors or level.code in criterion.examples
        )
        return CriterionSection(
            code=criterion.code,
            shown=criterion.label,
            heading=_("Criterion %(number)s") % {"number": criterion.label}
            if criterion.label == str(criterion.number)
            else criterion.label,
            url=reverse("standards:criterion", args=[self.data.code, criterion.code]),
            name=self.words(criterion.name, both=True),
            alternative=self.optional(criterion.alternative_name),
            description=self.optional(criterion.description),
            is_key=criterion.is_key,
            score=score_words(scale),
            levels=level_lines(scale.levels) if scale.code and not demands else (),
            demands=demands,
            unverified=self.is_unverified(criterion),
            demands_official=is_official(criterion.sources["descriptors"]),
            description_official=is_official(criterion.sources["description"]),
        )

    def is_unverified(self, criterion: CriterionData) -> bool:
        """Whether a text of this criterion is less certain than those of the others."""
        usual = self.data.default_sources
        return any(
            criterion.sources[kind] is not usual[kind]
            and criterion.sources[kind].status == SourceStatus.UNVERIFIED != usual[kind].status
            for kind in ("name", "descriptors")
        )

    def optional(self, text: Text | None) -> Words | None:
        """A text that may be missing."""
        return self.words(text) if text else None

    def words(self, text: Mapping[str, str], *, both: bool = False) -> Words:
        """A text in the reader's language if it has it; `both`: with the original beside it."""
        first, lang = original(text, self.data.jurisdiction) if both else ("", "")
        return Words(self.search.mark(localized(text)), other_language(text), first, lang)


def is_official(source: Source) -> bool:
    """Whether a text is the official wording."""
    return source.status == SourceStatus.OFFICIAL


def named_level(level: LevelData) -> tuple[LevelData, str, str]:
    """A level, its name, and the language of the name where that is not the reader's."""
    return level, localized(level.name), other_language(level.name)


def level_lines(levels: tuple[LevelData, ...]) -> tuple[LevelLine, ...]:
    """The levels of a scale, lowest first."""
    return tuple(
        LevelLine(*named_level(level), len(levels), localized(level.description), other_language(level.description))
        for level in levels
    )


def score_words(scale: ScaleData) -> str:
    """Which numbers a criterion on this scale is rated with; "" where it has levels."""
    if scale.score is None:
        return ""
    params = {"low": f"{scale.score.low:f}", "high": f"{scale.score.high:f}"}
    if scale.score.unit == "percent":
        return _("A number from %(low)s to %(high)s percent") % params
    return _("A number from %(low)s to %(high)s points") % params
