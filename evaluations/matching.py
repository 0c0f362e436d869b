"""Which criterion of one version stands for which of another: by a mapping, by origin, or by code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standards.enums import Relation
from standards.framework_data import FrameworkData
from standards.models import MappingLink

OPPOSITE = {
    Relation.EXACT: Relation.EXACT,
    Relation.BROADER: Relation.NARROWER,
    Relation.NARROWER: Relation.BROADER,
    Relation.RELATED: Relation.RELATED,
}
CLOSENESS = (Relation.EXACT, Relation.NARROWER, Relation.BROADER, Relation.RELATED)


@dataclass(frozen=True)
class Tie:
    """Criterion `source` of the earlier version is …, compared with `target` of the other: exactly the same, broader,
    narrower or related."""

    source: str
    target: str
    relation: Relation

    @property
    def closeness(self) -> int:
        """0 is the closest."""
        return CLOSENESS.index(self.relation)


def ties_between(source: FrameworkData, target: FrameworkData) -> list[Tie]:
    """The ties from `source` to `target`, the closest first: those of the mapping between them, read either way; without
    a mapping the same codes, within one framework only ("TC01" of teachers is not "TC01" of heads). One query or none.
    """
    if source is target or (source.version_id and source.version_id == target.version_id):
        return [Tie(c.code, c.code, Relation.EXACT) for c in source.criteria]
    ties = _mapped(source, target)
    if not ties and source.framework_code == target.framework_code:
        ties = [Tie(code, code, Relation.EXACT) for code in same_codes(source, target)]
    return sorted(ties, key=lambda tie: tie.closeness)


def ties_to_draft(source: FrameworkData, draft: FrameworkData) -> list[Tie]:
    """The ties from `source` to a draft: by the origins that its criteria remember, else by code as `ties_between`."""
    ids = {str(criterion.identifier): criterion.code for criterion in source.criteria}
    nodes = [(criterion.code, [str(origin) for origin in criterion.origins]) for criterion in draft.criteria]
    return sorted(ties_by_origin(ids, nodes), key=lambda tie: tie.closeness) or ties_between(source, draft)


def same_codes(source: FrameworkData, target: FrameworkData) -> list[str]:
    """Codes of criteria that both have, in the order of `target`."""
    known = {criterion.code for criterion in source.criteria}
    return [criterion.code for criterion in target.criteria if criterion.code in known]


def _mapped(source: FrameworkData, target: FrameworkData) -> list[Tie]:
    if not source.version_id or not target.version_id:
        return []
    pair = (source.version_id, target.version_id)
    rows = (
        MappingLink.objects.filter(mapping__source__in=pair, mapping__target__in=pair)
        .order_by("source__position", "target__position", "pk")
        .values_list("mapping__source_id", "source__code", "target__code", "relation")
    )
    forward, backward = [], []
    for start, one, other, kind in rows:
        relation = Relation(kind)
        if start == source.version_id:
            forward.append(Tie(one, other, relation))
        else:
            backward.append(Tie(other, one, OPPOSITE[relation]))
    return forward or backward


def ties_by_origin(source_ids: Mapping[str, str], nodes: Iterable[tuple[str, Iterable[str]]]) -> list[Tie]:
    """The ties from a version to a draft that came from it. `source_ids`: identifier -> code of the version's criteria;
    `nodes`: (code, identifiers of its origins) of the draft's. One to one is the same criterion, reworded or not;
    several made one are each narrower than it, one made several is broader than each."""
    found = [(source_ids[origin], code) for code, origins in nodes for origin in origins if origin in source_ids]
    made, used = {}, {}
    for one, other in found:
        used.setdefault(one, []).append(other)
        made.setdefault(other, []).append(one)

    def relation(one: str, other: str) -> Relation:
        if len(made[other]) > 1:
            return Relation.NARROWER if len(used[one]) == 1 else Relation.RELATED
        return Relation.BROADER if len(used[one]) > 1 else Relation.EXACT

    return [Tie(one, other, relation(one, other)) for one, other in found]


def relation_words(relation: Relation) -> str:
    """How the earlier criterion stands to this year's, for people."""
    return {
        Relation.EXACT: _("the same criterion"),
        Relation.BROADER: _("was broader"),
        Relation.NARROWER: _("was narrower"),
        Relation.RELATED: _("related"),
    }[relation]
