"""Hiding small counts so that nobody can work them out again. Pure functions over plain tables of counts.

A table has one row a school (or criterion) and one column a level. Row sums are public (they are the numbers rated),
and so is, for schools, the row of column sums. A count from 1 to k - 1 is hidden; then further counts are hidden until
no hidden count follows from the sums. Whether one follows is decided exactly: counts that satisfy all sums form the
flows of a network (row -> column -> sum), and a hidden count can have another value if and only if its edge lies on a
cycle of the residual network. The reader is taken to know that a hidden count is hardly ever 0, so the other value must
leave every hidden count at 1 or more wherever that can be had.
"""

from collections.abc import Iterator, Sequence

Counts = Sequence[Sequence[int]]
Hidden = frozenset[tuple[int, int]]
SUM = -1  # the row of column sums
FREE = 1 << 30  # an unpublished sum may be anything


def hide(rows: Counts, threshold: int, *, sums_shown: bool) -> Hidden:
    """The cells (row, column) to hide; row `SUM` is the row of column sums, which is part of it if `sums_shown`.

    Every hidden cell has at least two possible values for whoever knows all that is shown, save in a table with one
    column, where the public number rated is the count.
    """
    table = _Table(rows, sums_shown)
    hidden = {place for place in table.places if 0 < table.value(place) < threshold}
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
        """Node -> nodes that one more unit could flow to. Nodes: ("r", row), ("c", column), and "sum"."""
        arcs: dict = {}
        edges = [(*self._ends(place), self.value(place)) for place in hidden]
        if not self.sums_shown:
            edges += [(("c", column), "sum", FREE) for column in range(self.width)]
        for tail, head, value in edges:
            arcs.setdefault(tail, set()).add(head)
            if value > at_least:
                arcs.setdefault(head, set()).add(tail)
        return arcs

    def _ends(self, place: tuple[int, int]) -> tuple:
        row, column = place
        return (("c", column), "sum") if row == SUM else (("r", row), ("c", column))

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
        for place in self.determined(hidden, at_least):
            if not self._on_cycle(place, self._residual(hidden, at_least)):  # an earlier cell's cover may have served
                best = min(self._covers(place, hidden, at_least), default=None)
                hidden.update(best[1] if best else ())

    def _covers(self, place: tuple[int, int], hidden: set[tuple[int, int]], at_least: int) -> Iterator[tuple]:
        """(cost, cells): the three other corners of each rectangle, where one diagonal can give to the other.

        Cheap: few more cells, no sums (other documents repeat them), no zeros, small counts.
        """
        row, column = place
        others = [other for other in range(len(self.rows)) if other != row]
        others = [*others, SUM] if self.sums_shown and row != SUM else others
        for other_column in range(self.width):
            if other_column == column:
                continue
            for other in others if self.sums_shown else [None]:
                corners = [(row, other_column)]
                if other is not None:
                    corners += [(other, column), (other, other_column)]
                if self._rectangle_gives(place, corners, at_least):
                    new = tuple(corner for corner in corners if corner not in hidden)
                    if new:
                        yield self._cost(new), new

    def _rectangle_gives(self, place: tuple[int, int], corners: list, at_least: int) -> bool:
        beside = [corners[0], *corners[1:2]]
        across = [place, *corners[2:]]
        if len(corners) == 3 and SUM in (place[0], corners[1][0]):
            # a sum flows the other way: what a school gains, its sum gains too
            beside, across = [corners[0], corners[2]], [place, corners[1]]
        return any(all(self.value(cell) > at_least for cell in giving) for giving in (beside, across))

    def _cost(self, cells: tuple) -> tuple:
        sums = sum(row == SUM for row, _column in cells)
        zeros = sum(self.value(cell) == 0 for cell in cells)
        return sums, zeros, len(cells), sum(self.value(cell) for cell in cells), cells
