"""Saving the self-assessment, one criterion or one set of remarks at a time. No update is ever lost.

Every save says on which revision it stands. A save on an older one changes nothing and gets the stored values back.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from evaluations.actions.moves import ensure_sheet
from evaluations.enums import EDITABLE_BY_SUBJECT, REMARKS, SheetKind
from evaluations.models import Evaluation, Rating, Sheet
from evaluations.policies import can_fill_self
from evaluations.queries_self import lock_own, own_one, self_ratings
from people.models import User
from standards.queries import framework_data

LONGEST = 5000
"""Characters of one note or one remark."""

CONTROL = {number: None for number in range(32) if chr(number) not in "\n\t"} | {0x7F: None}


class NotOwn(Exception):
    """The evaluation is not the person's own; the view finds out whether they may know of it."""


class Conflict(Exception):
    """Somebody (the same person, elsewhere) saved in between. `stored` are the values, `revision` theirs."""

    def __init__(self, stored: dict, revision: int):
        super().__init__(_("This was changed elsewhere in the meantime, for example in another window."))
        self.stored, self.revision = stored, revision


@dataclass(frozen=True)
class RatingValues:
    """What is saved of one criterion. `level` is a level's code or ""."""

    level: str = ""
    note: str = ""
    no_evidence: bool = False


def clean_words(text: object) -> str:
    """Text as the database takes it: no NULs or other control characters, no broken surrogates, one kind of line end.

    Raises Refused with the numbers when it is longer than LONGEST.
    """
    words = str(text or "").replace("\r\n", "\n").replace("\r", "\n").translate(CONTROL)
    words = words.encode("utf-8", "ignore").decode()
    if len(words) > LONGEST:
        raise Refused(
            _("The text has %(length)s characters; at most %(limit)s are possible. Shorten it, then it is saved.")
            % {"length": len(words), "limit": LONGEST}
        )
    return words


def save_rating(
    *, evaluation_id, criterion: str, values: RatingValues, revision: int, by: User
) -> tuple[Evaluation, int]:
    """Saves one criterion on top of `revision`; returns the evaluation and the new revision.

    The same values sent twice (an answer lost on the way) are saved once. Two queries where all is as it should be.
    Raises NotOwn, Refused (not now, an unknown level or criterion, too long), PermissionDenied or Conflict.
    """
    evaluation = own_one(by, evaluation_id)
    if evaluation is None:
        raise NotOwn
    can_fill_self(by, evaluation).or_raise()
    data = framework_data(evaluation.cycle.version_id)
    if criterion not in {known.code for known in data.criteria}:
        raise Refused(_("This criterion is not part of the evaluation."))
    if values.level and values.level not in data.level_codes:
        raise Refused(_("Choose one of the levels."))
    values = RatingValues(values.level, clean_words(values.note), bool(values.no_evidence))
    criterion_id = data.criterion(criterion).id
    if _write_at_once(evaluation, criterion_id, values, revision):
        return evaluation, revision + 1
    with transaction.atomic():  # find out why, with the row held
        evaluation = _open_own(evaluation_id, by)
        return evaluation, _write(evaluation, criterion_id, values, revision)


WRITE = """
    WITH open AS (
        SELECT id FROM evaluations_evaluation WHERE id = %s AND status = ANY(%s) FOR NO KEY UPDATE
    )
    UPDATE evaluations_rating r
    SET level = %s, note = %s, no_evidence = %s, revision = r.revision + 1, updated_at = %s
    FROM evaluations_sheet s, open
    WHERE s.evaluation_id = open.id AND s.kind = %s AND r.sheet_id = s.id AND r.criterion_id = %s AND r.revision = %s
"""


def _write_at_once(evaluation: Evaluation, criterion_id: int, values: RatingValues, revision: int) -> bool:
    """One statement, a transaction by itself: waits for a submission under way and then changes nothing.

    Written out because it runs after every keystroke. False: nothing was changed, for whatever reason.
    """
    statuses = [status.value for status in EDITABLE_BY_SUBJECT]
    words = [values.level, values.note, values.no_evidence, timezone.now()]
    with connection.cursor() as cursor:
        where = [SheetKind.SELF.value, criterion_id, revision]
        cursor.execute(WRITE, [evaluation.pk, statuses, *words, *where])
        return cursor.rowcount == 1


def _open_own(evaluation_id, by: User) -> Evaluation:
    evaluation = lock_own(by, evaluation_id)
    if evaluation is None:
        raise NotOwn
    can_fill_self(by, evaluation).or_raise()
    return evaluation


def _write(evaluation: Evaluation, criterion_id: int, values: RatingValues, revision: int) -> int:
    row = Rating.objects.filter(sheet__evaluation=evaluation, sheet__kind=SheetKind.SELF, criterion_id=criterion_id)
    if row.filter(revision=revision).update(**asdict(values), revision=revision + 1, updated_at=timezone.now()):
        return revision + 1
    stored = row.first()
    if stored is None:  # the cycle was opened without sheets: the first save makes it
        ensure_sheet(evaluation, SheetKind.SELF, evaluation.subject)
        return _write(evaluation, criterion_id, values, 0)
    known = RatingValues(stored.level, stored.note, stored.no_evidence)
    if known == values:
        return stored.revision
    raise Conflict(asdict(known), stored.revision)


@transaction.atomic
def save_remarks(*, evaluation_id, values: Mapping[str, str], revision: int, by: User) -> tuple[Evaluation, int]:
    """Saves remarks (any of REMARKS, together one unit with one revision). As `save_rating`."""
    evaluation = _open_own(evaluation_id, by)
    words = {name: clean_words(values[name]) for name in REMARKS if name in values}
    sheet = Sheet.objects.filter(evaluation=evaluation, kind=SheetKind.SELF)
    if sheet.filter(remarks_revision=revision).update(**words, remarks_revision=revision + 1):
        return evaluation, revision + 1
    stored = sheet.first()
    if stored is None:
        ensure_sheet(evaluation, SheetKind.SELF, evaluation.subject)
        sheet.update(**words, remarks_revision=1)
        return evaluation, 1
    known = {name: getattr(stored, name) for name in words}
    if known == words:
        return evaluation, stored.remarks_revision
    raise Conflict({name: getattr(stored, name) for name in REMARKS}, stored.remarks_revision)


def save_sheet(
    *,
    evaluation: Evaluation,
    ratings: Mapping[str, tuple[RatingValues, int]],
    remarks: Mapping[str, str],
    remarks_revision: int,
    by: User,
) -> dict[str, Conflict | Refused]:
    """Saves a whole form sent without scripts: criterion code -> (values, revision), and the remarks.

    Each part is saved on its own; returns what was not saved by criterion code ("" for the remarks), with why.
    Only parts that differ from what is stored are written.
    """
    problems: dict[str, Conflict | Refused] = {}
    data = framework_data(evaluation.cycle.version_id)
    stored = {
        data.criterion_by_id(row.criterion_id).code: RatingValues(row.level, row.note, row.no_evidence)
        for row in self_ratings(evaluation)
    }
    for code, (values, revision) in ratings.items():
        if stored.get(code, RatingValues()) == RatingValues(
            values.level, values.note.replace("\r\n", "\n"), values.no_evidence
        ):
            continue
        try:
            save_rating(evaluation_id=evaluation.pk, criterion=code, values=values, revision=revision, by=by)
        except (Conflict, Refused) as problem:
            problems[code] = problem
    try:
        save_remarks(evaluation_id=evaluation.pk, values=remarks, revision=remarks_revision, by=by)
    except (Conflict, Refused) as problem:
        problems[""] = problem
    return problems
