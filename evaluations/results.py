"""The overall result: computed from the ratings by the cycle's rule, never typed."""

from evaluations.models import Evaluation, Sheet
from evaluations.queries import levels_of
from standards.queries import framework_data
from standards.rating import Outcome, rate


def outcome_of(evaluation: Evaluation, sheet: Sheet | None) -> Outcome:
    """The outcome (result or incomplete, with its explanation) of one sheet of `evaluation`."""
    return rate(framework_data(evaluation.cycle.version_id).rule, levels_of(sheet))
