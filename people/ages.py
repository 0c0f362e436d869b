"""Which dates of birth and of entering the profession can be true: the same bounds for rosters and for forms."""

from datetime import date

from django.utils.translation import gettext as _

from core.dates import date_words

YOUNGEST, OLDEST = 16, 90


def born_at_latest(today: date) -> date:
    """The birthday of the youngest who can work here."""
    return today.replace(year=today.year - YOUNGEST, day=min(today.day, 28))


def birth_problem(born: date, today: date) -> str:
    """What cannot be about a date of birth, as a sentence; empty when it can be true."""
    if born > today:
        return _("The date of birth %(date)s lies in the future.") % {"date": date_words(born)}
    if born > born_at_latest(today) or born.year < today.year - OLDEST:
        return _("Born on %(date)s, the person would be %(age)d years old: check the year.") % {
            "date": date_words(born),
            "age": today.year - born.year,
        }
    return ""


def joining_problem(born: date | None, joined: date, today: date) -> str:
    """The same about the day of entering the profession."""
    if joined.year > today.year + 1:
        return _("The date of entering the profession lies in the future.")
    if born and joined.year < born.year + YOUNGEST:
        return _("Born in %(born)s and in the profession since %(joined)d: one of the two years is wrong.") % {
            "born": born.year,
            "joined": joined.year,
        }
    return ""
