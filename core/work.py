"""What waits for a person, gathered from every app that has something to say: the front page.

An app registers a function in its AppConfig.ready: `work.register(items)`, where `items(user)` yields WorkItems.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Section(StrEnum):
    """Where an item stands on the page."""

    TURN = "turn"
    WATCH = "watch"
    NEWS = "news"


SECTION_TITLES = {
    Section.TURN: _("Waiting for you"),
    Section.NEWS: _("Ready for you"),
    Section.WATCH: _("Under way"),
}


@dataclass(frozen=True)
class WorkItem:
    """One line: what to do (a link), a quieter note, and until when.

    `done` of `total` draws a progress bar when there is a total. `status` is (code, label, tone) of a pill. `said` is
    somebody's comment that must be read first. `action` is the link's verb where the title is not one.
    """

    title: str
    url: str
    note: str = ""
    section: Section = Section.TURN
    deadline: date | None = None
    done: int = 0
    total: int = 0
    status: tuple[str, str, str] | None = None
    said: str = ""
    weight: int = 50  # smaller comes first among items of a section without a deadline


Provider = Callable[[object], Iterable[WorkItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Adds an app's items to the front page; usable as a decorator. Twice is once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def sections_for(user) -> list[tuple[str, list[WorkItem]]]:
    """[(title, items)] for the page, empty sections left out; nearest deadline first, then by weight."""
    items = [item for provider in _providers for item in provider(user)]
    items.sort(key=lambda item: (item.deadline is None, item.deadline or date.max, item.weight))
    found = [(title, [item for item in items if item.section == section]) for section, title in SECTION_TITLES.items()]
    return [(title, rows) for title, rows in found if rows]
