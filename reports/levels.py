"""What the reports of offices at different levels hide, so that nobody learns from the one what the other hides.

An office shows a row for each unit right below it, and their sums; the unit shows the same numbers as the sums of its own
table. So both must hide the same of them. Pure functions over a tree of counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from reports.suppression import SUM, Hidden, hide

Levels = frozenset[int]
"""Places of levels, 0 the lowest."""
NONE: Levels = frozenset()


@dataclass
class Branch:
    """A unit with what is counted in it: the sum of its `rows`, the units of its table, or `own` counts where it has no
    table. `reports`: it shows its own line in a report of its own; schools do not."""

    id: int
    own: tuple[int, ...] = ()
    rows: list["Branch"] = field(default_factory=list)
    reports: bool = True

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """People at each level, lowest first."""
        return tuple(map(sum, zip(*(row.counts for row in self.rows), strict=True))) if self.rows else self.own

    def line_to(self, unit_id: int) -> list["Branch"]:
        """From here down to that unit; empty when it is not below."""
        if self.id == unit_id:
            return [self]
        below = next(filter(None, (row.line_to(unit_id) for row in self.rows)), [])
        return [self, *below] if below else []


def hidden_of(top: Branch, unit_id: int, threshold: int) -> Hidden:
    """The cells (row, level) that the report of a unit below `top` hides; row `SUM` is its own line.

    From the lowest offices up, each says which of its sums it has to hide; then from the top down, each table hides of its
    rows what they said and of its sums what the table above hides.
    """
    wishes: dict[int, Levels] = {}
    _ask(top, threshold, wishes)
    line = top.line_to(unit_id)
    hidden: Hidden = frozenset()
    sums = NONE
    for branch, below in zip_longest(line, line[1:]):
        hidden = _table(branch, sums | (wishes[branch.id] if branch is top else NONE), threshold, wishes)
        sums = frozenset(level for row, level in hidden if row != SUM and branch.rows[row] is below)
    return hidden


def _ask(branch: Branch, threshold: int, wishes: dict[int, Levels]) -> None:
    for row in branch.rows:
        _ask(row, threshold, wishes)
    cells = _table(branch, NONE, threshold, wishes) if branch.reports else frozenset()
    wishes[branch.id] = frozenset(level for row, level in cells if row == SUM)


def _table(branch: Branch, sums: Levels, threshold: int, wishes: Mapping[int, Levels]) -> Hidden:
    """What one table hides; `sums` is hidden of its sums at least."""
    if not branch.rows:
        alone = hide([branch.own], threshold, sums_shown=False, given=frozenset((0, level) for level in sums))
        return frozenset((SUM, level) for _row, level in alone)
    given = {(place, level) for place, row in enumerate(branch.rows) for level in wishes[row.id]}
    given |= {(SUM, level) for level in sums}
    return hide([row.counts for row in branch.rows], threshold, sums_shown=True, given=frozenset(given))


def branch_of(
    unit_id: int,
    rows: Mapping[int, Sequence[int]],
    counts: Mapping[int, tuple[int, ...]],
    nobody: tuple[int, ...],
    offices: Collection[int],
) -> Branch:
    """The tree below a unit. `rows`: unit -> the units of its table; `counts`: unit without a table -> people at each
    level, `nobody` where it is missing; `offices` make reports of their own."""
    if below := rows.get(unit_id):
        return Branch(unit_id, rows=[branch_of(row, rows, counts, nobody, offices) for row in below])
    return Branch(unit_id, counts.get(unit_id, nobody), reports=unit_id in offices)
