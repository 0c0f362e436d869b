"""What a search for the smallest sets finds."""

from dataclasses import dataclass
from typing import Any


class TooTangled(Exception):
    """More cases than anybody can wait for: groups of criteria that overlap in every way make the question as hard as
    they come."""


@dataclass(frozen=True, slots=True)
class Raise:
    """One criterion to raise. `before` is None where it is not rated yet; `to` is the lowest level (or score)
    that is enough."""

    criterion: str
    before: str | None
    to: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"criterion": self.criterion, "from": self.before, "to": self.to}


@dataclass(frozen=True, slots=True)
class Choice:
    """All the smallest sets in one sentence: the `fixed` raises and any `pick` of `among`, from `before` to `to`.

    Criteria that are not rated are never among the choices: they must be rated in any case.
    """

    fixed: tuple[Raise, ...]
    pick: int
    among: tuple[str, ...]
    before: str
    to: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        fixed = [raising.as_dict() for raising in self.fixed]
        return {"fixed": fixed, "pick": self.pick, "among": list(self.among), "from": self.before, "to": self.to}


@dataclass(frozen=True, slots=True)
class Paths:
    """The smallest sets of criteria whose raising gives `target` or better.

    `size` criteria in each of `count` sets; the first of them are in `paths`, cheapest (fewest levels up) first.
    `choice` says them all at once where criteria are interchangeable. `reached`: the ratings give the target already.
    Not `reachable`: `reason` says why. "no_result": the rule gives no such result. "no_overall": it gives none at all.
    "too_little": too little is rated for a result, whatever the ratings. "out_of_reach": even the highest ratings are
    not enough. "too_tangled": the rule's groups overlap so much that nobody can wait for the answer.
    """

    target: str
    result: str | None
    reached: bool
    reachable: bool
    size: int
    count: int
    paths: tuple[tuple[Raise, ...], ...]
    choice: Choice | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        plain = {
            "target": self.target,
            "result": self.result,
            "reached": self.reached,
            "reachable": self.reachable,
            "size": self.size,
            "count": self.count,
            "paths": [[raising.as_dict() for raising in path] for path in self.paths],
            "choice": self.choice.as_dict() if self.choice else None,
        }
        return plain | {"reason": self.reason} if self.reason else plain

    @classmethod
    def none(cls, target: str, result: str | None, reason: str) -> "Paths":
        """No way there, and why."""
        return cls(target, result, False, False, 0, 0, (), None, reason)
