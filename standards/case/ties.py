"""Mappings between versions as associations of CASE."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from standards.case.exporting import identifier_of
from standards.case.fields import OURS
from standards.enums import Relation
from standards.models import Criterion, MappingLink


@dataclass(frozen=True)
class Tie:
    """One link of a mapping. `ends` are the identifiers of its items."""

    identifier: str
    ends: tuple[str, str]
    data: dict[str, Any]
    changed: datetime


def tie_of(link: MappingLink) -> Tie:
    """A link as CASE wants it: exactMatchOf for the same criterion, isRelatedTo for the rest, with how it is related."""
    source, target = link.source, link.target
    ends = (item_of(source), item_of(target))
    data: dict[str, Any] = {
        "identifier": tie_identifier(source, target),
        "associationType": "exactMatchOf" if link.relation == Relation.EXACT else "isRelatedTo",
        "originNodeURI": {"title": source.code, "identifier": ends[0]},
        "destinationNodeURI": {"title": target.code, "identifier": ends[1]},
        "extensions": {OURS: {"relation": link.relation}},
    }
    if link.note:
        data["notes"] = link.note
    return Tie(data["identifier"], ends, data, link.mapping.updated_at)


def item_of(criterion: Criterion) -> str:
    """The identifier of a criterion's item."""
    node = {"id": criterion.identifier and str(criterion.identifier), "code": criterion.code}
    return identifier_of(criterion.version.code, "criterion", node)


def tie_identifier(source: Criterion, target: Criterion) -> str:
    """Made of the codes of both ends, so that it stays the same however often a mapping is saved; the form is that of
    a UUID of version 3, whose digest a database can make too."""
    names = f"{source.version.code}/{source.code}/{target.version.code}/{target.code}/"
    return str(UUID(bytes=hashlib.md5(names.encode(), usedforsecurity=False).digest(), version=3))
