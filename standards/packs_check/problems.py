"""Saying what is wrong and where: the small questions that every part of a pack is asked."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from standards.rating import SENTENCES

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
MOST = 200


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a pack: where (`standards[0].criteria[2].name`) and a sentence in the reader's language."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class TooMany(Exception):
    """So much is wrong that reading on helps nobody."""


def known(value: Any, codes: Collection[str]) -> bool:
    """Whether `value` is one of `codes`; anything that is no text is not."""
    return isinstance(value, str) and value in codes


class Reader:
    """Collects problems. Every question takes a value and its place, and says so if the value does not answer it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.ids: set[str] = set()

    def say(self, path: str, sentence: str) -> None:
        """Notes a problem; raises TooMany after `MOST` of them."""
        self.problems.append(Problem(path, sentence))
        if len(self.problems) >= MOST:
            raise TooMany

    def fields(self, item: Any, path: str, required: set[str], optional: Collection[str] = ()) -> bool:
        """Whether `item` is an object that has every required field; says what is missing and what is strange."""
        if not isinstance(item, Mapping):
            self.say(path, _(SENTENCES["not_an_object"]))
            return False
        for name in item:
            if name not in required and name not in optional:
                self.say(path, _(SENTENCES["unknown_field"]) % {"value": name})
        missing = sorted(required - item.keys())
        for name in missing:
            self.say(path, _("The field “%(name)s” is missing.") % {"name": name})
        return not missing

    def items(self, data: Any, path: str, *, empty: bool = False) -> Iterator[tuple[str, Any]]:
        """The items of a list with their places; without `empty`, there must be one."""
        if not isinstance(data, list) or not (data or empty):
            self.say(path, _("This must be a list.") if empty else _(SENTENCES["not_a_list"]))
            return
        for place, item in enumerate(data):
            yield f"{path}[{place}]", item

    def text(self, value: Any, path: str, *, optional: bool = False) -> None:
        """A localized text: language codes and words."""
        if value is None and optional:
            return
        if not isinstance(value, Mapping) or not value:
            self.say(path, _('A text is an object of language codes and texts, for example {"vi": "…"}.'))
            return
        for language, words in value.items():
            if not LANGUAGE.fullmatch(str(language)):
                self.say(path, _("“%(code)s” is not a language code of two letters.") % {"code": language})
            if not isinstance(words, str) or not words.strip():
                self.say(f"{path}.{language}", _("The text is empty."))

    def texts(self, value: Any, path: str) -> Mapping[str, Any]:
        """Localized texts by name; the object itself, or an empty one where it is none."""
        if not isinstance(value, Mapping):
            self.say(path, _(SENTENCES["not_an_object"]))
            return {}
        for name, text in value.items():
            self.text(text, f"{path}.{name}")
        return value

    def optional_texts(self, item: Mapping[str, Any], path: str, *names: str) -> None:
        """Localized texts that may be left out."""
        for name in names:
            if name in item:
                self.text(item[name], f"{path}.{name}", optional=True)

    def day(self, value: Any, path: str, *, optional: bool = False) -> date | None:
        """A day as 2018-10-10."""
        if value is None and optional:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.say(path, _("“%(value)s” is not a date; write 2018-10-10.") % {"value": value})
            return None

    def code(self, value: Any, path: str) -> None:
        """A code of the tree."""
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self.say(path, _("A code has 1 to 40 letters, digits, dots, hyphens or underscores."))

    def short_code(self, value: Any, path: str, reserved: Collection[str] = ()) -> None:
        """The code of a level or result: at most 10 characters."""
        self.code(value, path)
        if isinstance(value, str) and len(value) > 10:
            self.say(path, _("The code of a level or result has at most 10 characters."))
        self.free(value, path, reserved)

    def free(self, value: Any, path: str, reserved: Collection[str]) -> None:
        """A code that is not one of our own words."""
        if known(value, reserved):
            self.say(path, _("“%(code)s” is a word of the program: choose another code.") % {"code": value})

    def unique(self, value: Any, path: str, taken: set[str]) -> None:
        """A code that is not among `taken`; it is afterwards."""
        if not isinstance(value, str):
            return
        if value in taken:
            self.say(path, _("The code “%(code)s” is used twice.") % {"code": value})
        taken.add(value)

    def one_of(self, value: Any, path: str, values: Collection[str]) -> None:
        """One of our words."""
        if not known(value, values):
            self.say(path, _("This must be one of: %(known)s.") % {"known": ", ".join(values)})

    def identity(self, item: Mapping[str, Any], path: str) -> None:
        """The node's `id` and `origins`, where it has any."""
        own, origins = item.get("id"), item.get("origins", [])
        if own is not None:
            place = f"{path}.id" if path else "id"
            self.uuid(own, place)
            if known(own, self.ids):
                self.say(place, _("The id %(value)s is used twice.") % {"value": own})
            self.ids.add(str(own))
        for place, origin in self.items(origins, f"{path}.origins", empty=True):
            self.uuid(origin, place)

    def uuid(self, value: Any, path: str) -> None:
        """A UUID in its one form of 36 lower-case characters."""
        if not isinstance(value, str) or not UUID.fullmatch(value):
            sentence = _("“%(value)s” is not a UUID; write 32 hex digits in lower case as 8-4-4-4-12.")
            self.say(path, sentence % {"value": value})

    def number(self, value: Any, path: str) -> Decimal | None:
        """An exact number written as text ("2.5")."""
        if not isinstance(value, str) or not NUMBER.fullmatch(value):
            self.say(
                path, _("An exact number is written as text, for example “2.5”, not %(value)s.") % {"value": value}
            )
            return None
        return Decimal(value)

    def extensions(self, item: Mapping[str, Any], path: str) -> None:
        """What other formats left over: any object."""
        if not isinstance(item.get("extensions", {}), Mapping):
            self.say(f"{path}.extensions" if path else "extensions", _(SENTENCES["not_an_object"]))
