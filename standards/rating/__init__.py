"""The rating engine: rules as data, exact results, explanations as trees. Knows neither Django nor this product."""

from .bands import BandsRule
from .base import Rating, Ratings, Rule
from .conditions import Condition, ConditionsRule, ResultRule
from .engine import possible_results, rate, result_of
from .errors import SENTENCES, CodedError, RatingError, RuleError
from .explanations import Check, Explanation, Outcome, Score, Step
from .mean import MeanRule
from .needs import needs_index
from .none import NoneRule
from .panel import rate_panel
from .paths import what_would_it_take
from .points import PointsRule
from .rules import parse_rule
from .shape import Scale, Shape
from .ways import Choice, Paths, Raise

__all__ = [
    "SENTENCES",
    "BandsRule",
    "Check",
    "Choice",
    "CodedError",
    "Condition",
    "ConditionsRule",
    "Explanation",
    "MeanRule",
    "NoneRule",
    "Outcome",
    "Paths",
    "PointsRule",
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
    "needs_index",
    "parse_rule",
    "possible_results",
    "rate",
    "rate_panel",
    "result_of",
    "what_would_it_take",
]
