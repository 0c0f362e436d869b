"""Random rules and ratings for property tests, and the plainest possible ways to answer the same questions."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from standards.rating import Rule, Scale, Shape, parse_rule, result_of
from tests.standards.rules import one_scale

LEVELS = ("L0", "L1", "L2", "L3")
OTHER = ("no", "yes", "more")
ABSENCES = ("not_rated", "not_observed", "not_applicable")


@st.composite
def conditions(draw: st.DrawFn, codes: list[str], levels: list[str], depth: int = 0) -> dict[str, Any]:
    """One upward condition over all criteria, the key ones or some by name."""
    kinds = ["all_at_least", "named_at_least", "share_at_least", "at_most"] + (
        ["any_of", "all_of"] if depth < 1 else []
    )
    kind = draw(st.sampled_from(kinds))
    if kind in ("any_of", "all_of"):
        return {
            "kind": kind,
            "conditions": draw(st.lists(conditions(codes, levels, depth + 1), min_size=1, max_size=2)),
        }
    members = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    whom = draw(st.sampled_from([{}, {"group": "key"}, {"criteria": members}]))
    level = draw(st.sampled_from(levels[1:] if kind == "at_most" else levels))
    condition = {"kind": kind, "level": level, **whom}
    if kind in ("share_at_least", "at_most"):
        lower = draw(st.integers(1, 4))
        condition["share"] = f"{draw(st.integers(0, lower))}/{lower}"
    return condition


@st.composite
def rules(draw: st.DrawFn, most_criteria: int = 6) -> Rule:
    """A valid rule of conditions, of up to six criteria and four levels, the lowest result always holding."""
    codes = [f"C{number}" for number in range(1, draw(st.integers(1, most_criteria)) + 1)]
    levels = list(LEVELS[: draw(st.integers(2, 4))])
    results = draw(st.lists(st.sampled_from(levels[1:]), min_size=1, unique=True))
    entries = [
        {
            "result": result,
            "conditions": draw(st.lists(conditions(codes, levels), min_size=1, max_size=3)),
        }
        for result in sorted(results, reverse=True)
    ]
    entries.append({"result": levels[0], "conditions": [{"kind": "always"}]})
    key = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    return parse_rule({"kind": "conditions", "results": entries}, one_scale(codes, levels, key))


@st.composite
def rules_of_two_scales(draw: st.DrawFn) -> Rule:
    """Conditions about criteria on two scales, results of their own, and every way to treat absences."""
    here = [f"C{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    there = [f"D{number}" for number in range(1, draw(st.integers(1, 2)) + 1)]
    scales = {"": Scale(levels=LEVELS), "other": Scale("other", OTHER)}
    key = draw(st.lists(st.sampled_from(here), min_size=1, unique=True))
    shape = Shape(
        criteria=(*here, *there),
        scales=scales,
        key=tuple(code for code in here if code in key),
        scale_of=dict.fromkeys(there, "other"),
        results=("LOW", "MID", "HIGH"),
    )
    entries = []
    for result in draw(st.sampled_from([["HIGH", "MID"], ["HIGH"], ["MID"]])):
        found = draw(st.lists(conditions(here, list(LEVELS)), min_size=1, max_size=2))
        found = [_about(condition, here) for condition in found]
        if draw(st.booleans()):
            found.append({"kind": "named_at_least", "criteria": there, "level": draw(st.sampled_from(OTHER))})
        entries.append({"result": result, "conditions": found})
    entries.append({"result": "LOW", "conditions": [{"kind": "always"}]})
    absences = {name: draw(st.sampled_from(["incomplete", "left_out", "lowest"])) for name in ABSENCES}
    return parse_rule({"kind": "conditions", "results": entries, **absences}, shape)


def _about(condition: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """The condition about `codes` where it said "all criteria", which are on two scales here."""
    if "conditions" in condition:
        return condition | {"conditions": [_about(inner, codes) for inner in condition["conditions"]]}
    return condition if "criteria" in condition or "group" in condition else condition | {"criteria": codes}


@st.composite
def counted_shapes(draw: st.DrawFn) -> Shape:
    """Up to five criteria whose levels have points, perhaps one on a scale of scores, in one or two standards."""
    codes = [f"C{number}" for number in range(1, draw(st.integers(1, 5)) + 1)]
    points = sorted(draw(st.lists(st.integers(0, 8), min_size=4, max_size=4)))
    points[-1] = max(points[-1], points[0] + 1)
    main = Scale(levels=LEVELS, points={code: Fraction(p, 2) for code, p in zip(LEVELS, points, strict=True)})
    score = Scale("score", high=Fraction(draw(st.integers(1, 4))), digits=0)
    gate = Scale("gate", ("closed", "half", "open"))
    scored = draw(st.lists(st.sampled_from(codes), max_size=1))
    cut = draw(st.integers(0, len(codes)))
    return Shape(
        criteria=tuple(codes),
        scales={"": main, "score": score, "gate": gate},
        scale_of=dict.fromkeys(scored, "score"),
        standards={"S": (), "S1": tuple(codes[:cut]), "S2": tuple(codes[cut:])},
        parents={"S1": "S", "S2": "S"},
        results=("LOW", "MID", "HIGH"),
    )


def _bands(draw: st.DrawFn, low: Fraction, high: Fraction, digits: int | None) -> list[dict[str, Any]]:
    """One to three bands between the lowest and the highest number possible."""
    unit = 10**digits if digits is not None else 4
    most, least = int(high * unit), int(low * unit)
    starts = draw(st.lists(st.integers(least + 1, most), max_size=2, unique=True)) if most > least else []
    names = draw(st.permutations(["LOW", "MID", "HIGH"]))[: len(starts) + 1]
    names.sort(key=["LOW", "MID", "HIGH"].index)
    bounds = ["-1", *[_text(Fraction(start, unit)) for start in sorted(starts)]]
    return [{"result": name, "from": bound} for name, bound in zip(names, bounds, strict=True)]


def _text(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else str(float(number))  # halves, quarters, hundredths


def _rounding(draw: st.DrawFn) -> dict[str, Any] | None:
    digits = draw(st.sampled_from([None, 0, 1, 2]))
    return None if digits is None else {"digits": digits, "mode": draw(st.sampled_from(["half_up", "down"]))}


def _span(shape: Shape) -> tuple[Fraction, Fraction]:
    ends = [(s.low, s.top) if (s := shape.scale(c)).is_score else (s.ladder[0], s.ladder[-1]) for c in shape.criteria]
    return min(low for low, _ in ends), max(high for _, high in ends)


@st.composite
def mean_rules(draw: st.DrawFn) -> Rule:
    """A mean of criteria or of standards, with weights, every rounding, and a share that must be answered."""
    shape, rounding = draw(counted_shapes()), _rounding(draw)
    low, high = _span(shape)
    codes = st.sampled_from([*shape.criteria, "S1", "S2"])
    data = {
        "kind": "mean",
        "of": draw(st.sampled_from(["criteria", "standards"])),
        "weights": draw(st.dictionaries(codes, st.sampled_from(["2", "0.5", 3]), max_size=3)),
        "answered_share": draw(st.sampled_from(["0/1", "1/2", "1/1"])),
        "rounding": rounding,
        "bands": _bands(draw, low, high, rounding["digits"] if rounding else None),
        **{name: draw(st.sampled_from(["incomplete", "left_out"])) for name in ABSENCES},
    }
    return parse_rule(data, shape)


@st.composite
def bands_rules(draw: st.DrawFn) -> Rule:
    """Areas with bands and their mean."""
    shape, rounding = draw(counted_shapes()), _rounding(draw)
    low, high = _span(shape)
    data = {
        "kind": "bands",
        "polarity": draw(st.sampled_from(["direct", "inverse"])),
        "overall": "mean",
        "rounding": rounding,
        "bands": _bands(draw, low, high, rounding["digits"] if rounding else None),
        **{name: draw(st.sampled_from(["incomplete", "left_out"])) for name in ABSENCES},
    }
    return parse_rule(data, shape)


@st.composite
def points_rules(draw: st.DrawFn) -> Rule:
    """Parts with and without weights, and gates on criteria of their own or on counted ones."""
    shape, rounding = draw(counted_shapes()), _rounding(draw)
    gated = [f"G{number}" for number in range(1, draw(st.integers(0, 2)) + 1)]
    shape = Shape(
        criteria=(*shape.criteria, *gated),
        scales=shape.scales,
        scale_of={**shape.scale_of, **dict.fromkeys(gated, "gate")},
        standards=shape.standards,
        parents=shape.parents,
        results=shape.results,
    )
    parts: list[dict[str, Any]] = []
    low = high = Fraction(0)
    for code in ("S1", "S2"):
        members = shape.standards[code]
        if not members:
            continue
        weights = {c: draw(st.sampled_from(["1", "2.5", "4"])) for c in members}
        if draw(st.booleans()):
            parts.append({"code": code, "standards": [code], "points": "levels"})
            factors = dict.fromkeys(members, Fraction(1))
        else:
            parts.append({"code": code, "criteria": list(members), "weight": weights})
            factors = {c: Fraction(weights[c]) / _top(shape, c) for c in members}
        for c, factor in factors.items():
            scale = shape.scale(c)
            low += factor * (scale.low if scale.is_score else scale.ladder[0])
            high += factor * _top(shape, c)
    bands = _bands(draw, low, high, rounding["digits"] if rounding else None)
    data: dict[str, Any] = {"kind": "points", "parts": parts, "rounding": rounding, "bands": bands}
    gates = []
    open_codes = [(c, "open") for c in gated] + [(c, "L2") for c in shape.criteria if not shape.scale_of.get(c)]
    for code, level in draw(st.lists(st.sampled_from(open_codes), max_size=2)) if len(bands) > 1 and open_codes else []:
        ceiling = draw(st.sampled_from([band["result"] for band in bands[:-1]]))
        absences = {name: draw(st.sampled_from(["ignored", "incomplete"])) for name in ABSENCES}
        gates.append({"criterion": code, "at_least": level, "else": ceiling, **absences})
    return parse_rule(data | ({"gates": gates} if gates else {}), shape)


def _top(shape: Shape, code: str) -> Fraction:
    scale = shape.scale(code)
    return scale.top if scale.is_score else scale.ladder[-1]


def any_rules() -> st.SearchStrategy[Rule]:
    """A rule of any kind that gives results."""
    return st.one_of(rules(), rules_of_two_scales(), mean_rules(), bands_rules(), points_rules())


def values(rule: Rule, code: str) -> list[str]:
    """All values of a criterion, the lowest first; scores in whole numbers."""
    scale = rule.shape.scale(code)
    return [str(n) for n in range(int(scale.low), int(scale.top) + 1)] if scale.is_score else list(scale.levels)


def ratings_for(rule: Rule, *, complete: bool = True) -> st.SearchStrategy[dict[str, str | None]]:
    """Ratings of every criterion; with None for some unless `complete`."""
    return st.fixed_dictionaries(
        {code: st.sampled_from([*([] if complete else [None]), *values(rule, code)]) for code in rule.criteria}
    )


def ratings_with_absences(rule: Rule) -> st.SearchStrategy[dict[str, str | None]]:
    """Ratings in which some criteria are not rated, not observed or not applicable."""
    absent: list[str | None] = [None, *ABSENCES[1:]]
    return st.fixed_dictionaries(
        {code: st.one_of(st.sampled_from(values(rule, code)), st.sampled_from(absent)) for code in rule.criteria}
    )


def can_rise(rule: Rule, ratings: Mapping[str, str | None], code: str) -> bool:
    """Whether a path may name a criterion: one below its top, or one whose absence is not simply left out."""
    value = ratings.get(code)
    if value is None or value in ABSENCES:
        return code in rule.blocked(rule.read(ratings)) or rule.policy[value or "not_rated"] == "lowest"
    return value != values(rule, code)[-1]


def smallest_by_force(rule: Rule, ratings: Mapping[str, str | None], target: str) -> list[tuple[str, ...]]:
    """The smallest sets of criteria to raise, found by trying every set: raise all of it to the top and look."""
    goal = rule.order.index(target)
    candidates = [code for code in rule.criteria if can_rise(rule, ratings, code)]
    for size in range(len(candidates) + 1):
        found = []
        for chosen in combinations(candidates, size):
            result = result_of(rule, dict(ratings) | {code: values(rule, code)[-1] for code in chosen})
            if result is not None and rule.order.index(result) >= goal:
                found.append(chosen)
        if found:
            return found
    return []
