"""Parts of the self-assessment page that are the same for everybody but for a few words.

Each is rendered once per process with marks in the places of those words; a page then only fills the marks in. A
criterion through the template engine costs more than a query, and there are fifteen.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.localized import localized
from standards.queries import CriterionData, FrameworkData, framework_data

MARK = re.compile("\x02([^\x03]+)\x03")


def mark(name: str) -> SafeString:
    """The place of a word in a kept part; the characters cannot come from people, they are control characters."""
    return mark_safe(f"\x02{name}\x03")  # noqa: S308  our own names


def filled(part: str, words: Mapping[str, str]) -> SafeString:
    """A kept part with its words, which are already escaped."""
    return mark_safe(MARK.sub(lambda found: words[found[1]], part))  # noqa: S308 - see above


def levels_html(data: FrameworkData, criterion: CriterionData, selected: str) -> SafeString:
    """The level cards of a criterion with `selected` ticked, in the reader's language."""
    return _levels(data.version_id, criterion.code, selected, get_language())


@lru_cache(maxsize=2000)
def _levels(version_id: int, code: str, selected: str, language: str | None) -> SafeString:
    data = framework_data(version_id)
    return new_levels_html(data, data.criterion(code), selected)


def new_levels_html(data: FrameworkData, criterion: CriterionData, selected: str = "") -> SafeString:
    """The same, made anew: for a draft, which changes."""
    cards = [
        {
            "code": level.code,
            "name": localized(level.name),
            "text": localized(criterion.descriptors.get(level.code)) or localized(level.description),
            "checked": level.code == selected,
        }
        for level in data.scale_of(criterion).levels
    ]
    return get_template("evaluations/_levels.html").render({"code": criterion.code, "cards": cards})


def criterion_html(
    data: FrameworkData,
    criterion: CriterionData,
    *,
    base: str,
    level: str,
    note: str,
    no_evidence: bool,
    revision: int,
    evidence: list[int],
    is_start: bool,
    problem: str = "",
) -> SafeString:
    """One step of the page. `evidence`: places of its pieces in the page's list of pieces; `problem`: ready HTML above
    the cards; `base`: the address of the evaluation, as far as the page needs to say it."""
    words = {
        "start": " is-start" if is_start else "",
        "base": base,
        "revision": str(revision),
        "problem": problem,
        "levels": levels_html(data, criterion, level),
        "note": escape(note),
        "checked": " checked" if no_evidence else "",
        "evidence": _pieces(evidence),
    }
    return filled(_criterion(data.version_id, criterion.code, get_language()), words)


def _pieces(places: list[int]) -> str:
    """Where a script puts the titles; without scripts they stand on the page that "Add evidence" leads to."""
    return format_html('<ul data-pieces="{}"></ul>', " ".join(map(str, places))) if places else ""


@lru_cache(maxsize=500)
def _criterion(version_id: int, code: str, language: str | None) -> str:
    data = framework_data(version_id)
    marks = ("start", "base", "revision", "problem", "levels", "note", "checked", "evidence")
    place = [criterion.code for criterion in data.criteria].index(code)
    return new_criterion_html(data, place, {name: mark(name) for name in marks})


def new_criterion_html(data: FrameworkData, place: int, words: Mapping[str, str], *, is_preview: bool = False) -> str:
    """The criterion at `place`, made anew; `words` stand where `criterion_html` puts what people wrote."""
    criterion = data.criteria[place]
    context = {
        **words,
        "code": criterion.code,
        "number": criterion.label,
        "name": localized(criterion.name),
        "is_key": criterion.is_key,
        "is_preview": is_preview,
        "before": data.criteria[place - 1].code if place else "",
        "after": data.criteria[place + 1].code if place + 1 < len(data.criteria) else "plan",
    }
    return get_template("evaluations/_criterion.html").render(context)


def list_html(data: FrameworkData, states: Mapping[str, str]) -> SafeString:
    """The list of criteria by standard; `states`: criterion code -> done, part or empty."""
    return filled(_list(data.version_id, get_language()), states)


@lru_cache(maxsize=50)
def _list(version_id: int, language: str | None) -> str:
    data = framework_data(version_id)
    return new_list_html(data, {criterion.code: mark(criterion.code) for criterion in data.criteria})


def new_list_html(data: FrameworkData, states: Mapping[str, str]) -> SafeString:
    """The list, made anew."""
    groups = [
        {
            "name": localized(standard.name),
            "criteria": [(c.code, c.label, localized(c.name), states[c.code]) for c in standard.all_criteria],
        }
        for standard in data.standards
    ]
    return get_template("evaluations/_self_list.html").render({"groups": groups})
