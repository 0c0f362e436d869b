"""Printing a `core.charts.Drawing`: {% load charts %}. {% chart %} for pages; PDFs use {% chart_svg %} and their own
table."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.charts.drawing import Path, Rect

register = template.Library()


@register.inclusion_tag("charts/figure.html")
def chart(drawing, with_table=True):
    """The figure: caption, drawing (scrolls on a phone), the figures as a table folded below it."""
    return {"drawing": drawing, "with_table": with_table}


@register.inclusion_tag("charts/table.html")
def chart_table(drawing):
    """The figures of a drawing as a table."""
    return {"drawing": drawing}


@register.inclusion_tag("charts/svg.html")
def chart_svg(drawing, css=""):
    """The drawing alone."""
    return {
        "drawing": drawing,
        "css": css,
        "width": _n(drawing.width),
        "height": _n(drawing.height),
        "shapes": mark_safe("".join(_shape(shape) for shape in drawing.shapes)),  # noqa: S308 - made by format_html
    }


def _n(value):
    """A number as SVG wants it, in every language."""
    return f"{value:.1f}".removesuffix(".0")


def _shape(shape):
    if isinstance(shape, Rect):
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}">{}</rect>',
            _n(shape.x),
            _n(shape.y),
            _n(shape.width),
            _n(shape.height),
            shape.fill,
            shape.stroke,
            format_html("<title>{}</title>", shape.tip) if shape.tip else "",
        )
    if isinstance(shape, Path):
        return format_html(
            '<path d="{}" fill="{}" stroke="{}" stroke-width="{}"/>',
            shape.d,
            shape.fill,
            shape.stroke,
            _n(shape.width),
        )
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>',
        _n(shape.x),
        _n(shape.y),
        shape.anchor,
        _n(shape.size),
        shape.weight,
        shape.fill,
        shape.text,
    )
