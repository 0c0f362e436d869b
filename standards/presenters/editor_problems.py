"""The problems of a draft, each with the place where it is mended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from standards.models import Draft
from standards.packs_check import Problem
from standards.presenters.editor_document import LEVEL, Document, Node
from standards.presenters.editor_shell import node_url
from standards.queries_drafts import problems_of

KEPT = 60 * 60
VECTOR = re.compile(r"vectors\[(\d+)\]")
FIELD_OF_NODE = re.compile(r"^\.([a-z_]+(?:\.[\w.-]+)*)")


@dataclass(frozen=True)
class ProblemLine:
    """A problem with the name of its place and the page that mends it. `code`: what kind of place it is."""

    sentence: str
    place: str
    url: str
    path: str
    node: str = ""


def known_problems(draft: Draft) -> list[Problem]:
    """The problems of the draft as it is now; checked once for each revision and language."""
    key = f"draft-problems:{draft.pk}:{draft.revision}:{get_language()}"
    found = cache.get(key)
    if found is None:
        found = [(problem.path, problem.sentence) for problem in problems_of(draft)]
        cache.set(key, found, KEPT)
    return [Problem(path, sentence) for path, sentence in found]


def problem_lines(draft: Draft, document: Document, problems: Iterable[Problem]) -> list[ProblemLine]:
    """Every problem with its place."""
    return [_line(draft, document, problem) for problem in problems]


def of_node(problems: Iterable[Problem], node: Node) -> list[Problem]:
    """The problems of one node itself, not of what lies below it."""
    below = re.compile(re.escape(node.path) + r"(?!\.(?:criteria|standards)\[)(?:[.\[].*)?")
    return [problem for problem in problems if below.fullmatch(problem.path)]


def of_vectors(problems: Iterable[Problem]) -> dict[int, str]:
    """Place of an example to the sentence that refuses it."""
    found: dict[int, str] = {}
    for problem in problems:
        if match := VECTOR.match(problem.path):
            found.setdefault(int(match[1]), problem.sentence)
    return found


def _line(draft: Draft, document: Document, problem: Problem) -> ProblemLine:
    if node := document.at(problem.path):
        place = _("Level %(name)s") % {"name": node.name or node.code} if node.kind == LEVEL else str(node)
        anchor = _anchor(problem.path[len(node.path) :])
        url = node_url(draft, node)
        return ProblemLine(problem.sentence, place, url if "#" in url else url + anchor, problem.path, node.id)
    head = re.split(r"[.\[]", problem.path, maxsplit=1)[0]
    pages = {
        "rule": ("draft_rule", _("Rule of the overall result")),
        "vectors": ("draft_examples", _("Worked examples")),
        "levels": ("draft_levels", _("Levels")),
        "scales": ("draft_levels", _("Levels")),
        "results": ("draft_levels", _("Overall results")),
        "ranks": ("draft_levels", _("Ranks")),
        "standards": ("draft", _("Standards and criteria")),
        "valid_from": ("draft_publish", _("Publish")),
    }
    name, place = pages.get(head, ("draft_facts", _("Legal text and facts")))
    anchor = ""
    if match := VECTOR.match(problem.path):
        anchor = f"#example-{match[1]}"
        place = _("Worked example %(number)s") % {"number": int(match[1]) + 1}
    elif name == "draft_facts":
        anchor = _anchor("." + problem.path)
    return ProblemLine(problem.sentence, place, reverse(f"standards:{name}", args=[draft.pk]) + anchor, problem.path)


def _anchor(rest: str) -> str:
    match = FIELD_OF_NODE.match(rest)
    return f"#f-{match[1].replace('.', '-')}" if match else ""


@dataclass(frozen=True)
class DraftRow:
    """A line of the list of drafts."""

    draft: Draft
    title: str
    problems: int
    began: str


def draft_rows(drafts: Iterable[Draft]) -> list[DraftRow]:
    """The list of drafts with the number of problems of each that is not published."""
    return [
        DraftRow(
            draft=draft,
            title=str(draft) or _("A draft without a title"),
            problems=0 if draft.published_as_id else len(known_problems(draft)),
            began=_("Copied from %(code)s") % {"code": draft.based_on.code}
            if draft.based_on_id
            else draft.get_origin_display(),
        )
        for draft in drafts
    ]
