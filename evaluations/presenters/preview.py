"""A draft of standards as the self-assessment that teachers would fill in. Nothing of it is kept or saved."""

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.components.parts import more
from evaluations.presenters.examples import examples_of
from evaluations.presenters.live import EMPTY
from evaluations.presenters.self_page import remark_labels
from evaluations.presenters.self_parts import new_criterion_html, new_levels_html, new_list_html
from standards.presenters import rule_in_words
from standards.queries import CriterionData, FrameworkData


def preview_context(data: FrameworkData) -> dict:
    """The parts of the page: list of criteria, steps, remarks, what the rule asks for."""
    return {
        "list": new_list_html(data, dict.fromkeys((criterion.code for criterion in data.criteria), EMPTY)),
        "steps": [_step(data, place) for place in range(len(data.criteria))],
        "remarks": [{"name": name, "label": label, "hint": hint} for name, (label, hint) in remark_labels().items()],
        "last": data.criteria[-1].code,
        "number": len(data.criteria),
        "rule": rule_in_words(data),
    }


def _step(data: FrameworkData, place: int) -> SafeString:
    """One criterion, with the examples of evidence that the real page fetches when asked for."""
    criterion = data.criteria[place]
    words = {
        **dict.fromkeys(("base", "problem", "note", "checked"), ""),
        "start": "" if place else " is-start",
        "revision": "0",
        "levels": new_levels_html(data, criterion),
        "evidence": _examples(data, criterion),
    }
    return new_criterion_html(data, place, words, is_preview=True)


def _examples(data: FrameworkData, criterion: CriterionData) -> SafeString | str:
    if not criterion.examples or not all(code in data.level_codes for code in criterion.examples):
        return ""
    return more(get_template("evaluations/_examples.html").render(examples_of(data, criterion)), _("Examples"))
