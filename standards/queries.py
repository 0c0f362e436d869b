"""The door to frameworks. They hold nothing private: who may read a version is decided by its status alone."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import get_language

from standards.enums import HOME, Precision, Purpose, VersionStatus
from standards.framework_data import CriterionData, FrameworkData, Ids, LevelData, StandardData, from_pack
from standards.models import Criterion, Descriptor, EvidenceExample, Framework, FrameworkVersion, Level, Standard

__all__ = [
    "CriterionData",
    "FrameworkData",
    "LevelData",
    "StandardData",
    "forget",
    "framework_data",
    "frameworks_with_versions",
    "pack_of",
    "published_versions",
    "reader_first",
    "version_by_code",
    "versions_of_the_installation",
]

PUBLIC = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)
REMEMBERED = 64
_known: dict[int, FrameworkData] = {}  # published versions never change, so each process reads each once


def published_versions() -> QuerySet[FrameworkVersion]:
    """Published versions with their framework."""
    versions = FrameworkVersion.objects.filter(status=VersionStatus.PUBLISHED).select_related("framework")
    return versions.order_by("framework__code", "-valid_from", "code")


def reader_first(versions: QuerySet[FrameworkVersion]) -> QuerySet[FrameworkVersion]:
    """Versions to choose from: of the country of the reader's language, then of Viet Nam; those in force today first."""
    language, today = (get_language() or "")[:2], timezone.localdate()
    home = [country for country, spoken in HOME.items() if spoken == language]
    country = Case(
        When(framework__jurisdiction__in=home, then=0), When(framework__jurisdiction="VN", then=1), default=2
    )
    in_force = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))
    return versions.order_by(country, Case(When(in_force, then=0), default=1), "framework__code", "-valid_from", "code")


def versions_of_the_installation() -> QuerySet[FrameworkVersion]:
    """Versions that nobody published: they came with the installation's packs."""
    versions = FrameworkVersion.objects.filter(status__in=PUBLIC, published_by=None)
    return versions.select_related("framework").order_by("pk")


def version_by_code(code: str) -> FrameworkVersion | None:
    """The published or retired version with this code, its framework joined in; None if there is none."""
    if "\0" in code:  # an address may hold it, a database not
        return None
    return FrameworkVersion.objects.filter(code=code, status__in=PUBLIC).select_related("framework").first()


def frameworks_with_versions() -> list[Framework]:
    """Frameworks that have something published, teachers' before leaders', each with `public_versions`, the newest
    first, each of these with `criteria_count`. Two queries."""
    versions = FrameworkVersion.objects.filter(status__in=PUBLIC).order_by("-valid_from", "code")
    versions = versions.annotate(criteria_count=Count("criteria"))
    frameworks = Framework.objects.filter(versions__status__in=PUBLIC).distinct().order_by("-subject_role", "code")
    return list(frameworks.prefetch_related(Prefetch("versions", versions, to_attr="public_versions")))


def framework_data(version: int | FrameworkVersion) -> FrameworkData:
    """The whole version as one immutable tree with database ids.

    By id: no query after a process's first call for a published version, six before and for drafts.
    By row: the same, and the ending (status, last day) is as fresh as the row.
    Raises FrameworkVersion.DoesNotExist.
    """
    key, row = (version.pk, version) if isinstance(version, FrameworkVersion) else (version, None)
    data = _known.get(key)
    if data is not None and (row is None or _is_current(data, row)):
        return data
    row = row or FrameworkVersion.objects.select_related("framework").get(pk=key)
    pack, ids = _read(row)
    data = from_pack(pack, ids=ids, status=row.status)
    if row.status != VersionStatus.DRAFT:
        while len(_known) >= REMEMBERED:
            _known.pop(next(iter(_known)), None)
        _known[key] = data
    return data


def forget() -> None:
    """Empties this process's memory of versions; only tests that reuse ids need it."""
    _known.clear()


def pack_of(version: FrameworkVersion) -> dict[str, Any]:
    """The version as a pack: loading it elsewhere gives the same fingerprint."""
    return _read(version)[0]


def _is_current(data: FrameworkData, row: FrameworkVersion) -> bool:
    return (data.status, data.valid_to, data.legal) == (row.status, row.valid_to, row.legal)


def _read(version: FrameworkVersion) -> tuple[dict[str, Any], Ids]:
    levels = list(Level.objects.filter(version=version).order_by("scale", "position"))
    standards = list(Standard.objects.filter(version=version).order_by("position"))
    criteria = list(Criterion.objects.filter(version=version).order_by("position"))
    level_code = {level.pk: level.code for level in levels}
    descriptors: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in Descriptor.objects.filter(criterion__version=version).order_by("level__position", "pk"):
        descriptors[row.criterion_id][level_code[row.level_id]] = row.text
    examples: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in EvidenceExample.objects.filter(criterion__version=version).order_by("level__position", "position"):
        examples[row.criterion_id][level_code[row.level_id]].append(row.text)
    items = {standard.pk: _standard_item(standard) for standard in standards}
    for criterion in criteria:
        item = _criterion_item(criterion, descriptors[criterion.pk], dict(examples[criterion.pk]))
        items[criterion.standard_id].setdefault("criteria", []).append(item)
    for standard in standards:
        if standard.parent_id:
            items[standard.parent_id].setdefault("standards", []).append(items[standard.pk])
    by_scale: dict[str, list[Level]] = defaultdict(list)
    for level in levels:
        by_scale[level.scale].append(level)
    pack = _head(version) | {
        "levels": [_level_item(level) for level in by_scale[""]],
        "standards": [items[standard.pk] for standard in standards if not standard.parent_id],
    }
    if version.scales:
        pack["scales"] = {
            code: scale | _filled({"levels": [_level_item(level) for level in by_scale[code]]})
            for code, scale in version.scales.items()
        }
    ids = Ids(
        version=version.pk,
        levels={row.code: row.pk for row in by_scale[""]},
        standards={row.code: row.pk for row in standards},
        criteria={row.code: row.pk for row in criteria},
        scales={scale: {row.code: row.pk for row in rows} for scale, rows in by_scale.items() if scale},
    )
    return pack, ids


def _head(version: FrameworkVersion) -> dict[str, Any]:
    framework = {
        "code": version.framework.code,
        "jurisdiction": version.framework.jurisdiction,
        "subject_role": version.framework.subject_role,
        "title": version.framework.title,
    }
    if version.framework.purpose != Purpose.EVALUATION:
        framework["purpose"] = version.framework.purpose
    optional = {
        "id": _id(version.identifier),
        "audience": version.audience,
        "precision": "" if version.precision == Precision.DAY else version.precision,
        "key_name": version.key_name,
        "results": version.results,
        "ranks": version.ranks,
        "vectors": version.vectors,
        "extensions": version.extensions,
    }
    return {
        "format": 1,
        "code": version.code,
        "framework": framework,
        "title": version.title,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to and version.valid_to.isoformat(),
        "legal": version.legal,
        "rule": version.rule,
        "provenance": version.provenance,
    } | _filled(optional)


def _level_item(row: Level) -> dict[str, Any]:
    texts = {"short": row.short, "description": row.description, "points": row.points, "id": _id(row.identifier)}
    return {"code": row.code, "name": row.name} | _filled(texts)


def _standard_item(row: Standard) -> dict[str, Any]:
    own = {"article": row.article, "descriptors": row.descriptors}
    return {"code": row.code, "name": row.name} | _filled(own) | _node_item(row)


def _criterion_item(row: Criterion, descriptors: dict[str, Any], examples: dict[str, Any]) -> dict[str, Any]:
    own = {"descriptors": descriptors, "examples": examples, "scale": row.scale}
    fields = {"code": row.code, "number": row.number, "name": row.name, "key": row.is_key}
    return fields | _filled(own) | _node_item(row)


def _node_item(row: Standard | Criterion) -> dict[str, Any]:
    return _filled(
        {
            "label": row.label,
            "alternative_name": row.alternative_name,
            "description": row.description,
            "provenance": row.provenance,
            "id": _id(row.identifier),
            "origins": row.origins,
            "extensions": row.extensions,
        }
    )


def _id(identifier: UUID | None) -> str:
    return str(identifier) if identifier else ""


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
