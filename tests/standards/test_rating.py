"""The rating engine: the circulars' rules against a second encoding, properties, and refusals of impossible rules."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.rating import (
    Explanation,
    RatingError,
    RuleError,
    parse_rule,
    possible_results,
    rate,
    rate_panel,
    result_of,
)
from tests.examples import examples
from tests.standards.packs import SHIPPED, TT14, TT20, shipped_data
from tests.standards.rules import one_scale
from tests.standards.strategies import ratings_for, rules

ORDER = ["CD", "D", "K", "T"]
KEY20 = [f"TC{n:02}" for n in (3, 4, 5, 6, 7)]
KEY14 = [f"TC{n:02}" for n in (1, 2, 4, 5, 6, 8, 10, 12, 13, 14)]


def article_10_of_circular_20(ratings):
    """Clause 2 of article 10 once more, written down straight from the text."""
    values = [ORDER.index(level) for level in ratings.values()]
    if min(values) >= 2 and values.count(3) >= 10 and all(ratings[c] == "T" for c in KEY20):
        return "T"
    good = sum(value >= 2 for value in values)
    if min(values) >= 1 and good >= 10 and all(ratings[c] in ("K", "T") for c in KEY20):
        return "K"
    return "D" if min(values) >= 1 else "CD"


def article_10_of_circular_14(ratings):
    """The same for principals: Đạt has no floor, Chưa đạt is its exact opposite."""
    values = [ORDER.index(level) for level in ratings.values()]
    if min(values) >= 2 and values.count(3) >= 12 and all(ratings[c] == "T" for c in KEY14):
        return "T"
    good = sum(value >= 2 for value in values)
    if min(values) >= 1 and good >= 12 and all(ratings[c] in ("K", "T") for c in KEY14):
        return "K"
    failed = values.count(0) > 6 or any(ratings[c] == "CD" for c in KEY14)
    return "CD" if failed else "D"


@st.composite
def near_the_borders(draw, size):
    """Ratings with few different levels: uniformly random ones nearly always fail somewhere."""
    base = draw(st.sampled_from(ORDER))
    ratings = {f"TC{number:02}": base for number in range(1, size + 1)}
    changes = st.dictionaries(st.sampled_from(sorted(ratings)), st.sampled_from(ORDER), max_size=9)
    return ratings | draw(changes)


@settings(max_examples=examples(600))
@given(near_the_borders(15))
def test_circular_20_agrees_with_article_10(ratings):
    assert rate(shipped_data(TT20).rule, ratings).result == article_10_of_circular_20(ratings)


@settings(max_examples=examples(600))
@given(near_the_borders(18))
def test_circular_14_agrees_with_article_10(ratings):
    assert rate(shipped_data(TT14).rule, ratings).result == article_10_of_circular_14(ratings)


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code, pack in SHIPPED.items() for number in range(len(pack["vectors"]))]
)
def test_vectors_hold(code, number):
    vector, rule = SHIPPED[code]["vectors"][number], shipped_data(code).rule
    outcome = rate_panel(rule, vector["assessors"]) if "assessors" in vector else rate(rule, vector["ratings"])
    assert outcome.answer == vector["expected"], vector["why"]
    assert outcome.complete == (outcome.answer != "INCOMPLETE")


def test_preschool_teachers_use_the_strict_shape_with_their_own_key_criteria():
    """Circular 26/2018: 15 criteria, key 1 and 3 to 9; only its rule is known, so it is no pack."""
    rule = parse_rule(
        SHIPPED[TT20]["rule"],
        one_scale(
            [f"TC{n:02}" for n in range(1, 16)],
            ORDER,
            [f"TC{n:02}" for n in (1, 3, 4, 5, 6, 7, 8, 9)],
        ),
    )
    ratings = {f"TC{n:02}": "T" for n in range(1, 16)}
    assert rate(rule, ratings).result == "T"
    assert rate(rule, ratings | {"TC09": "K"}).result == "K"
    assert rate(rule, ratings | {"TC02": "K"}).result == "T"


def test_preschool_principals_use_the_strict_shape_too():
    """Circular 25/2018: 18 criteria; one criterion not reached sinks the principal, unlike in Circular 14/2018."""
    key = [f"TC{n:02}" for n in (1, 4, 5, 6, 7, 9, 11, 13, 14, 15)]
    codes = [f"TC{n:02}" for n in range(1, 19)]
    rule = parse_rule(SHIPPED[TT20]["rule"], one_scale(codes, ORDER, key))
    ratings = dict.fromkeys(codes, "D") | dict.fromkeys(codes[:12], "K")
    assert rate(rule, ratings).result == "D"
    assert rate(rule, ratings | {"TC02": "CD"}).result == "CD"


@given(st.data())
def test_raising_one_criterion_never_lowers_the_result(data):
    rule = data.draw(rules())
    ratings = data.draw(ratings_for(rule))
    code = data.draw(st.sampled_from(rule.criteria))
    higher = data.draw(st.sampled_from(rule.levels[rule.levels.index(ratings[code]) :]))
    assert rule.rank[result_of(rule, ratings | {code: higher})] >= rule.rank[result_of(rule, ratings)]


@given(st.data())
def test_the_quick_result_is_the_explained_one(data):
    rule = data.draw(rules())
    ratings = data.draw(ratings_for(rule, complete=False))
    outcome = rate(rule, ratings)
    assert outcome.result == result_of(rule, ratings)
    assert set(outcome.missing) == {code for code in rule.criteria if not ratings[code]}


@given(st.data())
def test_an_explanation_tells_the_whole_story_and_survives_json(data):
    rule = data.draw(rules())
    outcome = rate(rule, data.draw(ratings_for(rule)))
    steps = outcome.explanation.steps
    assert [step.held for step in steps] == [False] * (len(steps) - 1) + [True]
    assert steps[-1].result == outcome.result
    for step in steps:
        assert step.held == all(check.held for check in step.checks)
    assert Explanation.from_dict(json.loads(json.dumps(outcome.explanation.as_dict()))) == outcome.explanation


@given(st.data())
def test_possible_results_are_the_ends_of_what_can_still_come(data):
    rule = data.draw(rules(most_criteria=4))
    ratings = data.draw(ratings_for(rule, complete=False))
    open_codes = [code for code in rule.criteria if not ratings[code]]
    lowest, highest = possible_results(rule, ratings)
    for level, expected in ((rule.levels[0], lowest), (rule.levels[-1], highest)):
        assert result_of(rule, ratings | dict.fromkeys(open_codes, level)) == expected


def test_a_failed_condition_names_the_criteria_that_decided():
    ratings = {f"TC{n:02}": "T" for n in range(1, 16)} | {"TC06": "K", "TC14": "D"}
    explanation = rate(shipped_data(TT20).rule, ratings).explanation
    first = explanation.steps[0]
    assert (first.result, first.held, first.article) == ("T", False, "10.2")
    every, share, key = first.checks
    assert (every.held, every.actual, every.total, every.criteria) == (False, 14, 15, ("TC14",))
    assert (share.held, share.needed, share.actual, share.criteria) == (True, 10, 13, ())
    assert (key.held, key.needed, key.actual, key.criteria) == (False, 5, 4, ("TC06",))
    assert explanation.result == "K"


@pytest.mark.parametrize("empty", [None, ""])
def test_not_rated_is_incomplete_however_it_is_written(empty):
    ratings = {f"TC{n:02}": "T" for n in range(1, 16)} | {"TC09": empty}
    outcome = rate(shipped_data(TT20).rule, ratings)
    assert (outcome.result, outcome.missing) == (None, ("TC09",))


@pytest.mark.parametrize(("ratings", "words"), [({"TC16": "K"}, "TC16"), ({"TC01": "X"}, "X"), ({"TC01": "k"}, "k")])
def test_unknown_criteria_and_levels_are_refused_by_name(ratings, words):
    with pytest.raises(RatingError, match=words):
        rate(shipped_data(TT20).rule, ratings)


def parse(*results, **fields):
    data = {"kind": "conditions", "results": list(results), **fields}
    return parse_rule(data, one_scale(["A", "B", "C"], ["L", "M", "H"], ["A"]))


def entry(result, *conditions):
    return {"result": result, "conditions": list(conditions)}


REST = entry("L", {"kind": "always"})


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ({"kind": "conditions", "results": []}, "results", "not_a_list"),
        ({"kind": "median", "results": [REST]}, "kind", "unknown_kind"),
        ([], "", "not_an_object"),
        ({"kind": "conditions", "results": [entry("X", {"kind": "always"})]}, "results[0].result", "unknown_level"),
        ({"kind": "conditions", "not_rated": "zero", "results": [REST]}, "not_rated", "not_rated_policy"),
        ({"kind": "conditions", "groups": {"g": ["Z"]}, "results": [REST]}, "groups.g[0]", "unknown_criterion"),
        ({"kind": "conditions", "extra": 1, "results": [REST]}, "", "unknown_field"),
    ],
)
def test_impossible_rules_are_refused_with_the_place(data, path, code):
    with pytest.raises(RuleError) as error:
        parse_rule(data, one_scale(["A", "B", "C"], ["L", "M", "H"], ["A"]))
    assert (error.value.path, error.value.code) == (path, code)


@pytest.mark.parametrize(
    ("condition", "field", "code"),
    [
        ({"kind": "share_at_least", "share": "3/2", "level": "M"}, ".share", "share_above_one"),
        ({"kind": "share_at_least", "share": "0.5", "level": "M"}, ".share", "not_a_share"),
        ({"kind": "share_at_least", "share": "1/0", "level": "M"}, ".share", "not_a_share"),
        ({"kind": "share_at_least", "share": 0.5, "level": "M"}, ".share", "not_a_share"),
        ({"kind": "share_at_least", "level": "M"}, "", "share_or_count"),
        ({"kind": "share_at_least", "level": "M", "share": "1/2", "count": 1}, "", "share_or_count"),
        ({"kind": "share_at_least", "level": "M", "count": 4}, ".count", "count_above_total"),
        ({"kind": "share_at_least", "level": "M", "count": True}, ".count", "not_a_count"),
        ({"kind": "all_at_least", "level": "X"}, ".level", "unknown_level"),
        ({"kind": "all_at_least", "level": ["M"]}, ".level", "unknown_level"),
        ({"kind": "all_at_least", "level": "M", "count": 1}, "", "unknown_field"),
        ({"kind": "named_at_least", "level": "M", "criteria": ["A", "Z"]}, ".criteria[1]", "unknown_criterion"),
        ({"kind": "named_at_least", "level": "M", "criteria": ["A", "A"]}, ".criteria[1]", "repeated_criterion"),
        ({"kind": "named_at_least", "level": "M", "group": "core"}, ".group", "unknown_group"),
        ({"kind": "named_at_least", "level": "M", "group": ["core"]}, ".group", "unknown_group"),
        ({"kind": "at_most", "level": "L", "count": 1}, ".level", "lowest_level"),
        ({"kind": "most"}, ".kind", "unknown_kind"),
        ({"kind": {}}, ".kind", "unknown_kind"),
        ({"kind": "any_of", "conditions": []}, ".conditions", "not_a_list"),
        ({"kind": "any_below", "level": "M"}, "", "below_above_lowest"),
        ({"kind": "always"}, "", "always_not_last"),
    ],
)
def test_impossible_conditions_are_refused_with_the_place(condition, field, code):
    with pytest.raises(RuleError) as error:
        parse(entry("H", condition), REST)
    place = "results[0].conditions" if code in ("below_above_lowest", "always_not_last") else "results[0].conditions[0]"
    assert (error.value.path, error.value.code) == (place + field, code)
    assert str(error.value)


def test_results_out_of_order_and_gaps_are_refused():
    half = {"kind": "share_at_least", "share": "1/2", "level": "M"}
    with pytest.raises(RuleError, match="wrong place"):
        parse(entry("M", half), entry("H", half), REST)
    with pytest.raises(RuleError, match="lowest result must hold"):
        parse(entry("H", half), entry("L", {"kind": "any_below", "level": "M"}))
    with pytest.raises(RuleError, match="lowest result must hold"):
        parse(entry("H", half))


def test_a_group_without_criteria_is_refused():
    data = {"kind": "conditions", "results": [entry("H", {"kind": "all_at_least", "level": "H", "group": "key"}), REST]}
    with pytest.raises(RuleError) as error:
        parse_rule(data, one_scale(["A"], ["L", "H"]))
    assert error.value.code == "empty_group"


def test_the_exact_opposite_may_stand_at_the_lowest_result():
    half = {"kind": "share_at_least", "share": "1/2", "level": "M"}
    named = {"kind": "named_at_least", "group": "key", "level": "H"}
    opposite = {
        "kind": "any_of",
        "conditions": [
            {"kind": "any_below", "criteria": ["A"], "level": "H"},
            {"kind": "more_than_below", "share": "1/2", "level": "M"},
        ],
    }
    rule = parse(entry("H", half, named), entry("L", opposite))
    assert result_of(rule, {"A": "H", "B": "M", "C": "L"}) == "H"
    assert result_of(rule, {"A": "H", "B": "L", "C": "L"}) == "L"
    assert result_of(rule, {"A": "M", "B": "H", "C": "H"}) == "L"


@pytest.mark.parametrize(
    ("share", "total", "needed"), [("2/3", 15, 10), ("2/3", 18, 12), ("2/3", 16, 11), ("0/1", 3, 0), ("1/3", 10, 4)]
)
def test_shares_round_up_exactly(share, total, needed):
    codes = [f"C{n}" for n in range(total)]
    data = {
        "kind": "conditions",
        "results": [entry("H", {"kind": "share_at_least", "share": share, "level": "H"}), REST],
    }
    rule = parse_rule(data, one_scale(codes, ["L", "H"]))
    assert rule.results[0].conditions[0].needed == needed
