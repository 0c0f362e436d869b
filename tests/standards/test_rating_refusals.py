"""Odd ratings and impossible rules get a place and a sentence, never a traceback; long frameworks get an answer."""

import copy
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest

from standards.rating import RatingError, RuleError, Scale, Shape, parse_rule, rate, result_of, what_would_it_take
from tests.standards.packs import SHIPPED, TT20
from tests.standards.rules import DEFICIT, MEAN, PA, agreement, areas, competencies, one_scale, one_score


@pytest.mark.parametrize("value", ["5.01", "0.999", "1.2345", -1, True, [], {}, "x", "1e0", "١", float("nan"), 10**40])
def test_a_score_that_is_none_gets_a_sentence(value):
    with pytest.raises(RatingError, match="Criterion M"):
        rate(parse_rule(MEAN, one_score()), {"M": value})


@pytest.mark.parametrize("value", [0, 6, "6", True, 2.5, [], "٣", " 5", 10**40])
def test_a_level_that_is_none_gets_a_sentence(value):
    with pytest.raises(RatingError, match=r"Criterion CC1\.1"):
        rate(parse_rule(MEAN, competencies(CC1=1)), {"CC1.1": value})


@pytest.mark.parametrize("value", [5, "5", 5.0, Decimal(5), Decimal("5.00"), Fraction(5)])
def test_numbers_are_taken_for_level_codes(value):
    assert rate(parse_rule(MEAN, competencies(CC1=1)), {"CC1.1": value}).value == "5.00"


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"of": "people"}, "of", "unknown_mean"),
        ({"bands": "four"}, "bands", "unknown_band_set"),
        ({"bands": None}, "bands", "not_a_list"),
        ({"answered_share": "3/2"}, "answered_share", "share_above_one"),
        ({"weights": {"CC9": 1}}, "weights.CC9", "unknown_criterion"),
        ({"weights": {"CC1": 0}}, "weights.CC1", "weight_not_above_zero"),
        ({"weights": {"CC1": "-2"}}, "weights.CC1", "weight_not_above_zero"),
        ({"weights": {"CC1": 0.5}}, "weights.CC1", "not_a_number"),
        ({"rounding": {"digits": 9}}, "rounding.digits", "not_digits"),
        ({"rounding": {"digits": 2, "mode": "up"}}, "rounding.mode", "unknown_rounding"),
        ({"not_rated": "lowest"}, "not_rated", "not_rated_policy"),
        ({"also": [{"of": "all"}]}, "also[0].of", "unknown_mean"),
        ({"extra": 1}, "", "unknown_field"),
        ({"band_sets": [{"code": "three", "bands": []}]}, "band_sets[0].bands", "not_a_list"),
    ],
)
def test_impossible_means_are_refused_with_the_place(change, path, code):
    with pytest.raises(RuleError) as error:
        parse_rule(MEAN | change, competencies(CC1=2))
    assert (error.value.path, error.value.code) == (path, code)
    assert str(error.value)


@pytest.mark.parametrize(
    ("bands", "path", "code"),
    [
        ([{"result": "TOP", "from": "1"}], "[0].result", "unknown_result"),
        ([{"result": "LOW", "from": 1.5}], "[0].from", "not_a_number"),
        ([{"result": "LOW", "from": "2"}], "[0].from", "bands_low_gap"),
        ([{"result": "LOW", "from": "1"}, {"result": "MID", "from": "6"}], "[1].from", "bands_above_most"),
        ([{"result": "LOW", "from": "1", "to": "0.5"}], "[0].to", "band_ends_before"),
        ([{"result": "LOW", "from": "1"}, {"result": "MID", "from": "2.555"}], "[1].from", "band_not_rounded"),
        ([{"result": "LOW", "from": "1", "to": "2.34"}, {"result": "MID", "from": "2.34"}], "[0].to", "bands_overlap"),
        ([{"result": "LOW", "from": "1", "to": "2.32"}, {"result": "MID", "from": "2.34"}], "[0].to", "bands_gap"),
        ([{"result": "MID", "from": "1"}, {"result": "LOW", "from": "2"}], "[1].result", "band_results"),
        ([{"result": "LOW", "from": "1"}, {"result": "LOW", "from": "2"}], "[1].result", "band_results"),
        (
            [{"result": "LOW", "from": "1"}, {"result": "MID", "from": "4"}, {"result": "HIGH", "from": "3"}],
            "[2].from",
            "bands_out_of_order",
        ),
    ],
)
def test_bands_that_do_not_meet_are_refused_with_the_place(bands, path, code):
    rule = {"kind": "mean", "of": "criteria", "rounding": {"digits": 2}, "bands": bands}
    with pytest.raises(RuleError) as error:
        parse_rule(rule, competencies(CC1=2))
    assert (error.value.path, error.value.code) == (f"bands{path}", code)
    assert str(error.value)


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"parts": []}, "parts", "not_a_list"),
        ({"parts": [PA["parts"][0], PA["parts"][0]]}, "parts[1].code", "repeated_code"),
        ({"parts": [PA["parts"][0], PA["parts"][0] | {"code": "P3"}]}, "parts[1]", "repeated_criterion"),
        ({"parts": [{"code": "P", "criteria": ["WORK"], "points": "levels"}]}, "parts[0]", "no_points"),
        ({"parts": [{"code": "P", "standards": ["Z"], "points": "levels"}]}, "parts[0].standards[0]", "unknown_standard"),
        ({"parts": [{"code": "P", "points": "levels"}]}, "parts[0]", "criteria_or_standards"),
        ({"parts": [{"code": "P", "criteria": ["C1"]}]}, "parts[0]", "weight_or_points"),
        ({"parts": [{"code": "P", "criteria": ["C1"], "points": "all"}]}, "parts[0].points", "weight_or_points"),
        ({"parts": [{"code": "P", "criteria": ["C1"], "weight": {}}]}, "parts[0].weight", "weight_missing"),
        ({"parts": [{"code": "P", "criteria": ["C1"], "weight": {"C2.1": 1}}]}, "parts[0].weight", "unknown_field"),
        ({"parts": [{"code": "P", "criteria": ["C1"], "weight": {"C1": 0}}]}, "parts[0].weight.C1", "weight_not_above_zero"),
        ({"gates": [{"criterion": "Z", "at_least": "yes", "else": "FAIL"}]}, "gates[0].criterion", "unknown_criterion"),
        ({"gates": [{"criterion": "WORK", "at_least": "4", "else": "FAIL"}]}, "gates[0].at_least", "unknown_level"),
        ({"gates": [{"criterion": "WORK", "at_least": "no", "else": "FAIL"}]}, "gates[0].at_least", "gate_never_closed"),
        ({"gates": [{"criterion": "WORK", "at_least": "yes", "else": "Z"}]}, "gates[0].else", "unknown_result"),
        ({"gates": [{"criterion": "WORK", "at_least": "yes", "else": "PASS"}]}, "gates[0].else", "gate_highest"),
        ({"assessors": {"count": 0, "each": "PASS"}}, "assessors.count", "not_a_number_of_people"),
        ({"assessors": {"count": 3, "each": "Z"}}, "assessors.each", "unknown_result"),
        ({"not_rated": "left_out"}, "not_rated", "not_rated_policy"),
        ({"bands": [{"result": "FAIL", "from": "0"}, {"result": "PASS", "from": "101"}]}, "bands[1].from", "bands_above_most"),
    ],
)  # fmt: skip
def test_impossible_points_are_refused_with_the_place(change, path, code):
    with pytest.raises(RuleError) as error:
        parse_rule(PA | change, agreement())
    assert (error.value.path, error.value.code) == (path, code)
    assert str(error.value)


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"polarity": "up"}, "polarity", "unknown_polarity"),
        ({"overall": "worst"}, "overall", "unknown_overall"),
        ({"route": ["BAD"]}, "route[0]", "unknown_band"),
        ({"route": ["MED", "MED"]}, "route[1]", "repeated_code"),
        ({"bands": [DEFICIT["bands"][2], {"result": "MIN", "from": "59"}]}, "bands[0].to", "bands_overlap"),
    ],
)
def test_impossible_diagnostics_are_refused_with_the_place(change, path, code):
    with pytest.raises(RuleError) as error:
        parse_rule(DEFICIT | change, areas("SUBJ"))
    assert (error.value.path, error.value.code) == (path, code)


def test_levels_must_have_points_that_rise():
    levels = ("a", "b")
    for points, code in (({}, "no_points"), ({"a": Fraction(2), "b": Fraction(1)}, "points_fall")):
        shape = Shape(criteria=("A",), scales={"": Scale(levels=levels, points=points)})
        with pytest.raises(RuleError) as error:
            parse_rule({"kind": "mean", "of": "criteria", "bands": [{"result": "a", "from": "1"}]}, shape)
        assert error.value.code == code


JUNK = [None, 0, -1, True, 0.5, "", "x", "9" * 60, [], [None], [[]], {}, {"kind": "always"}, {"vi": ""}, 10**30]


def places(data, place=()):
    """Every place in a rule's data."""
    yield place
    for name, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(inner, (*place, name))


@pytest.mark.parametrize("code", SHIPPED)
def test_junk_anywhere_in_a_rule_gets_a_sentence_and_a_place(code):
    pack = SHIPPED[code]
    shape = Shape.of_pack(pack)
    for place in list(places(pack["rule"])):
        for junk in JUNK:
            rule = {"rule": copy.deepcopy(pack["rule"])}
            inner = rule
            *way, last = ("rule", *place)
            for name in way:
                inner = inner[name]
            inner[last] = junk
            with suppress(RuleError):  # its sentence is made with it
                parse_rule(rule["rule"], shape)


def test_too_many_combinations_are_refused():
    either = {"kind": "any_of", "conditions": [{"kind": "named_at_least", "criteria": [c], "level": "H"} for c in "AB"]}
    results = [{"result": "H", "conditions": [either] * 7}, {"result": "L", "conditions": [{"kind": "always"}]}]
    with pytest.raises(RuleError, match="more than 100 combinations"):
        parse_rule({"kind": "conditions", "results": results}, one_scale("AB", ["L", "H"]))


def test_a_hundred_criteria_are_searched_in_no_time():
    codes = [f"C{number}" for number in range(100)]
    rule = parse_rule(SHIPPED[TT20]["rule"], one_scale(codes, ["CD", "D", "K", "T"], codes[:30]))
    ratings = {code: ("CD", "D", "K")[place % 3] for place, code in enumerate(codes)}
    paths = what_would_it_take(rule, ratings, "T", limit=2)
    # 67 are below Khá, 10 key criteria at Khá; together more than two thirds
    assert (paths.size, paths.count) == (77, 1)
    assert result_of(rule, ratings | {r.criterion: r.to for r in paths.paths[0]}) == "T"
