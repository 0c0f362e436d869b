"""Rows of the list of evaluations."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from evaluations.enums import RESULT_KNOWN
from evaluations.models import Evaluation
from evaluations.presenters import words
from people.models import User
from people.queries import overseen_among, schools_led
from standards.queries import framework_data


@dataclass(frozen=True)
class ListRow:
    """One evaluation in a list."""

    name: str
    cycle: str
    unit: str
    group: str
    url: str
    pill: tuple[str, str, str]
    result: words.LevelWords | None
    deadline: date | None
    due: str  # what the deadline is for


def own_rows(evaluations: list[Evaluation]) -> list[ListRow]:
    """The own evaluations; the result once it is announced."""
    return [_row(evaluation, knows=evaluation.status in RESULT_KNOWN, own=True) for evaluation in evaluations]


def rows(user: User, evaluations) -> list[ListRow]:
    """Other people's; leaders of the school see the result when it is decided, offices when it is announced.

    The same rule as `visibility.sight`, with one query for all rows.
    """
    evaluations = list(evaluations)
    led, overseen = set(schools_led(user)), overseen_among(user, {row.unit_id for row in evaluations})
    return [
        _row(
            evaluation,
            knows=evaluation.unit_id in led or (evaluation.unit_id in overseen and evaluation.status in RESULT_KNOWN),
        )
        for evaluation in evaluations
    ]


def _row(evaluation: Evaluation, *, knows: bool, own: bool = False) -> ListRow:
    data = framework_data(evaluation.cycle.version_id)
    return ListRow(
        name=evaluation.subject.full_name,
        cycle=evaluation.cycle.year_first if own else evaluation.cycle.name,
        unit=evaluation.unit.name,
        group=evaluation.group.name if evaluation.group else "",
        url=reverse("evaluations:detail", args=[evaluation.pk]),
        pill=words.status_pill(evaluation),
        result=words.level_words(evaluation.result, data) if knows and evaluation.result else None,
        deadline=words.deadline_of(evaluation),
        due=words.due_sentence(evaluation, is_subject=own),
    )
