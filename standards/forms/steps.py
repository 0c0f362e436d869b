"""A posted button becomes a step: what to do with which node, and where to go afterwards.

The document says where things stand now; the step itself is done, or refused, by `actions.drafts.change_draft`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.http import posted_number
from standards.drafting import StepRefused
from standards.drafting.fields import SHAPES
from standards.presenters.editor_document import CRITERION, LEVEL, STANDARD, Document, Node, texts_of

Step = dict[str, Any]
LANGUAGE = re.compile(r"[a-z]{2}")
VERSION = "version"


@dataclass(frozen=True)
class Wanted:
    """`go`: the id of the node to show afterwards, "new" for the one that was added, "" to stay."""

    step: Step
    go: str = ""


def wanted(document: Document, posted: QueryDict) -> Wanted:
    """What a posted form asks for. Raises StepRefused where it cannot be meant."""
    build = VERBS.get(posted.get("do", ""))
    if build is None:
        raise StepRefused(_("The request could not be understood."))
    return build(document, posted)


def value_of(kind: str, field: str, sent: Any) -> Any:
    """What was typed into a field, as the document keeps it. Raises StepRefused for a number that is none."""
    name = field.split(".", maxsplit=1)[0]
    shape = SHAPES.get(kind, {}).get(name)
    if shape == "bool":
        return sent is True or sent == "on"
    words = sent.replace("\r\n", "\n").strip() if isinstance(sent, str) else ""
    if shape == "number":
        if not (words.isascii() and words.isdigit() and len(words) < 6):
            raise StepRefused(_("The number must be a whole number from 1 that no other criterion has."), sent)
        return int(words)
    return words or None


def _node(document: Document, posted: QueryDict, name: str = "node") -> Node:
    node = document.nodes.get(posted.get(name, ""))
    if node is None:
        raise StepRefused(_("What you were changing has been removed meanwhile."))
    return node


def _place(posted: QueryDict) -> int:
    return posted_number(posted.get("at"), 10**6)


def _add(document: Document, posted: QueryDict) -> Wanted:
    kind, parent = posted.get("kind", ""), posted.get("parent", "")
    if kind == LEVEL:
        scale = parent.removeprefix("scales.")
        count = len(document.scales.get(scale, ()) if parent else document.levels) + 1
        name = {language: _("Level %(number)s") % {"number": count} for language in document.languages}
        return Wanted({"do": "add", "kind": LEVEL, "parent": parent, "value": {"name": name}}, "levels")
    if kind not in (STANDARD, CRITERION):
        raise StepRefused(_("The request could not be understood."))
    step = {"do": "add", "kind": kind, "parent": parent, "value": {"name": {}}}
    if after := document.nodes.get(posted.get("after", "")):
        step |= {"parent": after.parent.id if after.parent else "", "at": after.place + 1}
    return Wanted(step, "new")


def _remove(document: Document, posted: QueryDict) -> Wanted:
    node = _node(document, posted)
    go = "levels" if node.kind == LEVEL else node.parent.id if node.parent else "top"
    return Wanted({"do": "remove", "node": node.id}, go)


def _move(document: Document, posted: QueryDict) -> Wanted:
    node = _node(document, posted)
    if way := posted.get("way"):
        parent, at = _way(document, node, way)
    elif posted.get("beside"):
        parent, at = _beside(document, node, posted)
    else:
        parent, at = posted.get("parent", ""), _place(posted)
    return Wanted({"do": "move", "node": node.id, "parent": parent, "at": at})


def _beside(document: Document, node: Node, posted: QueryDict) -> tuple[str, int]:
    other = _node(document, posted, "beside")
    if posted.get("place") == "inside":
        return other.id, 10**6
    parent = other.parent.id if other.parent else ""
    at = other.place + (posted.get("place") == "after")
    same = (node.parent.id if node.parent else "") == parent and node.kind == other.kind
    return parent, at - 1 if same and node.place < other.place else at


def _way(document: Document, node: Node, way: str) -> tuple[str, int]:
    """One place up or down, out of its standard or into the one before it; at an edge on to the next standard."""
    parent = node.parent.id if node.parent else ""
    if node.kind == LEVEL:
        parent = f"scales.{node.scale}" if node.scale else ""
    up = way == "up"
    if way in ("up", "down") and 0 <= node.place + (-1 if up else 1) < node.of:
        return parent, node.place + (-1 if up else 1)
    if way in ("up", "down") and node.kind == CRITERION:
        order = document.standards
        at = next(place for place, one in enumerate(order) if one is node.parent) + (-1 if up else 1)
        if 0 <= at < len(order):
            return order[at].id, 10**6 if up else 0
    if way == "out" and node.parent and (node.kind == STANDARD or node.parent.parent):
        above = node.parent.parent
        return (above.id if above else ""), (node.parent.place + 1 if node.kind == STANDARD else 10**6)
    if way == "in":
        below = [one for one in (node.parent.children if node.parent else document.roots) if one.kind == STANDARD]
        if node.kind == STANDARD and node.place:
            return below[node.place - 1].id, 10**6
        if node.kind == CRITERION and below:
            return below[0].id, 0
    raise StepRefused(_("It cannot move further in this direction."))


def _split(document: Document, posted: QueryDict) -> Wanted:
    return Wanted({"do": "split", "node": _node(document, posted).id}, "new")


def _merge(document: Document, posted: QueryDict) -> Wanted:
    first, second = _node(document, posted), _node(document, posted, "other")
    return Wanted({"do": "merge", "nodes": [first.id, second.id]}, first.id)


def _renumber(_document: Document, _posted: QueryDict) -> Wanted:
    return Wanted({"do": "renumber"})


def _add_example(document: Document, posted: QueryDict) -> Wanted:
    node = _node(document, posted)
    value = {"level": posted.get("level", ""), "text": {}}
    return Wanted({"do": "add", "kind": "example", "parent": node.id, "value": value})


def _remove_example(document: Document, posted: QueryDict) -> Wanted:
    node, level, at = _node(document, posted), posted.get("level", ""), _place(posted)
    rows = node.item.get("examples", {}).get(level, [])
    before = rows[at] if at < len(rows) else None
    return Wanted({"do": "remove", "node": node.id, "field": ["examples", level, str(at)], "before": before})


def _language(document: Document, posted: QueryDict) -> Wanted:
    """A language begins with the title in it."""
    code, title = posted.get("language", "").strip().lower(), posted.get("title", "").strip()
    if not LANGUAGE.fullmatch(code):
        raise StepRefused(_("A language has a code of two letters, such as vi, en, th or ru."), code)
    if code in document.languages:
        raise StepRefused(_("The draft has this language already."), code)
    if not title:
        raise StepRefused(_("Write the title in the new language."), title)
    return Wanted({"do": "set", "node": "", "field": ["title", code], "value": title})


def _article(document: Document, posted: QueryDict) -> Wanted:
    key = posted.get("key", "").strip()
    legal = document.content.get("legal")
    known = legal.get("articles") if isinstance(legal, Mapping) else None
    if not re.fullmatch(r"[\w.-]{1,40}", key):
        raise StepRefused(_("An article has a short key, such as 4 or 10.2."), key)
    if isinstance(known, Mapping) and key in known:
        raise StepRefused(_("There is already an article with this key."), key)
    words = {language: posted.get(f"text-{language}", "").strip() for language in document.languages}
    if not any(words.values()):
        raise StepRefused(_("Write how the article is cited, such as “Article 4”."), key)
    return Wanted({"do": "set", "node": "", "field": ["legal", "articles", key], "value": texts_of(words)})


def _remove_article(document: Document, posted: QueryDict) -> Wanted:
    key = posted.get("key", "")
    legal = document.content.get("legal")
    articles = legal.get("articles", {}) if isinstance(legal, Mapping) else {}
    return Wanted(
        {"do": "set", "node": "", "field": ["legal", "articles", key], "value": None, "before": articles.get(key)}
    )


def _result(document: Document, posted: QueryDict) -> Wanted:
    """One more overall result beside the levels; the first one takes the levels along."""
    rows = document.content.get("results")
    rows = list(rows) if isinstance(rows, list) else []
    fresh = rows or [{"code": node.code, "name": texts_of(node.item.get("name"))} for node in document.levels]
    code, name = posted.get("code", "").strip(), posted.get("name", "").strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", code) or any(row.get("code") == code for row in fresh):
        raise StepRefused(_("A result has a code of its own, at most 10 letters and digits."), code)
    if not name:
        raise StepRefused(_("Write the name of the result."), name)
    fresh = [*fresh, {"code": code, "name": {document.languages[0]: name}}]
    return Wanted({"do": "set", "node": "", "field": "results", "value": fresh, "before": rows or None})


def _remove_result(document: Document, posted: QueryDict) -> Wanted:
    rows = document.content.get("results")
    rows = list(rows) if isinstance(rows, list) else []
    fresh = [row for row in rows if row.get("code") != posted.get("code")]
    return Wanted({"do": "set", "node": "", "field": "results", "value": fresh or None, "before": rows})


VERBS = {
    "add": _add,
    "remove": _remove,
    "move": _move,
    "split": _split,
    "merge": _merge,
    "renumber": _renumber,
    "add_example": _add_example,
    "remove_example": _remove_example,
    "language": _language,
    "article": _article,
    "remove_article": _remove_article,
    "result": _result,
    "remove_result": _remove_result,
}
