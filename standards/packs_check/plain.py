"""Before a pack is read: is it plain data that a file and the database can both keep exactly?"""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from standards.packs_check.problems import Reader

DEEPEST = 200
PLAIN = (int, type(None))


def check_plain(reader: Reader, pack: Any) -> None:
    """Says where data holds itself, is nested without end, holds a broken number or characters that can't be kept.

    Linear and without recursion, whatever is given; it keeps only the way down, not what is still to be read.
    """
    way: list[int] = []
    waiting = [iter([("", pack)])]
    while waiting:
        path, value = next(waiting[-1], ("", waiting))
        if value is waiting:  # the way back up
            waiting.pop()
            del way[-1:]
            continue
        if isinstance(value, str):
            if not is_keepable(value):
                reader.say(path, _("The text holds a character that cannot be kept."))
            continue
        if isinstance(value, float) and not isfinite(value):
            reader.say(path, _("This is not a number that can be kept."))
        if not isinstance(value, Mapping | list):
            continue
        if id(value) in way or len(way) > DEEPEST:
            reader.say(path, _("This is nested without end: something is part of itself."))
            return
        if isinstance(value, Mapping):
            for name in value:
                if not isinstance(name, str) or not is_keepable(name):
                    reader.say(path, _("The name of a field must be a text that can be kept."))
        way.append(id(value))
        waiting.append(_below(path, value))


def _below(path: str, value: Mapping | list) -> Iterator[tuple[str, Any]]:
    """What stands in an object or list, with its path, without whole numbers and the like, which are always plain."""
    if isinstance(value, list):
        return ((f"{path}[{place}]", item) for place, item in enumerate(value) if not isinstance(item, PLAIN))
    start = f"{path}." if path else ""
    return ((f"{start}{name}", item) for name, item in value.items() if not isinstance(item, PLAIN))


def is_keepable(text: str) -> bool:
    """Whether a text can be stored: no NUL and no half of a character."""
    return "\x00" not in text and (text.isascii() or _is_whole(text))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
