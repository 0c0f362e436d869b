"""One evaluation told from its end: rows written at once with the dates of the past, checked against the workflow
table step by step. The product's own actions write the present moment only, so they cannot tell a past."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.planner import count_rows
from evaluations.enums import Action, EvidenceKind, SheetKind, Status
from evaluations.models import Evaluation, Event, Evidence, EvidenceUse, Rating, Sheet
from evaluations.workflow import TABLE
from people.models import User
from standards.framework_data import FrameworkData
from standards.rating import rate


def stable_id(dice: random.Random) -> uuid.UUID:
    """A random id that is the same in every run, so that addresses survive a reset."""
    return uuid.UUID(int=dice.getrandbits(128), version=4)


@dataclass
class Story:
    """`levels` of the sheets go criterion code -> level code; `notes` criterion code -> text."""

    evaluation: Evaluation
    data: FrameworkData
    sheets: list[tuple[Sheet, list[Rating]]] = field(default_factory=list)
    evidence: list[tuple[Evidence, list[EvidenceUse]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def sheet(
        self,
        kind: SheetKind,
        author: User,
        levels: Mapping[str, str],
        *,
        notes: Mapping[str, str] | None = None,
        unproven: frozenset[str] = frozenset(),
        submitted_at: datetime | None = None,
        **remarks: str,
    ) -> Sheet:
        """One more sheet with a row for every criterion; `unproven` are criteria answered "no evidence"."""
        notes = notes or {}
        sheet = Sheet(
            evaluation=self.evaluation,
            kind=kind,
            author=author,
            submitted_at=submitted_at,
            **remarks,
        )
        rows = [
            Rating(
                sheet=sheet,
                criterion_id=criterion.id,
                level=levels.get(criterion.code, ""),
                note=notes.get(criterion.code, ""),
                no_evidence=criterion.code in unproven,
                revision=1 if criterion.code in levels else 0,
            )
            for criterion in self.data.criteria
        ]
        self.sheets.append((sheet, rows))
        return sheet

    def prove(
        self,
        dice: random.Random,
        kind: EvidenceKind,
        title: str,
        codes: list[str],
        **fields,
    ) -> Evidence:
        """One piece of evidence tied to the criteria `codes`."""
        evidence = Evidence(
            pk=stable_id(dice),
            evaluation=self.evaluation,
            kind=kind,
            title=title[:200],
            added_by=self.evaluation.subject,
            **fields,
        )
        uses = [EvidenceUse(evidence=evidence, criterion_id=self.data.criterion(code).id) for code in codes]
        self.evidence.append((evidence, uses))
        return evidence

    def do(self, action: Action, by: User | None, at: datetime, comment: str = "", **facts) -> "Story":
        """One step along the workflow table, with the columns the product's own move would set.

        Raises KeyError for a step the table does not know, ValueError where it wants words.
        """
        before = Status(self.evaluation.status)
        transition = TABLE[before, action]
        if transition.needs_comment and not comment:
            raise ValueError(f"{action} needs a comment")
        if self.events and at <= self.events[-1].at:
            at = self.events[-1].at + timedelta(minutes=25)
        for name, value in {**facts, **self._columns(action, by, at)}.items():
            setattr(self.evaluation, name, value)
        self.evaluation.status = transition.target
        fixes_result = action in (Action.DECIDE, Action.ANNOUNCE)
        self.events.append(
            Event(
                evaluation=self.evaluation,
                action=action,
                from_status=before,
                to_status=transition.target,
                by=by,
                at=at,
                comment=comment,
                result=self.evaluation.result if fixes_result else "",
            )
        )
        return self

    def change_decision(self, changes: Mapping[str, str], notes: Mapping[str, str]) -> None:
        """The head's new levels and reasons on the decision in force."""
        _sheet, rows = self._current(SheetKind.DECISION)
        code_of = {criterion.id: criterion.code for criterion in self.data.criteria}
        for row in rows:
            code = code_of[row.criterion_id]
            row.level, row.note = (
                changes.get(code, row.level),
                notes.get(code, row.note),
            )

    def _columns(self, action: Action, by: User | None, at: datetime) -> dict:
        match action:
            case Action.SUBMIT:
                self._current(SheetKind.SELF)[0].submitted_at = at
                return {
                    "submitted_at": at,
                    "opened_at": None,
                    "self_result": self._result(SheetKind.SELF),
                }
            case Action.TAKE_BACK:
                self._current(SheetKind.SELF)[0].submitted_at = None
                return {"submitted_at": None, "self_result": ""}
            case Action.OPEN:
                return {"opened_at": at}
            case Action.DECIDE:
                sheet, _rows = self._current(SheetKind.DECISION)
                sheet.submitted_at = at
                return {
                    "result": self._result(SheetKind.DECISION),
                    "decided_at": at,
                    "decided_by": by,
                }
            case Action.ANNOUNCE:
                return {"announced_at": at}
            case Action.ACKNOWLEDGE:
                return {"acknowledged_at": at, "closed_at": at}
            case Action.OBJECT:
                return {"objected_at": at}
            case Action.CLOSE:
                return {"closed_at": at}
            case Action.RECONSIDER | Action.REOPEN:
                self._supersede(at)
                empty = (
                    "decided_at",
                    "decided_by",
                    "announced_at",
                    "acknowledged_at",
                    "closed_at",
                )
                return {"result": "", **dict.fromkeys(empty)}
        return {}

    def _current(self, kind: SheetKind) -> tuple[Sheet, list[Rating]]:
        found = [pair for pair in self.sheets if pair[0].kind == kind and pair[0].superseded_at is None]
        return found[-1]

    def _result(self, kind: SheetKind) -> str:
        code_of = {criterion.id: criterion.code for criterion in self.data.criteria}
        _sheet, rows = self._current(kind)
        levels = {code_of[row.criterion_id]: row.level for row in rows if row.level}
        return rate(self.data.rule, levels).result

    def _supersede(self, at: datetime) -> None:
        """The announced decision stays, superseded; a copy of it is the new draft."""
        old, rows = self._current(SheetKind.DECISION)
        old.superseded_at = at
        code_of = {criterion.id: criterion.code for criterion in self.data.criteria}
        levels = {code_of[row.criterion_id]: row.level for row in rows}
        notes = {code_of[row.criterion_id]: row.note for row in rows}
        self.sheet(SheetKind.DECISION, old.author, levels, notes=notes)


def write(stories: list[Story]) -> None:
    """All rows of all stories, few statements for each table."""
    Evaluation.objects.bulk_create((story.evaluation for story in stories), batch_size=500)
    sheets = [pair for story in stories for pair in story.sheets]
    Sheet.objects.bulk_create((sheet for sheet, _rows in sheets), batch_size=500)
    Rating.objects.bulk_create((row for _sheet, rows in sheets for row in rows), batch_size=2000)
    evidence = [pair for story in stories for pair in story.evidence]
    Evidence.objects.bulk_create((piece for piece, _uses in evidence), batch_size=500)
    EvidenceUse.objects.bulk_create((use for _piece, uses in evidence for use in uses), batch_size=2000)
    Event.objects.bulk_create((event for story in stories for event in story.events), batch_size=500)
    count_rows()
