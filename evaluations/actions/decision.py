"""Saving the head's decision, one criterion or the remarks at a time. The protocol is that of `actions.saving`:
every save says on which revision it stands; two heads at once lose nothing, the later one is shown the other's words."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from evaluations.actions.moves import ensure_sheet
from evaluations.actions.saving import Conflict, clean_words
from evaluations.enums import SheetKind
from evaluations.models import Evaluation, Rating, Sheet
from evaluations.policies import can_rate_decision
from people.models import User
from standards.queries import CriterionData, framework_data

DECISION_REMARKS = ("strengths", "improvements")
"""What the head writes to the teacher at the foot of the decision."""


def write_rating(row: QuerySet[Rating], values: dict, revision: int) -> int:
    """Writes `values` onto the one rating of `row` if it still has `revision`; returns the new one.

    The same values sent twice are saved once. Raises Conflict with what is stored.
    """
    if row.filter(revision=revision).update(**values, revision=revision + 1, updated_at=timezone.now()):
        return revision + 1
    stored = row.get()
    known = {name: getattr(stored, name) for name in values}
    if known == values:
        return stored.revision
    raise Conflict(known, stored.revision)


def criterion_of(evaluation: Evaluation, code: str, level: str) -> CriterionData:
    """The criterion `code` of the evaluation's standards. Refused for one, or a level, they do not have."""
    data = framework_data(evaluation.cycle.version_id)
    if level and level not in data.level_codes:
        raise Refused(_("Choose one of the levels."))
    try:
        return data.criterion(code)
    except KeyError:
        raise Refused(_("This criterion is not part of the evaluation.")) from None


def lock(evaluation: Evaluation) -> Evaluation:
    """The row of the evaluation, locked until the transaction ends: a decision made meanwhile is seen."""
    rows = Evaluation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("cycle", "subject", "unit").get(pk=evaluation.pk)


@transaction.atomic
def save_decision(
    *, evaluation: Evaluation, criterion: str, level: str, reason: str, revision: int, by: User
) -> tuple[Evaluation, int]:
    """Saves the head's level and reason for one criterion on top of `revision`; returns the new revision.

    Raises PermissionDenied, Refused or Conflict.
    """
    evaluation = lock(evaluation)
    can_rate_decision(by, evaluation).or_raise()
    found = criterion_of(evaluation, criterion, level)
    sheet = ensure_sheet(evaluation, SheetKind.DECISION, by)
    row = Rating.objects.filter(sheet=sheet, criterion=found.id)
    return evaluation, write_rating(row, {"level": level, "note": clean_words(reason)}, revision)


@transaction.atomic
def save_remarks(*, evaluation: Evaluation, values: dict[str, str], revision: int, by: User) -> tuple[Evaluation, int]:
    """Saves the head's remarks to the teacher, together one unit with one revision. As `save_decision`."""
    evaluation = lock(evaluation)
    can_rate_decision(by, evaluation).or_raise()
    words = {name: clean_words(values.get(name, "")) for name in DECISION_REMARKS}
    sheet = ensure_sheet(evaluation, SheetKind.DECISION, by)
    rows = Sheet.objects.filter(pk=sheet.pk)
    if rows.filter(remarks_revision=revision).update(**words, remarks_revision=revision + 1):
        return evaluation, revision + 1
    stored = rows.get()
    known = {name: getattr(stored, name) for name in DECISION_REMARKS}
    if known == words:
        return evaluation, stored.remarks_revision
    raise Conflict(known, stored.remarks_revision)
