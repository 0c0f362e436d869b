"""The kind `mean`: the mean of criteria or of standards, rounded as declared, then looked up in bands.

Which mean is meant is declared, since the two differ: 5, 5, 5, 5 and 2, 2 are 4.00 as six criteria and 3.50 as two
standards. Means are exact until the number is rounded, once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from . import parsing
from .banding import Range, band_steps, read_sets
from .base import Ratings, Reading
from .counting import CountingRule, Sum, check_points, span_of
from .errors import RuleError
from .explanations import Check, Explanation, Outcome, Score, Step
from .parsing import ABSENCES, INCOMPLETE, LEFT_OUT, NOT_APPLICABLE
from .shape import Shape

CRITERIA, STANDARDS = MEANS = ("criteria", "standards")
FIELDS = {"kind", "article", "of", "weights", "answered_share", "rounding", "bands", "band_sets", "also", *ABSENCES}


@dataclass(frozen=True)
class Part:
    """One thing that a mean is of: its own mean, None where too little of it is rated."""

    code: str
    value: Fraction | None
    answered: int
    total: int
    needed: int


@dataclass(frozen=True)
class Mean:
    """A mean with how much of it was rated; `factors` say how much each criterion counts in it."""

    value: Fraction | None
    enough: bool
    answered: int
    total: int
    needed: int
    parts: tuple[Part, ...]
    factors: Mapping[str, Fraction]


@dataclass(frozen=True)
class MeanRule(CountingRule):
    """A mean `of` criteria or standards; `weights` by criterion or standard, 1 where none is given; at least `share`
    of a standard's criteria, and of what the mean is of, must be rated. `also`: other means to show."""

    kind: ClassVar[str] = "mean"
    of: str
    weights: Mapping[str, Fraction]
    share: Fraction
    also: tuple[str, ...]

    @cached_property
    def holders(self) -> Mapping[str, tuple[str, ...]]:
        """The standards that hold criteria of their own."""
        return {code: own for code, own in self.shape.standards.items() if own}

    def outcome(self, ratings: Ratings) -> Outcome:
        """The result with the numbers behind it."""
        reading = self.read(ratings)
        numbers, away = self.numbers(reading), self.away(reading)
        mean = self.mean(numbers, away, self.of)
        missing = self.blocked(reading)
        if not missing and not mean.enough:
            missing = tuple(code for code in reading.absent if code not in away)
        text = "" if mean.value is None else self.rounding.text(mean.value)
        scores = self.scores(numbers, away)
        steps: tuple[Step, ...] = (self.value_step(mean, text, numbers, away, scores),)
        if missing or mean.value is None:
            return self.open(reading, missing, steps=steps, value=text, scores=scores)
        steps += band_steps(self.bands, self.rounding.apply(mean.value), self.rounding, text)
        explanation = Explanation(
            result=steps[-1].result,
            missing=(),
            steps=steps,
            article=self.article,
            kind=self.kind,
            absent=reading.apart(),
            value=text,
            scores=scores,
        )
        return Outcome(steps[-1].result, True, (), explanation)

    def result(self, ratings: Ratings) -> str | None:
        """The result alone."""
        reading = self.read(ratings)
        if reading.absent and self.blocked(reading):
            return None
        mean = self.mean(self.numbers(reading), self.away(reading), self.of)
        if not mean.enough or mean.value is None:
            return None
        return self.bands.of(self.rounding.apply(mean.value)).result

    def away(self, reading: Reading) -> frozenset[str]:
        """Criteria that leave the count altogether: what is not applicable to a person is not unanswered."""
        if self.policy[NOT_APPLICABLE] != LEFT_OUT:
            return frozenset()
        return frozenset(code for code, why in reading.absent.items() if why == NOT_APPLICABLE)

    def mean(self, numbers: Mapping[str, Fraction], away: frozenset[str], of: str) -> Mean:
        """The mean of criteria or of standards, and how much of it was rated."""
        parts = (
            [self.part(code, own, numbers, away) for code, own in self.holders.items()]
            if of == STANDARDS
            else [self.part(code, (code,), numbers, away) for code in self.criteria]
        )
        parts = [part for part in parts if part.total]
        counted = [part for part in parts if part.value is not None]
        needed = self.needed(len(parts))
        whole = sum((self.weight(part.code) for part in counted), Fraction(0))
        factors = {}
        for part in counted:
            own = self.holders[part.code] if of == STANDARDS else (part.code,)
            inside = [code for code in own if code in numbers]
            # the weight of a lone criterion counts once, where criteria are what the mean is of
            weights = [self.weight(code) if of == STANDARDS else Fraction(1) for code in inside]
            for code, weight in zip(inside, weights, strict=True):
                factors[code] = self.weight(part.code) / whole * weight / sum(weights)
        value = sum((factors[code] * numbers[code] for code in factors), Fraction(0)) if counted else None
        enough = bool(counted) and len(counted) >= needed
        return Mean(value, enough, len(counted), len(parts), needed, tuple(parts), factors)

    def part(self, code: str, own: Sequence[str], numbers: Mapping[str, Fraction], away: frozenset[str]) -> Part:
        """One standard (or one criterion) with its mean."""
        inside = [criterion for criterion in own if criterion not in away]
        rated = [criterion for criterion in inside if criterion in numbers]
        needed = self.needed(len(inside))
        value = None
        if rated and len(rated) >= needed:
            weights = [self.weight(criterion) for criterion in rated]
            value = sum((w * numbers[c] for w, c in zip(weights, rated, strict=True)), Fraction(0)) / sum(weights)
        return Part(code, value, len(rated), len(inside), needed)

    def weight(self, code: str) -> Fraction:
        """How much a criterion or a standard weighs beside its neighbours."""
        return self.weights.get(code, Fraction(1))

    def needed(self, total: int) -> int:
        """How many of so many must be rated: one at least."""
        return max(1, -(-total * self.share.numerator // self.share.denominator))

    def scores(self, numbers: Mapping[str, Fraction], away: frozenset[str]) -> dict[str, Score]:
        """Every standard's number: of its own criteria, or of the standards below it."""
        means = {code: self.part(code, own, numbers, away).value for code, own in self.holders.items()}
        below: dict[str, list[str]] = {code: [] for code in self.shape.standards if code not in self.holders}
        for code in self.holders:
            above = self.shape.parents.get(code, "")
            while above:
                if above in below:
                    below[above].append(code)
                above = self.shape.parents.get(above, "")
        scores = {}
        for code in self.shape.standards:
            value = means.get(code)
            if code in below:
                weighed = [(self.weight(c), mean) for c in below[code] if (mean := means[c]) is not None]
                whole = sum((w for w, _ in weighed), Fraction(0))
                value = sum((w * mean for w, mean in weighed), Fraction(0)) / whole if weighed else None
            if value is not None:
                scores[code] = Score(self.rounding.text(value), self.bands.of(self.rounding.apply(value)).result)
        return scores

    def value_step(
        self,
        mean: Mean,
        text: str,
        numbers: Mapping[str, Fraction],
        away: frozenset[str],
        scores: Mapping[str, Score],
    ) -> Step:
        """How the number came to be: what it is the mean of, other means, and what other bands call it."""
        empty = Score("")
        parts = tuple(
            Check(
                "standard",
                part.value is not None,
                code=part.code,
                value=scores.get(part.code, empty).value,
                result=scores.get(part.code, empty).result,
                needed=part.needed,
                actual=part.answered,
                total=part.total,
            )
            for part in (mean.parts if self.of == STANDARDS else ())
        )
        checks = [
            Check(
                "mean",
                mean.enough,
                code=self.of,
                value=text,
                needed=mean.needed,
                actual=mean.answered,
                total=mean.total,
                checks=parts,
            )
        ]
        for of in self.also:
            other = self.mean(numbers, away, of)
            if other.value is not None:
                checks.append(Check("also", True, code=of, value=self.rounding.text(other.value)))
        if mean.enough and mean.value is not None:
            rounded = self.rounding.apply(mean.value)
            checks += [
                Check("other_bands", True, code=bands.code, value=text, result=bands.of(rounded).result)
                for bands in self.band_sets
            ]
        return Step("", mean.enough, tuple(checks), kind="value")

    def sum_for(self, reading: Reading, goal: int) -> Sum | str:
        """The mean as a sum of criteria, once those that must be rated are."""
        band = self.band_for(goal)
        if band is None:
            return "no_result"
        asked = self.blocked(reading)
        numbers = self.numbers(reading) | dict.fromkeys(asked, Fraction(0))
        mean = self.mean(numbers, self.away(reading), self.of)
        if not mean.enough:
            return "too_little"
        return Sum(mean.factors, self.rounding.least(band.low), asked)


def parse_mean(data: Any, shape: Shape) -> MeanRule:
    """The rule. Raises RuleError."""
    entry = parsing.fields(data, "", FIELDS)
    absences = parsing.policy(entry, (INCOMPLETE, LEFT_OUT), LEFT_OUT)
    of = parsing.one_of(entry.get("of"), MEANS, "of", "unknown_mean")
    if of == STANDARDS and not any(shape.standards.values()):
        raise RuleError("of", "no_own_criteria")
    check_points(shape, shape.criteria, "")
    weights, known = {}, {*shape.criteria, *shape.standards}
    for code, value in parsing.fields(entry.get("weights", {}), "weights").items():
        if code not in known:
            raise RuleError(f"weights.{code}", "unknown_criterion", value=code)
        weights[code] = parsing.weight(value, f"weights.{code}")
    also = []
    for place, other in enumerate(parsing.items(entry["also"], "also") if "also" in entry else ()):
        path = f"also[{place}]"
        also.append(parsing.one_of(parsing.fields(other, path, {"of"}).get("of"), MEANS, f"{path}.of", "unknown_mean"))
    rounding = parsing.rounding(entry.get("rounding"))
    spans = [span_of(shape, code) for code in shape.criteria]
    span = Range(min(low for low, _ in spans), max(high for _, high in spans), rounding)
    bands, others = read_sets(entry, shape, span)
    share = parsing.share(entry["answered_share"], "answered_share") if "answered_share" in entry else Fraction(0)
    return MeanRule(
        shape=shape,
        article=parsing.article(entry),
        policy=absences,
        rounding=rounding,
        bands=bands,
        band_sets=others,
        of=of,
        weights=weights,
        share=share,
        also=tuple(also),
    )
