"""From bytes to one JSON object that may be a package: size, form and depth, before anybody looks at its meaning."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from django.utils.translation import gettext as _

LARGEST = 25 * 1024 * 1024
DEEPEST = 60
UNKEPT = re.compile("[\x00\ud800-\udfff]")  # what a database of texts cannot keep
HOLDERS = (str, float, dict, list, tuple)  # and what may be wrong by itself
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Unreadable(ValueError):
    """The bytes hold no package. `str()` is the sentence."""


def load(data: bytes | Any) -> Any:
    """The JSON value, parsed already or not, its texts cleaned of what cannot be kept. Raises Unreadable."""
    return cleaned(parsed(bytes(data)) if isinstance(data, bytes | bytearray | memoryview) else data)


def parsed(data: bytes) -> Any:
    """The JSON of a file in UTF-8 (with or without a mark) or UTF-16. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1024**2})
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    encoding = BYTE_ORDER_MARKS.get(data[:2], "utf-8-sig")
    try:
        return json.loads(data.decode(encoding), parse_constant=no_constant)
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not text in UTF-8.")) from error
    except RecursionError as error:
        raise Unreadable(_("The file is nested too deeply.")) from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        sentence = _("The file is not valid JSON (line %(line)s).") if line else _("The file is not valid JSON.")
        raise Unreadable(sentence % {"line": line} if line else sentence) from error


def no_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def cleaned(value: Any) -> Any:
    """The value; a copy of it where it holds texts that cannot be stored. Raises Unreadable when it is nested deeper
    than any package is."""
    waiting, dirty = [(value, 0)], False
    while waiting:
        item, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unreadable(_("The file is nested too deeply."))
        if isinstance(item, str):
            dirty = dirty or bool(UNKEPT.search(item))
        elif isinstance(item, float):
            if not math.isfinite(item):  # 1e999 is JSON, and no number that a database keeps
                raise Unreadable(_("This is not a number that can be kept."))
        elif isinstance(item, dict):
            dirty = dirty or any(UNKEPT.search(str(name)) for name in item)
            waiting += [(below, depth + 1) for below in item.values() if isinstance(below, HOLDERS)]
        elif isinstance(item, list | tuple):
            waiting += [(below, depth + 1) for below in item if isinstance(below, HOLDERS)]
    return _without_unkept(value) if dirty else value


def _without_unkept(value: Any) -> Any:
    if isinstance(value, str):
        return UNKEPT.sub("", value)
    if isinstance(value, dict):
        return {UNKEPT.sub("", str(name)): _without_unkept(item) for name, item in value.items()}
    return [_without_unkept(item) for item in value] if isinstance(value, list | tuple) else value


def package_in(value: Any) -> Mapping[str, Any]:
    """The package in a JSON value, wrapped or not. Raises Unreadable with a sentence that says what is there instead."""
    for _layer in range(3):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        elif isinstance(value, Mapping) and "CFDocument" not in value and "CFItems" not in value:
            inner = value.get("CFPackage", value.get("CFPackages"))
            value = inner if inner is not None else value
    if isinstance(value, Mapping) and ("CFDocument" in value or "CFItems" in value):
        return value
    if isinstance(value, list) and any(isinstance(item, Mapping) and "CFDocument" in item for item in value):
        raise Unreadable(_("There are several packages in this file: take them up one by one."))
    if isinstance(value, Mapping) and "imsx_codeMajor" in value:
        raise Unreadable(_("This is an error message of a CASE server, not a package."))
    if isinstance(value, Mapping) and "CFDocuments" in value:
        raise Unreadable(_("This is a list of documents: ask that server for the CFPackage of one of them."))
    raise Unreadable(_("This is not a CASE package: it has no CFDocument."))
