"""What the self-assessment amounts to while it is being filled: the result so far with its reason, and what is missing.

The same answers give the same panel whoever gives them, so each process keeps the latest ones.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.localized import localized
from evaluations.models import Evaluation
from evaluations.presenters.words import LevelWords, level_words
from evaluations.queries_self import self_ratings
from evaluations.readiness import Missing, gaps_of_self
from standards.presenters import ExplainedStep, explain
from standards.queries import FrameworkData, framework_data
from standards.rating import possible_results, rate

DONE, PART, EMPTY = "done", "part", "empty"


@dataclass(frozen=True)
class Answer:
    """What counts of one criterion; its words do not, only whether there are any. Named as in `Rating`."""

    criterion_id: int
    level: str
    note: str
    no_evidence: bool
    proven: bool


@dataclass(frozen=True)
class Gaps:
    """Criteria with the same kind of gap: a sentence, and (code, number) of each."""

    sentence: str
    criteria: list[tuple[str, int]]


@dataclass(frozen=True)
class Live:
    """The state of a self-assessment. `states`: criterion code -> done, part or empty."""

    total: int
    done: int
    states: dict[str, str]
    gaps: list[Gaps]
    missing: list[Missing]
    result: LevelWords
    range: str  # what an incomplete self-assessment can still become
    steps: list[ExplainedStep]

    @cached_property
    def html(self) -> SafeString:
        """The panel beside the form; the same on the page and after each save."""
        return get_template("evaluations/_live.html").render({"live": self})


def live_of(evaluation: Evaluation, rows: list | None = None) -> Live:
    """The present state; `rows` as `queries_self.self_ratings`, read here (one query) when not given."""
    rows = self_ratings(evaluation) if rows is None else rows
    answers = tuple(
        Answer(row.criterion_id, row.level, "…" if row.note.strip() else "", row.no_evidence, row.proven)
        for row in rows
    )
    return _live(evaluation.cycle.version_id, get_language(), answers)


@lru_cache(maxsize=2000)
def _live(version_id: int, language: str | None, answers: tuple[Answer, ...]) -> Live:
    """`language` is the reader's, only there to tell the kept panels apart."""
    data = framework_data(version_id)
    by_id = {answer.criterion_id: answer for answer in answers}
    missing = gaps_of_self(data, by_id, {answer.criterion_id for answer in answers if answer.proven})
    kinds = {gap.criterion: gap.kind for gap in missing}
    levels = {data.criterion_by_id(answer.criterion_id).code: answer.level for answer in answers}
    outcome = rate(data.rule, levels)
    states = {
        criterion.code: {None: DONE, "level": EMPTY}.get(kinds.get(criterion.code), PART) for criterion in data.criteria
    }
    return Live(
        total=len(data.criteria),
        done=sum(state == DONE for state in states.values()),
        states=states,
        gaps=_grouped(data, kinds),
        missing=missing,
        result=level_words(outcome.result or "", data),
        range="" if outcome.complete else _range(data, levels),
        steps=explain(outcome.explanation, data) if outcome.complete else [],
    )


def _grouped(data: FrameworkData, kinds: dict[str, str]) -> list[Gaps]:
    sentences = {
        "level": _("No level yet"),
        "both": _("Evidence, and “no evidence” is ticked: untick it, or take the evidence away"),
        "evidence": _("No evidence: add some, or answer “no evidence” with a note"),
        "note": _("“No evidence” without a note"),
    }
    groups = []
    for kind, sentence in sentences.items():
        if criteria := [(c.code, c.number) for c in data.criteria if kinds.get(c.code) == kind]:
            groups.append(Gaps(sentence, criteria))
    return groups


def _range(data: FrameworkData, levels: dict[str, str]) -> str:
    if not any(levels.values()):
        return ""
    low, high = possible_results(data.rule, levels)
    least, most = data.level(low), data.level(high)
    params = {"low": localized(least.name), "high": localized(most.name)}
    if low == high:
        return _("Whatever the other levels are, it will be %(low)s.") % params
    if most.position - least.position == 1:
        return _("It can still become %(low)s or %(high)s.") % params
    return _("It can still become anything from %(low)s to %(high)s.") % params
