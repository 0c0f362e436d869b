"""The review page: one row a criterion, what each side says of it, and what is still missing.

There is no button that fills the whole decision, not even from the teacher's own levels. The circular has the head
decide from three things (self-assessment, colleagues' opinions, evidence; article 10.1c); a decision filled by one
click has looked at none of them, and "all Good" with one click is how evaluation loses its meaning. Agreeing is one
key or one click a criterion, so fifteen of them are quick and each has been in view.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.localized import localized
from evaluations.enums import Status
from evaluations.models import Evaluation, Rating, Sheet
from evaluations.presenters.evidence import Piece
from evaluations.presenters.evidence import piece as words_of_piece
from evaluations.presenters.words import LevelWords, level_words
from evaluations.queries import decision_sheet, self_sheet
from evaluations.queries_self import evidence_of
from evaluations.readiness import Missing, gaps_of_decision, words_without_difference
from evaluations.visibility import Opinions, Sight
from standards.presenters import explain
from standards.queries import CriterionData, FrameworkData
from standards.rating import rate


@dataclass(frozen=True)
class SpreadCell:
    """How many colleagues chose this level."""

    level: LevelWords
    number: int


@dataclass(frozen=True)
class Row:
    """One criterion as the head reads it."""

    criterion: CriterionData
    name: str
    own: LevelWords
    own_note: str
    no_evidence: bool
    evidence: list[Piece]
    spread: list[SpreadCell] | None  # None: fewer answers than the threshold
    answers: int
    decided: LevelWords
    reason: str
    revision: int
    demands: list[tuple[LevelWords, str]]

    @property
    def differs(self) -> bool:
        return bool(self.decided.code and self.own.code and self.decided.code != self.own.code)

    @property
    def asks_again(self) -> bool:
        """The teacher's own level, and words beside it: perhaps the reason for a difference there no longer is."""
        return bool(self.reason and self.decided.code and self.decided.code == self.own.code)


@dataclass(frozen=True)
class Group:
    """A standard with its rows."""

    code: str
    name: str
    rows: list[Row]


def sheets_of(evaluation: Evaluation) -> tuple[Sheet | None, Sheet | None]:
    """The self-assessment and the decision in force."""
    return self_sheet(evaluation), decision_sheet(evaluation)


def ratings_by_criterion(sheet: Sheet | None) -> dict[int, Rating]:
    return {row.criterion_id: row for row in sheet.ratings.order_by("criterion__number", "pk")} if sheet else {}


def groups_of(
    evaluation: Evaluation,
    data: FrameworkData,
    *,
    own: dict[int, Rating],
    decided: dict[int, Rating],
    opinions: Opinions | None,
    seen: Sight,
) -> list[Group]:
    """Every standard with its criteria, as far as the reader may see the sides. One query with two prefetches."""
    evidence: dict[str, list[Piece]] = {}
    if seen.evidence:
        for row in evidence_of(evaluation):
            piece = words_of_piece(row, data)
            for code in piece.codes:
                evidence.setdefault(code, []).append(piece)
    return [
        Group(
            standard.code,
            localized(standard.name),
            [_row(criterion, data, own, decided, opinions, evidence) for criterion in standard.all_criteria],
        )
        for standard in data.standards
    ]


def _row(criterion: CriterionData, data: FrameworkData, own, decided, opinions, evidence) -> Row:
    mine, theirs = own.get(criterion.id), decided.get(criterion.id)
    counts = opinions.counts.get(criterion.code) if opinions and opinions.counts is not None else None
    return Row(
        criterion=criterion,
        name=localized(criterion.name),
        own=level_words(mine.level if mine else "", data),
        own_note=mine.note if mine else "",
        no_evidence=bool(mine and mine.no_evidence),
        evidence=evidence.get(criterion.code, []),
        spread=_spread(counts, data) if counts else None,
        answers=sum(counts.values()) if counts else 0,
        decided=level_words(theirs.level if theirs else "", data),
        reason=theirs.note if theirs else "",
        revision=theirs.revision if theirs else 0,
        demands=[
            (level_words(code, data), localized(text))
            for code, text in criterion.descriptors.items()
            if localized(text)
        ],
    )


def _spread(counts: dict[str, int], data: FrameworkData) -> list[SpreadCell]:
    """Every level with its number, the highest first."""
    return [SpreadCell(level_words(code, data), counts.get(code, 0)) for code in reversed(data.level_codes)]


@dataclass(frozen=True)
class Panel:
    """The live result: what the rule says now, why, and what is missing."""

    result: LevelWords | None
    steps: list
    missing: list[Missing]
    asked_again: list[Missing]  # what does not hinder the decision, but is looked at once more
    decided: int
    total: int

    @property
    def line(self) -> str:
        """How far the decision is, for the bar at the foot: a level without its reason is not done."""
        decided = _("Decided: %(value)s of %(total)s") % {"value": self.decided, "total": self.total}
        reasons = sum(1 for gap in self.missing if gap.kind == "reason")
        if not reasons:
            return decided
        missing = ngettext("%(count)s reason is missing", "%(count)s reasons are missing", reasons)
        return f"{decided}; {missing % {'count': reasons}}"


def linked_errors(errors: list[tuple[str, str]], missing: list[Missing]) -> list[tuple[str, str]]:
    """The sentences of a refused decision, each that is about a criterion with the field where it is mended."""
    fields = {gap.sentence: f"{gap.kind}-{gap.criterion}" for gap in missing}
    return [(target or fields.get(text, ""), text) for target, text in errors]


def panel_of(evaluation: Evaluation, data: FrameworkData, own: dict, decided: dict) -> Panel:
    """From rows at hand (criterion id -> rating): no further query."""
    levels = {criterion.code: decided[criterion.id].level for criterion in data.criteria if criterion.id in decided}
    outcome = rate(data.rule, {code: level for code, level in levels.items() if level})
    return Panel(
        result=level_words(outcome.result, data) if outcome.result else None,
        steps=explain(outcome.explanation, data),
        missing=gaps_of_decision(data, own, decided, reasons=evaluation.cycle.reason_where_different),
        asked_again=words_without_difference(data, own, decided),
        decided=sum(1 for level in levels.values() if level),
        total=len(data.criteria),
    )


def opinions_sentence(opinions: Opinions | None, evaluation: Evaluation) -> str:
    """What the column of opinions means, or why it is empty."""
    cycle = evaluation.cycle
    if not cycle.opinions_wanted:
        return _("No opinions of colleagues are asked for in this cycle.")
    if opinions is None:
        return ""
    if opinions.answered is not None:
        return _(
            "%(number)s colleagues have answered. Their opinions advise; they are never averaged into the result."
        ) % {"number": opinions.answered}
    if cycle.opinions_last and evaluation.status == Status.UNDER_REVIEW:
        return _(
            "In this cycle the opinions of colleagues appear once every criterion is decided and at least %(number)s "
            "have answered."
        ) % {"number": opinions.threshold}
    return _("Fewer than %(number)s colleagues have answered: nothing is shown, so that nobody can be recognised.") % {
        "number": opinions.threshold
    }
