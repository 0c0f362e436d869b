"""Packs for tests: the shipped ones, and the smallest one that is valid."""

import copy
from typing import Any

from standards.framework_data import FrameworkData, from_pack
from standards.pack_files import PACKS_DIR, pack_paths, read_pack

SHIPPED = {path.stem: read_pack(path) for path in pack_paths(PACKS_DIR)}
TT20, TT14 = "vn-tt20-2018", "vn-tt14-2018"


def shipped(code: str) -> dict[str, Any]:
    """A copy of a shipped pack that a test may spoil."""
    return copy.deepcopy(SHIPPED[code])


def shipped_data(code: str) -> FrameworkData:
    return from_pack(SHIPPED[code])


def text(words: str) -> dict[str, str]:
    return {"vi": f"{words} (vi)", "en": words}


def small_pack(code: str = "xx-small-1") -> dict[str, Any]:
    """Two levels, a tree of two depths, three criteria, one rule; everything optional left out."""
    kinds = ("level", "standard", "description", "name", "descriptors", "examples", "rule")
    return {
        "format": 1,
        "code": code,
        "framework": {"code": "xx-small", "jurisdiction": "XX", "subject_role": "teacher", "title": text("Small")},
        "title": text("Small, first text"),
        "valid_from": "2020-01-01",
        "legal": {"number": "1/2020", "name": text("Rule 1/2020"), "issued": "2019-12-01", "effective": "2020-01-01"},
        "levels": [{"code": "N", "name": text("No")}, {"code": "Y", "name": text("Yes")}],
        "standards": [
            {
                "code": "A",
                "name": text("Upper"),
                "criteria": [{"code": "A1", "number": 1, "name": text("First"), "key": True}],
                "standards": [
                    {
                        "code": "AA",
                        "name": text("Lower"),
                        "criteria": [
                            {"code": "A2", "number": 2, "name": text("Second"), "descriptors": {"Y": text("Does it")}},
                            {"code": "A3", "number": 3, "name": text("Third"), "examples": {"Y": [text("Minutes")]}},
                        ],
                    }
                ],
            }
        ],
        "rule": {
            "kind": "conditions",
            "results": [
                {"result": "Y", "conditions": [{"kind": "share_at_least", "share": "1/2", "level": "Y"}]},
                {"result": "N", "conditions": [{"kind": "always"}]},
            ],
        },
        "provenance": {
            "sources": {"ours": {"status": "summary", "text": text("Our words.")}},
            "default": dict.fromkeys(kinds, "ours"),
        },
        "vectors": [{"ratings": {"A1": "Y", "A2": "Y", "A3": "N"}, "expected": "Y"}],
    }


def large_pack(code: str, *, criteria: int, depths: int = 3) -> dict[str, Any]:
    """A pack of so many criteria in a tree, ten in each standard."""
    pack = small_pack(code)
    pack["framework"]["code"] = code
    pack["levels"] = [{"code": c, "name": text(c)} for c in ("N", "Y")]
    numbers = iter(range(1, criteria + 1))
    leaves = [
        {
            "code": f"L{leaf}",
            "name": text(f"Leaf {leaf}"),
            "criteria": [
                {"code": f"C{number}", "number": number, "name": text(f"Criterion {number}")}
                | {"descriptors": {"Y": text(f"Does {number} well")}}
                for number in (next(numbers) for _ in range(10))
            ],
        }
        for leaf in range(criteria // 10)
    ]
    floor = leaves
    for depth in range(depths - 1):
        floor = [
            {"code": f"D{depth}-{place}", "name": text(f"Part {depth}.{place}"), "standards": floor[place : place + 12]}
            for place in range(0, len(floor), 12)
        ]
    pack["standards"] = floor
    pack["vectors"] = []
    return pack
