"""The other side of a simulation: another published version or a draft, made comparable with a cycle's standards."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.localized import localized
from evaluations.matching import Tie, ties_between
from evaluations.models import Cycle
from evaluations.queries_simulation import comparable_versions
from evaluations.simulation import Plan, Suppose
from people.models import User
from standards.enums import Relation
from standards.framework_data import FrameworkData
from standards.queries import framework_data, version_by_code


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

    @property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """Criterion of this side -> what of the cycle's stands for it: the same one; with `near`, else, a broader one or
        all the narrower ones. Related ones never count."""
        wanted = (Relation.EXACT, Relation.NARROWER, Relation.BROADER) if self.near else (Relation.EXACT,)
        found: dict[str, tuple[str, ...]] = {}
        for criterion in self.data.criteria:
            for relation in wanted:
                codes = tuple(t.source for t in self.ties if t.target == criterion.code and t.relation == relation)
                if codes:
                    found[criterion.code] = codes
                    break
        return found

    @property
    def unmatched(self) -> list[str]:
        """Criteria of this side that nothing in the past stands for."""
        sources = self.sources
        return [criterion.code for criterion in self.data.criteria if criterion.code not in sources]

    @property
    def has_near(self) -> bool:
        """Would counting similar criteria change anything?"""
        exact = {tie.target for tie in self.ties if tie.relation == Relation.EXACT}
        near = (Relation.BROADER, Relation.NARROWER)
        return any(tie.target not in exact for tie in self.ties if tie.relation in near)

    def plan(self, old: FrameworkData) -> Plan:
        """The plain values that the pure core reckons with."""
        return Plan(
            rule=self.data.rule,
            scales={criterion.code: self.data.level_codes for criterion in self.data.criteria},
            sources=self.sources,
            old_rule=old.rule,
            old_results=old.level_codes,
            new_results=self.data.level_codes,
            suppose=self.suppose,
        )


def choices(user: User, cycle: Cycle) -> list[Choice]:
    """The versions that this reader may try on the cycle."""
    return [Choice(version.code, localized(version.title)) for version in comparable_versions(cycle)]


def side_of(
    user: User | None, cycle: Cycle, key: str, *, near: bool = False, suppose: Suppose = Suppose.NOTHING
) -> Side | None:
    """The side that `key` names; None when there is none that this reader may try. None as user: the operator."""
    version = version_by_code(key)
    if version is None:
        return None
    data = framework_data(version)
    return _side(cycle, key, data, ties_between(framework_data(cycle.version_id), data), near=near, suppose=suppose)


def _side(cycle: Cycle, key: str, data: FrameworkData, ties: list[Tie], **fields) -> Side:
    problem = _problem(framework_data(cycle.version_id), data, ties)
    return Side(key=key, title=localized(data.title), data=data, ties=tuple(ties), problem=problem, **fields)


def _problem(old: FrameworkData, new: FrameworkData, ties: list[Tie]) -> str:
    if not ties:
        return _(
            "No criterion of it is tied to a criterion of this cycle. Make a mapping between the two versions first."
        )
    if not new.level_codes:
        return _("It has no levels, so there is no result to compare.")
    if not set(old.level_codes) & set(new.level_codes):
        return _("Its levels have other codes than the levels of this cycle, so nothing can be carried over.")
    return ""
