"""What a simulation found, in words: counts before and after, the matrix, what moves people, what cannot be said."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import Drawing, heat_map, stacked_bars
from core.charts.parts import number
from core.localized import localized
from evaluations.models import Evaluation
from evaluations.presenters.words import LevelWords
from evaluations.sides import Side
from evaluations.simulation import Cause, Direction, Findings, Plan, Ratings, Suppose, Why, direction, say
from people.models import Unit
from standards.presenters import rule_in_words
from standards.queries import FrameworkData

LONGEST_LIST = 12
"""Criteria named in one sentence; the others are counted."""


@dataclass(frozen=True)
class Figure:
    """One number with its name."""

    key: str
    label: str
    value: int
    total: int


@dataclass(frozen=True)
class MatrixRow:
    """One result of today and where its people would be. `cells`: (people, stays the same); the last: cannot be said."""

    level: LevelWords
    before: int
    cells: list[tuple[int, bool]]


@dataclass(frozen=True)
class CauseRow:
    """A condition and how many of the movers it keeps from a result."""

    is_new: bool
    sentence: str
    number: int


@dataclass(frozen=True)
class SchoolRow:
    """How many of a school would move which way. `cells`: (name, people) in the order of `figures`."""

    unit: Unit
    people: int
    cells: list[tuple[str, int]]


@dataclass(frozen=True)
class PersonRow:
    """One person who would have another result, or of whom it cannot be said."""

    evaluation: Evaluation
    old: LevelWords
    new: LevelWords | None
    word: str
    sentence: str


def result_words(code: str, data: FrameworkData) -> LevelWords:
    """An overall result as pages show it, with its place among the results."""
    result = data.result(code)
    return LevelWords(code, localized(result.name), result.position, len(data.results))


def direction_words() -> dict[Direction, str]:
    """The names of the directions, in the order of pages."""
    return {
        Direction.SAME: _("Same result"),
        Direction.UP: _("Higher result"),
        Direction.DOWN: _("Lower result"),
        Direction.OTHER: _("Another result, not comparable"),
        Direction.OPEN: _("Cannot be said"),
    }


def figures(found: Findings) -> list[Figure]:
    """How many move which way; what cannot happen here (no comparable results) is left out when it is nought."""
    return [
        Figure(way.value, label, found.directions[way], found.people)
        for way, label in direction_words().items()
        if way is not Direction.OTHER or found.directions[way]
    ]


def matrix(found: Findings, old: FrameworkData, new: FrameworkData) -> list[MatrixRow]:
    """Old results down, lowest first, new ones across; rows without people too: nobody is a figure as well."""
    rows = []
    for level in old.results:
        cells = [(found.moves[level.code, one.code], one.code == level.code) for one in new.results]
        cells.append((found.moves[level.code, None], False))
        rows.append(MatrixRow(result_words(level.code, old), sum(count for count, _same in cells), cells))
    return rows


def after(found: Findings, new: FrameworkData) -> list[int]:
    """People at each new result, lowest first; the last: of whom it cannot be said."""
    columns: Counter = Counter()
    for (_old, code), count in found.moves.items():
        columns[code] += count
    return [columns[code] for code in (*(result.code for result in new.results), None)]


def picture(rows: list[MatrixRow], new: FrameworkData) -> Drawing:
    """The matrix as shares of the people of each old result."""
    names = [localized(result.name) for result in new.results]
    with_open = any(row.cells[-1][0] for row in rows)
    columns = [*names, _("Cannot be said")] if with_open else names
    return heat_map(
        [_("%(level)s now (%(count)s)") % {"level": row.level.label, "count": number(row.before)} for row in rows],
        columns,
        [[count / row.before if row.before else None for count, _same in row.cells[: len(columns)]] for row in rows],
        title=_("From the present result (down) to the tried one (across)"),
        description=_("Share of the people who have this result now."),
        hidden=_("nobody has this result"),
    )


def before_and_after(rows: list[MatrixRow], found: Findings, old: FrameworkData, new: FrameworkData) -> Drawing | None:
    """Both distributions as bars, where the two sides have the same results."""
    if [result.code for result in old.results] != [result.code for result in new.results]:
        return None
    levels = [(result.code, localized(result.name)) for result in new.results]
    bars = [(_("Now"), [row.before for row in rows]), (_("Tried"), after(found, new)[:-1])]
    return stacked_bars(bars, levels, title=_("Overall results now and tried"))


def causes(found: Findings, old: FrameworkData, side: Side) -> list[CauseRow]:
    """The conditions that move people, the weightiest first. One person may be kept by several."""
    sentences = _Sentences(old, side)
    rows: Counter = Counter()
    for cause, count in found.causes.items():
        rows[cause.is_new, sentences.of(cause)] += count
    return [CauseRow(is_new, sentence, count) for (is_new, sentence), count in rows.most_common()]


class _Sentences:
    """What both rules ask for each result, as sentences."""

    def __init__(self, old: FrameworkData, side: Side):
        self.asked = {
            is_new: {entry.code: entry for entry in rule_in_words(data)}
            for is_new, data in ((True, side.data), (False, old))
        }

    def of(self, cause: Cause) -> str:
        """ "Good: at least 2/3 of the criteria …"."""
        entry = self.asked[cause.is_new].get(cause.result)
        if entry is None or cause.place >= len(entry.conditions):
            return _("another condition")
        return _("%(level)s: %(condition)s") % {"level": entry.level, "condition": entry.conditions[cause.place].text}


def open_reasons(found: Findings, side: Side) -> list[tuple[str, int]]:
    """[(sentence, people)] of whom it cannot be said, the weightiest first."""
    return [(why_sentence(why, criteria, side), count) for (why, criteria), count in found.whys.most_common()]


def why_sentence(why: Why, criteria: tuple[str, ...], side: Side) -> str:
    """Why the other side gives no result."""
    names = criteria_words(criteria, side.data)
    return {
        Why.NO_RESULT: _("The tried rule gives no overall result."),
        Why.UNMATCHED: _("Nothing in the past stands for %(names)s, and the result depends on it."),
        Why.LEVEL: _("The level given is not among the tried levels of %(names)s."),
        Why.NOT_RATED: _("Not rated at the time: %(names)s."),
        Why.MERGED: _("Several criteria became %(names)s, their levels differ, and the result depends on it."),
    }[why] % {"names": names}


def supposed_words(side: Side) -> str:
    """What was done about criteria that nothing in the past stands for."""
    return {
        Suppose.NOTHING: _(
            "Both its lowest and its highest level are tried; a result counts as said only where they give the same."
        ),
        Suppose.LOWEST: _("Supposed at the lowest level."),
        Suppose.MIDDLE: _("Supposed at the middle of the person's other levels, the lower where there are two."),
        Suppose.HIGHEST: _("Supposed at the highest level."),
    }[side.suppose]


def criteria_words(codes: list[str] | tuple[str, ...], data: FrameworkData) -> str:
    """ "3. Name; 4. Name"; a long list is cut with the number of the others."""
    shown = [criterion_words(code, data) for code in codes[:LONGEST_LIST]]
    if len(codes) > LONGEST_LIST:
        rest = len(codes) - LONGEST_LIST
        shown.append(ngettext("%(count)s other", "%(count)s others", rest) % {"count": rest})
    return "; ".join(shown)


def criterion_words(code: str, data: FrameworkData) -> str:
    """A criterion as pages name it: its number in the text and its name."""
    criterion = data.criterion(code)
    return f"{criterion.label}. {localized(criterion.name)}"


def school_rows(found: Findings, schools: list[Unit]) -> list[SchoolRow]:
    """Every school of the cycle, those without results too."""
    shown = [(Direction(figure.key), figure.label) for figure in figures(found)]
    nobody: Counter = Counter()
    counted = [(unit, found.places.get(unit.pk, nobody)) for unit in schools]
    return [
        SchoolRow(unit, sum(counts.values()), [(label, counts[way]) for way, label in shown])
        for unit, counts in counted
    ]


def person_rows(
    plan: Plan, people: list[tuple[Evaluation, Ratings]], old: FrameworkData, side: Side
) -> list[PersonRow]:
    """Those of the people who would not keep their result, in the order of names."""
    words, rows, asked = direction_words(), [], _Sentences(old, side)
    for evaluation, ratings in people:
        said = say(plan, evaluation.result, ratings)
        way = direction(plan, evaluation.result, said.result)
        if way is Direction.SAME:
            continue
        rows.append(
            PersonRow(
                evaluation,
                result_words(evaluation.result, old),
                result_words(said.result, side.data) if said.result else None,
                words[way],
                why_sentence(said.why, said.criteria, side) if said.why else "; ".join(map(asked.of, said.causes)),
            )
        )
    return rows


def summary(found: Findings) -> str:
    """One sentence: how many keep their result, and of how many it cannot be said."""
    unsaid = found.directions[Direction.OPEN]
    moved = found.people - found.directions[Direction.SAME] - unsaid
    if not found.people:
        return ""
    if not moved and not unsaid:
        return _("Nobody would move: all %(count)s people keep their result.") % {"count": number(found.people)}
    sentence = ngettext(
        "%(moved)s of %(people)s people would have another result.",
        "%(moved)s of %(people)s people would have another result.",
        moved,
    ) % {"moved": number(moved), "people": number(found.people)}
    if unsaid:
        more = ngettext("Of %(count)s it cannot be said.", "Of %(count)s it cannot be said.", unsaid)
        sentence += " " + more % {"count": number(unsaid)}
    return sentence
