"""The components of a page as template tags (a builtin: no {% load %}). The gallery at /components/ shows each one.

Small things that lists repeat a hundred times (pills, levels, icons, links) are plain functions; larger ones have a
template in templates/components/.
"""

import hashlib

from django import template
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import dates, icons, palette
from core.localized import language_of
from core.localized import localized as localized_value

register = template.Library()

register.filter("localized", localized_value)
register.filter("language_of", language_of)
register.filter("date_words", dates.date_words)
register.filter("days_left", dates.days_left)
register.simple_tag(icons.icon, name="icon")

NOTICE_ICONS = {
    "success": "check-circle",
    "warning": "warning",
    "danger": "warning",
    "error": "warning",
}


# --- words ----------------------------------------------------------------------------------------------------------
@register.filter
def person_time(value):
    """A moment for people ("today at 14:05"), with the exact time for machines."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.time_words(value))


@register.filter
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


@register.filter
def file_size(value):
    """Bytes as people say them: "412 kB", "3.4 MB". Multiples of 1,024, as the limits of the forms are."""
    size = int(value or 0)
    if size < 1024:
        return ngettext("%(count)d byte", "%(count)d bytes", size) % {"count": size}
    if size < 1024 * 1024:
        return f"{round(size / 1024)} kB"
    return f"{localize(round(size / 1024 / 1024, 1))} MB"


@register.filter
def percent(part, whole):
    """`part` of `whole` as a whole percentage with its sign; an en dash when there is no whole."""
    return f"{round(100 * part / whole)} %" if whole else "–"


# --- states ---------------------------------------------------------------------------------------------------------
@register.simple_tag
def status_pill(code, label, tone="neutral"):
    """The state of a thing. tone: neutral, info, success, warning, danger."""
    return format_html('<span class="status tone-{}" data-status="{}">{}</span>', tone, code, label)


@register.simple_tag
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


@register.simple_tag
def progress(value, total, label):
    """A bar with "12 of 15" beside it. `label` names it for those who do not see it."""
    return format_html(
        '<span class="progress-line"><progress value="{}" max="{}" aria-label="{}"></progress><span>{}</span></span>',
        value,
        total or 1,
        label,
        _("%(value)s of %(total)s") % {"value": value, "total": total},
    )


# --- links that keep the rest of the address ---------------------------------------------------------------------------
def _parameters(context, changes):
    request = context.get("request")
    kept = request.GET.copy() if request else {}
    for name, value in changes.items():
        if value is None or value == "":
            kept.pop(name, None)
        else:
            kept[name] = value
    return "?" + (kept.urlencode() if request else urlencode(kept))


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """This page's query string with some parameters changed; None or "" removes one. {% query page=2 %}."""
    return _parameters(context, changes)


@register.simple_tag(takes_context=True)
def sort_header(context, key, label, numeric=False, default=""):
    """A <th> whose link sorts by `key` (again: the other way). The view reads ?sort=key or ?sort=-key.

    default: the sort in force when the address names none.
    """
    request = context.get("request")
    now = (request.GET.get("sort") if request else "") or default
    state, arrow, target = "none", "sort", key
    if now == key:
        state, arrow, target = "ascending", "chevron-up", f"-{key}"
    elif now == f"-{key}":
        state, arrow, target = "descending", "chevron-down", key
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a href="{}">{}{}</a></th>',
        state,
        mark_safe(' class="num"') if numeric else "",
        _parameters(context, {"sort": target, "page": None}),
        label,
        icons.icon(arrow),
    )


@register.inclusion_tag("components/pages.html", takes_context=True)
def paginate(context, page_obj):
    """The pages of a list, with the rows shown; nothing when there is one page. Keeps filters and sort."""
    paginator = page_obj.paginator
    if paginator.num_pages < 2:
        return {"pages": None}
    pages = [
        {"gap": True} if number == paginator.ELLIPSIS else {"number": number, "url": _page(context, number)}
        for number in paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    return {
        "pages": pages,
        "current": page_obj.number,
        "previous": _page(context, page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": _page(context, page_obj.next_page_number()) if page_obj.has_next() else "",
        "first": page_obj.start_index(),
        "last": page_obj.end_index(),
        "count": paginator.count,
    }


def _page(context, number):
    return _parameters(context, {"page": number})


# --- acts -----------------------------------------------------------------------------------------------------------
def _refused(decision, label, css, key):
    """The button that says why not: reachable by keyboard, does nothing, its reason in view."""
    reason_id = "why-" + hashlib.sha1(f"{key}{label}".encode(), usedforsecurity=False).hexdigest()[:8]
    return format_html(
        '<div class="action"><button type="button" class="btn btn-{}" aria-disabled="true" aria-describedby="{}">{}'
        '</button><p class="action-reason" id="{}">{}</p></div>',
        css,
        reason_id,
        label,
        reason_id,
        decision.reason,
    )


@register.simple_tag(takes_context=True)
def action_button(
    context,
    decision,
    label,
    url,
    style="primary",
    confirm="",
    name="",
    value="",
    icon="",
):
    """A form with one button that posts to `url`, as the policy's `decision` allows.

    Denied because it is not the time: the button is disabled and says why. Denied because of the role: nothing.
    style: primary (once a page), secondary, danger. confirm: a question asked first (in a dialog, where scripts run;
    an act that cannot be undone has its own page instead). name, value: sent with the click.
    """
    if not decision:
        return _refused(decision, label, style, url) if decision.is_role else ""
    request = context.get("request")
    token = context.get("csrf_token") or (get_token(request) if request else "")
    return format_html(
        '<form class="action" method="post" action="{}"{}><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="btn btn-{}"{}>{}{}</button></form>',
        url,
        format_html(' data-confirm="{}"', confirm) if confirm else "",
        token,
        style,
        format_html(' name="{}" value="{}"', name, value) if name else "",
        icons.icon(icon) if icon else "",
        label,
    )


@register.simple_tag
def action_link(decision, label, url, style="secondary", icon=""):
    """The same for an act that begins with a page of its own: a link that looks like a button."""
    if not decision:
        return _refused(decision, label, style, url) if decision.is_role else ""
    return format_html(
        '<a class="btn btn-{}" href="{}">{}{}</a>',
        style,
        url,
        icons.icon(icon) if icon else "",
        label,
    )


@register.simple_tag
def copyable(text):
    """A code with a button that copies it (the button appears only where scripts run)."""
    return format_html(
        '<span class="copyable" data-copy data-copied="{}"><code translate="no">{}</code>'
        '<button type="button" class="btn btn-secondary btn-sm" hidden>{}{}</button></span>',
        _("Copied"),
        text,
        icons.icon("copy"),
        _("Copy"),
    )


# --- parts of a page -------------------------------------------------------------------------------------------------
@register.simple_tag
def page_header(title, lead="", caption=""):
    """The h1 of a page, what it belongs to above it, one sentence below it."""
    return format_html(
        '<div class="page-header">{}<h1>{}</h1>{}</div>',
        format_html('<p class="page-caption">{}</p>', caption) if caption else "",
        title,
        format_html('<p class="lead">{}</p>', lead) if lead else "",
    )


@register.simple_tag
def breadcrumb(*pairs):
    """Where this page lies: {% breadcrumb url label url label … %}, the way up only, without the page itself."""
    items = list(zip(pairs[::2], pairs[1::2], strict=True))
    return format_html(
        '<nav aria-label="{}"><ol class="breadcrumb">{}</ol></nav>',
        _("You are here"),
        format_html_join("", '<li><a href="{}">{}</a></li>', items),
    )


@register.simple_tag
def empty_state(title, text="", url="", action=""):
    """An empty list says why it is empty and what to do."""
    return format_html(
        '<div class="empty"><p class="empty-title">{}</p>{}{}</div>',
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<p><a class="btn btn-secondary" href="{}">{}</a></p>', url, action) if url else "",
    )


@register.simple_tag
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


@register.simple_tag
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


@register.inclusion_tag("components/timeline.html")
def timeline(events):
    """What happened, newest first as given. events: mappings or objects with when, who, what, comment."""
    return {"events": events}


@register.simple_block_tag
def notice(content, tone="info", title=""):
    """A box that says something about the page. tone: info, success, warning, danger. Ends with {% endnotice %}."""
    return format_html(
        '<div class="notice tone-{}">{}<div class="notice-body">{}{}</div></div>',
        tone,
        icons.icon(NOTICE_ICONS.get(tone, "info")),
        format_html('<p class="notice-title">{}</p>', title) if title else "",
        content,
    )


@register.simple_tag
def message_box(message):
    """A message of Django's messages framework as a notice."""
    tone = {"error": "danger", "debug": "info"}.get(message.level_tag, message.level_tag or "info")
    return format_html(
        '<div class="notice tone-{}">{}<div class="notice-body"><p>{}</p></div></div>',
        tone,
        icons.icon(NOTICE_ICONS.get(tone, "info")),
        message,
    )


@register.simple_block_tag
def table_region(content, label):
    """Round a wide table: scrolls sideways on a phone and can be reached by keyboard. Ends with {% endtable_region %}."""
    return format_html(
        '<div class="table-region" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def more(content, label):
    """Text folded away under a sentence. Ends with {% endmore %}."""
    return format_html(
        '<details class="more"><summary>{}</summary><div class="more-body">{}</div></details>',
        label,
        content,
    )


@register.simple_block_tag
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


@register.simple_tag
def error_summary(*forms):
    """What is wrong with the form(s) or formsets, with links to the fields; focus goes there. Nothing when all is well.

    Put it first in the page's content.
    """
    errors = []
    for form in forms:
        errors += _errors(form)
    if not errors:
        return ""
    return get_template("components/error_summary.html").render({"errors": errors})


def _errors(form):
    """(id of the field or "", sentence) of a form or formset, in the order of the fields."""
    if hasattr(form, "forms"):
        rows = [("", text) for text in form.non_form_errors()]
        for part in form.forms:
            rows += _errors(part)
        return rows
    if not form.errors:
        return []
    form.errors_shown = True
    rows = [("", text) for text in form.non_field_errors()]
    for field in form:
        rows += [("" if field.is_hidden else field.first_id, _named(field.label, text)) for text in field.errors]
    return rows


def _named(label, text):
    """The sentence with the field's name before it, unless it has it: five times "This field is required" helps nobody."""
    return text if not label or str(label).lower() in str(text).lower() else f"{label}: {text}"


def _join(parts) -> SafeString:
    return mark_safe("".join(parts))
