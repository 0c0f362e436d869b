"""Bars and columns."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import palette
from core.charts.drawing import SIZE, Drawing, Path, Rect, Shape, Table, Text, hatch, text_width, wrap
from core.charts.parts import BAR, GAP, LINE, SMALL, hidden_bar, hidden_key, number


def horizontal_bars(
    rows: Sequence[tuple[str, float | None, float]],
    *,
    title: str,
    value_head: str,
    description: str = "",
    width: float = 400,
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
            shapes += hidden_bar(0, y, width, hidden)
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
    width: float = 400,
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
        foot = hidden_key(shapes, 0, foot, hidden)
    rows = tuple((label, hidden if value is None else number(value)) for label, value in points)
    return Drawing(width, foot, title, description, tuple(shapes), Table(("", value_head), rows))
