"""From ratings to the overall result, whatever the kind of rule."""

from .base import Ratings, Rule
from .explanations import Outcome


def rate(rule: Rule, ratings: Ratings) -> Outcome:
    """The result of `ratings` with its explanation.

    Ratings go from criterion code to level code, to a number on a scale of scores, or to "not_observed" or
    "not_applicable"; absent, None or "" is not rated. Raises RatingError for what the framework does not have.
    """
    return rule.outcome(ratings)


def result_of(rule: Rule, ratings: Ratings) -> str | None:
    """The result alone, None when there is none: what tallies and simulations of many people need."""
    return rule.result(ratings)


def possible_results(rule: Rule, ratings: Ratings) -> tuple[str, str]:
    """The lowest and the highest result that incomplete ratings can still become. Equal when all is decided."""
    return rule.ends(ratings)
