"""The door to what other systems read: objects of published and retired versions, and the ties between versions."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, F, Func, Max, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Concat, Substr

from standards.case.ties import Tie, tie_of
from standards.case.values import UUID_TEXT
from standards.enums import CaseKind, VersionStatus
from standards.models import CaseObject, Draft, FrameworkVersion, MappingLink

PUBLIC = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)
TIES = ("mapping", "source", "target", "source__version__framework", "target__version__framework")


def public_objects() -> QuerySet[CaseObject]:
    """Objects of versions that are or were law, the newest version first; each with its version."""
    rows = CaseObject.objects.filter(version__status__in=PUBLIC).select_related("version__framework")
    return rows.order_by("-version__published_at", "-version_id", "position")


def public_object(kind: str, identifier: str) -> CaseObject | None:
    """The object with this identifier, of the newest version that has it.

    A later edition of a foreign framework has an identifier of its own here, its document the one of all editions: both
    names lead to it.
    """
    rows = public_objects().filter(kind=kind)
    row = rows.filter(identifier=identifier).first()
    if row is None and kind == CaseKind.DOCUMENT:
        row = rows.filter(version__identifier=identifier).first()
    return row


def public_documents() -> list[CaseObject]:
    """Every document, each identifier once: the newest version that has it. One query."""
    found: dict[Any, CaseObject] = {}
    for row in public_objects().filter(kind=CaseKind.DOCUMENT):
        found.setdefault(row.identifier, row)
    return list(found.values())


def objects_of(version: FrameworkVersion) -> list[CaseObject]:
    """All objects of a version, in the order of its package. One query."""
    return list(CaseObject.objects.filter(version=version).order_by("position", "pk"))


def version_named(name: str) -> FrameworkVersion | None:
    """The published or retired version with this code, or whose document has this identifier. At most two queries."""
    version = FrameworkVersion.objects.filter(code=name, status__in=PUBLIC).select_related("framework").first()
    if version is None and UUID_TEXT.fullmatch(name):
        row = public_object(CaseKind.DOCUMENT, name)
        version = row.version if row else None
    return version


def draft_named(name: str) -> Draft | None:
    """The draft with this identifier; for commands, which run without a person."""
    return Draft.objects.filter(pk=name).first() if UUID_TEXT.fullmatch(name) else None


def document_of(version: FrameworkVersion) -> CaseObject | None:
    """The document of a version. One query."""
    return CaseObject.objects.filter(version=version, kind=CaseKind.DOCUMENT).first()


def definitions_below(row: CaseObject) -> list[CaseObject]:
    """The definition and, by their hierarchy codes, those below it in the same version. One query."""
    code = str(row.data.get("hierarchyCode") or "")
    if not code:
        return [row]
    below = CaseObject.objects.filter(
        version=row.version, kind=row.kind, data__hierarchyCode__startswith=f"{code}."
    ).select_related("version__framework")
    return [row, *below.exclude(pk=row.pk).order_by("position")]


def associations_of(identifier: str) -> list[CaseObject]:
    """Every association that begins or ends at this item, whichever version says so; the newest of each. One query."""
    ends = Q(origin=identifier) | Q(destination=identifier)
    rows = public_objects().filter(kind=CaseKind.ASSOCIATION)
    rows = rows.annotate(
        origin=KT("data__originNodeURI__identifier"), destination=KT("data__destinationNodeURI__identifier")
    ).filter(ends)
    found: dict[Any, CaseObject] = {}
    for row in rows:
        found.setdefault(row.identifier, row)
    return list(found.values())


def existing_items(identifiers: Iterable[str]) -> dict[str, str]:
    """Which of these are items of published versions here, with their codes. One query."""
    rows = CaseObject.objects.filter(version__status__in=PUBLIC, kind=CaseKind.ITEM, identifier__in=list(identifiers))
    rows = rows.order_by("version__published_at", "version_id")
    return {str(name): code or "" for name, code in rows.values_list("identifier", KT("data__humanCodingScheme"))}


def versions_without_objects() -> list[FrameworkVersion]:
    """Published versions of the time before there were objects. One query."""
    rows = FrameworkVersion.objects.filter(status__in=PUBLIC, case_objects__isnull=True)
    return list(rows.select_related("framework", "draft").order_by("published_at", "pk"))


# --- mappings: they may still change, so they are read when they are asked for ----------------------------------------


def _links() -> QuerySet[MappingLink]:
    rows = MappingLink.objects.filter(source__version__status__in=PUBLIC, target__version__status__in=PUBLIC)
    return rows.select_related(*TIES).order_by("mapping__target__code", "source__position", "target__position", "pk")


def ties_from(version: FrameworkVersion) -> list[Tie]:
    """What a version's criteria are mapped to. One query."""
    return [tie_of(link) for link in _links().filter(mapping__source=version)]


def ties_changed(version: FrameworkVersion) -> str:
    """Changes whenever the mappings of a version do. One query."""
    rows = _links().filter(mapping__source=version).order_by()
    return "/".join(map(str, rows.aggregate(Max("mapping__updated_at"), Max("pk"), Count("pk")).values()))


def ties_of_item(row: CaseObject) -> list[Tie]:
    """Mappings that begin or end at an item. One query."""
    code = (row.data.get("extensions") or {}).get("chuan", {}).get("node", {}).get("code") or ""
    own = Q(source__version=row.version) & (Q(source__identifier=row.identifier) | Q(source__code=code))
    other = Q(target__version=row.version) & (Q(target__identifier=row.identifier) | Q(target__code=code))
    return [tie for link in _links().filter(own | other) if str(row.identifier) in (tie := tie_of(link)).ends]


def tie_by_identifier(identifier: str) -> Tie | None:
    """The mapping whose association has this identifier. One query: the database makes the same digest."""
    digits = identifier.replace("-", "")
    names = Concat(
        *(part for field in ("source__version__code", "source__code", "target__version__code", "target__code")
          for part in (F(field), Value("/"))),
        output_field=CharField(),
    )  # fmt: skip
    rows = _links().annotate(digest=Func(names, function="md5", output_field=CharField()))
    rows = rows.annotate(a=Substr("digest", 1, 12), b=Substr("digest", 14, 3), c=Substr("digest", 18))
    link = rows.filter(a=digits[:12], b=digits[13:16], c=digits[17:]).first()
    return tie_of(link) if link and tie_of(link).identifier == identifier else None
