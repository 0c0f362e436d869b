"""States, levels and progress."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import palette


def status_pill(code, label, tone="neutral"):
    """The state of a thing. tone: neutral, info, success, warning, danger."""
    return format_html('<span class="status tone-{}" data-status="{}">{}</span>', tone, code, label)


def level_badge(code, label, position, of=4, block=False):
    """A level: its word with bars filled up to it. position: 1 = lowest; 0 or no label: "not rated".

    block: the filled block of an overall result, once a page.
    """
    if not label or not position:
        return format_html('<span class="no-level">{}</span>', label or _("Not rated"))
    return format_html(
        '<span class="level{} level-tone-{} level-at-{} level-of-{}" data-level="{}">{}</span>',
        " level-block" if block else "",
        palette.tone(position, of),
        position,
        of,
        code,
        label,
    )


def progress(value, total, label):
    """A bar with "12 of 15" beside it. `label` names it for those who do not see it."""
    return format_html(
        '<span class="progress-line"><progress value="{}" max="{}" aria-label="{}"></progress><span>{}</span></span>',
        value,
        total or 1,
        label,
        _("%(value)s of %(total)s") % {"value": value, "total": total},
    )
