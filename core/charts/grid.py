"""A grid of shares."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import palette
from core.charts.drawing import Drawing, Rect, Shape, Table, Text, hatch, mix, text_width, wrap
from core.charts.parts import SMALL, hidden_key
from core.rounding import whole_percent


def heat_map(
    row_names: Sequence[str],
    column_names: Sequence[str],
    cells: Sequence[Sequence[float | None]],
    *,
    title: str,
    description: str = "",
    width: float = 0,
    hidden: str = "",
) -> Drawing:
    """Shares 0..1 as a grid, criteria down, schools or levels across; darker is more, and each cell says its share.

    cells[row][column]; None is hatched ("not shown"). width 0: as wide as the number of columns needs.
    """
    hidden = hidden or _("too few to show")
    longest = max((text_width(name) for name in row_names), default=0) + 16
    if not width:
        heading = max((text_width(name, SMALL) for name in column_names), default=0)
        word = max((text_width(word, SMALL) for name in column_names for word in name.split()), default=0)
        width = min(longest, 260) + max(1, len(column_names)) * min(120, max(64, heading / 2 + 16, word + 16))
    names = min(longest, max(width * 0.3, 260))
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
        lines = wrap(name, names - 10, SMALL, 4)
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
            text = f"{whole_percent(value)} %"
            tip = f"{name}, {column_names[column]}: {text}"
            shapes.append(Rect(x + 1, y + 1, step - 2, tall - 2, fill, palette.RULE, tip))
            shapes.append(Text(x + step / 2, y + tall / 2 + 4.5, text, "middle", SMALL, ink))
            texts.append(text)
        table.append((name, *texts))
        y += tall
    if any(value is None for values in cells for value in values):
        y = hidden_key(shapes, names, y, hidden)
    return Drawing(
        width,
        y,
        title,
        description,
        tuple(shapes),
        Table(("", *column_names), tuple(table)),
    )
