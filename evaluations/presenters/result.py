"""The result as its teacher, the leaders and the office read it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from core.decisions import Decision
from core.localized import localized
from evaluations import policies, visibility
from evaluations.enums import Action, SheetKind, Status
from evaluations.forms.moves import MoveForm, form_for
from evaluations.models import Evaluation, Sheet
from evaluations.presenters import words
from evaluations.queries import decision_sheet
from evaluations.queries_self import last_event, objection_of, ratings_of, superseded_decisions
from people.models import User
from standards.presenters import explain, explain_paths
from standards.queries import FrameworkData, framework_data
from standards.rating import rate, what_would_it_take


@dataclass(frozen=True)
class Earlier:
    """A decision that was announced and then taken up again, with what it said."""

    author: str
    until: datetime
    result: words.LevelWords
    rows: list["Row"]


@dataclass(frozen=True)
class Row:
    """One criterion: the teacher's level, the colleagues' spread, the decision and its reason."""

    code: str
    number: int
    name: str
    is_key: bool
    own: words.LevelWords
    note: str
    spread: list[tuple[words.LevelWords, int]]
    decided: words.LevelWords
    reason: str

    @property
    def differs(self) -> bool:
        """The decision is not the teacher's own level."""
        return bool(self.decided.code) and self.own.code != self.decided.code


def result_context(user: User, evaluation: Evaluation, refused: MoveForm | None = None) -> dict:
    """The context of the page; whoever calls it has asked `visibility.sight(...).result`."""
    data = framework_data(evaluation.cycle.version_id)
    is_subject = evaluation.subject_id == user.pk
    own = ratings_of(evaluation, SheetKind.SELF)
    decided = ratings_of(evaluation, SheetKind.DECISION)
    levels = {data.criterion_by_id(key).code: row.level for key, row in decided.items()}
    outcome = rate(data.rule, levels)
    opinions = visibility.opinions(user, evaluation)
    return {
        **_top(user, evaluation),
        "result": words.level_words(evaluation.result, data),
        "self_result": words.level_words(evaluation.self_result, data),
        "meaning": _meaning(data, evaluation.result),
        "law": localized(data.legal.get("name")),
        "rule_article": localized(data.article(data.rule.article)),
        "steps": explain(outcome.explanation, data),
        "paths": _next_level(data, levels, evaluation.result),
        "rows": [_row(data, criterion, own, decided, opinions) for criterion in data.criteria],
        "opinions": opinions,
        "remarks": remarks_of(decision_sheet(evaluation)),
        "earlier": _earlier(evaluation, data),
        "acknowledge": _act(user, evaluation, Action.ACKNOWLEDGE) if is_subject else None,
        "object": _act(user, evaluation, Action.OBJECT) if is_subject else None,
        "object_form": _form(evaluation, refused),
        "object_until": _object_until(evaluation),
        "reports": _reports(),
    }


def remarks_of(sheet: Sheet | None) -> list[tuple[str, str]]:
    """(title, words) of what the head says to the teacher beside the levels; empty ones are left out."""
    if sheet is None:
        return []
    said = [(_("Strengths"), sheet.strengths), (_("Points to improve"), sheet.improvements)]
    return [(title, text.strip()) for title, text in said if text.strip()]


def decided_again_context(user: User, evaluation: Evaluation) -> dict | None:
    """The context while an announced decision is taken up again: why, and what had been announced. None: never announced.

    Whoever calls it has asked `visibility.sight(...).earlier`.
    """
    data = framework_data(evaluation.cycle.version_id)
    earlier = _earlier(evaluation, data)
    if not earlier:
        return None
    return _top(user, evaluation) | {
        "earlier": earlier,
        "taken_up": last_event(evaluation, Action.RECONSIDER, Action.REOPEN),
    }


def _top(user: User, evaluation: Evaluation) -> dict:
    is_subject = evaluation.subject_id == user.pk
    objection, answer = objection_of(evaluation)
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "is_subject": is_subject,
        "pill": words.status_pill(evaluation),
        "turn": words.whose_turn(evaluation, is_subject=is_subject),
        "objection": objection,
        "answered": answer,
    }


def _earlier(evaluation: Evaluation, data: FrameworkData) -> list[Earlier]:
    """Without the teacher's own levels: they may have changed since, and be a draft again. At most two queries."""
    found = []
    for sheet in superseded_decisions(evaluation):
        decided = {row.criterion_id: row for row in sheet.ratings.all()}
        levels = {data.criterion_by_id(key).code: row.level for key, row in decided.items()}
        outcome = rate(data.rule, levels)
        rows = [_row(data, criterion, {}, decided, None) for criterion in data.criteria]
        result = words.level_words(outcome.result or "", data)
        found.append(Earlier(sheet.author.full_name, sheet.superseded_at, result, rows))
    return found


def _meaning(data: FrameworkData, code: str) -> str:
    return localized(data.level(code).description) if code else ""


def _next_level(data: FrameworkData, levels: dict[str, str], result: str):
    """What the next higher result would take, explained; None at the top."""
    place = data.level_codes.index(result) + 1 if result else 0
    if not result or place >= len(data.level_codes):
        return None
    return explain_paths(what_would_it_take(data.rule, levels, data.level_codes[place], limit=6), data)


def _row(data: FrameworkData, criterion, own: dict, decided: dict, opinions) -> Row:
    mine, theirs = own.get(criterion.id), decided.get(criterion.id)
    counts = (opinions.counts or {}).get(criterion.code, {}) if opinions else {}
    return Row(
        code=criterion.code,
        number=criterion.number,
        name=localized(criterion.name),
        is_key=criterion.is_key,
        own=words.level_words(mine.level if mine else "", data),
        note=mine.note if mine else "",
        spread=[(words.level_words(code, data), counts[code]) for code in data.level_codes if code in counts],
        decided=words.level_words(theirs.level if theirs else "", data),
        reason=theirs.note if theirs else "",
    )


def _act(user: User, evaluation: Evaluation, action: Action) -> Decision | None:
    """The policy's answer while the action belongs to this status at all."""
    if evaluation.status != Status.ANNOUNCED:
        return None
    return policies.can(user, evaluation, action)


def _form(evaluation: Evaluation, refused: MoveForm | None) -> MoveForm:
    if refused is not None and refused.action == Action.OBJECT:
        return refused
    return form_for(Action.OBJECT, evaluation.status)


def _object_until(evaluation: Evaluation):
    return policies.objection_deadline(evaluation) if evaluation.announced_at else None


def _reports() -> list[tuple[str, str, str]]:
    """(kind, label, address) of the documents that can be asked for; empty where documents are not installed."""
    try:
        address = reverse("reports:request")
    except NoReverseMatch:
        return []
    return [
        ("result-sheet", _("Result sheet with explanation (PDF)"), address),
        ("self-form", _("Self-assessment form 01 (PDF)"), address),
    ]
