"""Verbs of drafts: begin, change step by step, take a step back, throw away, publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from people.models import User
from standards.actions.publishing import Problems, publish_draft
from standards.drafting import Clash, StepRefused, apply, blank, copied, prepared
from standards.drafting.fields import CODE
from standards.enums import DraftOrigin, VersionStatus
from standards.models import Draft, DraftChange, FrameworkVersion
from standards.policies import can_change_draft, can_discard, can_draft
from standards.queries import pack_of
from standards.queries_drafts import identifiers_in_use, standing_steps

__all__ = [
    "Change",
    "Conflict",
    "Problems",
    "StepRefused",
    "blank_draft",
    "change_draft",
    "clone_version",
    "discard_draft",
    "publish_draft",
    "start_draft",
    "undo_change",
]

TOUCHED_KEPT = 200
LOOKED_THROUGH = 2000  # steps read, from the latest, to say whose text stands in the way


class Conflict(Exception):
    """Somebody changed the same place meanwhile. `current` is what stands there now, `by` and `at` say who wrote it and
    when, `given` what this person wanted to write: both texts are shown, nothing is lost."""

    def __init__(self, *, current: Any, by: User, at: datetime, given: Any = None, node: str = "", field: tuple = ()):
        super().__init__(_("%(name)s changed the same place meanwhile.") % {"name": by.full_name})
        self.current, self.by, self.at, self.given = current, by, at, given
        self.node, self.field = node, field


@dataclass(frozen=True)
class Change:
    """What became of a step: the draft's revision after it, the step as kept, the ids of the nodes it changed ("" for
    the pack), and the draft. A step that changed nothing keeps the revision."""

    revision: int
    step: Mapping[str, Any]
    nodes: tuple[str, ...]
    draft: Draft


# --- beginning --------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_draft(
    *,
    by: User,
    content: Mapping[str, Any],
    origin: DraftOrigin,
    based_on: FrameworkVersion | None = None,
    case: Mapping[str, Any] | None = None,
) -> Draft:
    """A draft of a pack document, which may have problems. Every node gets an id; one that a published version has
    already becomes the node's origin. Raises Refused for what is no tree of objects.
    """
    can_draft(by).or_raise()
    try:
        document = prepared(content)
        document = prepared(document, taken=identifiers_in_use(document))
    except StepRefused as refusal:
        raise Refused(str(refusal)) from refusal
    return Draft.objects.create(
        content=document,
        case=dict(case) if case else None,
        origin=origin,
        based_on=based_on,
        created_by=by,
        updated_by=by,
    )


def clone_version(*, by: User, version: FrameworkVersion, code: str) -> Draft:
    """A draft with everything of a published or retired version, each node with its origin there."""
    can_draft(by).or_raise()
    _check_code(code)
    if version.status == VersionStatus.DRAFT:
        raise Refused(_("Only a published version is copied."))
    document = copied(pack_of(version), code=code)
    return start_draft(by=by, content=document, origin=DraftOrigin.CLONE, based_on=version)


def blank_draft(*, by: User, code: str, title: Mapping[str, str], framework: Mapping[str, Any], **fields: Any) -> Draft:
    """A draft with nothing in it. `framework` is the pack's object (code, jurisdiction, subject_role, purpose, title),
    `fields` are further fields of the pack: legal, levels, rule …"""
    can_draft(by).or_raise()
    _check_code(code)
    fields = {"valid_from": timezone.localdate().isoformat()} | fields
    document = blank(code=code, title=dict(title), framework=dict(framework), **fields)
    return start_draft(by=by, content=document, origin=DraftOrigin.BLANK)


def _check_code(code: str) -> None:
    if not CODE.fullmatch(code):
        raise Refused(_("A code has 1 to 40 letters, digits, dots, hyphens or underscores."))
    if FrameworkVersion.objects.filter(code=code).exists():
        raise Refused(_("There is already a version with the code “%(code)s”.") % {"code": code})


# --- changing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_draft(*, draft_id: UUID | str, by: User, step: Mapping[str, Any]) -> Change:
    """Does one step (see `drafting.steps`) and keeps it. The row is locked: steps of several people come one after the
    other, and different places both hold.

    Raises Conflict where somebody else wrote meanwhile, StepRefused for what cannot be done.
    """
    return _change(_locked(draft_id, by), by, step)


@transaction.atomic
def undo_change(*, draft_id: UUID | str, by: User, revision: int | None = None) -> Change:
    """Takes one step back; without `revision` the last own one that still stands. Undoing an undo does it again.

    Raises Conflict where somebody else wrote there since, Refused when there is nothing to take back.
    """
    draft = _locked(draft_id, by)
    standing = standing_steps(draft)
    if revision is None:
        own = [row for row in standing.values() if row.by_id == by.pk and row.undoes is None]
        row = max(own, key=lambda row: row.revision, default=None)
    else:
        row = standing.get(revision)
    if row is None:
        raise Refused(_("There is nothing left to take back."))
    return _change(draft, by, row.undo, undoes=row.revision)


@transaction.atomic
def discard_draft(*, draft: Draft, by: User) -> None:
    """Throws an unpublished draft away with all its steps."""
    draft = _locked(draft.pk, by)
    can_discard(by, draft).or_raise()
    draft.delete()


def _locked(draft_id: UUID | str, by: User) -> Draft:
    """The draft with its row locked, its package unread. Raises Draft.DoesNotExist, PermissionDenied or Refused."""
    draft = Draft.objects.select_for_update(of=("self",)).defer("case").get(pk=draft_id)
    can_change_draft(by, draft).or_raise()
    return draft


def _change(draft: Draft, by: User, step: Mapping[str, Any], undoes: int | None = None) -> Change:
    try:
        done = apply(draft.content, step)
    except Clash as clash:
        raise _conflict(draft, clash) from clash
    if done.undo is None:
        return Change(draft.revision, done.step, (), draft)
    kept = {**done.step, "touched": [[node, list(path)] for node, path in done.touched[:TOUCHED_KEPT]]}
    draft.content = done.document
    draft.revision += 1
    draft.updated_by = by
    draft.save(update_fields=["content", "revision", "updated_by", "updated_at"])
    DraftChange.objects.create(draft=draft, revision=draft.revision, by=by, step=kept, undo=done.undo, undoes=undoes)
    return Change(draft.revision, kept, done.nodes, draft)


def _conflict(draft: Draft, clash: Clash) -> Conflict:
    """Who wrote what stands there now: the last step that touched the place, else the last one at all."""
    rows = DraftChange.objects.filter(draft=draft).select_related("by").order_by("-revision")
    latest = by = at = None
    for row in rows.defer("undo")[:LOOKED_THROUGH].iterator(chunk_size=100):
        latest = latest or row
        if any(_overlap(clash, node, path) for node, path in row.step.get("touched", ())):
            by, at = row.by, row.at
            break
    else:
        by, at = (latest.by, latest.at) if latest else (draft.created_by, draft.created_at)
    return Conflict(current=clash.current, by=by, at=at, given=clash.given, node=clash.node, field=clash.field)


def _overlap(clash: Clash, node: str, path: list[str]) -> bool:
    length = min(len(path), len(clash.field))
    return node == clash.node and tuple(path[:length]) == clash.field[:length]
