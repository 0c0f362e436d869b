"""Drawings in the size of a word."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import palette
from core.charts.drawing import Drawing, Path, Rect, Shape, Table, Text
from core.charts.parts import number


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
