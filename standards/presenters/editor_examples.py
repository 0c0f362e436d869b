"""Worked examples (golden vectors) of a draft: run live, each with what came out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core.localized import localized
from standards import rating
from standards.framework_data import FrameworkData
from standards.packs_check import sentence_of
from standards.presenters.editor_document import Document, Node, texts_of
from standards.presenters.explanations import ExplainedStep, explain

WITHOUT = ("INCOMPLETE", "NONE")
SHOWN_WHY = 5  # explanations of failing examples shown at once
GRID_LIMIT = 300  # criteria of an example that can be clicked together


@dataclass(frozen=True)
class Ran:
    """What an example gives: `result` a code, INCOMPLETE or NONE, `words` its name; `error` a sentence instead."""

    result: str
    words: str
    error: str
    steps: tuple[ExplainedStep, ...]


@dataclass(frozen=True)
class ExampleRow:
    """One example. `levels`: ("Tốt", "1-10") pairs; `holds` is None while the rule cannot be run."""

    at: int
    why: str
    levels: tuple[tuple[str, str], ...]
    expected: str
    expected_words: str
    ran: Ran | None
    holds: bool | None
    missing: tuple[Node, ...]
    shows_why: bool
    can_edit: bool


@dataclass(frozen=True)
class GridRow:
    """A criterion with its levels to click. `options`: (code, name, chosen, position, of)."""

    node: Node
    options: tuple[tuple[str, str, bool, int, int], ...]
    score: str
    has_levels: bool


def vectors_of(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The examples of a document; what is no object is left out."""
    rows = content.get("vectors")
    return [row if isinstance(row, Mapping) else {} for row in rows] if isinstance(rows, list) else []


def result_words(document: Document, code: str) -> str:
    """The name of a result."""
    if code == "INCOMPLETE":
        return _("No result yet")
    if code == "NONE":
        return _("The text knows no overall result")
    for name, words in results_of(document):
        if name == code:
            return words
    return code


def results_of(document: Document) -> list[tuple[str, str]]:
    """(code, name) of every overall result, the lowest first."""
    own = document.content.get("results")
    if isinstance(own, list) and own:
        rows = [row for row in own if isinstance(row, Mapping)]
        return [
            (str(row.get("code") or ""), localized(texts_of(row.get("name"))) or str(row.get("code"))) for row in rows
        ]
    return [(level.code, level.name or level.code) for level in document.levels]


def run(data: FrameworkData | None, vector: Mapping[str, Any], document: Document, *, why: bool = False) -> Ran | None:
    """What the rule gives; None while the draft's problems leave no rule to run."""
    if data is None:
        return None
    try:
        if vector.get("assessors"):
            outcome = rating.rate_panel(data.rule, vector["assessors"])
        else:
            outcome = rating.rate(data.rule, vector.get("ratings") or {})
    except rating.CodedError as error:
        return Ran("", "", sentence_of(error), ())
    code = outcome.result or ("INCOMPLETE" if not outcome.complete else "NONE")
    steps = tuple(explain(outcome.explanation, data)) if why else ()
    return Ran(code, result_words(document, code), "", steps)


def example_rows(
    document: Document, data: FrameworkData | None, failing: Mapping[int, str], why: int | None
) -> list[ExampleRow]:
    """Every example. `failing`: place to sentence, of those that the check refuses; `why`: the one to explain."""
    rows, explained = [], 0
    for at, vector in enumerate(vectors_of(document.content)):
        expected = str(vector.get("expected") or "")
        fails = at in failing
        shows = at == why or (fails and explained < SHOWN_WHY)
        explained += fails
        ran = run(data, vector, document, why=shows)
        ratings = vector.get("ratings") if isinstance(vector.get("ratings"), Mapping) else {}
        rows.append(
            ExampleRow(
                at=at,
                why=str(vector.get("why") or ""),
                levels=grouped(document, ratings),
                expected=expected,
                expected_words=result_words(document, expected),
                ran=ran,
                holds=None if ran is None else not fails and ran.result == expected,
                missing=tuple(node for node in document.criteria if ratings and node.code not in ratings),
                shows_why=shows,
                can_edit="assessors" not in vector and len(document.criteria) <= GRID_LIMIT,
            )
        )
    return rows


def grouped(document: Document, ratings: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """("Tốt", "1-10, 12") pairs, the highest level first: an example at one glance."""
    places = {node.code: (place, node) for place, node in enumerate(document.criteria)}
    found: dict[str, list[tuple[int, Node]]] = {}
    names: dict[str, tuple[int, str]] = {}
    for code, level in ratings.items():
        if code not in places:
            continue
        place, node = places[code]
        levels = document.levels_of(node)
        rank = next((n for n, one in enumerate(levels) if one.code == str(level)), -1)
        words = levels[rank].name if rank >= 0 else words_of(level)
        names[words] = (rank, words)
        found.setdefault(words, []).append((place, node))
    ordered = sorted(found, key=lambda words: names[words], reverse=True)
    return tuple((words, ranges(sorted(found[words], key=lambda row: row[0]))) for words in ordered)


def words_of(level: Any) -> str:
    """What stands for a rating that is no level."""
    known = {"not_observed": _("not observed"), "not_applicable": _("not applicable"), "not_rated": _("not rated")}
    return str(known.get(level, level)) if level not in (None, "") else _("not rated")


def ranges(rows: list[tuple[int, Node]]) -> str:
    """ "1–10, 12" of criteria in order."""
    parts = []
    for _shift, group in groupby(enumerate(rows), key=lambda pair: pair[1][0] - pair[0]):
        run_of = [node for _at, (_place, node) in group]
        first, last = run_of[0].number, run_of[-1].number
        parts.append(first if len(run_of) == 1 else f"{first}, {last}" if len(run_of) == 2 else f"{first}–{last}")
    return ", ".join(parts)


def grid(document: Document, ratings: Mapping[str, Any]) -> list[GridRow]:
    """Every criterion with its levels, those of `ratings` chosen."""
    rows = []
    for node in document.criteria:
        levels = document.levels_of(node)
        chosen = str(ratings.get(node.code) or "")
        options = tuple(
            (level.code, level.name or level.code, level.code == chosen, place, len(levels))
            for place, level in enumerate(levels, 1)
        )
        rows.append(GridRow(node, options, "" if levels else chosen, bool(levels)))
    return rows
