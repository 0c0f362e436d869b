"""Distributions over levels."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import palette
from core.charts.drawing import Drawing, Path, Rect, Shape, Table, Text, text_width, wrap
from core.charts.parts import BAR, GAP, LINE, SMALL, hidden_bar, number, shares

Counts = Sequence[int] | None
Level = tuple[str, str]  # code, label; lowest first


def stacked_bars(
    rows: Sequence[tuple[str, Counts]],
    levels: Sequence[Level],
    *,
    title: str,
    description: str = "",
    width: float = 400,
    hidden: str = "",
) -> Drawing:
    """The distribution over levels, one bar a row, each as long as the others (shares, with the number of people).

    rows: (name, counts in the order of `levels`), counts None where they must not be shown. hidden: what is written
    there instead ("fewer than 5 people").
    """
    hidden = hidden or _("too few to show")
    colours = [palette.LEVELS[palette.tone(place, len(levels)) - 1] for place in range(1, len(levels) + 1)]
    shapes: list[Shape] = []
    y = _legend(
        shapes,
        [(fill, label) for (fill, _ink), (_code, label) in zip(colours, levels, strict=True)],
        width,
    )
    for name, counts in rows:
        total = "" if counts is None else _("%(count)s people") % {"count": number(sum(counts))}
        for line in wrap(name, width - text_width(total, SMALL) - 16):
            y += LINE
            shapes.append(Text(0, y - 6, line))
        if total:
            shapes.append(Text(width, y - 6, total, anchor="end", size=SMALL, fill=palette.INK_SOFT))
        if counts is None:
            shapes += hidden_bar(0, y, width, hidden)
        elif not sum(counts):
            shapes.append(Rect(0, y, width, BAR, palette.SURFACE, palette.RULE_STRONG))
            shapes.append(Text(8, y + 18, _("nobody yet"), size=SMALL, fill=palette.INK_SOFT))
        else:
            shapes += _segments(y, width, counts, levels, colours)
        y += BAR + GAP
    return Drawing(
        width,
        y - GAP + 2,
        title,
        description,
        tuple(shapes),
        _level_table(rows, levels, hidden),
    )


def _legend(shapes: list[Shape], items: Sequence[tuple[str, str]], width: float) -> float:
    x, y = 0.0, 0.0
    for fill, label in items:
        needs = 22 + text_width(label) + 20
        if x and x + needs - 20 > width:
            x, y = 0.0, y + LINE
        shapes.append(Rect(x + 0.5, y + 2.5, 14, 14, fill, palette.INK_SOFT))
        shapes.append(Text(x + 22, y + 14, label))
        x += needs
    return y + LINE + 8


def _segments(y, width, counts, levels, colours) -> list[Shape]:
    shapes: list[Shape] = []
    total, x = sum(counts), 0.0
    for count, percent, (_code, label), (fill, ink) in zip(counts, shares(counts), levels, colours, strict=True):
        if not count:
            continue
        long = width * count / total
        tip = f"{label}: {number(count)} ({percent} %)"
        shapes.append(Rect(x, y, long, BAR, fill, palette.PAPER, tip))
        for text in (f"{label} {percent} %", f"{percent} %", str(percent)):
            if text_width(text, SMALL) + 10 <= long:
                shapes.append(Text(x + long / 2, y + 17.5, text, "middle", SMALL, ink, 600))
                break
        x += long
    # an outline: the lightest level must not fade into the paper
    shapes.append(Path(f"M.5 {y + 0.5}h{width - 1}v{BAR - 1}h{1 - width}z", palette.INK_SOFT))
    return shapes


def _level_table(rows, levels, hidden) -> Table:
    cells = []
    for name, counts in rows:
        if counts is None:
            cells.append((name, *[hidden] * len(levels), hidden))
        else:
            parts = [f"{number(count)} ({percent} %)" for count, percent in zip(counts, shares(counts), strict=True)]
            cells.append((name, *parts, number(sum(counts))))
    return Table(("", *(label for _code, label in levels), _("All")), tuple(cells))
