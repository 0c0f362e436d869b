"""The other side of a simulation: another published version or a draft, made comparable with a cycle's standards."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from core.localized import localized
from evaluations.matching import Tie, ties_between
from evaluations.models import Cycle
from evaluations.queries_simulation import comparable_versions, drafts_to_try
from evaluations.simulation import Plan, Suppose
from people.models import User
from standards.enums import Relation
from standards.framework_data import FrameworkData
from standards.models import Draft
from standards.queries import framework_data, version_by_code
from standards.queries_drafts import DRAFT, draft_data, draft_named

NEAR = (Relation.NARROWER, Relation.BROADER, Relation.RELATED)
"""What is only similar, the most telling first."""


@dataclass(frozen=True)
class Choice:
    """What can be chosen: `key` names it in the address, `is_draft` groups it."""

    key: str
    title: str
    is_draft: bool = False


@dataclass(frozen=True)
class Side:
    """The other side. `problem` is the sentence why it cannot be tried; `near` counts criteria that are only similar;
    `suppose` says what of those that nothing stands for."""

    key: str
    title: str
    data: FrameworkData
    ties: tuple[Tie, ...]
    is_draft: bool = False
    near: bool = False
    suppose: Suppose = Suppose.NOTHING
    problem: str = ""

    @cached_property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """Criterion of this side -> what of the cycle's stands for it: the same one; with `near`, else, a broader one,
        all the narrower ones, or the related ones (one that was reworded is related)."""
        standing: dict[tuple[str, Relation], list[str]] = defaultdict(list)
        for tie in self.ties:
            standing[tie.target, tie.relation].append(tie.source)
        wanted = (Relation.EXACT, *NEAR) if self.near else (Relation.EXACT,)
        found: dict[str, tuple[str, ...]] = {}
        for criterion in self.data.criteria:
            sources = next((standing[criterion.code, how] for how in wanted if (criterion.code, how) in standing), None)
            if sources:
                found[criterion.code] = tuple(sources)
        return found

    @cached_property
    def unmatched(self) -> list[str]:
        """Criteria of this side that nothing in the past stands for."""
        return [criterion.code for criterion in self.data.criteria if criterion.code not in self.sources]

    @property
    def has_near(self) -> bool:
        """Would counting similar criteria change anything?"""
        exact = {tie.target for tie in self.ties if tie.relation == Relation.EXACT}
        return any(tie.target not in exact for tie in self.ties if tie.relation in NEAR)

    def plan(self, old: FrameworkData) -> Plan:
        """The plain values that the pure core reckons with."""
        return Plan(
            rule=self.data.rule,
            scales={criterion.code: scale_codes(self.data, criterion.code) for criterion in self.data.criteria},
            sources=self.sources,
            old_rule=old.rule,
            old_results=tuple(result.code for result in old.results),
            new_results=tuple(result.code for result in self.data.results),
            suppose=self.suppose,
        )


def choices(user: User, cycle: Cycle) -> list[Choice]:
    """The versions, and for those who draft the drafts, that this reader may try on the cycle. Three queries.

    Codes tell apart what has one title."""
    versions = [Choice(one.code, f"{localized(one.title)} ({one.code})") for one in comparable_versions(cycle)]
    drafts = drafts_to_try(user, cycle)
    return versions + [Choice(f"{DRAFT}{one.pk}", f"{one} ({one.code})", is_draft=True) for one in drafts]


def side_of(
    user: User | None, cycle: Cycle, key: str, *, near: bool = False, suppose: Suppose = Suppose.NOTHING
) -> Side | None:
    """The side that `key` names, a version or a draft; None when there is none that this reader may try. None as user:
    the operator, who may try every version."""
    old, wishes = framework_data(cycle.version_id), {"key": key, "near": near, "suppose": suppose}
    if draft := draft_named(user, key):
        return _draft_side(draft, old, **wishes)
    version = version_by_code(key)
    if version is None:
        return None
    new = framework_data(version)
    ties = ties_between(old, new)
    return Side(title=localized(new.title), data=new, ties=tuple(ties), problem=_problem(old, new, ties), **wishes)


def asked_side(user: User, cycle: Cycle, asked: Mapping[str, str]) -> Side | None:
    """The side as an address asks for it: ?with= its key, ?near= with similar criteria, ?suppose= one of `Suppose`."""
    wanted = asked.get("suppose", "")
    suppose = Suppose(wanted) if wanted in list(Suppose) else Suppose.NOTHING
    return side_of(user, cycle, asked.get("with", ""), near="near" in asked, suppose=suppose)


def _draft_side(draft: Draft, old: FrameworkData, **wishes) -> Side:
    new = draft_data(draft)
    if new is None:
        problem = _("This draft has problems that keep it from being read as a whole. Mend them first.")
        return Side(title=str(draft), data=old, ties=(), is_draft=True, problem=problem, **wishes)
    ties = ties_between(old, new)
    return Side(title=str(draft), data=new, ties=tuple(ties), is_draft=True, problem=_problem(old, new, ties), **wishes)


def scale_codes(data: FrameworkData, criterion: str) -> tuple[str, ...]:
    """What a criterion can be rated, lowest first; of a score the two ends."""
    scale = data.scale_of(criterion)
    if scale.score:
        return str(scale.score.low), str(scale.score.high)
    return tuple(level.code for level in scale.levels)


def _problem(old: FrameworkData, new: FrameworkData, ties: list[Tie]) -> str:
    if not ties:
        return _(
            "No criterion of it is tied to a criterion of this cycle. Make a mapping between the two versions first."
        )
    if not new.results or new.rule.kind == "none":
        return _("Its text knows no overall result, so there is nothing to compare.")
    if not all(scale_codes(new, criterion.code) for criterion in new.criteria):
        return _("It has criteria without levels, so no result follows from levels.")
    if not any(set(old.level_codes) & set(scale_codes(new, tie.target)) for tie in ties):
        return _("Its levels have other codes than the levels of this cycle, so nothing can be carried over.")
    return ""
