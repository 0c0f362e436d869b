"""Verbs of mappings: how the criteria of two versions stand to each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core.decisions import Refused
from people.models import User
from standards.comparing import relation_of
from standards.enums import Relation, VersionStatus
from standards.framework_data import CriterionData
from standards.models import FrameworkVersion, Mapping, MappingLink
from standards.policies import can_map, can_remove_mapping
from standards.queries import framework_data
from standards.queries_mappings import mark_of, sources_of
from standards.tying import Match, match_criteria

NOTE_LIMIT = 2000
LINKS_LIMIT = 20


@dataclass(frozen=True)
class Link:
    """Criterion codes on both sides, the relation (what stands at the target is … than the source) and a note."""

    source: str
    target: str
    relation: str
    note: str = ""


@transaction.atomic
def create_mapping(*, source: FrameworkVersion, target: FrameworkVersion, by: User) -> Mapping:
    """An empty mapping between two published versions, or the one there is already."""
    can_map(by).or_raise()
    if source.pk == target.pk:
        raise Refused(_("Choose two different versions."))
    if VersionStatus.DRAFT in (source.status, target.status):
        raise Refused(_("Only published versions are tied together."))
    return Mapping.objects.get_or_create(source=source, target=target, defaults={"created_by": by})[0]


@transaction.atomic
def save_links(
    *, mapping: Mapping, criterion: str, links: Iterable[Link], by: User, seen: str | None = None
) -> Mapping:
    """Replaces what is said of one criterion of the source. `links` all have it as their source.

    `seen`: the `mark_of` what the writer saw; Refused when somebody else said something different of this criterion meanwhile.
    """
    can_map(by).or_raise()
    mapping = Mapping.objects.select_for_update().get(pk=mapping.pk)
    wanted = {link.target: link for link in links}
    old, new = framework_data(mapping.source_id), framework_data(mapping.target_id)
    _check(wanted.values(), criterion, {c.code for c in old.criteria}, {c.code for c in new.criteria})
    rows = mapping.links.filter(source__code=criterion).select_related("target").order_by("target__position")
    if seen is not None and seen != mark_of(rows):
        raise Refused(_("Somebody else changed this criterion meanwhile. Look at it again and save once more."))
    rows.exclude(target__code__in=wanted).delete()
    source = old.criterion(criterion).id
    MappingLink.objects.bulk_create(
        [
            MappingLink(
                mapping=mapping,
                source_id=source,
                target_id=new.criterion(link.target).id,
                relation=link.relation,
                note=link.note.strip(),
            )
            for link in wanted.values()
        ],
        update_conflicts=True,
        unique_fields=["mapping", "source", "target"],
        update_fields=["relation", "note"],
    )
    mapping.save(update_fields=["updated_at"])
    return mapping


def _check(links: Iterable[Link], criterion: str, sources: set[str], targets: set[str]) -> None:
    links = list(links)
    if criterion not in sources or any(link.source != criterion or link.target not in targets for link in links):
        raise Refused(_("There is no such criterion in this version."))
    if any(link.relation not in Relation.values for link in links):
        raise Refused(_("Choose how the two criteria stand to each other."))
    if len(links) > LINKS_LIMIT or any(len(link.note) > NOTE_LIMIT for link in links):
        params = {"links": LINKS_LIMIT, "letters": NOTE_LIMIT}
        raise Refused(_("At most %(links)s criteria for one, and notes of %(letters)s characters.") % params)


@transaction.atomic
def accept_links(*, mapping: Mapping, links: Iterable[Link], by: User) -> int:
    """Adds links where nothing is said of their source yet (accepted suggestions). Returns how many were added."""
    can_map(by).or_raise()
    mapping = Mapping.objects.select_for_update().get(pk=mapping.pk)
    old, new = framework_data(mapping.source_id), framework_data(mapping.target_id)
    said = set(mapping.links.order_by().values_list("source__code", flat=True))
    sources, targets = {c.code for c in old.criteria}, {c.code for c in new.criteria}
    rows = []
    for link in links:
        _check([link], link.source, sources, targets)
        if link.source not in said:
            source, target = old.criterion(link.source).id, new.criterion(link.target).id
            rows.append(MappingLink(mapping=mapping, source_id=source, target_id=target, relation=link.relation))
    MappingLink.objects.bulk_create(rows, ignore_conflicts=True)
    mapping.save(update_fields=["updated_at"])
    return len(rows)


@transaction.atomic
def remove_mapping(*, mapping: Mapping, by: User) -> None:
    """Takes a mapping away with all its links. What followed it keeps what it was given."""
    can_remove_mapping(by, mapping).or_raise()
    mapping.delete()


# --- at publication ---------------------------------------------------------------------------------------------------


def map_from_origins(
    *, version: FrameworkVersion, by: User | None, based_on: FrameworkVersion | None = None
) -> list[Mapping]:
    """Mappings to a newly published version from each version that its criteria came from. Part of publishing, which
    has asked for the right; runs in its transaction."""
    made = []
    new = framework_data(version)
    for source in sources_of(version, based_on):
        matches = match_criteria(framework_data(source), new)
        tied = [match for match in matches if match.tied_by == "origin" and _is_told_apart(match)]
        if not tied:
            continue
        mapping = Mapping.objects.create(source=source, target=version, created_by=by)
        MappingLink.objects.bulk_create(
            MappingLink(mapping=mapping, source_id=one.id, target_id=two.id, relation=relation, note=note)
            for match in tied
            for relation in [relation_of(match)]
            for note in [_note(match, relation)]
            for one in match.old
            for two in match.new
        )
        made.append(mapping)
    return made


def _is_told_apart(match: Match) -> bool:
    """Not everything from everything: such a match has more links than anybody reads."""
    return max(len(match.old), len(match.new)) <= LINKS_LIMIT


def _note(match: Match, relation: Relation) -> str:
    """Why the two sides of a match stand to each other as they do; "" where nothing changed."""
    if len(match.old) == len(match.new) == 1:
        return "" if relation == Relation.EXACT else _("Reworded.")
    if len(match.old) == 1:
        return _("Split into %(codes)s.") % {"codes": _codes(match.new)}
    if len(match.new) == 1:
        return _("Merged from %(codes)s.") % {"codes": _codes(match.old)}
    return _("Several criteria were put together anew.")


def _codes(criteria: tuple[CriterionData, ...]) -> str:
    return ", ".join(criterion.code for criterion in criteria)
