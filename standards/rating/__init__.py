"""The rating engine: rules as data, exact results, explanations as trees. Knows neither Django nor this product."""

from .engine import possible_results, rate, result_of
from .errors import SENTENCES, CodedError, RatingError, RuleError
from .explanations import Check, Explanation, Outcome, Step
from .paths import Choice, Paths, Raise, what_would_it_take
from .rules import Condition, ResultRule, Rule, parse_rule
from .shape import Scale, Shape

__all__ = [
    "SENTENCES",
    "Check",
    "Choice",
    "CodedError",
    "Condition",
    "Explanation",
    "Outcome",
    "Paths",
    "Raise",
    "RatingError",
    "ResultRule",
    "Rule",
    "RuleError",
    "Scale",
    "Shape",
    "Step",
    "parse_rule",
    "possible_results",
    "rate",
    "result_of",
    "what_would_it_take",
]
