"""What rules of every kind promise, on random ones; and what conditions do with the three absences and several scales."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.rating import (
    Explanation,
    RatingError,
    RuleError,
    Scale,
    Shape,
    parse_rule,
    possible_results,
    rate,
    result_of,
    what_would_it_take,
)
from tests.examples import examples
from tests.standards.rules import one_scale
from tests.standards.strategies import any_rules, ratings_for, ratings_with_absences, values


@settings(max_examples=examples(400))
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


@settings(max_examples=examples(300))
@given(st.data())
def test_the_quick_result_is_the_explained_one(data):
    rule = data.draw(any_rules())
    ratings = data.draw(ratings_with_absences(rule))
    outcome = rate(rule, ratings)
    assert outcome.result == result_of(rule, ratings)
    assert outcome.complete == (outcome.result is not None)
    assert set(outcome.missing) <= {code for code in rule.criteria if ratings[code] not in values(rule, code)}


@settings(max_examples=examples(300))
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


@settings(max_examples=examples(200))
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


def two_of_three(**absences):
    data = {
        "kind": "conditions",
        **absences,
        "results": [
            {"result": "H", "conditions": [{"kind": "share_at_least", "share": "2/3", "level": "H"}]},
            {"result": "L", "conditions": [{"kind": "more_than_below", "share": "1/3", "level": "H"}]},
        ],
    }
    return parse_rule(data, one_scale(["A", "B", "C"], ["L", "H"]))


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
    fixed = parse_rule({"kind": "conditions", "results": results}, one_scale("ABCD", ["L", "H"]))
    assert result_of(fixed, dict.fromkeys("ABC", "H") | {"D": "L"}) == "H"
    data = {"kind": "conditions", "not_observed": "left_out", "results": results}
    with pytest.raises(RuleError, match="lowest result must hold"):
        parse_rule(data, one_scale("ABCD", ["L", "H"]))


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
