"""Packs as files: where they are, how they are read, what makes two of them the same."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

PACKS_DIR = Path(__file__).parent / "packs"
SIZE_LIMIT = 20 * 1024 * 1024  # 5,000 criteria with all their texts in two languages have about 10
# A text may end after it was published: these facts are not part of its identity.
ENDING = ("repealed_by", "repealed_from", "status_note")


class PackUnreadable(Exception):
    """A pack that can't be read at all. `str()` is the sentence."""


def pack_paths(folder: Path = PACKS_DIR) -> list[Path]:
    """The pack files of a folder, by name; the schema is not one."""
    return sorted(path for path in folder.glob("*.json") if path.name != "schema.json")


def find_pack(name: str) -> Path:
    """The file of a pack code (`vn-tt20-2018`) or of a path; raises PackUnreadable with the known codes."""
    if "/" in name or name.endswith(".json"):
        return Path(name)
    paths = {path.stem: path for path in pack_paths()}
    if name not in paths:
        known = ", ".join(paths)
        raise PackUnreadable(_("There is no pack “%(name)s”. Known packs: %(known)s.") % {"name": name, "known": known})
    return paths[name]


def read_pack(path: Path) -> dict[str, Any]:
    """The raw data of a pack file. Raises PackUnreadable when it is missing, too large or no JSON object."""
    params: dict[str, object] = {"name": path.name}
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise PackUnreadable(_("%(name)s is larger than 20 MB; a pack is a text file of some hundred kB.") % params)
        pack = parse_pack(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        params["reason"] = error.strerror
        raise PackUnreadable(_("%(name)s cannot be read: %(reason)s.") % params) from error
    except RepeatedName as error:
        params["field"] = str(error)
        raise PackUnreadable(_("%(name)s names “%(field)s” twice in one object.") % params) from error
    except (ValueError, RecursionError) as error:
        params["line"] = getattr(error, "lineno", "?")
        raise PackUnreadable(_("%(name)s is not valid JSON (line %(line)s).") % params) from error
    if not isinstance(pack, dict):
        raise PackUnreadable(_("%(name)s is not a pack: it must be one JSON object.") % params)
    return pack


def parse_pack(text: str) -> Any:
    """The data of a pack's text. Raises ValueError (RepeatedName for a name said twice) or RecursionError."""
    return json.loads(text, object_pairs_hook=no_repeated_names, parse_constant=_no_number)


def fingerprint(pack: Mapping[str, Any]) -> str:
    """SHA-256 of everything in a pack but the facts of its ending, as 64 hex digits.

    Layout does not matter, nor whether something empty or usual is written out or left away.
    """
    content = {name: value for name, value in pack.items() if name not in {"$schema", "valid_to"}}
    content["legal"] = {name: value for name, value in pack["legal"].items() if name not in ENDING}
    if content.get("precision") == "day":
        del content["precision"]
    if pack["framework"].get("purpose") == "evaluation":
        content["framework"] = {name: value for name, value in pack["framework"].items() if name != "purpose"}
    text = json.dumps(_without_empty(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _without_empty(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_empty(item) for name, item in value.items() if not _is_empty(item)}
    if isinstance(value, float) and value.is_integer():
        return int(value)  # as the database gives it back
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | Mapping | list) and not value)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


class RepeatedName(ValueError):
    """One JSON object says two things under one name, which is the text of the error."""


def no_repeated_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For json.loads: an object as a dict; raises RepeatedName instead of forgetting the first value."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise RepeatedName(name)
        result[name] = value
    return result
