"""The self-assessment page, as the teacher fills it in."""

from collections.abc import Mapping

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evaluations import policies
from evaluations.actions.saving import LONGEST, Conflict
from evaluations.enums import Status
from evaluations.models import Evaluation, Sheet
from evaluations.presenters import words
from evaluations.presenters.live import DONE, Live, live_of
from evaluations.presenters.self_parts import criterion_html, list_html
from evaluations.queries import self_sheet
from evaluations.queries_self import earlier_remarks, return_event, self_ratings, ties_of
from people.models import User
from standards.queries import CriterionData, FrameworkData, framework_data

NOTHING = ("", "", False, 0)  # level, note, "no evidence", revision of a criterion never saved


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
    typed, problems = typed or {}, problems or {}
    data = framework_data(evaluation.cycle.version_id)
    sheet = self_sheet(evaluation)
    rows = self_ratings(evaluation) if sheet else []
    live = live_of(evaluation, rows)
    pieces, places = _pieces(evaluation, rows)
    address = reverse("evaluations:detail", args=[evaluation.pk])
    base = address if away else "../"
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "list": list_html(data, live.states),
        "steps": _steps(data, rows, places, live, typed, problems, base),
        "pieces": pieces,
        "base": base,
        "revisions": " ".join(f"{data.criterion_by_id(row.criterion_id).code}:{row.revision}" for row in rows),
        "last": data.criteria[-1].code,
        "live": live,
        "earlier": earlier_remarks(evaluation).exists(),
        "remarks": _remarks(sheet, typed.get("", {}), problems.get("")),
        "remarks_revision": sheet.remarks_revision if sheet else 0,
        "submit": policies.can(user, evaluation, "submit"),
        "deadline": policies.self_deadline(evaluation) if evaluation.status == Status.DRAFT else None,
        "returned": return_event(evaluation),
        "limit": LONGEST,
        "store_key": f"chuan:{user.pk}:{evaluation.pk}",
        "save_url": f"{address}self/",
        "examples_url": reverse("evaluations:examples", args=[data.code, "x"])[:-2],
    }


def _steps(
    data: FrameworkData, rows: list, places: dict, live: Live, typed: Mapping, problems: Mapping, base: str
) -> list[SafeString]:
    by_id = {row.criterion_id: (row.level, row.note, row.no_evidence, row.revision) for row in rows}
    start = _start(data, live, problems)
    steps = []
    for criterion in data.criteria:
        level, note, none, revision = by_id.get(criterion.id, NOTHING)
        why, mine, problem = problems.get(criterion.code), typed.get(criterion.code), ""
        if why is not None and mine is not None:
            problem = _problem(data, why, level, note, none)
            level, note, none = mine.level if mine.level in data.level_codes else "", mine.note, mine.no_evidence
        steps.append(
            criterion_html(
                data,
                criterion,
                base=base,
                level=level,
                note=note,
                no_evidence=none,
                revision=revision,
                evidence=places.get(criterion.id, []),
                is_start=criterion is start,
                problem=problem,
            )
        )
    return steps


def _pieces(evaluation: Evaluation, rows: list) -> tuple[list[tuple], dict[int, list[int]]]:
    """Each tied piece of evidence once, (id, title), and criterion id -> their places in that list."""
    ties = ties_of(evaluation) if any(row.proven for row in rows) else {}
    pieces: dict = {}
    places = {
        criterion: [pieces.setdefault(row[0], (len(pieces), row[1]))[0] for row in tied]
        for criterion, tied in ties.items()
    }
    return [(key, title) for key, (_place, title) in pieces.items()], places


def _start(data: FrameworkData, live: Live, problems: Mapping) -> CriterionData:
    """The criterion the page opens at: the first with a problem, else the first that is not complete."""
    for criterion in data.criteria:
        if criterion.code in problems if problems else live.states[criterion.code] != DONE:
            return criterion
    return data.criteria[0]


def _problem(data: FrameworkData, why: Exception, level: str, note: str, none: bool) -> SafeString:
    stored = {"level": words.level_words(level, data), "note": note, "no_evidence": none}
    context = {"problem": str(why), "conflict": stored if isinstance(why, Conflict) else None}
    return get_template("evaluations/_problem.html").render(context)


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
        differs = problem is not None and stored != value
        rows.append(
            {
                "name": name,
                "label": label,
                "hint": hint,
                "value": value,
                "stored": stored,
                "problem": str(problem) if differs else "",
            }
        )
    return rows
