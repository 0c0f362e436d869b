"""Moments, deadlines, sizes and shares in words."""

from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import ngettext

from core import dates
from core.rounding import whole_percent


def person_time(value):
    """A moment for people ("today at 14:05"), with the exact time for machines."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.time_words(value))


def deadline(value):
    """A deadline: the date in words and the days left, coloured when near or past. Empty for None."""
    if not value:
        return ""
    days = dates.days_until(value)
    css = "overdue" if days < 0 else "due-soon" if days <= 3 else "muted"
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time> <span class="{} nowrap">({})</span>',
        value.isoformat(),
        dates.date_words(value),
        css,
        dates.days_left(value),
    )


def file_size(value):
    """Bytes as people say them: "412 kB", "3.4 MB". Multiples of 1,024, as the limits of the forms are."""
    size = int(value or 0)
    if size < 1024:
        return ngettext("%(count)d byte", "%(count)d bytes", size) % {"count": size}
    if size < 1024 * 1024:
        return f"{round(size / 1024)} kB"
    return f"{localize(round(size / 1024 / 1024, 1))} MB"


def percent(part, whole):
    """`part` of `whole` as a whole percentage with its sign; an en dash when there is no whole."""
    return f"{whole_percent(part / whole)} %" if whole else "–"
