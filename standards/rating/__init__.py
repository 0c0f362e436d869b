"""The rating engine: rules as data, exact results, explanations as trees. Knows neither Django nor this product."""

from .base import Rating, Ratings, Rule
from .conditions import Condition, ConditionsRule, ResultRule
from .engine import possible_results, rate, result_of
from .errors import SENTENCES, CodedError, RatingError, RuleError
from .explanations import Check, Explanation, Outcome, Score, Step
from .paths import what_would_it_take
from .rules import parse_rule
from .shape import Scale, Shape
from .ways import Choice, Paths, Raise

__all__ = [
    "SENTENCES",
    "Check",
    "Choice",
    "CodedError",
    "Condition",
    "ConditionsRule",
    "Explanation",
    "Outcome",
    "Paths",
    "Raise",
    "Rating",
    "RatingError",
    "Ratings",
    "ResultRule",
    "Rule",
    "RuleError",
    "Scale",
    "Score",
    "Shape",
    "Step",
    "parse_rule",
    "possible_results",
    "rate",
    "result_of",
    "what_would_it_take",
]
