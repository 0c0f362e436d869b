"""Form 04, a school's results: for each teacher the self-assessment and the head's decision, criterion by criterion."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.localized import localized
from evaluations.enums import EDITABLE_BY_SUBJECT, RESULT_KNOWN, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Rating
from evaluations.visibility import Sight, sight
from people.models import Unit, User
from people.queries import heads_of
from reports.queries import evaluations_of_school
from reports.summaries.common import Frame, frame_of
from standards.queries import framework_data


@dataclass(frozen=True)
class SummaryCriterion:
    number: int
    name: str
    standard: int
    is_key: bool


@dataclass(frozen=True)
class SummaryRow:
    """One teacher. Level codes by criterion, "" where there is none or where it is not the reader's to see."""

    person: str
    group: str
    own: tuple[str, ...]
    own_result: str
    decided: tuple[str, ...]
    result: str
    note: str


@dataclass(frozen=True)
class SummaryStandard:
    number: int
    name: str
    width: int


@dataclass(frozen=True)
class SchoolSummary:
    """The whole form. `counts` by level position: how many have that overall result, of `rated`."""

    frame: Frame
    head: str
    is_full: bool
    standards: tuple[SummaryStandard, ...]
    criteria: tuple[SummaryCriterion, ...]
    rows: tuple[SummaryRow, ...]
    people: int
    submitted: int
    rated: int
    announced: int
    excused: int
    counts: tuple[int, ...]


def school_summary(cycle: Cycle, unit: Unit, language: str, by: User) -> SchoolSummary:
    """What `by` may see of the school today. The same number of queries for one teacher and for a hundred."""
    data = framework_data(cycle.version_id)
    frame = frame_of(cycle, unit, data, reference=unit.code, language=language)
    evaluations = list(evaluations_of_school(cycle, unit))
    seen = sights_of(by)
    levels = _levels(evaluations)
    order = [criterion.id for criterion in data.criteria]
    rows = []
    counts = [0] * len(data.levels)
    for evaluation in evaluations:
        may = seen(evaluation)
        own = levels[evaluation.pk, SheetKind.SELF] if may.self_sheet else {}
        shows_result = may.result and evaluation.result and evaluation.status in (Status.DECIDED, *RESULT_KNOWN)
        decided = levels[evaluation.pk, SheetKind.DECISION] if shows_result else {}
        if shows_result:
            counts[data.level_codes.index(evaluation.result)] += 1
        rows.append(
            SummaryRow(
                person=evaluation.subject.full_name,
                group=evaluation.group.name if evaluation.group else "",
                own=tuple(own.get(pk, "") for pk in order),
                own_result=evaluation.self_result if may.self_sheet else "",
                decided=tuple(decided.get(pk, "") for pk in order),
                result=evaluation.result if shows_result else "",
                note=_note(evaluation, bool(shows_result)),
            )
        )
    statuses = [evaluation.status for evaluation in evaluations]
    excused = statuses.count(Status.EXCUSED)
    return SchoolSummary(
        frame=frame,
        head=next((head.full_name for head in heads_of(unit.pk)), ""),
        is_full=cycle.is_full,
        standards=tuple(
            SummaryStandard(number, localized(standard.name, language), len(standard.all_criteria))
            for number, standard in enumerate(data.standards, start=1)
        ),
        criteria=tuple(
            SummaryCriterion(criterion.number, localized(criterion.name, language), number, criterion.is_key)
            for number, standard in enumerate(data.standards, start=1)
            for criterion in standard.all_criteria
        ),
        rows=tuple(rows),
        people=len(evaluations) - excused,
        submitted=sum(status not in (Status.DRAFT, Status.RETURNED, Status.EXCUSED) for status in statuses),
        rated=sum(counts),
        announced=sum(status in RESULT_KNOWN for status in statuses),
        excused=excused,
        counts=tuple(counts),
    )


def opened_evaluations(cycle: Cycle, unit: Unit, by: User) -> list[Evaluation]:
    """The school's evaluations whose handed-in self-assessment `by` may read, in the order of names."""
    seen = sights_of(by)
    return [
        evaluation
        for evaluation in evaluations_of_school(cycle, unit)
        if evaluation.status not in EDITABLE_BY_SUBJECT and seen(evaluation).self_sheet
    ]


def sights_of(by: User) -> Callable[[Evaluation], Sight]:
    """`visibility.sight` for many evaluations: it is asked once for each state an evaluation can be in."""
    known: dict[tuple, Sight] = {}

    def seen(evaluation: Evaluation) -> Sight:
        opened, result = evaluation.opened_at is not None, bool(evaluation.result)
        state = (evaluation.unit_id, evaluation.subject_id == by.pk, evaluation.status, opened, result)
        if state not in known:
            known[state] = sight(by, evaluation)
        return known[state]

    return seen


def _levels(evaluations: list[Evaluation]) -> dict[tuple, dict[int, str]]:
    """(evaluation id, kind of sheet) -> criterion id -> level code, of the sheets in force. One query."""
    levels: dict[tuple, dict[int, str]] = defaultdict(dict)
    rows = Rating.objects.filter(
        sheet__evaluation__in=evaluations,
        sheet__kind__in=[SheetKind.SELF, SheetKind.DECISION],
        sheet__superseded_at=None,
    ).exclude(level="")
    for evaluation, kind, criterion, level in rows.order_by("pk").values_list(
        "sheet__evaluation", "sheet__kind", "criterion", "level"
    ):
        levels[evaluation, kind][criterion] = level
    return levels


def _note(evaluation: Evaluation, shows_result: bool) -> str:
    if evaluation.status == Status.EXCUSED:
        months = evaluation.excuse_months
        reason = evaluation.get_excuse_reason_display()
        if not months:
            return _("Excused: %(reason)s") % {"reason": reason}
        text = ngettext(
            "Excused: %(reason)s; %(months)s month worked", "Excused: %(reason)s; %(months)s months worked", months
        )
        return text % {"reason": reason, "months": months}
    if shows_result:
        notes = {Status.OBJECTED: _("Objection"), Status.DECIDED: _("Not announced yet")}
        return notes.get(Status(evaluation.status), "")
    return str(Status(evaluation.status).label)
