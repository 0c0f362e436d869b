"""The self-assessment page. What is the same for everybody is rendered once per process, not once per criterion."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.localized import localized
from evaluations import policies
from evaluations.actions.saving import LONGEST, Conflict
from evaluations.enums import REMARKS, Status
from evaluations.models import Evaluation, Sheet
from evaluations.presenters import words
from evaluations.presenters.live import Live, live_of
from evaluations.queries import self_sheet
from evaluations.queries_self import return_event, self_ratings, ties_of
from people.models import User
from standards.queries import CriterionData, FrameworkData, framework_data

_levels: dict[tuple, SafeString] = {}  # published versions never change, so each process renders each card once


@dataclass
class Item:
    """One criterion as the page shows it. `conflict`: (stored level, stored note, stored "no evidence") or None."""

    code: str
    number: int
    name: str
    is_key: bool
    levels: SafeString
    level: words.LevelWords
    note: str
    no_evidence: bool
    revision: int
    evidence: list[tuple]
    state: str
    is_start: bool = False
    before: str = ""
    after: str = ""
    problem: str = ""
    conflict: "Item | None" = None


@dataclass(frozen=True)
class Group:
    """A standard with its criteria."""

    name: str
    items: list[Item]


def levels_html(data: FrameworkData, criterion: CriterionData, selected: str) -> SafeString:
    """The level cards of a criterion, `selected` ticked, in the reader's language. Kept in memory."""
    key = (data.code, data.version_id, criterion.code, selected, get_language())
    if key not in _levels:
        cards = [
            {
                "code": level.code,
                "name": localized(level.name),
                "text": localized(criterion.descriptors.get(level.code)) or localized(level.description),
                "checked": level.code == selected,
            }
            for level in data.levels
        ]
        _levels[key] = get_template("evaluations/_levels.html").render({"code": criterion.code, "cards": cards})
    return _levels[key]


def page_context(
    user: User,
    evaluation: Evaluation,
    typed: Mapping | None = None,
    problems: Mapping[str, Exception] | None = None,
    *,
    away: bool = False,
) -> dict:
    """The context of the page for its teacher. Four queries, five when returned.

    `typed` and `problems` come from a form that could not be saved whole: code -> RatingValues ("" -> remarks),
    code -> why. What was typed stays in the fields, what is stored stands beside it. `away`: the page answers another
    address than its own, so links are written out.
    """
    data = framework_data(evaluation.cycle.version_id)
    sheet = self_sheet(evaluation)
    rows = self_ratings(evaluation) if sheet else []
    live = live_of(evaluation, rows)
    items = _items(data, rows, ties_of(evaluation), live, typed or {}, problems or {})
    _link(items)
    submit = policies.can(user, evaluation, "submit")
    returned = return_event(evaluation)
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "groups": _groups(data, items),
        "items": items,
        "live": live,
        "live_html": live.html(),
        "remarks": _remarks(sheet, (typed or {}).get("", {}), (problems or {}).get("")),
        "remarks_revision": sheet.remarks_revision if sheet else 0,
        "submit": submit,
        "deadline": policies.self_deadline(evaluation) if evaluation.status == Status.DRAFT else None,
        "returned": returned,
        "limit": LONGEST,
        "store_key": f"chuan:{user.pk}:{evaluation.pk}",
        "base": reverse("evaluations:detail", args=[evaluation.pk]) if typed or away else "../",
        "base_url": reverse("evaluations:detail", args=[evaluation.pk]),
        "save_url": reverse("evaluations:self", args=[evaluation.pk]),
        "examples_url": reverse("evaluations:examples", args=[data.code, "x"])[:-2],
    }


def _items(data, rows, ties, live: Live, typed: Mapping, problems: Mapping) -> list[Item]:
    by_id = {row.criterion_id: row for row in rows}
    items = []
    for criterion in data.criteria:
        row = by_id.get(criterion.id)
        level, note, none, revision = (
            (row.level, row.note, row.no_evidence, row.revision) if row else ("", "", False, 0)
        )
        problem, mine = problems.get(criterion.code), typed.get(criterion.code)

        def item(level: str, note: str, none: bool, criterion=criterion, revision=revision) -> Item:
            return Item(
                code=criterion.code,
                number=criterion.number,
                name=localized(criterion.name),
                is_key=criterion.is_key,
                levels=levels_html(data, criterion, level),
                level=words.level_words(level, data),
                note=note,
                no_evidence=none,
                revision=revision,
                evidence=ties.get(criterion.id, []),
                state=live.states[criterion.code],
            )

        shown = item(level, note, none)
        if problem is not None and mine is not None:
            shown = item(mine.level if mine.level in data.level_codes else "", mine.note, mine.no_evidence)
            shown.problem = str(problem)
            shown.conflict = item(level, note, none) if isinstance(problem, Conflict) else None
        items.append(shown)
    return items


def _link(items: list[Item]) -> None:
    start = next((item for item in items if item.problem), None)
    start = start or next((item for item in items if item.state != "done"), items[0])
    start.is_start = True
    for one, other in zip(items, items[1:], strict=False):
        one.after, other.before = other.code, one.code


def _groups(data: FrameworkData, items: list[Item]) -> list[Group]:
    by_code = {item.code: item for item in items}
    return [
        Group(localized(standard.name), [by_code[c.code] for c in standard.all_criteria]) for standard in data.standards
    ]


def remark_labels() -> dict[str, tuple[str, str]]:
    """Name of a remark -> (label, hint), in the order of form 01."""
    return {
        "strengths": (_("Strengths"), ""),
        "improvements": (_("Points to improve"), ""),
        "goals": (_("Goals"), _("What you want to be able to do at the end of next year.")),
        "content": (_("Content to learn"), _("Knowledge and skills, tied to the criteria you want to raise.")),
        "timing": (_("Time"), _("When, and how long.")),
        "conditions": (_("Conditions"), _("What you need for it: people, materials, time off.")),
    }


def _remarks(sheet: Sheet | None, typed: Mapping, problem: Exception | None) -> list[dict]:
    rows = []
    for name, (label, hint) in remark_labels().items():
        stored = getattr(sheet, name) if sheet else ""
        value = typed.get(name, stored)
        rows.append(
            {
                "name": name,
                "label": label,
                "hint": hint,
                "value": value,
                "stored": stored if problem is not None and stored != value else None,
                "problem": str(problem) if problem is not None and stored != value else "",
                "is_plan": name in REMARKS[2:],
            }
        )
    return rows
