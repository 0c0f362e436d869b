"""The charts of aggregate reports: as the house's charts, for rows of which some figures are hidden."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from django.utils.translation import gettext as _

from core import palette
from core.charts import Drawing, Table, heat_map, horizontal_bars, number
from core.charts.drawing import Path, Rect, Shape, Text, hatch, text_width, wrap
from core.charts.parts import BAR, GAP, LINE, SMALL, hidden_key
from core.rounding import whole_percent
from reports.aggregates import Line, Place, Published
from reports.summaries.common import LevelWord

WIDTH = 660  # an A4 page between its margins, at the size of the text beside it
PAGE = 900  # as high as a drawing below its heading can be before a page cuts it off
BESIDE_HEAD = 680  # the same on the page that begins with the head of the report
FACES = "Chuan Sans, Chuan Thai"
Row = TypeVar("Row")


def in_pieces(rows: Sequence[Row], draw: Callable[[Sequence[Row]], Drawing], high: float) -> list[Drawing]:
    """The rows as the fewest drawings that are at most so `high`, of nearly as many rows each.

    A drawing cannot be divided: what a page is too short for would be lost below its edge.
    """
    whole = draw(rows)
    if whole.height <= high:
        return [whole]
    for pieces in range(math.ceil(whole.height / high), len(rows) + 1):
        ends = [len(rows) * piece // pieces for piece in range(pieces + 1)]
        drawings = [draw(rows[start:end]) for start, end in pairwise(ends)]
        if max(drawing.height for drawing in drawings) <= high:
            return drawings
    return [draw([row]) for row in rows]


def completion_bars(places: Sequence[Place]) -> list[Drawing]:
    """How many have submitted, by school."""
    return in_pieces(places, _completion, BESIDE_HEAD)


def _completion(places: Sequence[Place]) -> Drawing:
    return horizontal_bars(
        [(place.name, place.submitted, place.people) for place in places],
        title=_("Self-assessments submitted"),
        value_head=_("Submitted"),
        width=WIDTH,
    ).in_font(FACES)


def distribution_bars(lines: Sequence[Line], levels: Sequence[LevelWord]) -> list[Drawing]:
    """One bar a line, its levels as shares of those rated. What is hidden is one hatched piece at the end: its size
    follows from the number rated and tells nothing of its parts."""
    return in_pieces(lines, lambda some: _distribution(some, levels), PAGE)


def _distribution(lines: Sequence[Line], levels: Sequence[LevelWord]) -> Drawing:
    shapes: list[Shape] = []
    y = _legend(shapes, levels)
    for line in lines:
        total = _("%(count)s rated") % {"count": number(line.rated)}
        for text in wrap(line.name, WIDTH - text_width(total, SMALL) - 16):
            y += LINE
            shapes.append(Text(0, y - 6, text))
        shapes.append(Text(WIDTH, y - 6, total, anchor="end", size=SMALL, fill=palette.INK_SOFT))
        shapes += _bar(y, line, levels)
        y += BAR + GAP
    if not all(line.is_whole for line in lines):
        y = hidden_key(shapes, 0, y - GAP, _("not shown, so that nobody can be recognised"))
    table = Table(("",), tuple((line.name,) for line in lines))
    title = _("Overall results")
    return Drawing(WIDTH, y, title, "", tuple(shapes), table).in_font(FACES)


def _legend(shapes: list[Shape], levels: Sequence[LevelWord]) -> float:
    x = 0.0
    for level in levels:
        fill, _ink = _colours(level, levels)
        shapes.append(Rect(x + 0.5, 2.5, 14, 14, fill, palette.INK_SOFT))
        shapes.append(Text(x + 22, 14, level.name))
        x += 42 + text_width(level.name)
    return LINE + 8


def _colours(level: LevelWord, levels: Sequence[LevelWord]) -> tuple[str, str]:
    return palette.LEVELS[palette.tone(level.position, len(levels)) - 1]


def _bar(y: float, line: Line, levels: Sequence[LevelWord]) -> list[Shape]:
    if not line.rated:
        return [
            Rect(0.5, y + 0.5, WIDTH - 1, BAR - 1, palette.SURFACE, palette.RULE_STRONG),
            Text(8, y + 18, _("nobody yet"), size=SMALL, fill=palette.INK_SOFT),
        ]
    shapes: list[Shape] = []
    x = 0.0
    for level, cell, share in zip(levels, line.cells, line.shares(), strict=True):
        if not cell or share is None:
            continue
        long = WIDTH * share
        fill, ink = _colours(level, levels)
        shapes.append(Rect(x, y, long, BAR, fill, palette.PAPER, f"{level.name}: {number(cell)}"))
        percent = f"{whole_percent(share)} %"
        for text in (f"{level.name} {percent}", percent):
            if text_width(text, SMALL) + 10 <= long:
                shapes.append(Text(x + long / 2, y + 17.5, text, "middle", SMALL, ink, 600))
                break
        x += long
    if x < WIDTH - 0.5 and line.hidden:
        shapes.append(hatch(x, y, WIDTH - x, BAR))
    shapes.append(Path(f"M.5 {y + 0.5}h{WIDTH - 1}v{BAR - 1}h{1 - WIDTH}z", palette.INK_SOFT))
    return shapes


def criteria_map(published: Published, levels: Sequence[LevelWord]) -> list[Drawing]:
    """Criteria down, levels across, shares of those rated."""
    hidden = _("not shown, so that nobody can be recognised") if published.hides else _("nobody rated yet")

    def draw(lines: Sequence[Line]) -> Drawing:
        return heat_map(
            [line.name for line in lines],
            [level.name for level in levels],
            [line.shares() if line.rated else [None] * len(levels) for line in lines],
            title=_("Levels by criterion"),
            width=WIDTH,
            hidden=hidden,
        ).in_font(FACES)

    return in_pieces(published.criteria, draw, PAGE)
