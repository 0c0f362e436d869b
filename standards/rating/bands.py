"""The kind `bands`: each criterion (an area) has a number and its own band; an overall result is not always known.

With the polarity "inverse" a band names what is lacking: the score goes up, the deficit goes down. Results stand worst
first in either case, so that a higher score never gives a worse band.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from . import parsing
from .banding import Band, Range, band_steps, bound_text, read_sets
from .base import Ratings, Reading
from .counting import CountingRule, Sum, check_points, span_of
from .errors import RuleError
from .explanations import Check, Explanation, Outcome, Score, Step
from .parsing import ABSENCES, INCOMPLETE, LEFT_OUT
from .shape import Shape

FIELDS = {"kind", "article", "polarity", "overall", "rounding", "bands", "band_sets", "route", *ABSENCES}


@dataclass(frozen=True)
class BandsRule(CountingRule):
    """Areas with bands. `inverse`: bands name deficits. `overall`: "mean" of the areas, or "none". `route`: the results
    of areas that call for work."""

    kind: ClassVar[str] = "bands"
    inverse: bool
    overall: str
    route: tuple[str, ...]

    def outcome(self, ratings: Ratings) -> Outcome:
        """The areas with their bands, those to work on, and the overall result if the text knows one."""
        reading = self.read(ratings)
        numbers, missing = self.numbers(reading), self.blocked(reading)
        if not numbers:
            missing = missing or tuple(reading.absent)
        bands = {code: self.area(number) for code, number in numbers.items()}
        scores = {
            code: Score(self.rounding.text(numbers[code]), bands[code].result)
            for code in self.criteria
            if code in numbers
        }
        route = self.route_of(numbers, bands)
        steps: tuple[Step, ...] = (self.value_step(bands, scores, route),) if scores else ()
        if missing or not numbers:
            return self.open(reading, missing, steps=steps, scores=scores, route=route)
        result, text = None, ""
        if self.overall == "mean":
            mean = sum(numbers.values(), Fraction(0)) / len(numbers)
            text = self.rounding.text(mean)
            steps += (Step("", True, (Check("mean", True, code="areas", value=text),), kind="value"),)
            steps += band_steps(self.bands, self.rounding.apply(mean), self.rounding, text)
            result = steps[-1].result
        explanation = Explanation(
            result=result,
            missing=(),
            steps=steps,
            article=self.article,
            kind=self.kind,
            absent=reading.apart() if reading.absent else {},
            value=text,
            scores=scores,
            route=route,
        )
        return Outcome(result, True, (), explanation)

    def result(self, ratings: Ratings) -> str | None:
        """The result alone; None where the text knows none."""
        reading = self.read(ratings)
        numbers = self.numbers(reading)
        if self.overall != "mean" or not numbers or self.blocked(reading):
            return None
        return self.area(sum(numbers.values(), Fraction(0)) / len(numbers)).result

    def ends(self, ratings: Ratings) -> tuple[str, str]:
        """The lowest and the highest result once everything open is rated; ("", "") where the text knows none."""
        return super().ends(ratings) if self.overall == "mean" else ("", "")

    def area(self, number: Fraction) -> Band:
        """The band of one number."""
        return self.bands.of(self.rounding.apply(number))

    def route_of(self, numbers: Mapping[str, Fraction], bands: Mapping[str, Band]) -> tuple[str, ...]:
        """The areas that call for work, worst band first, in a band the lowest number first."""
        places = {band.result: place for place, band in enumerate(self.bands.bands)}
        order = {code: place for place, code in enumerate(self.criteria)}
        chosen = [code for code, band in bands.items() if band.result in self.route]
        return tuple(sorted(chosen, key=lambda code: (places[bands[code].result], numbers[code], order[code])))

    def value_step(self, bands: Mapping[str, Band], scores: Mapping[str, Score], route: tuple[str, ...]) -> Step:
        """Every area with its number and band."""
        checks = [
            Check(
                "area",
                code not in route,
                code=code,
                value=score.value,
                bound=bound_text(bands[code].low, self.rounding),
                most="" if (high := bands[code].high) is None else bound_text(high, self.rounding),
                result=score.result,
            )
            for code, score in scores.items()
        ]
        if self.route:
            checks.append(Check("route", not route, criteria=route, actual=len(route), total=len(scores)))
        return Step("", True, tuple(checks), kind="areas")

    def sum_for(self, reading: Reading, goal: int) -> Sum | str:
        """The mean of the areas as a sum."""
        if self.overall != "mean":
            return "no_overall"
        band = self.band_for(goal)
        if band is None:
            return "no_result"
        asked = self.blocked(reading)
        areas = [*self.numbers(reading), *asked]
        if not areas:
            return "too_little"
        return Sum(dict.fromkeys(areas, Fraction(1, len(areas))), self.rounding.least(band.low), asked)


def parse_bands(data: Any, shape: Shape) -> BandsRule:
    """The rule. Raises RuleError."""
    entry = parsing.fields(data, "", FIELDS)
    absences = parsing.policy(entry, (INCOMPLETE, LEFT_OUT), LEFT_OUT)
    polarity = parsing.one_of(entry.get("polarity"), ("direct", "inverse"), "polarity", "unknown_polarity")
    overall = parsing.one_of(entry.get("overall"), ("mean", "none"), "overall", "unknown_overall")
    check_points(shape, shape.criteria, "")
    rounding = parsing.rounding(entry.get("rounding"))
    spans = [span_of(shape, code) for code in shape.criteria]
    digits = max(shape.scale(code).digits for code in shape.criteria)
    span = Range(min(s[0] for s in spans), max(s[1] for s in spans), rounding, Fraction(1, 10**digits))
    bands, others = read_sets(entry, shape, span)
    known = [band.result for band in bands.bands]
    route = []
    for place, result in enumerate(parsing.items(entry["route"], "route") if "route" in entry else ()):
        route.append(parsing.one_of(result, known, f"route[{place}]", "unknown_band"))
        if route.count(result) > 1:
            raise RuleError(f"route[{place}]", "repeated_code", value=result)
    return BandsRule(
        shape=shape,
        article=parsing.article(entry),
        policy=absences,
        rounding=rounding,
        bands=bands,
        band_sets=others,
        inverse=polarity == "inverse",
        overall=overall,
        route=tuple(route),
    )
