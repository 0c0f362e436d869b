"""What may stand in which field of a document: paths, shapes, sizes. Meaning is checked by `packs_check`."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from standards.drafting.errors import StepRefused
from standards.drafting.nodes import Document

TEXT_LIMIT = 20_000
DEPTH_LIMIT = 60
LANGUAGE = re.compile(r"[a-z]{2}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")

Path = tuple[str, ...]

# The shape of each field that a step may set. "texts": language to text; "by_level": level to texts.
COMMON = {"name": "texts", "alternative_name": "texts", "description": "texts", "extensions": "object"}
SHAPES: dict[str, dict[str, str]] = {
    "version": {
        **dict.fromkeys(("title", "audience", "key_name"), "texts"),
        **dict.fromkeys(("framework", "legal", "rule", "provenance", "scales", "extensions"), "object"),
        **dict.fromkeys(("vectors", "results", "ranks"), "objects"),
        **dict.fromkeys(("code", "valid_from", "valid_to", "precision"), "text"),
    },
    "level": {"name": "texts", "short": "texts", "description": "texts", "points": "text"},
    "standard": {
        **COMMON,
        "article": "text",
        "label": "text",
        "descriptors": "by_level",
        "provenance": "object",
    },
    "criterion": {
        **COMMON,
        "number": "number",
        "key": "bool",
        "label": "text",
        "scale": "text",
        "descriptors": "by_level",
        "examples": "lists",
        "provenance": "object",
    },
}
STRUCTURE = {"id", "origins", "code", "standards", "criteria", "levels", "format", "$schema"}
# Empty objects and texts are dropped in these; elsewhere (rules, vectors) an empty thing may mean something.
TIDY = {"texts", "by_level", "lists"}


def path_of(field: Any) -> Path:
    """The parts of "descriptors.T.vi", or of a list of parts (needed where the name of a scale or source holds dots).

    Codes of levels and articles may hold dots: "legal.articles.10.2.vi" is about article 10.2. Raises StepRefused.
    """
    if isinstance(field, list | tuple) and field and all(isinstance(part, str) for part in field):
        return tuple(field)
    if not isinstance(field, str) or not field:
        raise StepRefused(_("This step does not say which field it is about."))
    parts = tuple(field.split("."))
    head = parts[:2] if parts[:2] == ("legal", "articles") else parts[:1]
    rest = parts[len(head) :]
    if head not in {("descriptors",), ("examples",), ("legal", "articles")} or not rest:
        return parts
    tail: Path = ()
    if len(rest) > 1 and LANGUAGE.fullmatch(rest[-1]):
        rest, tail = rest[:-1], rest[-1:]
    if head == ("examples",) and len(rest) > 1 and rest[-1].isdigit():
        rest, tail = rest[:-1], rest[-1:] + tail
    return (*head, ".".join(rest), *tail)


def look(data: Any, path: Path) -> Any:
    """What stands at `path`, None where nothing does."""
    for part in path:
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(data, list) and (at := place_in(data, part)) is not None:
            data = data[at]
        else:
            return None
    return data


def place_in(data: list[Any], part: str) -> int | None:
    """The place in a list that a part of a path names, None outside. "²" is a digit to Python and no number."""
    is_number = part.isascii() and part.isdigit() and len(part) < 8
    return int(part) if is_number and int(part) < len(data) else None


def put(data: Document, path: Path, value: Any, *, prune: int) -> None:
    """Writes `value` at `path`; None takes the place away, and with it up to `prune` emptied objects above it."""
    chain: list[Any] = [data]
    for part in path[:-1]:
        below = look(chain[-1], (part,))
        if below is None and value is None:
            return
        if below is None and isinstance(chain[-1], dict):
            below = chain[-1][part] = {}
        if not isinstance(below, dict | list):
            raise StepRefused(_("The place this text belongs to is gone."), value)
        chain.append(below)
    here, last = chain[-1], path[-1]
    if isinstance(here, list):
        at = place_in(here, last)
        if value is None or at is None:
            raise StepRefused(_("The place this text belongs to is gone."), value)
        here[at] = value
    elif value is not None:
        here[last] = value
    else:
        here.pop(last, None)
        for above, part in list(zip(chain[-2::-1], path[-2::-1], strict=True))[:prune]:
            if here or isinstance(above, list):
                return
            del above[part]
            here = above


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: in texts, empty, missing and null do."""
    return tidy(one) == tidy(other)


def same_in(kind: str, name: str, one: Any, other: Any) -> bool:
    """Whether two values of the field `name` say the same. Within rules and examples a null may mean something."""
    if SHAPES[kind].get(name) in {"object", "objects"} and (tidy(one) or tidy(other)):
        return one == other
    return same(one or None, other or None) if SHAPES[kind].get(name) == "bool" else same(one, other)


def tidy(value: Any) -> Any:
    """A value without empty texts, nulls and emptied objects; None when nothing is left."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n") or None
    if isinstance(value, Mapping):
        return {name: kept for name, item in value.items() if (kept := tidy(item)) is not None} or None
    if isinstance(value, list | tuple):
        return [tidy(item) for item in value] or None
    return value


def clean(value: Any) -> Any:
    """A copy of what somebody sent that the database can keep. Raises StepRefused with a sentence."""
    return _clean(value, value, 0)


def _clean(value: Any, whole: Any, depth: int) -> Any:
    if depth > DEPTH_LIMIT:
        raise StepRefused(_("This is nested too deeply."), whole)
    if isinstance(value, str):
        if len(value) > TEXT_LIMIT:
            sentence = _("A text has at most %(limit)s characters; this one has %(count)s.")
            raise StepRefused(sentence % {"limit": f"{TEXT_LIMIT:,}", "count": f"{len(value):,}"}, whole)
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise StepRefused(_("The text holds characters that no document can have."), whole)
        return value.replace("\r\n", "\n")
    if isinstance(value, Mapping):
        return {_clean(str(name), whole, depth + 1): _clean(item, whole, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item, whole, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise StepRefused(_("This is not a number."), whole)
    if isinstance(value, Decimal) and value.is_finite():
        return float(value) if Decimal(repr(float(value))) == value else str(value)  # exact in either case
    if value is None or isinstance(value, bool | int | float):
        return value
    raise StepRefused(_("This cannot be kept in a framework."), whole)


def check_shape(kind: str, name: str, value: Any, given: Any = None) -> None:
    """Refuses a field that this kind of node does not have, or a value that is no text where texts are read."""
    shape = SHAPES[kind].get(name)
    if shape is None:
        raise StepRefused(_("There is no field “%(name)s” here.") % {"name": name}, given)
    if value is not None and not FITS[shape](value):
        raise StepRefused(_("This is not what the field “%(name)s” holds.") % {"name": name}, given)


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(LANGUAGE.fullmatch(k) and isinstance(v, str) for k, v in value.items())


FITS = {
    "text": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 < value < 32768,
    "object": lambda value: isinstance(value, dict),
    "objects": lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
    "texts": _texts,
    "by_level": lambda value: isinstance(value, dict) and all(_texts(item) for item in value.values()),
    "lists": lambda value: (
        isinstance(value, dict)
        and all(isinstance(items, list) and all(_texts(item) for item in items) for items in value.values())
    ),
}
