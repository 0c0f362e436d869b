"""Every kind of rule and result in words: the same for pages, documents and the command line, in both languages."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.framework_data import FrameworkData, from_pack
from standards.presenters import explain, explanation_lines, paths_lines, rule_in_words
from standards.rating import Outcome, rate, rate_panel, what_would_it_take
from tests.examples import examples
from tests.standards.packs import SHIPPED, TT20, shipped, shipped_data
from tests.standards.strategies import ratings_with_absences

UNFILLED = re.compile(r"%\(|%s|Fraction|≈ $")


def outcomes(data: FrameworkData) -> list[Outcome]:
    rule = data.rule
    return [rate_panel(rule, v["assessors"]) if "assessors" in v else rate(rule, v["ratings"]) for v in data.vectors]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", SHIPPED)
def test_every_example_is_explained_in_whole_sentences(code, language):
    data = shipped_data(code)
    for outcome in outcomes(data):
        lines = explanation_lines(outcome.explanation, data, language)
        assert lines
        assert not [line for line in lines if UNFILLED.search(line)]
        steps = explain(outcome.explanation, data, language)
        assert [step.code for step in steps if step.code and step.held] == [outcome.result] * bool(outcome.result)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_rule_and_example_can_be_shown(code):
    data = shipped_data(code)
    page = render_to_string("standards/_rule.html", {"rule": rule_in_words(data, "en")})
    for result in data.rule.order if data.rule.kind != "none" else ():
        assert f'data-level="{result}"' in page or data.result(result).name["en"] in page
    for outcome in outcomes(data):
        html = render_to_string("standards/_explanation.html", {"steps": explain(outcome.explanation, data, "en")})
        assert html.count("<ul") == html.count("</ul>")


@settings(max_examples=examples(60))
@given(st.data())
def test_whatever_is_rated_can_be_said(data):
    framework = shipped_data(data.draw(st.sampled_from(sorted(SHIPPED))))
    rule = framework.rule
    if not all(rule.ladders.values()) and rule.kind == "none":
        return
    ratings = data.draw(ratings_with_absences(rule))
    outcome = rate(rule, ratings)
    assert not [line for line in explanation_lines(outcome.explanation, framework, "en") if "%(" in line]
    target = data.draw(st.sampled_from(rule.order))
    paths = what_would_it_take(rule, ratings, target, limit=2)
    assert not [line for line in paths_lines(paths, framework, "en") if "%(" in line]


def test_the_three_absences_are_told_apart():
    data = shipped_data(TT20)
    ratings = {c.code: "T" for c in data.criteria} | {"TC01": None, "TC02": "not_observed", "TC03": "not_applicable"}
    lines = explanation_lines(rate(data.rule, ratings).explanation, data, "en")
    assert lines[0] == "No overall result yet: 3 criteria have no rating"
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["Not rated", "Not observed", "Not applicable"]
    assert "TC02" in lines[2]


@pytest.mark.parametrize(
    ("policy", "words"),
    [("left_out", "Not observed, left out: TC15"), ("lowest", "Not observed, counted as the lowest level: TC15")],
)
def test_what_a_rule_does_with_an_absence_is_said(policy, words):
    pack = shipped(TT20)
    pack["rule"]["not_observed"] = policy
    pack["rule"]["results"][-1]["conditions"] = [{"kind": "always"}]
    data = from_pack(pack)
    ratings = {c.code: "T" for c in data.criteria} | {"TC15": "not_observed"}
    outcome = rate(data.rule, ratings)
    assert outcome.result == ("T" if policy == "left_out" else "CD")
    assert words in "\n".join(explanation_lines(outcome.explanation, data, "en"))
    last = rule_in_words(data, "en")[-1]
    assert (last.code, last.text) == ("", "Criteria without a rating")
    assert len({line.text for line in last.conditions}) == 3


def test_a_condition_that_lists_its_criteria_names_them():
    pack = shipped(TT20)
    named: dict[str, Any] = {"kind": "named_at_least", "level": "T", "criteria": ["TC01", "TC02"]}
    pack["rule"]["results"][0]["conditions"] += [named, named | {"criteria": ["TC05"]}]
    data = from_pack(pack)
    lines = explanation_lines(rate(data.rule, {c.code: "T" for c in data.criteria}).explanation, data, "en")
    assert "  Each of the criteria TC01, TC02 is at Very good: yes (2 of 2 reach it)" in lines
    assert lines[-1].startswith("  TC05 ")
    assert lines[-1].endswith("is at Very good: yes")


PA, OBEC, DEFICIT = "th-otepc-pa-w9-2564", "th-obec-2010", "ru-deficit-diagnostic"


def test_a_panel_is_explained_person_by_person():
    data = shipped_data(PA)
    failed = next(o for o in outcomes(data) if len(o.explanation.assessors) == 3 and o.result == "FAIL")
    lines = explanation_lines(failed.explanation, data, "en")
    assert lines[:5] == [
        "Everybody who rates counts alone",
        "  Person 1 who rates: 72, Passes",
        "  Person 2 who rates: 71, Passes",
        "  Person 3 who rates: 69.5, Does not pass",
        "  The mean of all is 70.83; it does not count",
    ]
    assert "  Person 3 who rates: no (69.5, Does not pass)" in lines
    assert "Person 3: Does not pass" in lines
    assert "69,5" in explanation_lines(failed.explanation, data, "vi")[3]
    two = rate_panel(data.rule, next(v["assessors"] for v in data.vectors if "assessors" in v)[:2])
    assert explanation_lines(two.explanation, data, "en")[0] == "No overall result yet: 2 of 3 people have rated"


def test_numbers_are_written_as_the_reader_writes_them():
    data = shipped_data(OBEC)
    outcome = rate(data.rule, {c.code: 3 for c in data.criteria})
    assert explanation_lines(outcome.explanation, data, "en")[0] == "The mean of the standards is 3.00"
    assert "3,00" in explanation_lines(outcome.explanation, data, "vi")[0]


def test_too_little_is_said_with_the_number_of_what_is_rated():
    data = shipped_data(OBEC)
    lines = explanation_lines(rate(data.rule, {"CC2.1": 5, "CC2.2": "not_observed"}).explanation, data, "en")
    assert lines[0] == "No overall result yet: 39 criteria have no rating"
    assert (
        "Too little is rated: 1 of 11 standards have a number, 6 must have one. What is rated has the mean 5.00"
        in lines
    )


def test_a_deficit_is_never_called_a_level_of_something_good():
    data = shipped_data(DEFICIT)
    lines = explanation_lines(rate(data.rule, {"SUBJ": 92, "METH": 71, "PSYPED": 55}).explanation, data, "en")
    assert "The areas one by one; a higher score is a smaller deficit" in lines
    route = next(line for line in lines if "call for work" in line)
    assert route.index("PSYPED") < route.index("METH")
    assert "SUBJ" not in route


def test_a_text_without_a_result_says_so():
    data = shipped_data("th-khurusapha-2019")
    assert explanation_lines(rate(data.rule, {}).explanation, data, "en") == ["The text knows no overall result"]
    assert rule_in_words(data, "en")[0].text == "The text knows no overall result"


def test_why_there_is_no_way_is_a_sentence():
    data = shipped_data(OBEC)
    lines = paths_lines(what_would_it_take(data.rule, {}, "HIGH"), data, "en")
    assert lines == ["Too little is rated for a result; nothing can be said about High before."]
