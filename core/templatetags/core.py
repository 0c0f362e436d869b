"""The components of a page as template tags (a builtin: no {% load %}). The gallery at /components/ shows each one."""

from django import template

from core import dates, icons
from core.components.acts import action_button, action_link, copyable
from core.components.errors import error_summary
from core.components.links import paginate, query, sort_header
from core.components.parts import (
    breadcrumb,
    dialog,
    empty_state,
    facts,
    message_box,
    more,
    notice,
    page_header,
    table_region,
    tabs,
    timeline,
)
from core.components.shell import site_assets, site_footer, site_header
from core.components.states import level_badge, progress, status_pill
from core.components.words import deadline, file_size, percent, person_time
from core.localized import language_of, localized

register = template.Library()

register.filter("localized", localized)  # {{ framework.name|localized }}
register.filter("language_of", language_of)
register.filter("date_words", dates.date_words)
register.filter("days_left", dates.days_left)
register.filter("person_time", person_time)
register.filter("deadline", deadline)
register.filter("file_size", file_size)
register.filter("percent", percent)

register.simple_tag(site_assets)
register.simple_tag(site_header, takes_context=True)
register.simple_tag(site_footer, takes_context=True)
register.simple_tag(icons.icon)
register.simple_tag(status_pill)
register.simple_tag(level_badge)
register.simple_tag(progress)

register.simple_tag(query, takes_context=True)
register.simple_tag(sort_header, takes_context=True)
register.inclusion_tag("components/pages.html", takes_context=True)(paginate)

register.simple_tag(action_button, takes_context=True)
register.simple_tag(action_link)
register.simple_tag(copyable)

register.simple_tag(page_header)
register.simple_tag(breadcrumb)
register.simple_tag(empty_state)
register.simple_tag(tabs)
register.simple_tag(facts)
register.simple_tag(message_box)
register.inclusion_tag("components/timeline.html")(timeline)
register.simple_block_tag(notice)
register.simple_block_tag(table_region)
register.simple_block_tag(more)
register.simple_block_tag(dialog)
register.simple_tag(error_summary)
