"""Before a pack is read: is it plain data that a file and the database can both keep exactly?"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from standards.packs_check.problems import Reader

DEEPEST = 200


def check_plain(reader: Reader, pack: Any) -> None:
    """Says where data holds itself, is nested without end, holds a broken number or characters that can't be kept.

    Linear and without recursion, whatever is given.
    """
    way: set[int] = set()
    waiting: list[tuple[str, Any, int]] = [("", pack, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth < 0:  # the way back up
            way.discard(value)
            continue
        if isinstance(value, str):
            if not is_keepable(value):
                reader.say(path, _("The text holds a character that cannot be kept."))
            continue
        if isinstance(value, float) and not isfinite(value):
            reader.say(path, _("This is not a number that can be kept."))
        if not isinstance(value, Mapping | list):
            continue
        if id(value) in way or depth > DEEPEST:
            reader.say(path, _("This is nested without end: something is part of itself."))
            return
        way.add(id(value))
        waiting.append(("", id(value), -1))
        if isinstance(value, list):
            below = [(f"{path}[{place}]", item, depth + 1) for place, item in enumerate(value)]
        else:
            for name in value:
                if not isinstance(name, str) or not is_keepable(name):
                    reader.say(path, _("The name of a field must be a text that can be kept."))
            below = [(f"{path}.{name}" if path else str(name), item, depth + 1) for name, item in value.items()]
        waiting += reversed(below)


def is_keepable(text: str) -> bool:
    """Whether a text can be stored: no NUL and no half of a character."""
    return "\x00" not in text and (text.isascii() or _is_whole(text))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
