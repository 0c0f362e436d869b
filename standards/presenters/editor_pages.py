"""The pages of the editor beside the rule: overview, one node, facts, levels."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from core.localized import localized
from people.models import User
from standards.enums import Precision, Purpose, SourceStatus, SubjectRole
from standards.models import Draft
from standards.policies import can_discard, can_publish
from standards.presenters.editor_document import CRITERION, STANDARD, Document, Node, texts_of
from standards.presenters.editor_fields import (
    Cell,
    NodeFields,
    TextRow,
    node_fields,
    plain_cell,
    source_choices,
    text_row,
    value_at,
)
from standards.presenters.editor_history import step_lines
from standards.presenters.editor_problems import known_problems, problem_lines
from standards.presenters.editor_shell import languages_of
from standards.presenters.pages import SOURCE_TONES
from standards.queries_drafts import DRAFT, changes_of, standing_steps

MOST_PLACES = 300  # standards in a list to choose from; in larger drafts one drags, or moves step by step
LATEST = 5


@dataclass(frozen=True)
class Act:
    """A button on a node: `fields` are sent with it, `confirm` is asked first."""

    do: str
    label: str
    fields: tuple[tuple[str, str], ...]
    icon: str = ""
    style: str = "secondary"
    confirm: str = ""


# --- overview -------------------------------------------------------------------------------------------------------
def overview_of(user: User, draft: Draft, document: Document) -> dict[str, Any]:
    """Problems, languages, the last steps, and where to go from here."""
    problems = problem_lines(draft, document, known_problems(draft))
    return {
        "problem_rows": problems,
        "missing_total": sum(document.missing_everywhere.values()),
        "languages": languages_of(document),
        "latest": step_lines(changes_of(draft)[:LATEST], document, standing_steps(draft)),
        "compare_url": compare_url(draft),
        "may_publish": can_publish(user, draft),
        "may_discard": can_discard(user, draft),
    }


def compare_url(draft: Draft) -> str:
    """The page that compares the draft with what it was copied from; empty where there is none."""
    if not draft.based_on_id:
        return ""
    try:
        return f"{reverse('standards:compare')}?from={draft.based_on.code}&to={DRAFT}{draft.pk}"
    except NoReverseMatch:
        return ""


# --- one node -------------------------------------------------------------------------------------------------------
def ways_of() -> tuple[tuple[str, str, str], ...]:
    """(way, label, icon) of the four directions."""
    return (
        ("up", _("Up"), "chevron-up"),
        ("down", _("Down"), "chevron-down"),
        ("out", _("Out"), "chevron-left"),
        ("in", _("In"), "chevron-right"),
    )


def acts_of(document: Document, node: Node) -> list[Act]:
    """What can be done with a node: add beside or below, split, merge, remove."""
    here = (("node", node.id),)
    if node.kind == STANDARD:
        below = (("parent", node.id),)
        count = sum(1 for one in document.walk() if node in one.above)
        sure = _("Remove “%(name)s” with everything in it (%(count)s)?") % {"name": node, "count": count}
        return [
            Act("add", _("Add a criterion to it"), (("kind", CRITERION), *below), "plus"),
            Act("add", _("Add a standard below it"), (("kind", STANDARD), *below), "plus"),
            Act("add", _("Add a standard after it"), (("kind", STANDARD), ("after", node.id)), "plus"),
            Act("remove", _("Remove this standard"), here, "trash", "danger", sure if count else ""),
        ]
    acts = [
        Act("add", _("Add a criterion after it"), (("kind", CRITERION), ("after", node.id)), "plus"),
        Act("split", _("Split it in two"), here, "copy"),
    ]
    siblings = [one for one in node.parent.children if one.kind == CRITERION] if node.parent else []
    if node.place + 1 < len(siblings):
        other = siblings[node.place + 1]
        label = _("Merge it with %(number)s") % {"number": other.number}
        acts.append(Act("merge", label, (*here, ("other", other.id)), "link"))
    acts.append(Act("remove", _("Remove this criterion"), here, "trash", "danger"))
    return acts


def places_of(document: Document, node: Node) -> list[tuple[str, str]]:
    """(id, name) of the standards that a node can be put into; a standard also to the top."""
    if len(document.standards) > MOST_PLACES:
        return []
    inside = {node.id} | {one.id for one in document.walk() if node in one.above}
    rows = [(one.id, "\u2003" * one.depth + str(one)) for one in document.standards if one.id not in inside]
    return [("", _("The whole, as a standard of its own")), *rows] if node.kind == STANDARD else rows


def all_cells(fields: NodeFields) -> list[Cell]:
    """Every field of a form."""
    cells = [*fields.plain, *fields.sources]
    rows: list[TextRow] = list(fields.texts)
    for block in fields.levels:
        rows += [block.text, *block.examples]
    return cells + [cell for row in rows for cell in row.cells]


# --- facts ----------------------------------------------------------------------------------------------------------
def facts_of(document: Document) -> dict[str, Any]:
    """Identity, legal text, dates, articles, sources, languages."""
    item = document.content
    about = [
        text_row(document, item, "title", _("Title of this version"), needed=True),
        text_row(document, item, "audience", _("For whom")),
        text_row(
            document, item, "framework.title", _("Title of the framework, the same in every version"), needed=True
        ),
    ]
    identity = [
        plain_cell(
            item, "code", _("Code of this version"), hint=_("It becomes its address; after publication it stays.")
        ),
        plain_cell(item, "framework.code", _("Code of the framework"), hint=_("The same for every version of it.")),
        plain_cell(item, "framework.jurisdiction", _("Country"), hint=_("Two letters, such as VN.")),
        plain_cell(item, "framework.subject_role", _("Whom it judges"), type="select", options=_choices(SubjectRole)),
        plain_cell(
            item, "framework.purpose", _("What it is for"), type="select", options=_choices(Purpose, "evaluation")
        ),
    ]
    legal = [
        plain_cell(item, "legal.number", _("Number of the legal text"), hint=_("Such as 20/2018/TT-BGDĐT.")),
        plain_cell(item, "legal.issued", _("Issued on"), type="date"),
        plain_cell(item, "legal.effective", _("Takes effect on"), type="date"),
        plain_cell(item, "precision", _("Days are known"), type="select", options=_choices(Precision, "day")),
    ]
    legal_texts = [
        text_row(document, item, "legal.name", _("Name of the legal text"), needed=True),
        text_row(document, item, "legal.status_note", _("Note on its status"), rows=2),
        text_row(document, item, "key_name", _("What the text calls the key criteria")),
    ]
    articles = value_at(item, "legal.articles")
    articles = articles if isinstance(articles, Mapping) else {}
    used = _articles_used(document)
    article_rows = [
        (
            key,
            used[key],
            text_row(document, item, f"legal.articles.{key}", _("Article %(key)s") % {"key": key}, plain=True),
        )
        for key in articles
    ]
    sources = _sources(document)
    defaults = [
        plain_cell(item, f"provenance.default.{kind}", label, type="select", options=source_choices(document))
        for kind, label in _kinds().items()
    ]
    rows = [*about, *legal_texts, *(row for _key, _used, row in article_rows), *(row["text"] for row in sources)]
    cells = [*identity, *legal, *defaults, *(row["status"] for row in sources)]
    return {
        "identity": identity,
        "about": about,
        "legal": legal,
        "legal_texts": legal_texts,
        "articles": article_rows,
        "sources": sources,
        "defaults": defaults,
        "document_languages": [(code, code) for code in document.languages],
        "cells": cells + [cell for row in rows for cell in row.cells],
    }


def _choices(kind, default: str = "") -> tuple[tuple[str, str], ...]:
    rows = tuple((value, str(label)) for value, label in kind.choices)
    return (("", str(kind(default).label)), *(row for row in rows if row[0] != default)) if default else rows


def _articles_used(document: Document) -> Counter[str]:
    named = (node.item.get("article") for node in document.standards)
    return Counter(key for key in named if isinstance(key, str))


def _kinds() -> dict[str, str]:
    return {
        "name": _("Names of criteria"),
        "standard": _("Names of standards"),
        "level": _("Names of levels"),
        "description": _("Descriptions of standards"),
        "descriptors": _("Level demands"),
        "examples": _("Evidence examples"),
        "rule": _("Rating rule"),
    }


def _sources(document: Document) -> list[dict[str, Any]]:
    sources = value_at(document.content, "provenance.sources")
    statuses = tuple((value, str(label)) for value, label in SourceStatus.choices)
    found = []
    for code, source in sources.items() if isinstance(sources, Mapping) else ():
        status = source.get("status") if isinstance(source, Mapping) else ""
        path = f"provenance.sources.{code}"
        found.append(
            {
                "code": code,
                "tone": SOURCE_TONES.get(status, "neutral"),
                "status": plain_cell(
                    document.content, f"{path}.status", _("How close"), type="select", options=statuses
                ),
                "text": text_row(
                    document, document.content, f"{path}.text", _("Source “%(code)s”") % {"code": code}, plain=True
                ),
            }
        )
    return found


# --- levels ---------------------------------------------------------------------------------------------------------
def level_forms(document: Document) -> dict[str, Any]:
    """Every level of the main scale and of the others as a small form, and the overall results of their own."""
    rows = [_level_row(document, node, "") for node in document.levels]
    scales = []
    for code, nodes in document.scales.items():
        score = value_at(document.content, f"scales.{code}.score")
        name = localized(texts_of(value_at(document.content, f"scales.{code}.name"))) or code
        rows += [_level_row(document, node, code) for node in nodes]
        scales.append({"code": code, "name": name, "parent": f"scales.{code}", "score": _score(score)})
    results = document.content.get("results")
    own = [row for row in results if isinstance(row, Mapping)] if isinstance(results, list) else []
    return {
        "levels": rows,
        "scales": scales,
        "results": [(str(row.get("code") or ""), localized(texts_of(row.get("name")))) for row in own],
    }


def _level_row(document: Document, node: Node, scale: str) -> dict[str, Any]:
    return {
        "node": node,
        "scale": scale,
        "position": node.place + 1,
        "of": node.of,
        "fields": node_fields(document, node),
    }


def _score(score: Any) -> str:
    if not isinstance(score, Mapping):
        return ""
    return _("A score from %(min)s to %(max)s") % {"min": score.get("min"), "max": score.get("max")}
