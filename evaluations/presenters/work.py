"""What a person's own evaluations put on the front page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.work import Section, WorkItem
from evaluations import policies
from evaluations.enums import Status
from evaluations.models import Evaluation
from evaluations.presenters import words
from evaluations.queries_self import open_evaluations, return_event
from people.models import User
from standards.queries import framework_data


def own_work(user: User) -> Iterator[WorkItem]:
    """The own evaluations in which something may still happen. One query, one more for each that was returned."""
    for evaluation in open_evaluations(user):
        yield _own(evaluation)


def _own(evaluation: Evaluation) -> WorkItem:
    status, cycle = Status(evaluation.status), evaluation.cycle
    pill = words.status_pill(evaluation)
    if status in (Status.DRAFT, Status.RETURNED):
        returned = return_event(evaluation)
        return WorkItem(
            title=_("Self-assessment: %(cycle)s") % {"cycle": cycle.name},
            url=reverse("evaluations:self", args=[evaluation.pk]),
            note=evaluation.unit.name,
            deadline=policies.self_deadline(evaluation) if status == Status.DRAFT else None,
            done=evaluation.complete,
            total=len(framework_data(cycle.version_id).criteria),
            status=pill,
            said=returned.comment if returned else "",
            weight=0,
        )
    if status == Status.ANNOUNCED:
        return WorkItem(
            title=_("Your result: %(cycle)s") % {"cycle": cycle.name},
            url=reverse("evaluations:result", args=[evaluation.pk]),
            note=_announced_note(evaluation),
            deadline=words.deadline_of(evaluation),
            status=pill,
            weight=5,
        )
    return WorkItem(
        title=_("Your evaluation: %(cycle)s") % {"cycle": cycle.name},
        url=reverse("evaluations:detail", args=[evaluation.pk]),
        note=words.whose_turn(evaluation, is_subject=True),
        section=Section.WATCH,
        status=pill,
        weight=10,
    )


def _announced_note(evaluation: Evaluation) -> str:
    if policies.is_time_to_object(evaluation):
        return _("Acknowledge it, or object in writing.")
    return words.whose_turn(evaluation, is_subject=True)
