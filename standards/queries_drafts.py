"""The door to drafts: who sees them, what is wrong with them, and what they would be once published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.localized import localized
from people.enums import Place, Role
from people.models import Placement, Unit, User
from standards.drafting.nodes import walk
from standards.enums import VersionStatus
from standards.framework_data import FrameworkData, from_pack
from standards.models import Criterion, Draft, DraftChange, FrameworkVersion, Standard
from standards.models.frameworks import CODE_LENGTH
from standards.packs_check import Problem, check
from standards.rating import CodedError

DRAFTERS = (Role.OFFICER, Role.ADMINISTRATOR)
DRAFT = "draft:"
"""Before the id of a draft, where an address may name a version's code instead."""


def drafting_offices(user: User) -> list[Unit]:
    """The offices where `user` is officer or administrator today. Reads the request's cached memberships."""
    held = getattr(user, "current_memberships", ())  # a visitor has none
    return [row.unit for row in held if row.role in DRAFTERS and row.unit.kind.place == Place.OFFICE]


def highest_offices(user: User) -> list[Unit]:
    """The offices above (or the same as) those where `user` drafts that stand under no other. One query."""
    offices = [unit.pk for unit in drafting_offices(user)]
    placed = Placement.objects.in_force().values("unit_id")
    top = Unit.objects.above(offices).filter(kind__place=Place.OFFICE).exclude(pk__in=placed)
    return list(top.order_by("position", "name", "pk"))


def drafts_visible_to(user: User) -> QuerySet[Draft]:
    """Drafts that `user` may open, the last changed first: all for those who draft, none for others. The package that
    a draft came from is read only when asked for."""
    drafts = Draft.objects.select_related("created_by", "updated_by", "based_on", "published_as").defer("case")
    return drafts.order_by("-updated_at", "pk") if drafting_offices(user) else drafts.none()


def draft_named(user: User | None, key: str) -> Draft | None:
    """The draft that `key` names in an address, where `user` may see it; None for the code of a version, and for the
    operator, who tries versions only."""
    if user is None or not key.startswith(DRAFT):
        return None
    try:
        return drafts_visible_to(user).filter(pk=UUID(key.removeprefix(DRAFT))).first()
    except ValueError:
        return None


@dataclass(frozen=True)
class NamedDraft:
    """A draft as a list to choose from names it."""

    pk: UUID
    title: Any
    code: str

    def __str__(self) -> str:
        return localized(self.title) or self.code


def named_drafts(drafts: QuerySet[Draft]) -> list[NamedDraft]:
    """The drafts by their names, without their contents. One query."""
    rows = drafts.values_list("pk", "content__title", "content__code")
    return [NamedDraft(pk, title, code[:CODE_LENGTH] if isinstance(code, str) else "") for pk, title, code in rows]


def changes_of(draft: Draft) -> QuerySet[DraftChange]:
    """The steps of a draft with the names of who did them, the latest first."""
    return DraftChange.objects.filter(draft=draft).select_related("by").order_by("-revision")


def standing_steps(draft: Draft) -> dict[int, DraftChange]:
    """The steps that have not been taken back, by revision. One query."""
    rows = DraftChange.objects.filter(draft=draft).order_by("-revision").defer("step", "undo")
    standing: dict[int, DraftChange] = {}
    gone: set[int] = set()
    for row in rows:  # from the latest: an undo that still stands takes its step away
        if row.revision in gone:
            continue
        standing[row.revision] = row
        if row.undoes is not None:
            gone.add(row.undoes)
    return standing


def problems_of(draft: Draft) -> list[Problem]:
    """Everything that stands in the way of publishing: the same list as for a pack file, vectors included."""
    return check(draft.content)


def draft_data(draft: Draft) -> FrameworkData | None:
    """The draft as a tree, as pages and forms read a version; None while its content cannot be read as one."""
    return content_data(draft.content)


def content_data(content: Mapping[str, Any]) -> FrameworkData | None:
    """As `draft_data`, of a pack document. A golden example that fails, or texts that lack, do not stand in the way."""
    try:
        return from_pack(content, status="draft")
    except (CodedError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return None


def identifiers_in_use(document: Mapping[str, Any]) -> set[str]:
    """Those ids of a document that a published version's nodes have already. Three queries."""
    ids = [document.get("id"), *(node.id for node in walk(document))]
    taken: set[str] = set()
    for model in (FrameworkVersion, Standard, Criterion):
        found = model.objects.filter(identifier__in=[id for id in ids if id]).order_by()
        taken |= {str(identifier) for identifier in found.values_list("identifier", flat=True)}
    return taken


def versions_to_end(draft: Draft) -> QuerySet[FrameworkVersion]:
    """Published versions of the same framework: those that a new one may replace, the newest first."""
    framework = draft.content.get("framework")
    code = framework.get("code") if isinstance(framework, Mapping) else None
    same = FrameworkVersion.objects.filter(framework__code=str(code or "")).exclude(status=VersionStatus.DRAFT)
    return same.select_related("framework").order_by("-valid_from", "code")


def version_codes() -> set[str]:
    """The codes that versions have already."""
    return set(FrameworkVersion.objects.order_by().values_list("code", flat=True))
