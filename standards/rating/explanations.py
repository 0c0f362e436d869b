"""Why a result is what it is: a tree of codes and numbers without a word of any language, the same for every reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANSWER_NONE, ANSWER_INCOMPLETE = "NONE", "INCOMPLETE"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition, part, gate or band, tried.

    Conditions: `needed` and `actual` count criteria out of `total`: at the level or above for the upward kinds; below
    it for `at_most` (where `needed` is the most allowed), `any_below` and `more_than_below`. `criteria` are those that
    decided: the ones below the level, where the condition fails because of them or holds because of them.

    `members` are all criteria of a condition that names them itself instead of a group.

    Everything counted in points or means: `code` names the part, standard, criterion, band set or assessor, `value` is
    the number found, `bound` the one asked for, `most` the highest possible, `result` the band reached; numbers are
    exact text. `actual` of `total` were rated and `needed` would have been enough.
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
    code: str = ""
    value: str = ""
    bound: str = ""
    most: str = ""
    result: str = ""
    members: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        counted = ("code", "value", "bound", "most", "result", "members")
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
        } | {name: list(said) if name == "members" else said for name in counted if (said := getattr(self, name))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Check":
        """The opposite of `as_dict`."""
        nested = {
            "criteria": tuple(data["criteria"]),
            "members": tuple(data.get("members", ())),
            "checks": tuple(cls.from_dict(check) for check in data["checks"]),
        }
        return cls(**{**data, **nested})


@dataclass(frozen=True, slots=True)
class Step:
    """One result, tried: it held when all its checks did.

    `kind` "value" (with no `result`) is how the number behind the result came to be; it stands before the results.
    """

    result: str
    held: bool
    checks: tuple[Check, ...]
    article: str = ""
    kind: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        checks = [check.as_dict() for check in self.checks]
        plain = {"result": self.result, "held": self.held, "checks": checks, "article": self.article}
        return plain | {"kind": self.kind} if self.kind else plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Step":
        """The opposite of `as_dict`."""
        checks = tuple(Check.from_dict(check) for check in data["checks"])
        return cls(data["result"], data["held"], checks, data["article"], data.get("kind", ""))


@dataclass(frozen=True, slots=True)
class Score:
    """The number of one standard, part or area, and the band it falls into; both "" where too little was rated."""

    value: str
    result: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"value": self.value, "result": self.result}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The results tried, from the highest down to the one that held; none when criteria in `missing` are not rated.

    `absent` tells apart criteria that are not rated, not observed and not applicable, whatever the rule does with
    them; `value` is the number behind the result, `scores` those of standards, parts or areas, `route` the areas to
    work on, worst first, `assessors` the explanations of a panel's members.
    """

    result: str | None
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    article: str = ""
    kind: str = "conditions"
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    value: str = ""
    scores: Mapping[str, Score] = field(default_factory=dict)
    route: tuple[str, ...] = ()
    assessors: tuple["Explanation", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; kept with a decision, so that its reason stays readable for ever."""
        more: dict[str, Any] = {
            "kind": self.kind if self.kind != "conditions" else "",
            "absent": {why: list(codes) for why, codes in self.absent.items()},
            "value": self.value,
            "scores": {code: score.as_dict() for code, score in self.scores.items()},
            "route": list(self.route),
            "assessors": [member.as_dict() for member in self.assessors],
        }
        return {
            "result": self.result,
            "missing": list(self.missing),
            "steps": [step.as_dict() for step in self.steps],
            "article": self.article,
        } | {name: what for name, what in more.items() if what}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Explanation":
        """The opposite of `as_dict`; reads what earlier releases stored too."""
        return cls(
            result=data["result"],
            missing=tuple(data["missing"]),
            steps=tuple(Step.from_dict(step) for step in data["steps"]),
            article=data["article"],
            kind=data.get("kind", "conditions"),
            absent={why: tuple(codes) for why, codes in data.get("absent", {}).items()},
            value=data.get("value", ""),
            scores={code: Score(**score) for code, score in data.get("scores", {}).items()},
            route=tuple(data.get("route", ())),
            assessors=tuple(cls.from_dict(member) for member in data.get("assessors", ())),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says about ratings. `result` is None until every criterion is rated, or where the text knows none."""

    result: str | None
    complete: bool
    missing: tuple[str, ...]
    explanation: Explanation

    @property
    def answer(self) -> str:
        """The result's code, "INCOMPLETE", or "NONE" where everything is rated and the text knows no result."""
        return self.result or (ANSWER_NONE if self.complete else ANSWER_INCOMPLETE)

    @property
    def value(self) -> str | None:
        """The number behind the result as exact text; None where the rule counts none."""
        return self.explanation.value or None

    @property
    def scores(self) -> Mapping[str, Score]:
        """The numbers of standards, parts or areas by code."""
        return self.explanation.scores
