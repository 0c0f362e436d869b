"""Single values of foreign packages, read liberally: what CASE wants, or None when it can't be made of the value."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.encoding import iri_to_uri

from standards.case.fields import ASSOCIATION_TYPES

UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
UNSAFE = re.compile(r'[^!-~]|["<>\\^`{|}]')  # what an address must write as %XX
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
EXTENSION_TYPE = re.compile(r"ext:[a-zA-Z0-9._-]+")
BY_LOWER = {name.lower(): name for name in ASSOCIATION_TYPES}
LARGEST = 2**31 - 1


def uuid_of(value: Any) -> str:
    """The UUID that `value` is or holds at its end, in small letters; else one made of the value, always the same.

    Versions of UUIDs that CASE does not list are kept: an identity is worth more than its form.
    """
    text = str(value).strip()
    if found := UUID_TEXT.findall(text):
        return found[-1].lower()
    bare = text.strip("{}").removeprefix("urn:uuid:")
    try:
        return str(UUID(bare))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, text))


def text_of(value: Any) -> str | None:
    """A text; numbers as digits, lists joined, of an object its title."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, Mapping) and set(value) <= {"title", "identifier", "uri"} and value.get("title"):
        return text_of(value["title"])
    return None


def texts_of(value: Any) -> list[str] | None:
    """A list of texts; a single text is a list of one."""
    items = value if isinstance(value, list) else [value]
    texts = [text_of(item) for item in items if item is not None]
    return None if None in texts else [text for text in texts if text]


def uri_of(value: Any) -> str | None:
    """An absolute address."""
    if isinstance(value, Mapping):
        value = value.get("uri")
    text = value.strip() if isinstance(value, str) else ""
    if not ABSOLUTE.fullmatch(text):
        return None
    return iri_to_uri(text) if UNSAFE.search(text) else text


def day_of(value: Any) -> str | None:
    """A date, also from a moment."""
    try:
        return date.fromisoformat(str(value).strip()[:10]).isoformat()
    except ValueError:
        return None


def moment_of(value: Any) -> str | None:
    """A moment with its time zone; UTC where none is given."""
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if MOMENT.fullmatch(text):
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def number_of(value: Any) -> float | int | None:
    """A finite number, also from its digits."""
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def whole_of(value: Any) -> int | None:
    """A whole number of 32 bits."""
    number = number_of(value)
    return number if isinstance(number, int) and -LARGEST <= number <= LARGEST else None


def link_of(value: Any) -> dict[str, str] | None:
    """A link with title, identifier and, where the source gives one, its address; also from a plain text."""
    if isinstance(value, str) and value.strip():
        value = {"uri": value, "identifier": value, "title": ""} if uri_of(value) else {"identifier": value}
    if not isinstance(value, Mapping):
        return None
    uri, name = uri_of(value.get("uri")), value.get("identifier") or value.get("sourcedId") or value.get("uri")
    if not name or isinstance(name, dict | list):
        return None
    link = {"title": text_of(value.get("title")) or "", "identifier": uuid_of(name)}
    return link | ({"uri": uri} if uri else {})


def links_of(value: Any) -> list[dict[str, str]] | None:
    """A list of links; a single link is a list of one."""
    links = [link_of(item) for item in (value if isinstance(value, list) else [value]) if item]
    return None if None in links else [link for link in links if link]


def node_of(value: Any) -> dict[str, str] | None:
    """What an association points to: like a link, but the identifier of a stranger stays as it is written."""
    link = link_of(value)
    if link and isinstance(value, Mapping):
        given = value.get("identifier") or value.get("sourcedId")
        if isinstance(given, str) and given.strip() and not UUID_TEXT.fullmatch(given.strip()):
            link["identifier"] = given.strip()
        kind = value.get("targetType")
        if isinstance(kind, str) and kind.strip():
            link["targetType"] = kind if kind == "CASE" or EXTENSION_TYPE.fullmatch(kind) else extension_type(kind)
    return link


def association_type_of(value: Any) -> str | None:
    """A type that CASE knows, whatever its letters' size; any other word as an `ext:` type."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        return None
    return BY_LOWER.get(text.lower()) or (text if EXTENSION_TYPE.fullmatch(text) else extension_type(text))


def extension_type(text: str) -> str:
    """Any word as CASE wants words of one's own: ext:isLike."""
    return "ext:" + (re.sub(r"[^a-zA-Z0-9._-]+", "-", text.removeprefix("ext:")).strip("-") or "other")


READERS = {
    "uuid": uuid_of,
    "text": text_of,
    "texts": texts_of,
    "uri": uri_of,
    "day": day_of,
    "moment": moment_of,
    "number": number_of,
    "whole": whole_of,
    "link": link_of,
    "links": links_of,
    "node": node_of,
    "association type": association_type_of,
    "case version": lambda value: "1.1" if str(value).strip() == "1.1" else None,
}
