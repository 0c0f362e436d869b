"""The steps of a draft in words: who did what, when, what stood there before, and whether it can be taken back."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.localized import language_name, localized
from people.models import User
from standards.models import DraftChange
from standards.presenters.editor_document import Document, texts_of

AT_WORK = timedelta(minutes=10)
LONGEST = 400  # characters of a text shown in the list


@dataclass(frozen=True)
class StepLine:
    """One step. `before` and `after` are texts that a person can compare, empty where there is nothing to show."""

    revision: int
    what: str
    who: str
    when: datetime
    before: str
    after: str
    undone: bool
    can_undo: bool


def step_lines(changes: Iterable[DraftChange], document: Document, standing: Container[int]) -> list[StepLine]:
    """The steps, as they are given (the newest first). `standing`: the revisions of the draft that stand."""
    lines = []
    for row in changes:
        before, after = _texts(row.step)
        lines.append(
            StepLine(
                revision=row.revision,
                what=describe(row, document),
                who=row.by.full_name,
                when=row.at,
                before=before,
                after=after,
                undone=row.revision not in standing,
                can_undo=row.revision in standing and not row.undoes,
            )
        )
    return lines


def company(user: User, changes: Iterable[DraftChange]) -> str:
    """Who else has changed the draft in the last minutes, empty for nobody."""
    since = timezone.now() - AT_WORK
    for row in changes:
        if row.by_id != user.pk and row.at > since:
            return _("%(name)s is working on this draft too. Different fields both hold.") % {"name": row.by.full_name}
    return ""


def describe(change: DraftChange, document: Document) -> str:
    """What a step did, in one line."""
    if change.undoes:
        return _("Step %(number)s taken back") % {"number": change.undoes}
    return step_in_words(change.step, document, change.undo)


def step_in_words(step: Mapping[str, Any], document: Document, undo: Any = None) -> str:
    """What a step does: "Name of 5 Lập kế hoạch, Vietnamese"."""
    verb = step.get("do")
    name = _name(step, document, undo)
    if verb == "set":
        field = _field(step.get("field"), document)
        return _("%(field)s of %(node)s changed") % {"field": field, "node": name} if name else field_changed(field)
    if verb == "all":
        steps = step.get("steps") or []
        first = step_in_words(steps[0], document) if steps else ""
        return _("%(first)s, and %(more)s more") % {"first": first, "more": len(steps) - 1} if len(steps) > 1 else first
    sentences = {
        "add": _("%(node)s added"),
        "remove": _("%(node)s removed"),
        "move": _("%(node)s moved"),
        "rename": _("Code of %(node)s changed"),
        "renumber": _("Criteria numbered anew"),
        "split": _("%(node)s split in two"),
        "merge": _("Criteria merged into %(node)s"),
    }
    return sentences.get(verb, _("Changed")) % {"node": name or _("Something")}


def field_changed(field: str) -> str:
    """ "Rule of the overall result changed"."""
    return _("%(field)s changed") % {"field": field}


def _name(step: Mapping[str, Any], document: Document, undo: Any) -> str:
    ids = step.get("nodes") or [step.get("node")]
    if step.get("do") == "add" and "field" not in step and step.get("touched"):
        ids = step["touched"][0]
    node = document.nodes.get(str(ids[0] or ""))
    if node is not None and "field" not in step:
        return _quoted(str(node))
    if step.get("do") in ("add", "remove") and step.get("field"):
        part = _field(step["field"], document)
        return f"{part}, {_quoted(str(node))}" if node else part
    if node is not None:
        return _quoted(str(node))
    for source in (step.get("value"), undo.get("value") if isinstance(undo, Mapping) else None):
        if isinstance(source, Mapping) and ("name" in source or "code" in source):
            words = f"{source.get('code') or ''} {localized(texts_of(source.get('name')))}".strip()
            if words:
                return _quoted(words)
    kinds = {"standard": _("A standard"), "criterion": _("A criterion"), "level": _("A level")}
    kinds |= {"example": _("An evidence example"), "vector": _("A worked example")}
    return str(kinds.get(step.get("kind"), "")) if step.get("do") != "set" else ""


def _quoted(words: str) -> str:
    return _("“%(name)s”") % {"name": words if len(words) <= 80 else words[:79] + "…"}


def _field(field: Any, document: Document) -> str:
    parts = field.split(".") if isinstance(field, str) else [str(part) for part in field or []]
    if not parts:
        return _("A text")
    language = ""
    if len(parts) > 1 and len(parts[-1]) == 2 and parts[-1].isalpha() and parts[-1].islower():
        language = language_name(parts.pop())
    labels = {
        "name": pgettext("standard, criterion or level", "Name"),
        "alternative_name": _("Other name"),
        "description": _("Description"),
        "short": _("Short name"),
        "points": _("Points"),
        "code": _("Code"),
        "number": _("Number"),
        "label": _("Number as the text writes it"),
        "key": _("Key criterion"),
        "article": _("Article"),
        "scale": _("Levels used"),
        "descriptors": _("Level demand"),
        "examples": _("Evidence example"),
        "provenance": _("Sources"),
        "rule": _("Rule of the overall result"),
        "vectors": _("Worked examples"),
        "title": pgettext("of a text", "Title"),
        "audience": _("For whom"),
        "key_name": _("What the key criteria are called"),
        "legal": _("Legal text"),
        "framework": _("Framework"),
        "results": _("Overall results"),
        "ranks": _("Ranks"),
        "scales": _("Levels"),
        "valid_from": _("First day in force"),
        "valid_to": _("Last day in force"),
    }
    label = str(labels.get(parts[0], parts[0]))
    if parts[0] in ("descriptors", "examples") and len(parts) > 1:
        level = next((node for node in document.levels if node.code == parts[1]), None)
        label = f"{label} “{level.name if level else parts[1]}”"
    return f"{label} ({language})" if language else label


def _texts(step: Mapping[str, Any]) -> tuple[str, str]:
    if step.get("do") != "set":
        return "", ""
    return _shown(step.get("before")), _shown(step.get("value"))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | str):
        words = str(value)
        return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return ""
