"""Pack documents to try steps on, and small ways to speak of them."""

import copy
from typing import Any

from standards.drafting import Tree, apply, copied, prepared
from tests.standards.packs import TT20, shipped, small_pack, text


def scaled_pack():
    """Two scales, results of their own, groups, weights, a gate, three assessors: everything that names something."""
    pack = small_pack("xx-scaled-1")
    below = pack["standards"][0]["standards"][0]
    pack["scales"] = {"marks": {"name": text("Marks"), "levels": [{"code": "1", "name": text("1")}]}}
    below["criteria"].append({"code": "B1", "number": 4, "name": text("Fourth"), "scale": "marks"})
    below["criteria"][-1]["descriptors"] = {"1": text("One")}
    pack["standards"][0]["descriptors"] = {"Y": text("All of it")}
    pack["results"] = [{"code": "FAIL", "name": text("Fail")}, {"code": "PASS", "name": text("Pass")}]
    pack["legal"]["articles"] = {"4.1": text("Article 4, clause 1")}
    pack["standards"][0]["article"] = "4.1"
    pack["rule"] = {
        "kind": "points",
        "article": "4.1",
        "groups": {"some": ["A1", "A2"]},
        "parts": [
            {"code": "one", "criteria": ["A1", "A2"], "weight": {"A1": "10", "A2": "5"}},
            {"code": "two", "standards": ["AA"], "points": "levels"},
        ],
        "conditions": [{"kind": "named_at_least", "criteria": ["B1"], "level": "1"}],
        "bands": [{"result": "PASS", "from": "7"}, {"result": "FAIL", "from": "0"}],
        "gates": [{"criterion": "A3", "at_least": "Y", "else": "FAIL"}],
        "assessors": {"count": 3, "each": "PASS"},
    }
    rated = {"A1": "Y", "A2": "N", "A3": "Y", "B1": 1}
    pack["vectors"] = [
        {"ratings": rated, "expected": "PASS", "scores": {"AA": {"value": "1", "result": "PASS"}}},
        {"assessors": [rated, rated, rated], "expected": "FAIL"},
    ]
    return pack


def broken_pack():
    """A document with problems, as drafts may be: codes that nothing has, missing texts, a level of no scale."""
    pack = scaled_pack()
    pack["rule"]["groups"]["some"] += ["GONE", "A9"]
    pack["standards"][0]["criteria"][0].pop("name")
    pack["standards"][0]["criteria"][0]["descriptors"] = {"LOST": text("Of no level")}
    pack["vectors"].append({"ratings": {"A9": "Y", "A1": "LOST"}, "expected": "NONE"})
    return pack


DOCUMENTS = [prepared(make()) for make in (small_pack, scaled_pack, broken_pack)]
DOCUMENTS.append(copied(shipped(TT20), code="vn-next"))


def node(document, code, kind="criterion", scale=None):
    found = [n for n in Tree(document).of(kind) if n.code == code and (scale is None or n.scale == scale)]
    return found[0]


def did(document, *steps):
    for step in steps:
        document = apply(document, step).document
    return document


def scaled() -> dict[str, Any]:
    """A document of `scaled_pack` that a test may spoil."""
    return copy.deepcopy(DOCUMENTS[1])
