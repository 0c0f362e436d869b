"""The pack behind an empty workbook: levels taken from a version, sources to choose from, nothing else."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

SOURCES = {
    "official": {
        "status": "official",
        "text": {
            "vi": "Chép nguyên văn từ văn bản.",
            "en": "Copied from the legal text.",
        },
    },
    "summary": {
        "status": "summary",
        "text": {
            "vi": "Tóm tắt của cơ quan soạn, không phải lời văn chính thức.",
            "en": "Our own summary, not the official wording.",
        },
    },
}


def empty_pack(levels_of: Mapping[str, Any] | None, languages: Sequence[str]) -> dict[str, Any]:
    """A pack with the levels of another one (or none), in these languages. It is no whole pack yet."""
    levels = deepcopy(list((levels_of or {}).get("levels", ())))
    for level in levels:
        level.pop("id", None)
        for name in ("name", "short", "description"):
            if isinstance(level.get(name), dict):
                level[name] = {code: text for code, text in level[name].items() if code in languages}
    sources = deepcopy(SOURCES)
    for source in sources.values():
        kept = {code: text for code, text in source["text"].items() if code in languages}
        source["text"] = kept or source["text"]
    return {"format": 1, "levels": levels, "provenance": {"sources": sources}}
