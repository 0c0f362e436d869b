"""Which criterion of one version stands for which of another, and how closely: by a mapping, else by origin or code."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from standards.comparing import relation_of
from standards.enums import Relation
from standards.framework_data import FrameworkData
from standards.queries_mappings import targets_of
from standards.tying import Match, match_criteria

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
    """The ties from `source` to `target`, the closest first: those of a mapping between them, read either way; without
    one by origin, or by code within one framework ("TC01" of teachers is not "TC01" of heads). Two queries at most.
    """
    if source is target or (source.version_id and source.version_id == target.version_id):
        return [Tie(criterion.code, criterion.code, Relation.EXACT) for criterion in source.criteria]
    ties = _mapped(source, target)
    if not ties and _are_kin(source, target):
        ties = [tie for match in match_criteria(source, target) for tie in _ties_of(match)]
    return sorted(ties, key=lambda tie: tie.closeness)


def _mapped(source: FrameworkData, target: FrameworkData) -> list[Tie]:
    """A mapping says of the criterion at its target what it is to the one at its source; a tie says it the other way."""
    if not source.version_id or not target.version_id:
        return []
    forth = targets_of(source.version_id, target.version_id)
    if forth:
        return [
            Tie(code, other, OPPOSITE[Relation(relation)]) for code, found in forth.items() for other, relation in found
        ]
    back = targets_of(target.version_id, source.version_id)
    return [Tie(other, code, Relation(relation)) for code, found in back.items() for other, relation in found]


def _are_kin(source: FrameworkData, target: FrameworkData) -> bool:
    """Of one framework, or one came from the other: likeness of names alone ties nothing across frameworks."""
    if source.framework_code == target.framework_code:
        return True
    ids = {criterion.identifier for criterion in source.criteria}
    return any(origin in ids for criterion in target.criteria for origin in criterion.origins)


def _ties_of(match: Match) -> list[Tie]:
    """As a mapping made at publication would say it, so that a draft and what it becomes are tied alike."""
    relation = OPPOSITE[relation_of(match)] if match.old and match.new else None
    return [Tie(old.code, new.code, relation) for old in match.old for new in match.new]


def relation_words(relation: Relation) -> str:
    """How the earlier criterion stands to this year's, for people."""
    return {
        Relation.EXACT: _("the same criterion"),
        Relation.BROADER: _("was broader"),
        Relation.NARROWER: _("was narrower"),
        Relation.RELATED: _("related"),
    }[relation]
