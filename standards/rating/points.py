"""The kind `points`: parts that add up, gates that hold back, a pass mark that each of several people must give.

A gate is recorded and not scored: while it is closed, no result above its `ceiling` is possible. Where several people
rate independently (`panel`), the result is the lowest of theirs: the mean is shown and does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from . import parsing
from .banding import Range, band_check, read_sets
from .base import Ratings, Reading
from .counting import CountingRule, Sum, check_points, span_of
from .errors import RuleError
from .explanations import Check, Explanation, Outcome, Score, Step
from .numbers import Rounding, number_text
from .parsing import ABSENCES, INCOMPLETE, NOT_APPLICABLE
from .shape import Shape

IGNORED = "ignored"
FIELDS = {"kind", "article", "parts", "rounding", "bands", "band_sets", "gates", "assessors", *ABSENCES}


@dataclass(frozen=True)
class PointsPart:
    """Criteria whose points add up. `factors`: by what a level's points (or a score) are multiplied."""

    code: str
    name: Mapping[str, str]
    factors: Mapping[str, Fraction]


@dataclass(frozen=True)
class Gate:
    """A criterion that must be at `level` (the place `rank`) for any result above `ceiling`."""

    criterion: str
    level: str
    rank: int
    ceiling: str
    policy: Mapping[str, str]
    article: str


@dataclass(frozen=True)
class PointsRule(CountingRule):
    """`parts` that add up, `gates`, and how many `assessors` must each give `each` or better (0: one person rates)."""

    kind: ClassVar[str] = "points"
    parts: tuple[PointsPart, ...]
    gates: tuple[Gate, ...]
    assessors: int
    each: str

    @property
    def panel(self) -> int:
        """How many people rate independently."""
        return self.assessors

    @property
    def articles(self) -> tuple[tuple[str, str], ...]:
        """Each citation in the rule with its place."""
        own = tuple((f"gates[{place}].article", gate.article) for place, gate in enumerate(self.gates) if gate.article)
        return (*super().articles, *own)

    @cached_property
    def factors(self) -> Mapping[str, Fraction]:
        """By what the number of each criterion is multiplied."""
        return {code: factor for part in self.parts for code, factor in part.factors.items()}

    @property
    def counted(self) -> Mapping[str, Fraction]:
        """The criteria whose numbers count."""
        return self.factors

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The criteria of parts and gates, in pack order."""
        gates = {gate.criterion for gate in self.gates}
        return tuple(code for code in self.criteria if code in self.factors or code in gates)

    def blocked(self, reading: Reading) -> tuple[str, ...]:
        """The criteria whose absence leaves the result open: a gate says for itself what an absence means."""
        absent = reading.absent
        open_gates = {
            gate.criterion for gate in self.gates if gate.policy.get(absent.get(gate.criterion, "")) != IGNORED
        }
        return tuple(code for code in self.asked if code in absent and (code in self.factors or code in open_gates))

    def outcome(self, ratings: Ratings) -> Outcome:
        """The result with parts, gates and bands."""
        reading = self.read(ratings)
        missing = self.blocked(reading)
        if missing:
            return self.open(reading, missing)
        points = {code: self.factors[code] * number for code, number in self.numbers(reading).items()}
        total = sum(points.values(), Fraction(0))
        rounded, text = self.rounding.apply(total), self.rounding.text(total)
        steps = [self.value_step(points, text, reading)]
        lowest = len(self.bands.bands) - 1
        for place, band in enumerate(reversed(self.bands.bands)):
            band_held = band_check(band, rounded, text, self.rounding, lowest=place == lowest)
            gates = [gate for gate in self.gates if self.place[gate.ceiling] < self.place[band.result]]
            checks = (band_held, *(self.gate_check(gate, reading) for gate in gates))
            steps.append(Step(band.result, all(check.held for check in checks), checks, band.article))
            if steps[-1].held:
                break
        parts = {part.code: sum((points[code] for code in part.factors), Fraction(0)) for part in self.parts}
        scores = {code: Score(number_text(number)) for code, number in {**points, **parts}.items()}
        absent = reading.apart() if reading.absent else {}
        explanation = Explanation(
            result=steps[-1].result,
            missing=(),
            steps=tuple(steps),
            article=self.article,
            kind=self.kind,
            absent={why: codes for why, all_codes in absent.items() if (codes := self._asked_of(all_codes))},
            value=text,
            scores=scores,
        )
        return Outcome(steps[-1].result, True, (), explanation)

    def _asked_of(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        asked = set(self.asked)
        return tuple(code for code in codes if code in asked)

    def result(self, ratings: Ratings) -> str | None:
        """The result alone."""
        reading = self.read(ratings)
        if self.blocked(reading):
            return None
        band = self.bands.of(self.rounding.apply(self.total(reading)))
        place = self.place[band.result]
        for gate in self.gates:
            if not self.is_open(gate, reading):
                place = min(place, self.place[gate.ceiling])
        return next(b.result for b in reversed(self.bands.bands) if self.place[b.result] <= place)

    def total(self, reading: Reading) -> Fraction:
        """The exact sum of what is rated."""
        return sum((self.factors[code] * number for code, number in self.numbers(reading).items()), Fraction(0))

    @staticmethod
    def is_open(gate: Gate, reading: Reading) -> bool:
        """Whether a gate lets through; one that may be ignored and is not rated does."""
        return reading.ranks.get(gate.criterion, gate.rank) >= gate.rank

    def gate_check(self, gate: Gate, reading: Reading) -> Check:
        """A gate, tried. `value` is the level found; `group` the absence that lets it be ignored."""
        held = self.is_open(gate, reading)
        place = reading.ranks.get(gate.criterion)
        return Check(
            "gate",
            held,
            group="" if place is not None else reading.absent[gate.criterion],
            level=gate.level,
            criteria=(gate.criterion,),
            value="" if place is None else self.shape.scale(gate.criterion).levels[place],
            result=gate.ceiling,
        )

    def value_step(self, points: Mapping[str, Fraction], text: str, reading: Reading) -> Step:
        """How the sum came to be: parts, and in them what each criterion adds."""
        most = sum((span_of(self.shape, code)[1] * factor for code, factor in self.factors.items()), Fraction(0))
        parts = []
        for part in self.parts:
            inside = tuple(self.points_check(code, points[code], reading) for code in part.factors)
            value = sum((points[code] for code in part.factors), Fraction(0))
            top = sum((span_of(self.shape, code)[1] * factor for code, factor in part.factors.items()), Fraction(0))
            parts.append(
                Check("part", True, code=part.code, value=number_text(value), most=number_text(top), checks=inside)
            )
        return Step(
            "", True, (Check("sum", True, value=text, most=number_text(most), checks=tuple(parts)),), kind="value"
        )

    def points_check(self, code: str, points: Fraction, reading: Reading) -> Check:
        """What one criterion adds, and from which level."""
        top = span_of(self.shape, code)[1] * self.factors[code]
        place = reading.ranks.get(code)
        level = "" if place is None else self.shape.scale(code).levels[place]
        return Check("points", True, level=level, code=code, value=number_text(points), most=number_text(top))

    def sum_for(self, reading: Reading, goal: int) -> Sum | str:
        """The parts as a sum of criteria, with the gates below the goal as floors."""
        band = self.band_for(goal)
        if band is None:
            return "no_result"
        blocked = self.blocked(reading)
        floors: dict[str, int] = {}
        for gate in self.gates:
            code = gate.criterion
            if self.place[gate.ceiling] < goal and (code in reading.ranks or code in blocked):
                floors[code] = max(gate.rank, floors.get(code, 0))
        return Sum(self.factors, self.rounding.least(band.low), blocked, floors)


def parse_points(data: Any, shape: Shape) -> PointsRule:
    """The rule. Raises RuleError."""
    entry = parsing.fields(data, "", FIELDS)
    absences = parsing.policy(entry, (INCOMPLETE,), INCOMPLETE)
    parts: list[PointsPart] = []
    for place, item in enumerate(parsing.items(entry.get("parts"), "parts")):
        parts.append(_part(item, f"parts[{place}]", shape, parts))
    spans = [
        tuple(end * factor for end in span_of(shape, code)) for part in parts for code, factor in part.factors.items()
    ]
    rounding = parsing.rounding(entry.get("rounding"))
    low, high = sum((s[0] for s in spans), Fraction(0)), sum((s[1] for s in spans), Fraction(0))
    bands, others = read_sets(entry, shape, Range(low, high, rounding, _grain(rounding)))
    results = [band.result for band in bands.bands]
    items = parsing.items(entry["gates"], "gates") if "gates" in entry else ()
    gates = tuple(_gate(item, f"gates[{place}]", shape, results) for place, item in enumerate(items))
    assessors, each = 0, ""
    if entry.get("assessors") is not None:
        panel = parsing.fields(entry["assessors"], "assessors", {"count", "each"})
        assessors = parsing.count(panel.get("count"), "assessors.count", 2)
        each = parsing.one_of(panel.get("each"), results, "assessors.each", "unknown_result")
    return PointsRule(
        shape=shape,
        article=parsing.article(entry),
        policy=absences,
        rounding=rounding,
        bands=bands,
        band_sets=others,
        parts=tuple(parts),
        gates=gates,
        assessors=assessors,
        each=each,
    )


def _grain(rounding: Rounding) -> Fraction:
    return rounding.step or Fraction(1, 100)


def _part(data: Any, path: str, shape: Shape, before: list[PointsPart]) -> PointsPart:
    entry = parsing.fields(data, path, {"code", "name", "criteria", "standards", "weight", "points"})
    code = parsing.code_of(entry.get("code"), f"{path}.code", [part.code for part in before])
    members = _members(entry, path, shape)
    taken = {criterion for part in before for criterion in part.factors}
    if twice := [criterion for criterion in members if criterion in taken]:
        raise RuleError(path, "repeated_criterion", value=twice[0])
    check_points(shape, members, path)
    if ("weight" in entry) == ("points" in entry):
        raise RuleError(path, "weight_or_points")
    if "points" in entry:
        parsing.one_of(entry["points"], ("levels",), f"{path}.points", "weight_or_points")
        return PointsPart(code, parsing.words(entry.get("name"), f"{path}.name"), dict.fromkeys(members, Fraction(1)))
    factors = {}
    weights = parsing.fields(entry["weight"], f"{path}.weight", members)
    for criterion in members:
        if criterion not in weights:
            raise RuleError(f"{path}.weight", "weight_missing", value=criterion)
        top = span_of(shape, criterion)[1]
        if top <= 0:
            raise RuleError(path, "no_points", criterion=criterion)
        factors[criterion] = parsing.weight(weights[criterion], f"{path}.weight.{criterion}") / top
    return PointsPart(code, parsing.words(entry.get("name"), f"{path}.name"), factors)


def _members(entry: Mapping[str, Any], path: str, shape: Shape) -> tuple[str, ...]:
    if ("criteria" in entry) == ("standards" in entry):
        raise RuleError(path, "criteria_or_standards")
    if "criteria" in entry:
        return parsing.criteria(entry["criteria"], shape, f"{path}.criteria")
    found: set[str] = set()
    for place, code in enumerate(parsing.items(entry["standards"], f"{path}.standards")):
        below = shape.below.get(code, ()) if isinstance(code, str) else ()
        if not below:
            raise RuleError(f"{path}.standards[{place}]", "unknown_standard", value=code)
        found.update(below)
    return tuple(code for code in shape.criteria if code in found)


def _gate(data: Any, path: str, shape: Shape, results: list[str]) -> Gate:
    entry = parsing.fields(data, path, {"criterion", "at_least", "else", "article", *ABSENCES})
    criterion = parsing.one_of(entry.get("criterion"), shape.criteria, f"{path}.criterion", "unknown_criterion")
    scale = shape.scale(criterion)
    if not scale.levels:
        raise RuleError(f"{path}.criterion", "gate_on_score", value=criterion)
    level = parsing.one_of(entry.get("at_least"), scale.levels, f"{path}.at_least", "unknown_level")
    if scale.rank[level] == 0:
        raise RuleError(f"{path}.at_least", "gate_never_closed", value=level)
    ceiling = parsing.one_of(entry.get("else"), results, f"{path}.else", "unknown_result")
    if ceiling == results[-1]:
        raise RuleError(f"{path}.else", "gate_highest", value=ceiling)
    defaults = {name: IGNORED if name == NOT_APPLICABLE else INCOMPLETE for name in ABSENCES}
    policy = {
        name: parsing.one_of(entry.get(name, default), (IGNORED, INCOMPLETE), f"{path}.{name}", "not_rated_policy")
        for name, default in defaults.items()
    }
    return Gate(criterion, level, scale.rank[level], ceiling, policy, parsing.article(entry, path))
