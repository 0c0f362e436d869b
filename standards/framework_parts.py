"""The parts of a framework version as immutable values: levels, scales, ranks, sources, standards and criteria."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

Text = Mapping[str, str]
MAIN = ""  # the code of the main scale


@dataclass(frozen=True)
class LevelData:
    """One level of a scale, or one overall result; `position` counts from 1, the lowest.

    `id` is None when read from a file, and for results that are not levels. `points` is what it is worth where rules
    count, as exact text, or "".
    """

    id: int | None
    code: str
    position: int
    name: Text
    short: Text
    description: Text
    points: str = ""
    identifier: UUID | None = None

    @property
    def index(self) -> int:
        """The place counted from 0: where a tally keeps this level's count."""
        return self.position - 1


@dataclass(frozen=True)
class Score:
    """A scale of numbers from `low` to `high`. `unit`: "percent" or "points"."""

    low: Decimal
    high: Decimal
    digits: int
    unit: str


@dataclass(frozen=True)
class ScaleData:
    """A scale: `levels` lowest first, or a `score`. The main one has the code "" and may have no levels at all."""

    code: str
    name: Text
    levels: tuple[LevelData, ...]
    score: Score | None = None
    identifier: UUID | None = None

    @cached_property
    def by_code(self) -> Mapping[str, LevelData]:
        """The levels by their codes."""
        return {level.code: level for level in self.levels}


@dataclass(frozen=True)
class Rank:
    """What is expected of people of one rank, where levels are relative to it."""

    code: str
    position: Text
    expected: Text
    description: Text


@dataclass(frozen=True)
class Source:
    """Where texts come from. `status`: official, summary, illustrative or unverified."""

    code: str
    status: str
    text: Text


@dataclass(frozen=True)
class CriterionData:
    """One criterion. `descriptors` (level code to text) and `examples` (level code to texts) go lowest level first.

    `label` is what pages show: the text's own numbering, or the number. `scale` is the code of its scale, "" for the
    main one. `identifier` is its name for other programs, `origins` are those of what it came from.
    """

    id: int | None
    code: str
    number: int
    name: Text
    is_key: bool
    standard_code: str
    descriptors: Mapping[str, Text]
    examples: Mapping[str, tuple[Text, ...]]
    sources: Mapping[str, Source]
    identifier: UUID
    label: str = ""
    alternative_name: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    scale: str = MAIN
    origins: tuple[UUID, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StandardData:
    """A node of the tree with its own criteria and the standards below it. `article` is the citation's text.

    `label` is the text's own numbering, or "". `descriptors` (level code to text) describe the standard as a whole.
    """

    id: int | None
    code: str
    article: Text
    name: Text
    description: Text
    criteria: tuple[CriterionData, ...]
    children: tuple["StandardData", ...]
    sources: Mapping[str, Source]
    identifier: UUID
    label: str = ""
    alternative_name: Text = field(default_factory=dict)
    descriptors: Mapping[str, Text] = field(default_factory=dict)
    origins: tuple[UUID, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def all_criteria(self) -> tuple[CriterionData, ...]:
        """Its criteria and those of every standard below, in order."""
        return (*self.criteria, *(c for child in self.children for c in child.all_criteria))


@dataclass(frozen=True)
class Ids:
    """Database ids by code, for a tree read from the database."""

    version: int | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    standards: Mapping[str, int] = field(default_factory=dict)
    criteria: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # level ids of the other scales
