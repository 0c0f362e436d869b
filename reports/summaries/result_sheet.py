"""The result sheet of one teacher: what was decided, why, and what the next level would take."""

from dataclasses import dataclass
from datetime import datetime

from core.localized import localized
from evaluations.enums import RESULT_KNOWN, Action, SheetKind
from evaluations.models import Evaluation, Event, Rating
from evaluations.presenters.result import remarks_of
from evaluations.presenters.words import timeline_of
from evaluations.queries import decision_sheet, levels_of, self_sheet
from evaluations.queries_self import events_of
from evaluations.results import outcome_of
from evaluations.visibility import Opinions, opinions, sight
from people.models import User
from reports.summaries.common import Frame, LevelWord, frame_of
from reports.summaries.self_form import with_reference
from standards.presenters import ExplainedPaths, ExplainedStep, explain, explain_paths
from standards.queries import FrameworkData, framework_data
from standards.rating import what_would_it_take

DECISION_STORY = (
    Action.SUBMIT,
    Action.DECIDE,
    Action.REVISE,
    Action.ANNOUNCE,
    Action.OBJECT,
    Action.UPHOLD,
    Action.RECONSIDER,
    Action.REOPEN,
    Action.ACKNOWLEDGE,
    Action.TRANSFER,
    Action.CLOSE,
)


@dataclass(frozen=True)
class SheetRow:
    """One criterion: each side's level code, how opinions spread over the levels (None: too few), the reason."""

    number: int
    name: str
    own: str
    spread: tuple[int, ...] | None
    decided: str
    reason: str


@dataclass(frozen=True)
class SheetStandard:
    number: int
    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Happened:
    """One line of the story, oldest first."""

    at: datetime
    who: str
    what: str
    result: str
    comment: str


@dataclass(frozen=True)
class ResultSheet:
    """A result with everything that explains it. `is_announced` False: a copy for the leaders before announcing."""

    frame: Frame
    person: str
    group: str
    result: LevelWord
    own_result: LevelWord | None
    head: str
    is_announced: bool
    standards: tuple[SheetStandard, ...]
    answered: int | None
    threshold: int
    opinions_wanted: bool
    explanation: tuple[ExplainedStep, ...]
    next_level: ExplainedPaths | None
    remarks: tuple[tuple[str, str], ...]
    story: tuple[Happened, ...]
    objection: str
    answer: str
    acknowledged_at: datetime | None


def result_sheet(evaluation: Evaluation, language: str, by: User) -> ResultSheet:
    """The sheet as `by` may see it (opinions under the threshold are nobody's to see). Call it in `language`."""
    data = framework_data(evaluation.cycle.version_id)
    frame = frame_of(evaluation.cycle, evaluation.unit, data, reference="", language=language)
    own, decision = self_sheet(evaluation), decision_sheet(evaluation)
    spread = opinions(by, evaluation)
    outcome = outcome_of(evaluation, decision)
    events = list(events_of(evaluation))
    objection, answer = _objection(events)
    return ResultSheet(
        frame=with_reference(frame, evaluation),
        person=evaluation.subject.full_name,
        group=evaluation.group.name if evaluation.group else "",
        result=frame.level(evaluation.result),
        own_result=frame.level(evaluation.self_result),
        head=evaluation.decided_by.full_name,
        is_announced=evaluation.status in RESULT_KNOWN,
        standards=_standards(data, levels_of(own), _decided(evaluation), spread, language),
        answered=spread.answered if spread else None,
        threshold=evaluation.cycle.anonymity_threshold,
        opinions_wanted=evaluation.cycle.opinions_wanted,
        explanation=tuple(explain(outcome.explanation, data, language)),
        next_level=_next_level(data, levels_of(decision), evaluation.result, language),
        remarks=tuple(remarks_of(decision)),
        story=_story(evaluation, by, events, frame),
        objection=objection,
        answer=answer,
        acknowledged_at=evaluation.acknowledged_at,
    )


def _decided(evaluation: Evaluation) -> dict[int, Rating]:
    rows = Rating.objects.filter(
        sheet__evaluation=evaluation, sheet__kind=SheetKind.DECISION, sheet__superseded_at=None
    )
    return {row.criterion_id: row for row in rows.order_by("criterion__number", "pk")}


def _standards(
    data: FrameworkData, own: dict[str, str], decided: dict[int, Rating], spread: Opinions | None, language: str
) -> tuple[SheetStandard, ...]:
    counts = (spread.counts if spread else None) or {}
    standards = []
    for number, standard in enumerate(data.standards, start=1):
        rows = tuple(
            SheetRow(
                number=criterion.number,
                name=localized(criterion.name, language),
                own=own.get(criterion.code, ""),
                spread=_spread(counts.get(criterion.code), data),
                decided=decided[criterion.id].level if criterion.id in decided else "",
                reason=decided[criterion.id].note.strip() if criterion.id in decided else "",
            )
            for criterion in standard.all_criteria
        )
        standards.append(SheetStandard(number, localized(standard.name, language), rows))
    return tuple(standards)


def _spread(counts: dict[str, int] | None, data: FrameworkData) -> tuple[int, ...] | None:
    return tuple(counts.get(code, 0) for code in data.level_codes) if counts else None


def _next_level(data: FrameworkData, levels: dict[str, str], result: str, language: str) -> ExplainedPaths | None:
    place = data.level_codes.index(result)
    if place + 1 == len(data.levels):
        return None
    return explain_paths(what_would_it_take(data.rule, levels, data.level_codes[place + 1]), data, language)


def _story(evaluation: Evaluation, by: User, events: list[Event], frame: Frame) -> tuple[Happened, ...]:
    """The decisions' story in order. Objections and answers are printed in full elsewhere."""
    told = timeline_of(evaluation, sight(by, evaluation))
    lines = []
    for event, line in zip(events, told, strict=True):
        if event.action not in DECISION_STORY:
            continue
        level = frame.level(event.result) if event.action == Action.DECIDE else None
        comment = "" if event.action in (Action.OBJECT, Action.UPHOLD, Action.RECONSIDER) else line.comment
        lines.append(Happened(line.when, line.who, line.what, level.name if level else "", comment))
    return tuple(reversed(lines))


def _objection(events: list[Event]) -> tuple[str, str]:
    """The latest objection and its answer; both empty without one. `events` newest first."""
    objected = next((event for event in events if event.action == Action.OBJECT), None)
    if objected is None:
        return "", ""
    later = events[: events.index(objected)]
    answer = next((event for event in reversed(later) if event.action in (Action.UPHOLD, Action.RECONSIDER)), None)
    return objected.comment, answer.comment if answer else ""
