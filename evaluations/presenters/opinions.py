"""Opinions on colleagues: the matrix of a group, and one colleague at a time. Only the reader's own answers are here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.decisions import Decision
from core.localized import localized
from evaluations.actions.opinions import CANNOT_JUDGE, nothing_judged
from evaluations.models import Cycle, Evaluation, Rating, Sheet
from evaluations.policies import can_give_opinion
from evaluations.presenters.words import LevelWords, level_words
from people.models import User
from standards.queries import CriterionData, FrameworkData


@dataclass(frozen=True)
class Answer:
    """One own answer: "" (none yet), a level's code or CANNOT_JUDGE."""

    value: str
    label: str
    revision: int


@dataclass(frozen=True)
class Colleague:
    """One colleague with the reader's own answers, criterion code -> Answer."""

    evaluation: Evaluation
    answers: dict[str, Answer]
    submitted: bool
    may: Decision
    total: int

    @property
    def name(self) -> str:
        return self.evaluation.subject.full_name

    @property
    def answered(self) -> int:
        return sum(1 for answer in self.answers.values() if answer.value)

    @property
    def complete(self) -> bool:
        return self.answered == self.total and any(answer.value != CANNOT_JUDGE for answer in self.answers.values())

    @property
    def unanswered(self) -> list[str]:
        """Codes of the criteria without an answer."""
        return [code for code, answer in self.answers.items() if not answer.value]

    @property
    def state(self) -> tuple[str, str, str]:
        """(code, label, tone) for the status_pill tag."""
        if self.submitted:
            return "given", _("Handed in"), "success"
        if not self.may:
            return "closed", pgettext("opinions", "Closed"), "neutral"
        if self.complete:
            return "complete", _("Complete, not handed in"), "warning"
        if self.answered:
            return "begun", _("Begun"), "info"
        return "none", _("Not begun"), "neutral"


def colleagues(user: User, evaluations: list[Evaluation], sheets: dict, data: FrameworkData) -> list[Colleague]:
    """The colleagues with the reader's own sheets (evaluation id -> Sheet with its ratings). No query."""
    return [
        Colleague(
            evaluation=evaluation,
            answers=_answers(sheets.get(evaluation.pk), data),
            submitted=bool(sheets.get(evaluation.pk) and sheets[evaluation.pk].submitted_at),
            may=can_give_opinion(user, evaluation),
            total=len(data.criteria),
        )
        for evaluation in evaluations
    ]


def _answers(sheet: Sheet | None, data: FrameworkData) -> dict[str, Answer]:
    ratings: dict[int, Rating] = {row.criterion_id: row for row in sheet.ratings.all()} if sheet else {}
    return {criterion.code: _answer(ratings.get(criterion.id), data) for criterion in data.criteria}


def _answer(rating: Rating | None, data: FrameworkData) -> Answer:
    if rating is None:
        return Answer("", "", 0)
    if rating.no_evidence and not rating.level:
        return Answer(CANNOT_JUDGE, cannot_judge(), rating.revision)
    return Answer(rating.level, level_words(rating.level, data).label, rating.revision)


def cannot_judge() -> str:
    return _("Cannot judge")


def choices(data: FrameworkData) -> list[tuple[str, str]]:
    """(value, label) of the answers, lowest level first, "cannot judge" last."""
    return [(level.code, localized(level.name)) for level in data.levels] + [(CANNOT_JUDGE, cannot_judge())]


def columns(people: list[Colleague]) -> list[Colleague]:
    """Who stands in the matrix: those who can still be judged first, then the closed ones whom the reader has judged.
    A closed one without an answer would be a column of dashes."""
    return [one for one in people if one.may] + [one for one in people if not one.may and one.answered]


@dataclass(frozen=True)
class Incomplete:
    """Whose opinion is incomplete, what lacks, and the criterion to begin with ("" when all are answered)."""

    colleague: Colleague
    sentence: str
    first: str


def incomplete(people: list[Colleague]) -> list[Incomplete]:
    """The opinions that can be given and are incomplete, those begun first."""
    todo = [one for one in people if one.may and not one.submitted and not one.complete]
    return [
        Incomplete(one, _what_lacks(one), next(iter(one.unanswered), ""))
        for one in sorted(todo, key=lambda one: not one.answered)
    ]


def _what_lacks(one: Colleague) -> str:
    if not one.unanswered:
        return nothing_judged(one.evaluation)
    if not one.answered:
        return _("%(name)s: nothing is answered yet.") % {"name": one.name}
    return ngettext(
        "%(name)s: %(count)s criterion of %(total)s is not answered yet.",
        "%(name)s: %(count)s criteria of %(total)s are not answered yet.",
        len(one.unanswered),
    ) % {"name": one.name, "count": len(one.unanswered), "total": one.total}


def left_sentence(people: list[Colleague]) -> str:
    """Whose opinions stay behind when the complete ones are handed in; empty when none does."""
    names = [_left_in_short(gap.colleague) for gap in incomplete(people)]
    return _("Not handed in yet: %(names)s.") % {"names": ", ".join(names)} if names else ""


def _left_in_short(one: Colleague) -> str:
    if not one.unanswered:
        return _("%(name)s (only “cannot judge”)") % {"name": one.name}
    return ngettext(
        "%(name)s (%(count)s criterion left)", "%(name)s (%(count)s criteria left)", len(one.unanswered)
    ) % {"name": one.name, "count": len(one.unanswered)}


def problems(one: Colleague, data: FrameworkData, refused: str) -> list[tuple[str, str]]:
    """(anchor or "", sentence) for the summary on the page of one colleague: why it was refused, then every gap."""
    gaps = [
        (code, _("Criterion %(number)s is not answered yet.") % {"number": data.criterion(code).number})
        for code in one.unanswered
        if one.may
    ]
    return [("", refused), *gaps]


@dataclass(frozen=True)
class MatrixRow:
    """One criterion across the colleagues of the matrix."""

    criterion: CriterionData
    name: str
    cells: list[tuple[Colleague, Answer]]


@dataclass(frozen=True)
class Part:
    """A standard with its rows."""

    code: str
    name: str
    rows: list[MatrixRow]


def matrix(people: list[Colleague], data: FrameworkData) -> list[Part]:
    """Rows are criteria under their standard, columns colleagues."""
    return [
        Part(
            standard.code,
            localized(standard.name),
            [
                MatrixRow(criterion, localized(criterion.name), [(one, one.answers[criterion.code]) for one in people])
                for criterion in standard.all_criteria
            ],
        )
        for standard in data.standards
    ]


@dataclass(frozen=True)
class Question:
    """One criterion about one colleague, with what each level demands."""

    criterion: CriterionData
    name: str
    answer: Answer
    demands: list[tuple[LevelWords, str]]


def questions(one: Colleague, data: FrameworkData) -> list[tuple[str, str, list[Question]]]:
    """(standard's code, its name, its questions) for the page of one colleague."""
    return [
        (
            standard.code,
            localized(standard.name),
            [
                Question(
                    criterion,
                    localized(criterion.name),
                    one.answers[criterion.code],
                    [(level_words(code, data), localized(text)) for code, text in criterion.descriptors.items()],
                )
                for criterion in standard.all_criteria
            ],
        )
        for standard in data.standards
    ]


def promises(cycle: Cycle, members: int) -> list[str]:
    """What is said before one answers. `members`: how many may give opinions on each colleague of this group."""
    k = {"number": cycle.anonymity_threshold}
    sentences = [
        _("Nobody sees who said what: not your colleague, not the head, not the office."),
        _("The head, and later your colleague, see how many chose each level, once at least %(number)s have answered.")
        % k,
    ]
    if members < cycle.anonymity_threshold:
        sentences.append(
            ngettext(
                "Only %(count)s colleague can answer about each person of this group: too few, so nothing will be shown "
                "to anybody.",
                "Only %(count)s colleagues can answer about each person of this group: too few, so nothing will be "
                "shown to anybody.",
                members,
            )
            % {"count": members}
        )
    sentences.append(
        _("There is no room for remarks, on purpose: in a small group a turn of phrase gives its author away.")
    )
    sentences.append(_("The opinions advise the head; they are not averaged into the result."))
    return sentences


def numbers(people: list[Colleague]) -> dict[str, int]:
    """Counted as on the first page: `done` handed in of `possible`; `shut` have closed without an answer."""
    done = sum(1 for one in people if one.submitted)
    possible = sum(1 for one in people if one.submitted or one.may)
    return {"done": done, "possible": possible, "shut": len(people) - possible}


def until(people: list[Colleague], cycle: Cycle) -> str:
    """Why nothing can be written any more, when that holds for everybody; else empty."""
    if people and not any(one.may for one in people):
        return people[0].may.reason
    return ""
