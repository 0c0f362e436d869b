"""Hiding small counts so that nobody can work them out again. Pure functions over plain tables of counts.

A table has one row a school (or criterion) and one column a level. Row sums are public (they are the numbers rated),
and so is, for schools, the row of column sums. A count from 1 to k - 1 is hidden; then further counts are hidden until
no hidden count follows from the sums. Whether one follows is decided exactly: counts that satisfy all sums form the
flows of a network (row -> column -> sum), and a hidden count can have another value if and only if its edge lies on a
cycle of the residual network. The reader is taken to know that a hidden count is hardly ever 0, so the other value must
leave every hidden count at 1 or more wherever that can be had.
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from operator import add

Counts = Sequence[Sequence[int]]
Hidden = frozenset[tuple[int, int]]
SUM = -1  # the row of column sums
FREE = 1 << 30  # an unpublished sum may be anything
Node = tuple[str, int]  # a row, a column, or
TOTAL: Node = ("t", 0)
NOTHING = (0, 0, 0, 0)


def hide(rows: Counts, threshold: int, *, sums_shown: bool, given: Hidden = frozenset()) -> Hidden:
    """The cells (row, column) to hide; row `SUM` is the row of column sums, which is part of it if `sums_shown`.
    `given` are cells that another document hides, so that this one must.

    Every hidden cell has at least two possible values for whoever knows all that is shown, save in a table with one
    column, where the public number rated is the count.
    """
    table = _Table(rows, sums_shown)
    hidden = {place for place in table.places if place in given or 0 < table.value(place) < threshold}
    for at_least in (1, 0):
        while table.determined(hidden, at_least):
            before = len(hidden)
            table.cover(hidden, at_least)
            if len(hidden) == before:
                break
        else:
            return frozenset(hidden)
    return frozenset(table.places)


class _Table:
    def __init__(self, rows: Counts, sums_shown: bool):
        self.rows = [list(row) for row in rows]
        self.width = len(self.rows[0]) if self.rows else 0
        self.sums = [sum(row[column] for row in self.rows) for column in range(self.width)]
        self.sums_shown = sums_shown
        self.places = [(row, column) for row in range(len(self.rows)) for column in range(self.width)]
        if sums_shown:
            self.places += [(SUM, column) for column in range(self.width)]

    def value(self, place: tuple[int, int]) -> int:
        row, column = place
        return self.sums[column] if row == SUM else self.rows[row][column]

    def determined(self, hidden: set[tuple[int, int]], at_least: int) -> list[tuple[int, int]]:
        """Hidden cells with one possible value, in order."""
        arcs = self._residual(hidden, at_least)
        return [place for place in sorted(hidden) if not self._on_cycle(place, arcs)]

    def _residual(self, hidden: set[tuple[int, int]], at_least: int) -> dict:
        """Node -> nodes that one more unit could flow to. Nodes: ("r", row), ("c", column), and the node of the total."""
        arcs: dict = {}
        edges = [(*self._ends(place), self.value(place)) for place in hidden]
        if not self.sums_shown:
            edges += [(("c", column), TOTAL, FREE) for column in range(self.width)]
        for tail, head, value in edges:
            arcs.setdefault(tail, set()).add(head)
            if value > at_least:
                arcs.setdefault(head, set()).add(tail)
        return arcs

    def _ends(self, place: tuple[int, int]) -> tuple:
        row, column = place
        return (("c", column), TOTAL) if row == SUM else (("r", row), ("c", column))

    def _on_cycle(self, place: tuple[int, int], arcs: dict) -> bool:
        tail, head = self._ends(place)
        can_fall = tail in arcs.get(head, ())
        return self._reaches(head, tail, arcs) or (can_fall and self._reaches(tail, head, arcs))

    @staticmethod
    def _reaches(start, goal, arcs: dict) -> bool:
        """A way from `start` to `goal` that does not use the edge between the two."""
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for there in arcs.get(here, ()):
                if here == start and there == goal:
                    continue
                if there == goal:
                    return True
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
        return False

    def cover(self, hidden: set[tuple[int, int]], at_least: int) -> None:
        """Adds to `hidden` the cheapest cells that give each determined cell a second value, where there are such."""
        arcs = self._arcs(at_least)
        for place in self.determined(hidden, at_least):
            if not self._on_cycle(place, self._residual(hidden, at_least)):  # an earlier cell's cover may have served
                tail, head = self._ends(place)
                ways = [self._way(head, tail, place, arcs, hidden)]
                if self.value(place) > at_least:
                    ways.append(self._way(tail, head, place, arcs, hidden))
                hidden.update(min(filter(None, ways), default=(0, []))[1])

    def _arcs(self, at_least: int) -> dict:
        """Node -> (node that one more unit could flow to, the cell that would change or None), were all cells hidden."""
        arcs: dict = {}
        for place in self.places:
            tail, head = self._ends(place)
            arcs.setdefault(tail, []).append((head, place))
            if self.value(place) > at_least:
                arcs.setdefault(head, []).append((tail, place))
        if not self.sums_shown:
            for column in range(self.width):
                arcs.setdefault(("c", column), []).append((TOTAL, None))
                arcs.setdefault(TOTAL, []).append((("c", column), None))
        return arcs

    def _way(self, start: Node, goal: Node, closed: tuple[int, int], arcs: dict, hidden: set) -> tuple | None:
        """(cost, cells to hide) of the cheapest way from `start` to `goal` that leaves the cell `closed` alone."""
        waiting: list = [(NOTHING, start, ())]
        done = set()
        while waiting:
            cost, here, cells = heappop(waiting)
            if here == goal:
                return cost, cells
            if here in done:
                continue
            done.add(here)
            for there, place in arcs.get(here, ()):
                if place == closed or there in done:
                    continue
                if place is None or place in hidden:
                    heappush(waiting, (cost, there, cells))
                else:
                    heappush(waiting, (tuple(map(add, cost, self._cost(place))), there, (*cells, place)))
        return None

    def _cost(self, place: tuple[int, int]) -> tuple[int, ...]:
        """Cheap: no sums (other documents repeat them), no zeros, few more cells, small counts."""
        return (int(place[0] == SUM), int(self.value(place) == 0), 1, self.value(place))
