"""Why a result is what it is: a tree of codes and counts without a word of any language, the same for every reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One condition, tried.

    `needed` and `actual` count criteria out of `total`: at the level or above for the upward kinds; below it for
    `at_most` (where `needed` is the most allowed), `any_below` and `more_than_below`. `criteria` are those that
    decided: the ones below the level, where the condition fails because of them or holds because of them.
    """

    kind: str
    held: bool
    group: str = ""
    level: str = ""
    share: str = ""
    needed: int = 0
    actual: int = 0
    total: int = 0
    criteria: tuple[str, ...] = ()
    checks: tuple["Check", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "kind": self.kind,
            "held": self.held,
            "group": self.group,
            "level": self.level,
            "share": self.share,
            "needed": self.needed,
            "actual": self.actual,
            "total": self.total,
            "criteria": list(self.criteria),
            "checks": [check.as_dict() for check in self.checks],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Check":
        """The opposite of `as_dict`."""
        nested = {
            "criteria": tuple(data["criteria"]),
            "checks": tuple(cls.from_dict(check) for check in data["checks"]),
        }
        return cls(**{**data, **nested})


@dataclass(frozen=True, slots=True)
class Step:
    """One result, tried: it held when all its checks did."""

    result: str
    held: bool
    checks: tuple[Check, ...]
    article: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        checks = [check.as_dict() for check in self.checks]
        return {"result": self.result, "held": self.held, "checks": checks, "article": self.article}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Step":
        """The opposite of `as_dict`."""
        checks = tuple(Check.from_dict(check) for check in data["checks"])
        return cls(data["result"], data["held"], checks, data["article"])


@dataclass(frozen=True, slots=True)
class Explanation:
    """The results tried, from the highest down to the one that held; none when criteria in `missing` are not rated."""

    result: str | None
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    article: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; kept with a decision, so that its reason stays readable for ever."""
        return {
            "result": self.result,
            "missing": list(self.missing),
            "steps": [step.as_dict() for step in self.steps],
            "article": self.article,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Explanation":
        """The opposite of `as_dict`."""
        steps = tuple(Step.from_dict(step) for step in data["steps"])
        return cls(data["result"], tuple(data["missing"]), steps, data["article"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says about ratings. `result` is None until every criterion is rated."""

    result: str | None
    complete: bool
    missing: tuple[str, ...]
    explanation: Explanation
