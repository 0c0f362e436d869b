"""The door to mappings. Between published versions they are read by anybody, as the versions are."""

import json
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Count, QuerySet

from standards.enums import VersionStatus
from standards.models import Criterion, FrameworkVersion, Mapping, MappingLink

READABLE = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)
Version = FrameworkVersion | int


def readable_versions() -> QuerySet[FrameworkVersion]:
    """Versions that anybody may read, by framework, the newest first."""
    rows = FrameworkVersion.objects.filter(status__in=READABLE).select_related("framework")
    return rows.order_by("framework__code", "-valid_from", "code")


def mappings() -> QuerySet[Mapping]:
    """Mappings with their versions and `count`, the number of links."""
    rows = Mapping.objects.filter(source__status__in=READABLE, target__status__in=READABLE)
    rows = rows.select_related("source__framework", "target__framework", "created_by").annotate(count=Count("links"))
    return rows.order_by("source__framework__code", "source__code", "target__code", "pk")


def mapping_between(source: str, target: str) -> Mapping | None:
    """The mapping between two versions by their codes; None if there is none."""
    if "\0" in source + target:  # an address may hold it, a database not
        return None
    return mappings().filter(source__code=source, target__code=target).first()


def links_of(mapping: Mapping) -> QuerySet[MappingLink]:
    """A mapping's links with both criteria, in reading order."""
    rows = MappingLink.objects.filter(mapping=mapping).select_related("source", "target")
    return rows.order_by("source__position", "target__position", "pk")


def mark_of(links: Iterable[MappingLink]) -> str:
    """A mark of what is said of a criterion, to notice that somebody else wrote meanwhile."""
    facts = sorted([link.target_id, link.relation, link.note] for link in links)
    return sha256(json.dumps(facts).encode()).hexdigest()[:16]


def targets_of(source_version: Version, target_version: Version) -> dict[str, list[tuple[str, str]]]:
    """What each criterion of one version is in another: {source code: [(target code, relation)]}, both in reading order.

    Relations read as in SKOS, of the criterion at the target: "exact", "broader" or "narrower" than the source's, or
    "related". Criteria without a counterpart are not in it; without a mapping it is empty. One query.
    """
    rows = MappingLink.objects.filter(mapping__source=source_version, mapping__target=target_version)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    order = rows.order_by("source__position", "target__position", "pk")
    for source, target, relation in order.values_list("source__code", "target__code", "relation"):
        found[source].append((target, relation))
    return dict(found)


def links_between(old: Version, new: Version) -> dict[str, list[str]]:
    """Criterion codes of `old` to those of `new` by a mapping in either direction, for comparing. Two queries."""
    if forth := targets_of(old, new):
        return {code: [target for target, _relation in targets] for code, targets in forth.items()}
    back: dict[str, list[str]] = defaultdict(list)
    for code, targets in targets_of(new, old).items():
        for target, _relation in targets:
            back[target].append(code)
    return dict(back)


def sources_of(version: FrameworkVersion, based_on: FrameworkVersion | None = None) -> list[FrameworkVersion]:
    """Versions that a version's criteria came from: `based_on`, and those that carry the identifiers in its origins."""
    origins: set[str] = set()
    for ids in Criterion.objects.filter(version=version).order_by().values_list("origins", flat=True):
        origins.update(ids)
    named = Criterion.objects.filter(identifier__in=origins).exclude(version=version).order_by()
    found = set(named.values_list("version_id", flat=True)) | ({based_on.pk} if based_on else set())
    return list(FrameworkVersion.objects.filter(pk__in=found).select_related("framework").order_by("code"))
