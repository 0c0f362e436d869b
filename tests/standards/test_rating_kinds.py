"""Means, points, bands and rules without a result: examples worked out by hand, refusals, and what they promise."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.rating import (
    Explanation,
    RatingError,
    RuleError,
    Scale,
    Shape,
    needs_index,
    parse_rule,
    possible_results,
    rate,
    rate_panel,
    result_of,
    what_would_it_take,
)
from tests.standards.strategies import any_rules, ratings_for, ratings_with_absences, values

FIVE = ("1", "2", "3", "4", "5")
THREE_BANDS = [
    {"result": "LOW", "from": "1.00", "to": "2.33"},
    {"result": "MID", "from": "2.34", "to": "3.67"},
    {"result": "HIGH", "from": "3.68", "to": "5.00"},
]
FIVE_BANDS = [
    {"result": "1", "from": "1.00", "to": "1.50", "name": {"en": "Very low"}},
    {"result": "2", "from": "1.51", "to": "2.50", "name": {"en": "Low"}},
    {"result": "3", "from": "2.51", "to": "3.50", "name": {"en": "Moderate"}},
    {"result": "4", "from": "3.51", "to": "4.50", "name": {"en": "High"}},
    {"result": "5", "from": "4.51", "to": "5.00", "name": {"en": "Very high"}},
]
MEAN = {
    "kind": "mean",
    "of": "standards",
    "answered_share": "1/2",
    "rounding": {"digits": 2, "mode": "half_up"},
    "bands": "three",
    "band_sets": [
        {"code": "three", "bands": THREE_BANDS},
        {"code": "five", "name": {"en": "Five bands"}, "bands": FIVE_BANDS},
    ],
    "also": [{"of": "criteria"}],
}


def competencies(**standards):
    """A framework of five levels with points, standards by code with the number of their criteria."""
    own = {code: tuple(f"{code}.{n}" for n in range(1, number + 1)) for code, number in standards.items()}
    return Shape(
        criteria=tuple(code for codes in own.values() for code in codes),
        scales={"": Scale(levels=FIVE, points={code: Fraction(code) for code in FIVE})},
        standards={"CC": (), **own},
        parents=dict.fromkeys(own, "CC"),
        results=("LOW", "MID", "HIGH"),
    )


def one_score(digits=3):
    """A framework of a single criterion with a score, to look at bands alone."""
    score = Scale("", low=Fraction(1), high=Fraction(5), digits=digits)
    return Shape(criteria=("M",), scales={"": score}, standards={"S": ("M",)}, results=("LOW", "MID", "HIGH"))


@pytest.mark.parametrize(
    ("mean", "rounded", "three", "five"),
    [
        ("1.0", "1.00", "LOW", "1"),
        ("2.33", "2.33", "LOW", "2"),
        ("2.334", "2.33", "LOW", "2"),
        ("2.335", "2.34", "MID", "2"),
        ("2.34", "2.34", "MID", "2"),
        ("3.58", "3.58", "MID", "4"),
        ("3.674", "3.67", "MID", "4"),
        ("3.675", "3.68", "HIGH", "4"),
        ("3.68", "3.68", "HIGH", "4"),
        ("5.0", "5.00", "HIGH", "5"),
    ],
)
def test_a_mean_is_rounded_and_then_looked_up(mean, rounded, three, five):
    """The printed bands have gaps: 2.335 lies in none of them unless it is rounded first."""
    outcome = rate(parse_rule(MEAN, one_score()), {"M": mean})
    assert (outcome.value, outcome.result) == (rounded, three)
    other = next(c for c in outcome.explanation.steps[0].checks if c.kind == "other_bands")
    assert (other.code, other.result) == ("five", five)


def test_the_mean_of_standards_is_not_the_mean_of_criteria():
    shape = competencies(CC1=4, CC2=2)
    ratings = {f"CC1.{n}": "5" for n in range(1, 5)} | {"CC2.1": "2", "CC2.2": "2"}
    outcome = rate(parse_rule(MEAN, shape), ratings)
    assert (outcome.value, outcome.result) == ("3.50", "MID")
    assert {code: score.value for code, score in outcome.scores.items()} == {"CC": "3.50", "CC1": "5.00", "CC2": "2.00"}
    assert outcome.scores["CC1"].result == "HIGH"
    also = next(check for check in outcome.explanation.steps[0].checks if check.kind == "also")
    assert (also.code, also.value) == ("criteria", "4.00")
    assert rate(parse_rule(MEAN | {"of": "criteria"}, shape), ratings).value == "4.00"


def test_weights_count_standards_more():
    shape = competencies(CC1=4, CC2=2)
    ratings = {f"CC1.{n}": 5 for n in range(1, 5)} | {"CC2.1": 2, "CC2.2": 2}
    assert rate(parse_rule(MEAN | {"weights": {"CC2": "2"}}, shape), ratings).value == "3.00"
    assert rate(parse_rule(MEAN | {"of": "criteria", "weights": {"CC2.1": "2"}}, shape), ratings).value == "3.71"


def test_half_of_a_standard_must_be_rated_and_what_is_not_applicable_does_not_count():
    shape, rule = competencies(CC1=4), parse_rule(MEAN, competencies(CC1=4))
    two = {"CC1.1": "5", "CC1.2": "4"}
    assert rate(rule, two).value == "4.50"
    one = rate(rule, {"CC1.1": "5", "CC1.2": "not_observed"})
    assert (one.result, one.answer, one.missing) == (None, "INCOMPLETE", ("CC1.2", "CC1.3", "CC1.4"))
    assert one.explanation.absent == {"not_rated": ("CC1.3", "CC1.4"), "not_observed": ("CC1.2",)}
    rest = dict.fromkeys(("CC1.2", "CC1.3", "CC1.4"), "not_applicable")
    assert rate(rule, {"CC1.1": "5"} | rest).result == "HIGH"
    assert rate(rule, dict.fromkeys(shape.criteria, "not_applicable")).answer == "INCOMPLETE"


def test_the_number_of_what_is_rated_is_told_though_the_result_is_withheld():
    rule = parse_rule(MEAN, competencies(CC1=2, CC2=2, CC3=2))
    outcome = rate(rule, {"CC1.1": "5", "CC1.2": "4"})
    assert (outcome.answer, outcome.value, outcome.complete) == ("INCOMPLETE", "4.50", False)
    assert outcome.scores["CC1"].value == "4.50"
    assert what_would_it_take(rule, {"CC1.1": "5", "CC1.2": "4"}, "HIGH").reason == "too_little"


def test_the_shortest_way_up_of_a_mean():
    rule = parse_rule(MEAN, competencies(CC1=4, CC2=2))
    ratings = dict.fromkeys(rule.criteria, "3")
    paths = what_would_it_take(rule, ratings, "HIGH")
    # a criterion of CC2 weighs 1/4, one of CC1 1/8: 3 + 2/4 + 2/8 = 3.75 is the least that reaches 3.68
    assert (paths.size, paths.count) == (2, 1 + 2 * 4)
    assert [(r.criterion, r.to) for r in paths.paths[0]] == [("CC2.1", "4"), ("CC2.2", "5")]


PA_CODES = [f"{a}.{b}" for a, number in ((1, 8), (2, 4), (3, 3)) for b in range(1, number + 1)]
PA = {
    "kind": "points",
    "parts": [
        {"code": "P1", "criteria": PA_CODES, "points": "levels"},
        {"code": "P2", "standards": ["C"], "weight": {"C1": "20", "C2.1": "10", "C2.2": 10}},
    ],
    "rounding": None,
    "bands": [{"result": "PASS", "from": "70"}, {"result": "FAIL", "from": "0"}],
    "gates": [{"criterion": "WORK", "at_least": "yes", "else": "FAIL", "not_rated": "ignored"}],
    "assessors": {"count": 3, "each": "PASS"},
}


def agreement():
    """Fifteen indicators of four levels, a challenge of three parts, and a workload that is recorded, not scored."""
    four = FIVE[:4]
    return Shape(
        criteria=(*PA_CODES, "C1", "C2.1", "C2.2", "WORK"),
        scales={
            "": Scale(levels=four, points={code: Fraction(code) for code in four}),
            "work": Scale("work", ("no", "yes")),
        },
        scale_of={"WORK": "work"},
        standards={"P": tuple(PA_CODES), "C": ("C1", "C2.1", "C2.2"), "W": ("WORK",)},
        results=("FAIL", "PASS"),
    )


def sheet(levels, c1, c21, c22, **more):
    codes = (code for code in PA_CODES)
    rated = {next(codes): level for level, times in levels for _ in range(times)}
    return rated | {"C1": c1, "C2.1": c21, "C2.2": c22} | more


@pytest.mark.parametrize(
    ("ratings", "parts", "total", "result"),
    [
        (sheet([(3, 15)], 3, 3, 3), ("45", "30"), "75", "PASS"),
        (sheet([(2, 15)], 2, 2, 2), ("30", "20"), "50", "FAIL"),
        (sheet([(4, 15)], 4, 4, 4), ("60", "40"), "100", "PASS"),
        (sheet([(1, 15)], 1, 1, 1), ("15", "10"), "25", "FAIL"),
        (sheet([(3, 10), (2, 5)], 3, 3, 3), ("40", "30"), "70", "PASS"),
        (sheet([(3, 11), (2, 4)], 3, 2, 3), ("41", "27.5"), "68.5", "FAIL"),
        (sheet([(3, 9), (2, 6)], 3, 3, 2), ("39", "27.5"), "66.5", "FAIL"),
    ],
)
def test_points_add_up(ratings, parts, total, result):
    rule = parse_rule(PA, agreement())
    outcome = rate(rule, ratings)
    assert (outcome.value, outcome.result) == (total, result)
    assert (outcome.scores["P1"].value, outcome.scores["P2"].value) == parts
    assert result_of(rule, ratings) == result


def test_a_closed_gate_holds_back_whatever_the_points():
    rule, best = parse_rule(PA, agreement()), sheet([(4, 15)], 4, 4, 4)
    assert rate(rule, best | {"WORK": "yes"}).result == "PASS"
    closed = rate(rule, best | {"WORK": "no"})
    assert (closed.result, closed.value) == ("FAIL", "100")
    gate = closed.explanation.steps[1].checks[1]
    assert (gate.kind, gate.held, gate.criteria, gate.level, gate.value) == ("gate", False, ("WORK",), "yes", "no")
    paths = what_would_it_take(rule, best | {"WORK": "no"}, "PASS")
    assert [[(r.criterion, r.before, r.to) for r in path] for path in paths.paths] == [[("WORK", "no", "yes")]]


def test_points_left_open_are_no_points_lost():
    outcome = rate(parse_rule(PA, agreement()), sheet([(4, 15)], 4, 4, "not_observed"))
    assert (outcome.answer, outcome.missing, outcome.value) == ("INCOMPLETE", ("C2.2",), None)
    assert outcome.explanation.absent == {"not_rated": ("WORK",), "not_observed": ("C2.2",)}


def committee(*totals):
    """Sheets of the given totals: the challenge is 30 or 27.5 of 40, the rest are levels 2 and 3."""
    sheets = []
    for total in map(Fraction, totals):
        half = total.denominator == 2
        good = int(total - (Fraction("27.5") if half else 30)) - 30
        sheets.append(sheet([(3, good), (2, 15 - good)], 3, 2 if half else 3, 3))
    return sheets


def test_each_of_a_committee_must_pass_and_the_mean_does_not_count():
    rule = parse_rule(PA, agreement())
    outcome = rate_panel(rule, committee("72", "71", "69.5"))
    assert (outcome.result, outcome.value) == ("FAIL", "70.83")
    first = outcome.explanation.steps[1]
    assert (first.result, [check.held for check in first.checks]) == ("PASS", [True, True, False])
    assert [member.result for member in outcome.explanation.assessors] == ["PASS", "PASS", "FAIL"]
    assert rate_panel(rule, committee("70", "70", "70")).result == "PASS"
    assert Explanation.from_dict(json.loads(json.dumps(outcome.explanation.as_dict()))) == outcome.explanation


def test_a_committee_is_incomplete_until_everybody_has_rated():
    rule = parse_rule(PA, agreement())
    two = rate_panel(rule, committee("72", "71"))
    assert (two.answer, two.missing) == ("INCOMPLETE", ())
    open_sheet = committee("72")[0] | {"C1": None}
    three = rate_panel(rule, [*committee("72", "71"), open_sheet])
    assert (three.answer, three.missing) == ("INCOMPLETE", ("C1",))
    with pytest.raises(RatingError, match="3 people rate"):
        rate_panel(rule, committee("72", "71", "70", "70"))
    with pytest.raises(RatingError, match="one person"):
        rate_panel(parse_rule(MEAN, one_score()), [{"M": "3"}])


DEFICIT = {
    "kind": "bands",
    "polarity": "inverse",
    "overall": "none",
    "rounding": None,
    "bands": [
        {"result": "MIN", "from": "80", "to": "100"},
        {"result": "MED", "from": "60", "to": "80"},
        {"result": "HIGH", "from": "0", "to": "60"},
    ],
    "route": ["HIGH", "MED"],
}


def areas(*codes):
    percent = Scale("", high=Fraction(100), digits=2, unit="percent")
    return Shape(criteria=codes, scales={"": percent}, standards={"A": codes}, results=("HIGH", "MED", "MIN"))


@pytest.mark.parametrize(
    ("percent", "level"),
    [(0, "HIGH"), ("59.99", "HIGH"), (60, "MED"), (79.99, "MED"), (Decimal(80), "MIN"), ("100", "MIN")],
)
def test_the_score_goes_up_and_the_deficit_down(percent, level):
    assert rate(parse_rule(DEFICIT, areas("SUBJ")), {"SUBJ": percent}).scores["SUBJ"].result == level


def test_the_route_goes_through_the_worst_areas_first():
    rule = parse_rule(DEFICIT, areas("SUBJ", "METH", "PSYPED", "COMM"))
    outcome = rate(rule, {"SUBJ": 92, "METH": 71, "PSYPED": 55, "COMM": 80})
    assert {code: score.result for code, score in outcome.scores.items()} == {
        "SUBJ": "MIN",
        "METH": "MED",
        "PSYPED": "HIGH",
        "COMM": "MIN",
    }
    assert outcome.explanation.route == ("PSYPED", "METH")
    assert (outcome.result, outcome.complete, outcome.answer) == (None, True, "NONE")
    assert what_would_it_take(rule, {"SUBJ": 92}, "MIN").reason == "no_overall"
    assert possible_results(rule, {}) == ("", "")


def test_four_or_five_areas_but_one_at_least():
    rule = parse_rule(DEFICIT | {"overall": "mean"}, areas("SUBJ", "METH", "ICT"))
    outcome = rate(rule, {"SUBJ": "59.99", "METH": "60.01", "ICT": "not_applicable"})
    assert (outcome.result, outcome.value) == ("MED", "60")
    assert rate(rule, {"SUBJ": "59.99", "METH": "60"}).value == "59.995"
    assert result_of(rule, {"SUBJ": "59.99", "METH": "60"}) == "HIGH"
    assert rate(rule, {}).answer == "INCOMPLETE"
    paths = what_would_it_take(rule, {"SUBJ": "59.99", "METH": "60"}, "MIN")
    assert (paths.size, paths.count) == (1, 1)
    assert [(r.before, r.to) for r in paths.paths[0]] == [("59.99", "100")]


def test_a_text_without_a_result_gets_none():
    none = parse_rule({"kind": "none"}, criteria=["A", "B"], levels=[], key=[])
    assert (rate(none, {}).answer, rate(none, {}).complete) == ("NONE", True)
    with pytest.raises(RatingError, match="no levels"):
        rate(none, {"A": "1"})
    rated = parse_rule({"kind": "none"}, criteria=["A", "B"], levels=["no", "yes"], key=[])
    assert rate(rated, {"A": "yes"}).missing == ("B",)
    assert rate(rated, {"A": "yes", "B": "not_observed"}).answer == "NONE"
    assert what_would_it_take(rated, {}, "yes").reason == "no_overall"
    with pytest.raises(RatingError):
        result_of(rated, {"Z": "yes"})


def test_the_needs_index_puts_the_greatest_need_first():
    needs = needs_index({"FC4": (4.6, 3.2), "FC1": ("4.8", "4.0"), "CC3": (Decimal("4.2"), Decimal("2.8"))})
    assert [(need.code, need.text) for need in needs] == [("CC3", "0.5000"), ("FC4", "0.4375"), ("FC1", "0.2000")]
    for bad in ((3, 0), ("x", 1), (1, None)):
        with pytest.raises(RatingError, match="FC1"):
            needs_index({"FC1": bad})


# --- what every kind promises ------------------------------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_raising_one_criterion_never_lowers_the_result(data):
    rule = data.draw(any_rules())
    ratings = data.draw(st.one_of(ratings_for(rule), ratings_with_absences(rule)))
    rated = [code for code in rule.criteria if ratings[code] in values(rule, code)]
    if not rated or result_of(rule, ratings) is None:
        return
    code = data.draw(st.sampled_from(rated))
    ladder = values(rule, code)
    higher = data.draw(st.sampled_from(ladder[ladder.index(ratings[code]) :]))
    assert rule.place[result_of(rule, ratings | {code: higher})] >= rule.place[result_of(rule, ratings)]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_quick_result_is_the_explained_one(data):
    rule = data.draw(any_rules())
    ratings = data.draw(ratings_with_absences(rule))
    outcome = rate(rule, ratings)
    assert outcome.result == result_of(rule, ratings)
    assert outcome.complete == (outcome.result is not None)
    assert set(outcome.missing) <= {code for code in rule.criteria if ratings[code] not in values(rule, code)}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_explanation_of_any_kind_tells_the_story_and_survives_json(data):
    rule = data.draw(any_rules())
    outcome = rate(rule, data.draw(ratings_with_absences(rule)))
    explanation = outcome.explanation
    assert Explanation.from_dict(json.loads(json.dumps(explanation.as_dict()))) == explanation
    steps = [step for step in explanation.steps if step.result]
    if outcome.complete:
        assert [step.held for step in steps] == [False] * (len(steps) - 1) + [True]
        assert steps[-1].result == outcome.result
    else:
        assert not steps
    for step in steps:
        assert step.held == all(check.held for check in step.checks)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_possible_results_are_the_ends_of_what_can_still_come(data):
    rule = data.draw(any_rules())
    ratings = data.draw(ratings_with_absences(rule))
    lowest, highest = possible_results(rule, ratings)
    filled = {
        code: data.draw(st.sampled_from(values(rule, code)))
        for code, why in rule.read(ratings).absent.items()
        if why == "not_rated" or code in rule.blocked(rule.read(ratings))
    }
    result = result_of(rule, ratings | filled)
    if result is not None:
        assert rule.place[lowest] <= rule.place[result] <= rule.place[highest]


def test_a_stored_explanation_of_the_first_release_is_read():
    check = {"kind": "any_below", "held": True, "group": "all", "level": "D", "share": "", "needed": 1, "actual": 2}
    check |= {"total": 15, "criteria": ["TC01", "TC02"], "checks": []}
    stored = {
        "result": "CD",
        "missing": [],
        "steps": [{"result": "CD", "held": True, "checks": [check], "article": "10.2"}],
        "article": "10.2",
    }
    explanation = Explanation.from_dict(stored)
    assert (explanation.kind, explanation.absent, explanation.steps[0].checks[0].actual) == ("conditions", {}, 2)
    assert explanation.as_dict() == stored


# --- conditions: three absences, several scales ------------------------------------------------------------------------


def two_of_three(**absences):
    data = {
        "kind": "conditions",
        **absences,
        "results": [
            {"result": "H", "conditions": [{"kind": "share_at_least", "share": "2/3", "level": "H"}]},
            {"result": "L", "conditions": [{"kind": "more_than_below", "share": "1/3", "level": "H"}]},
        ],
    }
    return parse_rule(data, criteria=["A", "B", "C"], levels=["L", "H"], key=[])


@pytest.mark.parametrize(("policy", "answer"), [("incomplete", "INCOMPLETE"), ("left_out", "H"), ("lowest", "L")])
def test_what_was_not_observed_is_what_the_rule_says(policy, answer):
    rule = two_of_three(not_observed=policy)
    outcome = rate(rule, {"A": "H", "B": "not_observed", "C": "not_observed"})
    assert outcome.answer == answer
    assert outcome.explanation.absent == {"not_observed": ("B", "C")}
    assert rate(rule, {"A": "H", "B": None, "C": "not_observed"}).answer == "INCOMPLETE"


def test_when_everything_is_left_out_there_is_no_result():
    rule = two_of_three(not_applicable="left_out")
    assert rate(rule, dict.fromkeys("ABC", "not_applicable")).answer == "INCOMPLETE"
    assert what_would_it_take(rule, dict.fromkeys("ABC", "not_applicable"), "H").reason == "too_little"
    assert possible_results(rule, dict.fromkeys("ABC", "not_applicable")) == ("L", "H")


def test_a_count_is_no_opposite_of_a_count_when_criteria_may_be_left_out():
    """3 of 4 at H and 2 of 4 below are opposites, but with one left out both fail at two of three."""
    results = [
        {"result": "H", "conditions": [{"kind": "share_at_least", "count": 3, "level": "H"}]},
        {"result": "L", "conditions": [{"kind": "more_than_below", "count": 1, "level": "H"}]},
    ]
    fixed = parse_rule({"kind": "conditions", "results": results}, criteria="ABCD", levels=["L", "H"])
    assert result_of(fixed, dict.fromkeys("ABC", "H") | {"D": "L"}) == "H"
    data = {"kind": "conditions", "not_observed": "left_out", "results": results}
    with pytest.raises(RuleError, match="lowest result must hold"):
        parse_rule(data, criteria="ABCD", levels=["L", "H"])


def test_conditions_speak_about_one_scale_each():
    scales = {"": Scale(levels=("L", "H")), "yes": Scale("yes", ("no", "yes"))}
    shape = Shape(criteria=("A", "B"), scales=scales, scale_of={"B": "yes"})
    named = {"kind": "named_at_least", "criteria": ["B"], "level": "yes"}
    rest = {"result": "L", "conditions": [{"kind": "always"}]}
    rule = parse_rule({"kind": "conditions", "results": [{"result": "H", "conditions": [named]}, rest]}, shape)
    assert rate(rule, {"A": "L", "B": "yes"}).result == "H"
    with pytest.raises(RatingError, match="no level “yes”"):
        rate(rule, {"A": "yes", "B": "yes"})
    for condition, code in (
        ({"kind": "all_at_least", "level": "H"}, "several_scales"),
        (named | {"level": "H"}, "unknown_level"),
    ):
        with pytest.raises(RuleError) as error:
            parse_rule({"kind": "conditions", "results": [{"result": "H", "conditions": [condition]}, rest]}, shape)
        assert error.value.code == code


# --- odd ratings and impossible rules ----------------------------------------------------------------------------------


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
