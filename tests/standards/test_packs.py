"""Packs: the shipped ones are valid and complete, and whatever is wrong with one is said with its place."""

import json
import re

import pytest

from standards.framework_data import from_pack
from standards.pack_files import PACKS_DIR, PackUnreadable, find_pack, fingerprint, read_pack
from standards.packs_check import check, names
from standards.rating import rate
from tests.meta.files import BASE
from tests.standards.packs import SHIPPED, TT14, TT20, shipped, small_pack, text


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_packs_are_valid(code):
    assert [str(problem) for problem in check(SHIPPED[code])] == []
    assert SHIPPED[code]["code"] == code


def test_the_smallest_pack_is_valid():
    assert check(small_pack()) == []


@pytest.mark.parametrize(("code", "criteria", "key"), [(TT20, 15, 5), (TT14, 18, 10)])
def test_shipped_packs_are_complete_in_both_languages(code, criteria, key):
    data = from_pack(SHIPPED[code])
    assert (len(data.criteria), len(data.key_codes), len(data.standards)) == (criteria, key, 5)
    assert data.level_codes == ("CD", "D", "K", "T")
    for criterion in data.criteria:
        assert list(criterion.descriptors) == ["D", "K", "T"]
        texts = [
            criterion.name,
            *criterion.descriptors.values(),
            *(t for ts in criterion.examples.values() for t in ts),
        ]
        for words in texts:
            assert words["vi"]
            assert words["en"]


@pytest.mark.parametrize("code", SHIPPED)
def test_no_summary_is_called_official(code):
    """Descriptors, descriptions and examples were reworded or written here: their sources must say so."""
    data = from_pack(SHIPPED[code])
    for node in (*data.walk(), *data.criteria):
        for kind in {"descriptors", "examples", "description"} & node.sources.keys():
            assert node.sources[kind].status != "official"
    if code not in (TT14, TT20):  # nobody has compared these with the official text
        assert {source.status for source in data.sources.values()} <= {"summary", "unverified", "illustrative"}


@pytest.mark.parametrize(
    ("code", "kind", "criteria"),
    [
        ("th-obec-2010", "mean", 40),
        ("th-otepc-pa-w9-2564", "points", 15 + 3 + 1),
        ("th-khurusapha-2019", "none", 15),
        ("ru-01.001-2013", "none", 10 + 12 + 11 + 7),
        ("ru-deficit-diagnostic", "bands", 6),
        ("vn-nd90-2020", "conditions", 11),
        ("vn-nd233-2026", "points", 5),
    ],
)
def test_the_packs_of_other_rules_are_whole(code, kind, criteria):
    data = from_pack(SHIPPED[code])
    home = {"VN": "vi", "TH": "th", "RU": "ru"}[data.jurisdiction]
    assert (data.rule.kind, len(data.criteria)) == (kind, criteria)
    assert len(data.vectors) >= (1 if kind == "none" else 8)
    for node in data.criteria:
        assert node.name["en"]
        assert node.name.get(home) or (code == "th-otepc-pa-w9-2564" and node.code == "WORKLOAD")
    assert all(source.text["en"] and source.text["vi"] for source in data.sources.values())
    assert {"en", "vi"} <= data.legal["status_note"].keys()


def test_standards_without_levels_have_none():
    for code in ("th-khurusapha-2019", "ru-01.001-2013"):
        data = from_pack(SHIPPED[code])
        assert not data.levels
        assert set(data.scales) == {""}
        assert rate(data.rule, {}).answer == "NONE"


def test_levels_relative_to_rank_say_what_each_rank_is_expected_to_do():
    data = from_pack(SHIPPED["th-otepc-pa-w9-2564"])
    assert [rank.expected["en"] for rank in data.ranks][:2] == ["Execute and learn", "Apply and adapt"]
    assert len(data.ranks) == 6


def test_nothing_is_invented_for_the_circular_of_2026():
    assert not [code for code in SHIPPED if "tt30" in code]
    legal = SHIPPED[TT20]["legal"]
    assert (legal["repealed_by"]["number"], legal["repealed_from"]) == ("30/2026/TT-BGDĐT", "2026-04-14")
    assert SHIPPED[TT20]["valid_to"] == "2026-04-13"


def test_the_tree_is_read_parents_first():
    data = from_pack(small_pack())
    assert [standard.code for standard in data.walk()] == ["A", "AA"]
    assert [criterion.code for criterion in data.criteria] == ["A1", "A2", "A3"]
    assert data.criterion("A3").standard_code == "AA"
    assert data.standard("AA").all_criteria == data.criteria[1:]
    assert [(level.position, level.index) for level in data.levels] == [(1, 0), (2, 1)]


def spoil(path, value):
    """The smallest pack with one thing changed; `path` like "levels.0.code"; value None removes the field."""
    pack = small_pack()
    *way, last = path.split(".")
    place = pack
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    last = int(last) if last.isdigit() else last
    if value is None:
        del place[last]
    else:
        place[last] = value
    return pack


CRITERION = "standards.0.criteria.0"


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        ("format", 2, "format", "format 1"),
        ("code", "no spaces", "code", "letters, digits"),
        ("title", None, "", "“title” is missing"),
        ("title", {}, "title", "language codes"),
        ("title", {"vi": " "}, "title.vi", "empty"),
        ("title", {"vie": "x"}, "title", "two letters"),
        ("surprise", 1, "", "“surprise” does not belong"),
        ("framework.jurisdiction", "Vietnam", "framework.jurisdiction", "two capital letters"),
        ("framework.subject_role", "pupil", "framework.subject_role", "teacher, leader"),
        ("framework.purpose", "fun", "framework.purpose", "evaluation, development"),
        ("code", "drafts", "code", "word of the program"),
        ("precision", "month", "precision", "day, year"),
        ("valid_from", "10/10/2018", "valid_from", "not a date"),
        ("valid_from", 2018, "valid_from", "not a date"),
        ("valid_to", "2019-01-01", "valid_to", "before the first"),
        ("legal.issued", "2019-02-30", "legal.issued", "not a date"),
        ("legal.repealed_by", {"number": "2"}, "legal.repealed_by", "“name” is missing"),
        ("levels", {}, "levels", "must be a list"),
        ("levels.0.code", "not_rated", "levels[0].code", "word of the program"),
        ("levels.0.code", "ABCDEFGHIJK", "levels[0].code", "at most 10"),
        ("levels.0.points", 2.5, "levels[0].points", "exact number"),
        ("levels.1.code", "N", "levels[1].code", "used twice"),
        ("levels.1.code", ["N"], "levels[1].code", "letters, digits"),
        ("standards.0.criteria.0.code", "A2", "standards[0].standards[0].criteria[0].code", "used twice"),
        ("standards.0.standards.0.code", "A", "standards[0].standards[0].code", "used twice"),
        (f"{CRITERION}.number", 2, "standards[0].standards[0].criteria[0].number", "no other criterion"),
        (f"{CRITERION}.number", True, "standards[0].criteria[0].number", "whole number"),
        (f"{CRITERION}.key", "yes", "standards[0].criteria[0].key", "true or false"),
        (f"{CRITERION}.descriptors", {"Z": text("x")}, "standards[0].criteria[0].descriptors.Z", "no level “Z”"),
        (f"{CRITERION}.examples", {"Y": []}, "standards[0].criteria[0].examples.Y", "at least one"),
        (f"{CRITERION}.examples", [], "standards[0].criteria[0].examples", "object"),
        (f"{CRITERION}.provenance", {"name": "x"}, "standards[0].criteria[0].provenance.name", "no source “x”"),
        ("standards.0.article", "9", "standards[0].article", "no article “9”"),
        ("standards.0.standards.0.criteria", None, "standards[0].standards[0]", "needs criteria or standards"),
        ("provenance.sources.ours.status", "true", "provenance.sources.ours.status", "official, summary"),
        ("provenance.default.rule", "gone", "provenance.default.rule", "no source “gone”"),
        ("rule.kind", "vote", "rule.kind", "called “vote”"),
        ("rule.article", "10.2", "rule.article", "no article “10.2”"),
        ("rule.results.0.conditions.0.share", "3/2", "rule.results[0].conditions[0].share", "more than the whole"),
        ("rule.results.0.conditions.0.level", "Z", "rule.results[0].conditions[0].level", "no level “Z”"),
        ("vectors.0.expected", "N", "vectors[0]", "gives Y here, not N"),
        ("vectors.0.ratings", {"A9": "Y"}, "vectors[0].ratings", "no criterion “A9”"),
        ("vectors.0.ratings", {"A1": 3.5}, "vectors[0].ratings", "exact numbers"),
        ("vectors.0.ratings", {"A1": 3}, "vectors[0].ratings", "no level “3”"),
        ("vectors.0.ratings", None, "vectors[0]", "either ratings or assessors"),
        ("vectors.0.value", "3.5", "vectors[0].value", "gives – here"),
        ("vectors.0.scores", {"A": {"value": "1"}}, "vectors[0].scores.A", "no score for “A”"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path, value, place, words):
    problems = check(spoil(path, value))
    assert any(problem.path == place and words in problem.sentence for problem in problems), list(map(str, problems))


def test_a_rule_that_names_an_unknown_criterion_is_refused():
    pack = small_pack()
    pack["rule"]["results"][0]["conditions"][0]["criteria"] = ["A1", "B7"]
    assert str(check(pack)[0]) == "rule.results[0].conditions[0].criteria[1]: There is no criterion “B7”."


ONE = "5a1c1c84-9f3c-4a57-8b0e-0c4a4f5d6e7f"
AT = "standards[0].criteria[0]"


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({f"{CRITERION}.id": ONE.upper()}, f"{AT}.id", "not a UUID"),
        ({f"{CRITERION}.id": ONE, "standards.0.id": ONE}, f"{AT}.id", "used twice"),
        ({f"{CRITERION}.origins": ["x"]}, f"{AT}.origins[0]", "not a UUID"),
        ({f"{CRITERION}.scale": "gone"}, f"{AT}.scale", "no scale “gone”"),
        ({f"{CRITERION}.number": 40_000}, f"{AT}.number", "at most 32767"),
        ({f"{CRITERION}.label": "x" * 41}, f"{AT}.label", "at most 40"),
        ({f"{CRITERION}.name": {"vi": "\x00"}}, f"{AT}.name.vi", "cannot be kept"),
        ({f"{CRITERION}.name": {"vi": "\ud800"}}, f"{AT}.name.vi", "cannot be kept"),
        ({f"{CRITERION}.provenance": {"rule": "ours"}}, f"{AT}.provenance", "“rule” does not belong"),
        ({"standards.0.descriptors": {"Z": text("x")}}, "standards[0].descriptors.Z", "no level “Z”"),
        ({"scales": {"s": {"levels": []}}}, "scales.s.levels", "at least one"),
        ({"scales": {"s": {"score": {"min": "9", "max": "1"}}}}, "scales.s.score.max", "above the lowest"),
        ({"scales": {"s": {"score": {"min": 0, "max": "1"}}}}, "scales.s.score.min", "exact number"),
        (
            {"scales": {"s": {"score": {"min": "0", "max": "1", "unit": "km"}}}},
            "scales.s.score.unit",
            "percent, points",
        ),
        ({"results": [{"code": "INCOMPLETE", "name": text("x")}]}, "results[0].code", "word of the program"),
        ({"results": [{"code": c, "name": text("x")} for c in "RR"]}, "results[1].code", "used twice"),
        ({"ranks": [{"code": "r", "position": text("x")}]}, "ranks[0]", "“expected” is missing"),
        ({"extensions": []}, "extensions", "object"),
        ({"extensions": {"x": float("nan")}}, "extensions.x", "not a number"),
        ({"vectors": [{"assessors": [{"A1": "Y"}], "expected": "Y"}]}, "vectors[0].assessors", "one"),
        (
            {"rule": {"kind": "none"}, "vectors": [{"ratings": {}, "expected": "NONE"}]},
            "vectors[0]",
            "gives INCOMPLETE",
        ),
        ({"levels": [], "vectors": []}, "standards[0].standards[0].criteria[0].descriptors.Y", "no level “Y”"),
    ],
)
def test_what_is_wrong_with_newer_parts_is_said_with_its_place(changes, place, words):
    pack = small_pack()
    for path, value in changes.items():
        *way, last = path.split(".")
        node = pack
        for step in way:
            node = node[int(step) if step.isdigit() else step]
        node[last] = value
    problems = check(pack)
    assert any(problem.path == place and words in problem.sentence for problem in problems), list(map(str, problems))


def test_a_tree_that_is_part_of_itself_is_refused():
    pack = small_pack()
    pack["standards"][0]["standards"][0]["standards"] = pack["standards"]
    assert "part of itself" in check(pack)[0].sentence


def test_hundreds_of_problems_are_not_all_told():
    pack = small_pack()
    pack["standards"] = [{"code": "?"}] * 1000
    assert len(check(pack)) == 200


@pytest.mark.parametrize("junk", [None, [], 3, "pack", {}, {"format": []}])
def test_junk_is_refused_without_a_crash(junk):
    assert check(junk)


def test_a_tree_without_end_is_refused():
    pack = small_pack()
    node = pack["standards"][0]
    for depth in range(40):
        node["standards"] = [{"code": f"D{depth}", "name": text("Deep"), "standards": []}]
        node = node["standards"][0]
    assert any("deeper than" in problem.sentence for problem in check(pack))


def test_the_fingerprint_ignores_layout_and_the_end_of_validity():
    pack = shipped(TT20)
    mark = fingerprint(pack)
    changed = json.loads(json.dumps(dict(reversed(pack.items()))))
    changed["valid_to"] = "2030-01-01"
    changed["legal"]["repealed_by"] = None
    assert fingerprint(changed) == mark
    changed["standards"][0]["criteria"][0]["name"]["vi"] += "."
    assert fingerprint(changed) != mark


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "not valid JSON"),
        (b"[]", "one JSON object"),
        (b"\xff\xfe", "not valid JSON"),
        (b'{"code": 1, "code": 2}', "names “code” twice"),
        (b"[" * 100_000, "not valid JSON"),
        (b" " * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
        (b'{"code": NaN}', "not valid JSON"),
    ],
)
def test_unreadable_files_are_refused_with_a_sentence(tmp_path, content, words):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(PackUnreadable, match=words):
        read_pack(path)


def test_packs_are_found_by_code_or_by_path():
    assert find_pack(TT20) == PACKS_DIR / f"{TT20}.json"
    with pytest.raises(PackUnreadable, match=f"Known packs: .*{TT14}, {TT20}"):
        find_pack("vn-tt30-2026")
    with pytest.raises(PackUnreadable, match="cannot be read"):
        read_pack(find_pack("./nothing.json"))


def test_the_schema_names_the_same_fields_as_the_checker():
    """Two descriptions of one format: they must not drift apart."""
    schema = json.loads((PACKS_DIR / "schema.json").read_text(encoding="utf-8"))
    definitions = schema["$defs"]
    properties = schema["properties"]
    level_scale, score_scale = definitions["scale"]["oneOf"]
    pairs = [
        (schema, names.PACK, names.PACK_OPTIONAL),
        (properties["framework"], names.FRAMEWORK, names.FRAMEWORK_OPTIONAL),
        (properties["legal"], names.LEGAL, names.LEGAL_OPTIONAL),
        (properties["results"]["items"], names.RESULT, names.RESULT_OPTIONAL),
        (properties["ranks"]["items"], names.RANK, names.RANK_OPTIONAL),
        (definitions["level"], names.LEVEL, names.LEVEL_OPTIONAL),
        (level_scale, names.SCALE, names.SCALE_OPTIONAL),
        (score_scale, names.SCORE_SCALE, names.SCORE_SCALE_OPTIONAL),
        (score_scale["properties"]["score"], names.SCORE, names.SCORE_OPTIONAL),
        (definitions["standard"], names.STANDARD, names.STANDARD_OPTIONAL),
        (definitions["standard"]["properties"]["provenance"], set(), names.STANDARD_SOURCES),
        (definitions["criterion"], names.CRITERION, names.CRITERION_OPTIONAL),
        (definitions["criterion"]["properties"]["provenance"], set(), names.CRITERION_SOURCES),
        (properties["vectors"]["items"], names.VECTOR, names.VECTOR_OPTIONAL),
        (properties["provenance"]["properties"]["default"], names.DEFAULT_SOURCES, set(names.FALLBACK_SOURCES)),
    ]
    for part, required, optional in pairs:
        assert set(part["required"]) == required
        assert set(part["properties"]) == required | optional
    words = [
        (definitions["level"]["properties"]["code"]["not"], names.RESERVED_LEVELS),
        (properties["code"]["not"], names.RESERVED_VERSIONS),
        (properties["framework"]["properties"]["purpose"], names.PURPOSES),
        (properties["framework"]["properties"]["subject_role"], names.ROLES),
        (properties["precision"], names.PRECISIONS),
    ]
    for part, known in words:
        assert tuple(part["enum"]) == known


def examples_of_the_reference():
    page = (BASE / "docs" / "reference" / "packs.md").read_text(encoding="utf-8")
    return [json.loads(block) for block in re.findall(r"(?s)```json\n(.*?)```", page)]


@pytest.mark.parametrize("example", examples_of_the_reference(), ids=lambda example: example["rule"]["kind"])
def test_the_examples_of_the_reference_are_packs(example):
    assert [str(problem) for problem in check(small_pack() | example)] == []


def test_the_reference_has_an_example_of_every_kind_of_rule():
    kinds = {from_pack(pack).rule.kind for pack in SHIPPED.values()}
    assert {example["rule"]["kind"] for example in examples_of_the_reference()} == kinds
