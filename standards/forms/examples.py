"""Worked examples as their pages send them."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.http import posted_number
from standards.drafting import StepRefused
from standards.framework_data import FrameworkData
from standards.presenters.editor_document import Document
from standards.presenters.editor_examples import run, vectors_of

Vector = dict[str, Any]


def ratings_of(document: Document, posted: QueryDict) -> dict[str, str]:
    """Criterion code to what was clicked; criteria without a click are left out."""
    found = {}
    for node in document.criteria:
        if words := posted.get(f"rating-{node.code}", "").strip():
            found[node.code] = words
    return found


def typed(document: Document, data: FrameworkData | None, posted: QueryDict, old: Mapping[str, Any]) -> Vector:
    """One example from its form. Raises StepRefused when it says nothing."""
    fresh = {
        name: value for name, value in old.items() if name not in ("ratings", "why", "expected", "value", "scores")
    }
    fresh["ratings"] = ratings_of(document, posted)
    if not fresh["ratings"]:
        raise StepRefused(_("Choose the levels of at least one criterion."))
    expected = posted.get("expected", "")
    if not expected:
        ran = run(data, fresh, document)
        expected = ran.result if ran else ""
    if not expected:
        raise StepRefused(_("Say which result the text gives for these levels."))
    fresh["expected"] = expected
    if why := posted.get("why", "").strip():
        fresh = {"why": why, **fresh}
    return fresh


def changed(document: Document, data: FrameworkData | None, posted: QueryDict) -> list[Vector]:
    """Every example after one act on them. Raises StepRefused."""
    vectors = [dict(vector) for vector in vectors_of(document.content)]
    verb = posted.get("do")
    if verb == "remove":
        del vectors[_place(posted, vectors)]
        return vectors
    if verb == "take":
        _take(document, data, vectors[_place(posted, vectors)])
        return vectors
    if verb == "remove_failing":
        return [vector for vector in vectors if _holds(document, data, vector)]
    if verb == "fill":
        return [_filled(document, vector, posted) for vector in vectors]
    raise StepRefused(_("The request could not be understood."))


def _place(posted: QueryDict, vectors: list[Vector]) -> int:
    at = posted_number(posted.get("at"), len(vectors))
    if at >= len(vectors):
        raise StepRefused(_("What you were changing has been removed meanwhile."))
    if posted.get("why") != str(vectors[at].get("why") or ""):
        raise StepRefused(_("The examples have changed meanwhile. Look at them again."))
    return at


def _take(document: Document, data: FrameworkData | None, vector: Vector) -> None:
    ran = run(data, vector, document)
    if ran is None or ran.error:
        raise StepRefused(ran.error if ran else _("The rule cannot be run while the draft has problems."))
    vector["expected"] = ran.result
    vector.pop("value", None)
    vector.pop("scores", None)


def _holds(document: Document, data: FrameworkData | None, vector: Vector) -> bool:
    ran = run(data, vector, document)
    return ran is None or ran.result == vector.get("expected")


def _filled(document: Document, vector: Vector, posted: QueryDict) -> Vector:
    """The example with a level for a criterion it says nothing about: a fixed one, or the one of another criterion."""
    node = document.nodes.get(posted.get("node", ""))
    how = posted.get("how", "")
    ratings = vector.get("ratings")
    if node is None or not how:
        raise StepRefused(_("Choose what to fill in."))
    if not isinstance(ratings, Mapping) or node.code in ratings:
        return vector
    kind, _colon, what = how.partition(":")
    level = what if kind == "level" else ratings.get(what)
    if level in (None, ""):
        return vector
    order = [one.code for one in document.criteria]
    fresh = {**ratings, node.code: level}
    return vector | {
        "ratings": {code: fresh[code] for code in sorted(fresh, key=lambda c: order.index(c) if c in order else 0)}
    }
