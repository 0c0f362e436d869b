"""The self-assessment as submitted, to be read by its teacher."""

import json

from django.utils.translation import gettext as _

from core.localized import localized
from evaluations import policies
from evaluations.enums import Action
from evaluations.models import Evaluation
from evaluations.presenters import words
from evaluations.presenters.detail import CONFIRM
from evaluations.presenters.self_page import remark_labels
from evaluations.queries import self_sheet
from evaluations.queries_self import self_ratings, ties_of
from people.models import User
from standards.queries import FrameworkData, framework_data


def read_context(user: User, evaluation: Evaluation) -> dict:
    """The context of the page: levels, notes and evidence as they stand, and taking back while it is possible."""
    data = framework_data(evaluation.cycle.version_id)
    sheet = self_sheet(evaluation)
    rows = {row.criterion_id: row for row in self_ratings(evaluation)} if sheet else {}
    ties = ties_of(evaluation)
    items = [
        {
            "number": criterion.number,
            "code": criterion.code,
            "name": localized(criterion.name),
            "level": words.level_words(row.level if row else "", data),
            "note": row.note if row else "",
            "no_evidence": bool(row and row.no_evidence),
            "evidence": ties.get(criterion.id, []),
        }
        for criterion in data.criteria
        for row in [rows.get(criterion.id)]
    ]
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "pill": words.status_pill(evaluation),
        "turn": words.whose_turn(evaluation, is_subject=True),
        "items": items,
        "remarks": [(label, getattr(sheet, name)) for name, (label, _hint) in remark_labels().items()] if sheet else [],
        "self_result": words.level_words(evaluation.self_result, data),
        "store_key": f"chuan:{user.pk}:{evaluation.pk}",
        "names": json.dumps(_names(data), ensure_ascii=False),
        "take_back": policies.can(user, evaluation, Action.TAKE_BACK),
        "take_back_confirm": CONFIRM[Action.TAKE_BACK](),
        "knows_result": evaluation.status in ("announced", "objected", "closed") and bool(evaluation.result),
    }


def _names(data: FrameworkData) -> dict:
    """What people call the parts, the fields and the levels of the form; a script tells of unsent words in them."""
    return {
        "parts": {c.code: f"{c.label}. {localized(c.name)}" for c in data.criteria}
        | {"remarks": _("Strengths and learning plan")},
        "fields": {name: label for name, (label, _hint) in remark_labels().items()}
        | {"no_evidence": _("No evidence; my note says why")},
        "levels": {
            c.code: {level.code: localized(level.name) for level in data.scale_of(c).levels} for c in data.criteria
        },
    }
