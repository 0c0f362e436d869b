"""Buttons as policies allow them."""

import hashlib

from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import icons


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
