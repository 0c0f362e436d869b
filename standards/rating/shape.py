"""What a rule needs to know of its framework: criteria, scales, the standards that hold them, the results."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from .numbers import exact

MAIN = ""  # the code of the main scale


@dataclass(frozen=True)
class Scale:
    """One scale: `levels` lowest first (with `points` where they have any), or a score from `low` to `high`.

    `digits` are the decimals a score may have. A scale with neither levels nor `high` rates nothing.
    """

    code: str = MAIN
    levels: tuple[str, ...] = ()
    points: Mapping[str, Fraction] = field(default_factory=dict)
    low: Fraction = Fraction(0)
    high: Fraction | None = None
    digits: int = 0
    unit: str = ""

    @property
    def is_score(self) -> bool:
        """Whether ratings are numbers rather than levels."""
        return self.high is not None

    @property
    def top(self) -> Fraction:
        """The highest score; `low` for a scale of levels."""
        return self.low if self.high is None else self.high

    def takes(self, number: Fraction) -> bool:
        """Whether a number is a score of this scale."""
        return self.low <= number <= self.top and (number * 10**self.digits).denominator == 1

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Level code to its place, the lowest 0."""
        return MappingProxyType({code: place for place, code in enumerate(self.levels)})

    @property
    def ladder(self) -> tuple[Fraction, ...]:
        """The points of the levels, lowest first; empty unless every level has some."""
        return tuple(self.points[code] for code in self.levels) if len(self.points) == len(self.levels) else ()

    @classmethod
    def from_data(cls, code: str, data: Mapping[str, Any]) -> "Scale":
        """A scale of a checked pack: `{"levels": […]}` or `{"score": {"min", "max", "digits", "unit"}}`."""
        if (score := data.get("score")) is not None:
            low, high = exact(score.get("min", 0)), exact(score["max"])
            return cls(
                code, low=low or Fraction(0), high=high, digits=score.get("digits", 0), unit=score.get("unit", "")
            )
        levels = data.get("levels", ())
        numbers = {level["code"]: exact(level["points"]) for level in levels if level.get("points") is not None}
        points = {name: number for name, number in numbers.items() if number is not None}
        return cls(code, tuple(level["code"] for level in levels), points)


@dataclass(frozen=True)
class Shape:
    """A framework as a rule sees it.

    `criteria` in pack order, `key` the key criteria; `scales` by code, the main one under "" always among them;
    `scale_of` only for criteria on another scale. `standards`: every standard's own criteria, in reading order, and
    `parents` the standard above each. `results`: the codes of the overall results, lowest first; empty: the main levels.
    """

    criteria: tuple[str, ...]
    scales: Mapping[str, Scale]
    key: tuple[str, ...] = ()
    scale_of: Mapping[str, str] = field(default_factory=dict)
    standards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    results: tuple[str, ...] = ()

    @classmethod
    def of_pack(cls, pack: Mapping[str, Any]) -> "Shape":
        """The shape of a pack whose tree, levels, scales and results have been checked already."""
        main = Scale.from_data(MAIN, {"levels": pack.get("levels", ())})
        others = {code: Scale.from_data(code, data) for code, data in pack.get("scales", {}).items()}
        nodes = list(_walk(pack["standards"], ""))
        criteria = [c for _, node in nodes for c in node.get("criteria", ())]
        return cls(
            criteria=tuple(c["code"] for c in criteria),
            scales={MAIN: main, **others},
            key=tuple(c["code"] for c in criteria if c.get("key")),
            scale_of={c["code"]: c["scale"] for c in criteria if c.get("scale")},
            standards={node["code"]: tuple(c["code"] for c in node.get("criteria", ())) for _, node in nodes},
            parents={node["code"]: above for above, node in nodes if above},
            results=tuple(result["code"] for result in pack.get("results", ())),
        )

    @property
    def main(self) -> Scale:
        """The main scale."""
        return self.scales[MAIN]

    @property
    def levels(self) -> tuple[str, ...]:
        """The codes of the main levels, lowest first."""
        return self.main.levels

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of the overall results, lowest first."""
        return self.results or self.levels

    def scale(self, criterion: str) -> Scale:
        """The scale that a criterion is rated on."""
        return self.scales[self.scale_of.get(criterion, MAIN)]

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """Every standard's criteria: its own and those of the standards below it, in pack order."""
        order = {code: place for place, code in enumerate(self.criteria)}
        found: dict[str, list[str]] = {code: [] for code in self.standards}
        for code, own in self.standards.items():
            above = code
            while above:
                found[above] += own
                above = self.parents.get(above, "")
        return {code: tuple(sorted(codes, key=order.__getitem__)) for code, codes in found.items()}


def _walk(standards: Iterable[Mapping[str, Any]], above: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every standard with the code of the one above it; a standard's own criteria come before those below it."""
    for node in standards:
        yield above, node
        yield from _walk(node.get("standards", ()), node["code"])
