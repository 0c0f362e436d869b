"""Which criteria of two versions may belong together: proposals for a mapping, for people to accept or not."""

from collections.abc import Collection
from dataclasses import dataclass

from standards.comparing import relation_of
from standards.framework_data import CriterionData, FrameworkData
from standards.tying import Match, match_criteria
from standards.wording import closest

NEAR = 0.55  # share of telling words from which two names are proposed
AT_ONCE = 500  # so many criteria are looked for by name; the rest when these are decided


@dataclass(frozen=True)
class Suggestion:
    """A proposal: `why` is origin, code or name; `score` from 0 to 1 says how much of the names is the same."""

    source: CriterionData
    target: CriterionData
    relation: str
    why: str
    score: float


def suggestions(old: FrameworkData, new: FrameworkData, told: Collection[str] = ()) -> list[Suggestion]:
    """Proposals for the criteria of `old` that are not `told` yet, in reading order; at most one target by name."""
    found: list[Suggestion] = []
    for match in match_criteria(old, new):
        for one in match.old:
            if one.code not in told:
                found += [_tied(match, one, two) for two in match.new]
    have = {proposal.source.code for proposal in found}
    left = [c for c in old.criteria if c.code not in told and c.code not in have][:AT_ONCE]
    open_codes = {c.code: list(c.name.values()) for c in left}
    targets = {c.code: list(c.name.values()) for c in new.criteria}
    for code, near in closest(open_codes, targets).items():
        if near and near[0][1] >= NEAR:
            one, two = old.criterion(code), new.criterion(near[0][0])
            found.append(Suggestion(one, two, relation_of(Match((one,), (two,))), "name", near[0][1]))
    order = {criterion.code: place for place, criterion in enumerate(old.criteria)}
    return sorted(found, key=lambda proposal: order[proposal.source.code])


def _tied(match: Match, one: CriterionData, two: CriterionData) -> Suggestion:
    return Suggestion(one, two, relation_of(match), match.tied_by, 1.0)
