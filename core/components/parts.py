"""Larger pieces of a page."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import icons

NOTICE_ICONS = {"success": "check-circle", "warning": "warning", "danger": "warning", "error": "warning"}


def page_header(title, lead="", caption=""):
    """The h1 of a page, what it belongs to above it, one sentence below it."""
    return format_html(
        '<div class="page-header">{}<h1>{}</h1>{}</div>',
        format_html('<p class="page-caption">{}</p>', caption) if caption else "",
        title,
        format_html('<p class="lead">{}</p>', lead) if lead else "",
    )


def breadcrumb(*pairs):
    """Where this page lies: {% breadcrumb url label url label … %}, the way up only, without the page itself."""
    items = list(zip(pairs[::2], pairs[1::2], strict=True))
    return format_html(
        '<nav aria-label="{}"><ol class="breadcrumb">{}</ol></nav>',
        _("You are here"),
        format_html_join("", '<li><a href="{}">{}</a></li>', items),
    )


def empty_state(title, text="", url="", action=""):
    """An empty list says why it is empty and what to do."""
    return format_html(
        '<div class="empty"><p class="empty-title">{}</p>{}{}</div>',
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<p><a class="btn btn-secondary" href="{}">{}</a></p>', url, action) if url else "",
    )


def tabs(items, label=""):
    """Tabs as links. items: mappings with url, label, current (bool) and optionally count."""
    rows = [
        format_html(
            '<li><a href="{}"{}>{}{}</a></li>',
            item["url"],
            mark_safe(' aria-current="page"') if item["current"] else "",
            item["label"],
            format_html(' <span class="muted num">{}</span>', item["count"]) if item.get("count") is not None else "",
        )
        for item in items
    ]
    return format_html(
        '<nav aria-label="{}"><ul class="tabs">{}</ul></nav>',
        label or _("Parts of this page"),
        _join(rows),
    )


def facts(rows):
    """A summary list. rows: (term, description) or (term, description, link html)."""
    lines = [
        format_html(
            "<div><dt>{}</dt><dd>{}</dd>{}</div>",
            row[0],
            row[1],
            format_html('<dd class="fact-action">{}</dd>', row[2]) if len(row) > 2 and row[2] else "",
        )
        for row in rows
    ]
    return format_html('<dl class="facts">{}</dl>', _join(lines))


def timeline(events):
    """What happened, newest first as given. events: mappings or objects with when, who, what, comment."""
    return {"events": events}


def notice(content, tone="info", title=""):
    """A box that says something about the page. tone: info, success, warning, danger. Ends with {% endnotice %}."""
    return format_html(
        '<div class="notice tone-{}">{}<div class="notice-body">{}{}</div></div>',
        tone,
        icons.icon(NOTICE_ICONS.get(tone, "info")),
        format_html('<p class="notice-title">{}</p>', title) if title else "",
        content,
    )


def message_box(message):
    """A message of Django's messages framework as a notice."""
    tone = {"error": "danger", "debug": "info"}.get(message.level_tag, message.level_tag or "info")
    return format_html(
        '<div class="notice tone-{}">{}<div class="notice-body"><p>{}</p></div></div>',
        tone,
        icons.icon(NOTICE_ICONS.get(tone, "info")),
        message,
    )


def table_region(content, label):
    """Round a wide table: scrolls sideways on a phone and can be reached by keyboard. Ends with {% endtable_region %}."""
    return format_html(
        '<div class="table-region" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


def more(content, label):
    """Text folded away under a sentence. Ends with {% endmore %}."""
    return format_html(
        '<details class="more"><summary>{}</summary><div class="more-body">{}</div></details>',
        label,
        content,
    )


def dialog(content, id, title):
    """A native dialog, opened by any link with data-dialog="id".

    The link's href is the page that asks the same without scripts. Ends with {% enddialog %}.
    """
    return format_html(
        '<dialog class="dialog" id="{}" aria-labelledby="{}-title"><div class="dialog-top"><h2 id="{}-title">{}</h2>'
        '<button type="button" class="dialog-close" data-close aria-label="{}">{}</button></div>{}</dialog>',
        id,
        id,
        id,
        title,
        _("Close"),
        icons.icon("cross"),
        content,
    )


def _join(pieces) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
