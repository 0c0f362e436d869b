"""Saving and handing in opinions on colleagues. Sheets are made by the first save; notes are not taken: in a small
group a turn of phrase names its author."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from evaluations.actions.decision import criterion_of, lock, write_rating
from evaluations.actions.moves import ensure_sheet
from evaluations.enums import SheetKind
from evaluations.models import Evaluation, Rating, Sheet
from evaluations.policies import can_give_opinion
from people.models import User

CANNOT_JUDGE = "?"
"""Sent instead of a level: kept as an empty level with `no_evidence`, and never counted."""


@transaction.atomic
def save_opinion(*, evaluation: Evaluation, criterion: str, answer: str, revision: int, by: User) -> int:
    """Saves one answer ("" none, a level's code, or CANNOT_JUDGE) on top of `revision`; returns the new revision.

    What has been handed in stays complete: an answer can be changed then, not taken away.
    Raises PermissionDenied, Refused or Conflict.
    """
    evaluation = lock(evaluation)
    can_give_opinion(by, evaluation).or_raise()
    level = "" if answer == CANNOT_JUDGE else answer
    found = criterion_of(evaluation, criterion, level)
    sheet = ensure_sheet(evaluation, SheetKind.OPINION, by)
    if sheet.submitted_at and not answer:
        raise Refused(_("You have handed this opinion in: choose a level, or “cannot judge”."))
    values = {"level": level, "no_evidence": answer == CANNOT_JUDGE}
    return write_rating(Rating.objects.filter(sheet=sheet, criterion=found.id), values, revision)


@transaction.atomic
def hand_in(*, evaluation: Evaluation, by: User) -> Sheet:
    """Hands in the opinion on one colleague. Twice is once. Refused while an answer is missing."""
    evaluation = lock(evaluation)
    sheet = Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.OPINION, author=by).first()
    may = can_give_opinion(by, evaluation)
    if sheet and sheet.submitted_at and may.is_role:
        return sheet
    may.or_raise()
    ratings = list(sheet.ratings.all()) if sheet else []
    missing = [row for row in ratings if not row.level and not row.no_evidence]
    name = {"name": evaluation.subject.full_name}
    if sheet is None or missing:
        raise Refused(_("The opinion on %(name)s is not complete: answer every criterion, or “cannot judge”.") % name)
    if not any(row.level for row in ratings):
        raise Refused(nothing_judged(evaluation))
    sheet.submitted_at = timezone.now()
    sheet.save(update_fields=["submitted_at"])
    return sheet


def nothing_judged(evaluation: Evaluation) -> str:
    """Why an opinion that answers “cannot judge” everywhere is not handed in."""
    name = {"name": evaluation.subject.full_name}
    return _("You cannot judge anything of %(name)s: then no opinion is needed.") % name


def hand_in_many(*, evaluations: Iterable[Evaluation], by: User) -> tuple[int, list[str]]:
    """Hands in every complete opinion among these; returns how many, and the sentences of those that were not."""
    done, problems = 0, []
    for evaluation in evaluations:
        try:
            hand_in(evaluation=evaluation, by=by)
        except Refused as refusal:
            problems.append(str(refusal))
        else:
            done += 1
    return done, problems
