"""Tallies into tables that may be published. Pure: plain counts in, tables with hidden cells out."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.suppression import SUM, Hidden

Shown = tuple[int | None, ...]
"""People at each level, lowest first; None where the number is hidden."""


@dataclass(frozen=True)
class Place:
    """One school, or one branch of a larger office: how far it is, and its results by level."""

    name: str
    people: int
    submitted: int
    decided: int
    excused: int
    counts: tuple[int, ...]

    @property
    def rated(self) -> int:
        """People whose result is known to them: the denominator of every distribution."""
        return sum(self.counts)


@dataclass(frozen=True)
class Line:
    """A row of a published distribution; `rated` is its denominator and is always shown."""

    name: str
    rated: int
    cells: Shown

    @property
    def is_whole(self) -> bool:
        return None not in self.cells

    @property
    def hidden(self) -> int:
        """How many people the hidden cells hold together; that follows from what is shown anyway."""
        return self.rated - sum(cell for cell in self.cells if cell is not None)

    def shares(self) -> tuple[float | None, ...]:
        """Each cell as a share of those rated, unrounded; None where hidden or nobody is rated."""
        return tuple(None if cell is None or not self.rated else cell / self.rated for cell in self.cells)


@dataclass(frozen=True)
class Published:
    """What an aggregate report shows: completion in full, distributions with small numbers hidden."""

    places: tuple[Place, ...]
    whole: Place
    schools: tuple[Line, ...]
    overall: Line
    criteria: tuple[Line, ...]
    hides: bool


def publish(
    places: Sequence[Place],
    criteria: Sequence[tuple[str, tuple[int, ...]]],
    *,
    name: str,
    hidden: Hidden,
    hidden_criteria: Hidden,
) -> Published:
    """The tables of a branch. `criteria`: (name, people at each level), in order; `name` is the branch's. The cells to
    hide (row, level) come from `reports.levels`; row `SUM` of `hidden` is the branch's own line.

    The overall result stands once as the sum of the schools; every table that repeats it uses the same line.
    """
    whole = together(name, places)
    return Published(
        places=tuple(places),
        whole=whole,
        schools=tuple(_line(place.name, place.counts, row, hidden) for row, place in enumerate(places)),
        overall=_line(name, whole.counts, SUM, hidden),
        criteria=tuple(_line(title, counts, row, hidden_criteria) for row, (title, counts) in enumerate(criteria)),
        hides=bool(hidden or hidden_criteria),
    )


def together(name: str, places: Sequence[Place]) -> Place:
    """The sum of several places."""
    width = max((len(place.counts) for place in places), default=0)
    return Place(
        name=name,
        people=sum(place.people for place in places),
        submitted=sum(place.submitted for place in places),
        decided=sum(place.decided for place in places),
        excused=sum(place.excused for place in places),
        counts=tuple(sum(place.counts[level] for place in places) for level in range(width)),
    )


def _line(name: str, counts: Sequence[int], row: int, hidden: frozenset[tuple[int, int]]) -> Line:
    cells = tuple(None if (row, column) in hidden else count for column, count in enumerate(counts))
    return Line(name, sum(counts), cells)
