"""Several people who rate independently: each must reach the result. Their mean is shown and does not count."""

from collections.abc import Sequence
from fractions import Fraction

from .base import Ratings, Rule
from .errors import RatingError
from .explanations import Check, Explanation, Outcome, Step
from .numbers import Rounding
from .points import PointsRule

SHOWN = Rounding(2)  # the mean of a panel, where the rule itself rounds nothing


def rate_panel(rule: Rule, sheets: Sequence[Ratings]) -> Outcome:
    """The result of a panel: the lowest of its members' results, so that each must reach it; 72, 71 and 69.5 fail 70.

    Incomplete until everybody has rated everything. Raises RatingError for a rule that knows no panel, for more people
    than it names, and for what the framework does not have.
    """
    if not isinstance(rule, PointsRule) or not rule.panel:
        raise RatingError("panel_of_one")
    if len(sheets) > rule.panel:
        raise RatingError("panel_size", value=len(sheets), total=rule.panel)
    outcomes = [rule.outcome(sheet) for sheet in sheets]
    told = tuple(outcome.explanation for outcome in outcomes)
    results = [outcome.result for outcome in outcomes if outcome.result is not None]
    complete = len(results) == rule.panel
    totals = [rule.total(rule.read(s)) for s, outcome in zip(sheets, outcomes, strict=True) if outcome.complete]
    mean = _mean(rule, totals) if complete else ""
    steps = [Step("", complete, (*_members(outcomes, rule), *_shown(mean)), kind="panel")]
    if not complete:
        lacking = {code for outcome in outcomes for code in outcome.missing}
        missing = tuple(code for code in rule.criteria if code in lacking)
        explanation = Explanation(None, missing, tuple(steps), rule.article, kind=rule.kind, assessors=told)
        return Outcome(None, False, missing, explanation)
    lowest = min(rule.place[result] for result in results)
    for band in reversed(rule.bands.bands):
        goal = rule.place[band.result]
        last = band is rule.bands.bands[0]
        checks = (Check("always", True),) if last else _members(outcomes, rule, goal)
        steps.append(Step(band.result, lowest >= goal or last, checks, band.article))
        if steps[-1].held:
            break
    result = steps[-1].result
    explanation = Explanation(result, (), tuple(steps), rule.article, kind=rule.kind, value=mean, assessors=told)
    return Outcome(result, True, (), explanation)


def _mean(rule: PointsRule, totals: list[Fraction]) -> str:
    rounding = rule.rounding if rule.rounding.digits is not None else SHOWN
    return rounding.text(sum(totals, Fraction(0)) / len(totals))


def _members(outcomes: Sequence[Outcome], rule: PointsRule, goal: int | None = None) -> tuple[Check, ...]:
    """Each person's total, and whether it reaches the result at this place; without a goal, whether there is one."""
    return tuple(
        Check(
            "assessor",
            outcome.complete if goal is None else outcome.result is not None and rule.place[outcome.result] >= goal,
            code=str(number),
            value=outcome.value or "",
            result=outcome.result or "",
        )
        for number, outcome in enumerate(outcomes, start=1)
    )


def _shown(mean: str) -> tuple[Check, ...]:
    return (Check("panel_mean", True, value=mean),) if mean else ()
