"""Bands: where a number lies. A band begins at its `low` and goes on to where the next one begins, without gaps."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .errors import RuleError
from .explanations import Check, Step
from .numbers import Rounding, fixed, number_text
from .parsing import article, code_of, fields, items, number, one_of, words
from .shape import Shape


@dataclass(frozen=True, slots=True)
class Band:
    """One band: `high` is the end as the text prints it, None where it prints none; `action` what follows from it."""

    result: str
    low: Fraction
    high: Fraction | None = None
    name: Mapping[str, str] = field(default_factory=dict)
    action: Mapping[str, str] = field(default_factory=dict)
    article: str = ""


@dataclass(frozen=True, slots=True)
class BandSet:
    """Bands from the lowest up. `code` "" for the only set of a rule."""

    code: str
    bands: tuple[Band, ...]
    name: Mapping[str, str] = field(default_factory=dict)

    def of(self, rounded: Fraction) -> Band:
        """The band of a number that is rounded already."""
        return next((band for band in reversed(self.bands) if rounded >= band.low), self.bands[0])

    def band(self, result: str) -> Band:
        """The band of this result; KeyError if there is none."""
        for band in self.bands:
            if band.result == result:
                return band
        raise KeyError(result)


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that are possible at all, and how finely the text may print the end of a band."""

    least: Fraction
    most: Fraction
    rounding: Rounding
    grain: Fraction = Fraction(0)


def read_sets(data: Mapping[str, Any], shape: Shape, span: Range) -> tuple[BandSet, tuple[BandSet, ...]]:
    """The set that gives the result and all others. `bands` is a list, or the code of one of `band_sets`."""
    sets: dict[str, BandSet] = {}
    own = data.get("bands")
    if "band_sets" in data:
        for place, item in enumerate(items(data["band_sets"], "band_sets")):
            path = f"band_sets[{place}]"
            entry = fields(item, path, {"code", "name", "bands"})
            code = code_of(entry.get("code"), f"{path}.code", sets)
            name = words(entry.get("name"), f"{path}.name")
            known = shape.order if own == code else None
            sets[code] = BandSet(code, _bands(entry.get("bands"), f"{path}.bands", shape, known, span), name)
    if isinstance(own, str):
        one_of(own, sets, "bands", "unknown_band_set")
        return sets[own], tuple(bands for code, bands in sets.items() if code != own)
    return BandSet("", _bands(own, "bands", shape, shape.order, span)), tuple(sets.values())


def _bands(data: Any, path: str, shape: Shape, known: Sequence[str] | None, span: Range) -> tuple[Band, ...]:
    """The bands from the lowest up. `known`: the results they may give, lowest first; None: their own."""
    entries = items(data, path)
    bands = [_band(entry, f"{path}[{place}]", shape, known, span) for place, entry in enumerate(entries)]
    turn = -1 if len(bands) > 1 and bands[0].low > bands[-1].low else 1
    places = [f"{path}[{place}]" for place in range(len(bands))][::turn]
    bands = bands[::turn]
    for place, (low, high) in enumerate(itertools.pairwise(bands)):
        if low.low >= high.low:
            raise RuleError(f"{places[place + 1]}.from", "bands_out_of_order", value=high.result)
        _check_end(low, high, f"{places[place]}.to", span)
        if known is None and high.result in {band.result for band in bands[: place + 1]}:
            raise RuleError(f"{places[place + 1]}.result", "repeated_code", value=high.result)
        if known is not None and known.index(low.result) >= known.index(high.result):
            raise RuleError(f"{places[place + 1]}.result", "band_results", value=high.result)
    if bands[0].low > span.least:
        params = {"value": number_text(bands[0].low), "least": number_text(span.least)}
        raise RuleError(f"{places[0]}.from", "bands_low_gap", **params)
    if bands[-1].low > span.most:
        params = {"low": number_text(bands[-1].low), "most": number_text(span.most)}
        raise RuleError(f"{places[-1]}.from", "bands_above_most", value=bands[-1].result, **params)
    return tuple(bands)


def _band(data: Any, path: str, shape: Shape, known: Sequence[str] | None, span: Range) -> Band:
    entry = fields(data, path, {"result", "from", "to", "name", "action", "article"})
    result, name = entry.get("result"), words(entry.get("name"), f"{path}.name")
    if known is not None:
        one_of(result, known, f"{path}.result", "unknown_result")
    elif not name and code_of(result, f"{path}.result") not in (*shape.order, *shape.levels):
        raise RuleError(path, "band_without_name", value=result)
    low = number(entry.get("from"), f"{path}.from")
    high = number(entry["to"], f"{path}.to") if entry.get("to") is not None else None
    if high is not None and high < low:
        raise RuleError(f"{path}.to", "band_ends_before", value=result)
    if span.rounding.apply(low) != low:
        raise RuleError(f"{path}.from", "band_not_rounded", value=result, low=number_text(low))
    action = words(entry.get("action"), f"{path}.action")
    return Band(code_of(result, f"{path}.result"), low, high, name, action, article(entry, path))


def _check_end(low: Band, high: Band, path: str, span: Range) -> None:
    """Whether the printed end of a band meets the next one: one step before it, or the next one's beginning."""
    if low.high is None:
        return
    step = span.rounding.step
    ends = {high.low - step} if step else {high.low, high.low - span.grain}
    if low.high in ends:
        return
    params = {"value": low.result, "next": number_text(high.low)}
    if low.high > max(ends):
        raise RuleError(path, "bands_overlap", **params)
    raise RuleError(path, "bands_gap", high=number_text(low.high), **params)


def bound_text(bound: Fraction, rounding: Rounding) -> str:
    """Where a band begins, with the decimals that numbers are rounded to."""
    return number_text(bound) if rounding.digits is None else fixed(bound, rounding.digits)


def band_check(band: Band, rounded: Fraction, text: str, rounding: Rounding, *, lowest: bool) -> Check:
    """Whether a number reaches a band."""
    most = "" if band.high is None else bound_text(band.high, rounding)
    low = bound_text(band.low, rounding)
    return Check("band", lowest or rounded >= band.low, value=text, bound=low, most=most, result=band.result)


def band_steps(bands: BandSet, rounded: Fraction, rounding: Rounding, text: str) -> tuple[Step, ...]:
    """The bands from the highest down to the one that the number reaches."""
    steps = []
    for place, band in reversed(list(enumerate(bands.bands))):
        check = band_check(band, rounded, text, rounding, lowest=place == 0)
        steps.append(Step(band.result, check.held, (check,), band.article))
        if check.held:
            break
    return tuple(steps)
