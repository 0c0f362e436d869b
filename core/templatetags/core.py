"""The components of a page as template tags (a builtin: no {% load %}). The gallery at /components/ shows each one."""

from django import template

from core import dates, icons
from core.components import acts, errors, links, parts, states, words
from core.localized import language_of, localized

register = template.Library()

register.filter("localized", localized)  # {{ framework.name|localized }}
register.filter("language_of", language_of)
register.filter("date_words", dates.date_words)
register.filter("days_left", dates.days_left)
register.filter("person_time", words.person_time)
register.filter("deadline", words.deadline)
register.filter("file_size", words.file_size)
register.filter("percent", words.percent)

register.simple_tag(icons.icon)
register.simple_tag(states.status_pill)
register.simple_tag(states.level_badge)
register.simple_tag(states.progress)

register.simple_tag(links.query, takes_context=True)
register.simple_tag(links.sort_header, takes_context=True)
register.inclusion_tag("components/pages.html", takes_context=True)(links.paginate)

register.simple_tag(acts.action_button, takes_context=True)
register.simple_tag(acts.action_link)
register.simple_tag(acts.copyable)

register.simple_tag(parts.page_header)
register.simple_tag(parts.breadcrumb)
register.simple_tag(parts.empty_state)
register.simple_tag(parts.tabs)
register.simple_tag(parts.facts)
register.simple_tag(parts.message_box)
register.inclusion_tag("components/timeline.html")(parts.timeline)
register.simple_block_tag(parts.notice)
register.simple_block_tag(parts.table_region)
register.simple_block_tag(parts.more)
register.simple_block_tag(parts.dialog)
register.simple_tag(errors.error_summary)
