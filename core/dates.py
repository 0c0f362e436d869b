"""Dates and times as people of each language write them."""

import datetime as dt

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext, ngettext

# Django's own long formats differ in case ("Ngày 1 tháng 2") and use month-first English: the forms here read inside
# a sentence.
FORMATS = {
    "vi": r"j \t\h\á\n\g n \n\ă\m Y",
    "en": "j F Y",
    "ru": "j E Y",
    "th": "j F Y",
}


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day(value: dt.date | dt.datetime) -> dt.date:
    value = _local(value)
    return value.date() if isinstance(value, dt.datetime) else value


def date_words(value: dt.date | dt.datetime | None) -> str:
    """The date in words of the reader's language ("21 tháng 11 năm 2026", "21 November 2026"); empty for None."""
    if not value:
        return ""
    language = (get_language() or "en")[:2]
    return dateformat.format(_local(value), FORMATS.get(language, FORMATS["en"]))


def time_words(value: dt.datetime | None) -> str:
    """The moment in words: the hour alone for today and yesterday, else the date and the hour; empty for None."""
    if not value:
        return ""
    local = _local(value)
    hour = dateformat.format(local, "H:i")
    days = (timezone.localdate() - local.date()).days
    if days == 0:
        return gettext("today at %(hour)s") % {"hour": hour}
    if days == 1:
        return gettext("yesterday at %(hour)s") % {"hour": hour}
    return gettext("%(date)s, %(hour)s") % {"date": date_words(local), "hour": hour}


def days_until(value: dt.date | dt.datetime) -> int:
    """Whole days from today (the installation's time zone) to the day of `value`; negative when past."""
    return (_day(value) - timezone.localdate()).days


def days_left(value: dt.date | dt.datetime | None) -> str:
    """ "3 days left", "today", "overdue by 2 days"; empty for None."""
    if not value:
        return ""
    days = days_until(value)
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    return ngettext("overdue by %(count)d day", "overdue by %(count)d days", -days) % {"count": -days}
