"""Means, points, bands and rules without a result: examples worked out by hand."""

import json
from decimal import Decimal

import pytest

from standards.rating import (
    Explanation,
    RatingError,
    needs_index,
    parse_rule,
    possible_results,
    rate,
    rate_panel,
    result_of,
    what_would_it_take,
)
from tests.standards.rules import (
    DEFICIT,
    MEAN,
    PA,
    agreement,
    areas,
    committee,
    competencies,
    one_scale,
    one_score,
    sheet,
)


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
    none = parse_rule({"kind": "none"}, one_scale(["A", "B"], []))
    assert (rate(none, {}).answer, rate(none, {}).complete) == ("NONE", True)
    with pytest.raises(RatingError, match="no levels"):
        rate(none, {"A": "1"})
    rated = parse_rule({"kind": "none"}, one_scale(["A", "B"], ["no", "yes"]))
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
