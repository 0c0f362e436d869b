"""Charts: figures in, a `Drawing` out. Pure functions; `{% chart drawing %}` prints it with its table.

A figure that must not be shown (fewer people than the threshold) comes in as None and is hatched and named, never
drawn as zero. Levels keep their colours everywhere; every segment that has room carries its word.
"""

import math
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core import palette
from core.drawing import (
    SIZE,
    Drawing,
    Path,
    Rect,
    Shape,
    Table,
    Text,
    hatch,
    mix,
    text_width,
    wrap,
)

LINE = 21  # one line of text
BAR = 26
GAP = 16
SMALL = 12.5

Counts = Sequence[int] | None
Level = tuple[str, str]  # code, label; lowest first


def number(value: float) -> str:
    """A whole number with the reader's grouping."""
    return str(number_format(round(value), decimal_pos=0, use_l10n=True, force_grouping=True))


def shares(counts: Sequence[int]) -> list[int]:
    """Whole percentages that sum to 100 (largest remainders); zeros when there is nothing."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [100 * count / total for count in counts]
    result = [math.floor(value) for value in exact]
    for index in sorted(range(len(counts)), key=lambda i: result[i] - exact[i])[: 100 - sum(result)]:
        result[index] += 1
    return result


def stacked_bars(
    rows: Sequence[tuple[str, Counts]],
    levels: Sequence[Level],
    *,
    title: str,
    description: str = "",
    width: float = 560,
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
            shapes += _hidden_bar(0, y, width, hidden)
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


def _hidden_bar(x, y, width, text, height=BAR) -> list[Shape]:
    label = wrap(text, width - 16, SMALL, 1)[0]
    wide = text_width(label, SMALL) + 12
    return [
        Rect(
            x + 0.5,
            y + 0.5,
            width - 1,
            height - 1,
            palette.SURFACE,
            palette.RULE_STRONG,
        ),
        hatch(x, y, width, height),
        Rect(x + (width - wide) / 2, y + 4, wide, height - 8, palette.SURFACE),
        Text(
            x + width / 2,
            y + height / 2 + 4.5,
            label,
            "middle",
            SMALL,
            palette.INK_SOFT,
        ),
    ]


def _hidden_key(shapes: list[Shape], x: float, y: float, text: str) -> float:
    """Says below the drawing what the hatching means."""
    shapes.append(Rect(x + 0.5, y + 10.5, 21, 13, palette.SURFACE, palette.RULE_STRONG))
    shapes.append(hatch(x, y + 10, 22, 14, 5))
    shapes.append(Text(x + 30, y + 21, text, size=SMALL, fill=palette.INK_SOFT))
    return y + 26


def _level_table(rows, levels, hidden) -> Table:
    cells = []
    for name, counts in rows:
        if counts is None:
            cells.append((name, *[hidden] * len(levels), hidden))
        else:
            parts = [f"{number(count)} ({percent} %)" for count, percent in zip(counts, shares(counts), strict=True)]
            cells.append((name, *parts, number(sum(counts))))
    return Table(("", *(label for _code, label in levels), _("All")), tuple(cells))


def horizontal_bars(
    rows: Sequence[tuple[str, float | None, float]],
    *,
    title: str,
    value_head: str,
    description: str = "",
    width: float = 560,
    hidden: str = "",
) -> Drawing:
    """So much of so much, one bar a row: (name, value or None, whole). Completion by school, attendance."""
    hidden = hidden or _("too few to show")
    shapes: list[Shape] = []
    cells = []
    y = 0.0
    for name, value, whole in rows:
        text = "" if value is None else _("%(value)s of %(total)s") % {"value": number(value), "total": number(whole)}
        for line in wrap(name, width - text_width(text) - 16):
            y += LINE
            shapes.append(Text(0, y - 6, line))
        if text:
            shapes.append(Text(width, y - 6, text, anchor="end", fill=palette.INK_SOFT))
        if value is None:
            shapes += _hidden_bar(0, y, width, hidden)
            y += BAR
        else:
            height = 12
            shapes.append(
                Rect(
                    0.5,
                    y + 0.5,
                    width - 1,
                    height - 1,
                    palette.SURFACE,
                    palette.RULE_STRONG,
                )
            )
            if value and whole:
                long = width * min(1, value / whole)
                shapes.append(Rect(0, y, long, height, palette.ACCENT, tip=f"{name}: {text}"))
            y += height
        y += GAP - 4
        cells.append((name, text or hidden))
    return Drawing(
        width,
        y,
        title,
        description,
        tuple(shapes),
        Table(("", value_head), tuple(cells)),
    )


def columns(
    points: Sequence[tuple[str, float | None]],
    *,
    title: str,
    value_head: str,
    description: str = "",
    width: float = 560,
    height: float = 200,
    hidden: str = "",
) -> Drawing:
    """One column a point (months, years, phases), the value above it, on a common base line."""
    hidden = hidden or _("too few to show")
    top = max((value for _label, value in points if value is not None), default=0) or 1
    step = width / max(1, len(points))
    broad = min(72, step * 0.62)
    labels = [wrap(label, step - 8, SMALL, 2) for label, _value in points]
    foot = height + 2 + 18 * max((len(lines) for lines in labels), default=1)
    shapes: list[Shape] = []
    for index, (label, value) in enumerate(points):
        middle = step * (index + 0.5)
        if value is None:
            shapes.append(
                Rect(
                    middle - broad / 2,
                    height - 40,
                    broad,
                    40,
                    palette.SURFACE,
                    palette.RULE_STRONG,
                )
            )
            shapes.append(hatch(middle - broad / 2, height - 40, broad, 40))
            shapes.append(Text(middle, height - 48, "–", "middle"))
        else:
            tall = (height - 24) * value / top
            tip = f"{label}: {number(value)}"
            shapes.append(
                Rect(
                    middle - broad / 2,
                    height - tall,
                    broad,
                    tall,
                    palette.ACCENT,
                    tip=tip,
                )
            )
            shapes.append(
                Text(
                    middle,
                    height - tall - 7,
                    number(value),
                    "middle",
                    SIZE,
                    palette.INK,
                    600,
                )
            )
        shapes += [
            Text(middle, height + 18 * (line + 1), text, "middle", SMALL) for line, text in enumerate(labels[index])
        ]
    shapes.append(Path(f"M0 {height}h{width}", palette.INK_SOFT))
    if any(value is None for _label, value in points):
        foot = _hidden_key(shapes, 0, foot, hidden)
    rows = tuple((label, hidden if value is None else number(value)) for label, value in points)
    return Drawing(width, foot, title, description, tuple(shapes), Table(("", value_head), rows))


def heat_map(
    row_names: Sequence[str],
    column_names: Sequence[str],
    cells: Sequence[Sequence[float | None]],
    *,
    title: str,
    description: str = "",
    width: float = 720,
    hidden: str = "",
) -> Drawing:
    """Shares 0..1 as a grid, criteria down, schools or levels across; darker is more, and each cell says its share.

    cells[row][column]; None is hatched ("not shown").
    """
    hidden = hidden or _("too few to show")
    names = min(width * 0.42, max((text_width(name) for name in row_names), default=0) + 16)
    step = (width - names) / max(1, len(column_names))
    heads = [wrap(name, step - 6, SMALL, 3) for name in column_names]
    y = 16.0 * max((len(lines) for lines in heads), default=1) + 8
    shapes: list[Shape] = []
    for column, lines in enumerate(heads):
        middle = names + step * (column + 0.5)
        start = y - 8 - 16 * (len(lines) - 1)
        shapes += [
            Text(middle, start + 16 * i, text, "middle", SMALL, palette.INK, 600) for i, text in enumerate(lines)
        ]
    table = []
    for name, values in zip(row_names, cells, strict=True):
        lines = wrap(name, names - 10, SMALL, 3)
        tall = max(30, 16 * len(lines) + 10)
        base = y + tall / 2 + 4.5 - 8 * (len(lines) - 1)
        shapes += [Text(0, base + 16 * index, text, size=SMALL) for index, text in enumerate(lines)]
        texts = []
        for column, value in enumerate(values):
            x = names + step * column
            if value is None:
                shapes.append(Rect(x + 1, y + 1, step - 2, tall - 2, palette.SURFACE, palette.RULE))
                shapes.append(hatch(x + 1, y + 1, step - 2, tall - 2))
                texts.append(hidden)
                continue
            fill, ink = mix(value)
            text = f"{round(value * 100)} %"
            tip = f"{name}, {column_names[column]}: {text}"
            shapes.append(Rect(x + 1, y + 1, step - 2, tall - 2, fill, palette.RULE, tip))
            shapes.append(Text(x + step / 2, y + tall / 2 + 4.5, text, "middle", SMALL, ink))
            texts.append(text)
        table.append((name, *texts))
        y += tall
    return Drawing(
        width,
        y,
        title,
        description,
        tuple(shapes),
        Table(("", *column_names), tuple(table)),
    )


def progress_ring(value: int, total: int, *, title: str, size: float = 112) -> Drawing:
    """How much of a whole is done, as a ring with the figures inside."""
    middle, thick = size / 2, size / 9
    radius = middle - thick / 2 - 1
    shapes: list[Shape] = [_arc(middle, radius, 1, palette.RULE, thick)]
    if value and total:
        shapes.append(_arc(middle, radius, min(1, value / total), palette.ACCENT, thick))
    shapes.append(
        Text(
            middle,
            middle + size * 0.06,
            number(value),
            "middle",
            size * 0.26,
            palette.INK,
            650,
        )
    )
    small = _("of %(total)s") % {"total": number(total)}
    shapes.append(Text(middle, middle + size * 0.22, small, "middle", size * 0.12, palette.INK_SOFT))
    table = Table(("", _("Done"), _("All")), ((title, number(value), number(total)),))
    return Drawing(size, size, title, "", tuple(shapes), table)


def _arc(middle: float, radius: float, share: float, stroke: str, thick: float) -> Path:
    top = middle - radius
    if share >= 1:  # an arc cannot return to its own beginning: two halves
        half = f"A{radius:.2f} {radius:.2f} 0 0 1"
        return Path(
            f"M{middle} {top:.2f}{half} {middle} {middle + radius:.2f}{half} {middle} {top:.2f}",
            stroke,
            thick,
        )
    angle = 2 * math.pi * share
    x, y = middle + radius * math.sin(angle), middle - radius * math.cos(angle)
    large = int(share > 0.5)
    return Path(
        f"M{middle} {top:.2f}A{radius:.2f} {radius:.2f} 0 {large} 1 {x:.2f} {y:.2f}",
        stroke,
        thick,
    )


def sparkline(values: Sequence[float], *, title: str, width: float = 96, height: float = 24) -> Drawing:
    """The course of a figure in the height of a line of text, its last value marked."""
    table = Table(
        ("", *(str(place) for place in range(1, len(values) + 1))),
        ((title, *(number(v) for v in values)),),
    )
    if not values:
        return Drawing(width, height, title, "", (), table)
    low, high = min(values), max(values)
    spread = (high - low) or 1
    step = (width - 8) / max(1, len(values) - 1)
    spots = [(4 + step * i, height - 4 - (height - 8) * (v - low) / spread) for i, v in enumerate(values)]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    x, y = spots[-1]
    shapes = (
        Path(line, palette.ACCENT, 2),
        Rect(round(x - 3, 1), round(y - 3, 1), 6, 6, palette.ACCENT),
    )
    return Drawing(width, height, title, "", shapes, table)
