"""Steps: what a person does to a document. Each gives the changed document and the step that takes it back.

A step is an object, {"do": verb, …}: set, add, remove, move, rename, renumber, split, merge, and all (several at once, whole or
not at all). `before` says what the writer saw; when something else stands there meanwhile, the step is a Clash.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from standards.drafting import structure
from standards.drafting.edit import Edit
from standards.drafting.errors import StepRefused
from standards.drafting.fields import clean
from standards.drafting.nodes import Document

SIZE_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True)
class Applied:
    """A document after a step. `undo` is the step back, None when the step changed nothing. `touched`: (node, path)
    of everything that changed; `nodes`: the ids in it, "" for the pack."""

    document: Document
    step: Document
    undo: Document | None
    touched: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(node for node, _path in self.touched))


VERBS: dict[str, Callable[[Edit, Document], None]] = {
    "set": structure.set_field,
    "add": structure.add,
    "remove": structure.remove,
    "move": structure.move,
    "rename": structure.rename,
    "renumber": structure.renumber,
    "split": structure.split,
    "merge": structure.merge,
    "origins": structure.origins,
}


def apply(document: Document, step: Any) -> Applied:
    """Does one step on a copy of `document`. Raises StepRefused or Clash; then nothing is changed."""
    if not isinstance(step, dict):
        raise StepRefused(_("This is no step."))
    step = clean(step)
    edit = Edit(deepcopy(document))
    do(edit, step)
    size = len(json.dumps(edit.document, ensure_ascii=False).encode()) if edit.undo else 0
    if size > SIZE_LIMIT:
        raise StepRefused(_("The framework has become too large: more than %(limit)s MB.") % {"limit": 20}, step)
    undo = edit.undo[0] if len(edit.undo) == 1 else {"do": "all", "steps": edit.undo[::-1]}
    return Applied(edit.document, step, undo if edit.undo else None, tuple(dict.fromkeys(edit.touched)))


def do(edit: Edit, step: Document) -> None:
    """One step within an edit."""
    if step.get("do") == "all":
        steps = step.get("steps")
        if not isinstance(steps, list) or not all(isinstance(item, dict) for item in steps):
            raise StepRefused(_("This is no step."), step)
        for item in steps:
            do(edit, item)
        return
    verb = VERBS.get(step.get("do")) if isinstance(step.get("do"), str) else None
    if verb is None:
        raise StepRefused(_("There is no step “%(name)s”.") % {"name": step.get("do")}, step)
    verb(edit, step)
