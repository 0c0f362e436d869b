"""The line protocol of `rate` and `what_would_it_take`: same order, one answer a line, errors in place."""

import io
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser

from standards.management.commands.rate import Command as Rate
from tests.standards.packs import SHIPPED, TT14, TT20, small_pack

ALL_T = {f"TC{n:02}": "T" for n in range(1, 16)}


def answers(monkeypatch, capsys, command, *arguments, lines):
    """What a command answers to JSON lines (bytes or objects): (answers, exit code)."""
    raw = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    code = 0
    try:
        call_command(command, *arguments, "--json", "--lang", "en")
    except SystemExit as end:
        code = end.code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()], code


@pytest.mark.parametrize("code", SHIPPED)
def test_vectors_come_out_in_order(monkeypatch, capsys, code):
    vectors = SHIPPED[code]["vectors"]
    lines = [{name: vector[name] for name in ("ratings", "assessors") if name in vector} for vector in vectors]
    found, exit_code = answers(monkeypatch, capsys, "rate", code, lines=lines)
    assert [answer["result"] for answer in found] == [vector["expected"] for vector in vectors]
    assert exit_code == 0
    assert all(answer["explanation"] for answer in found)
    values = [
        (answer.get("value"), vector["value"])
        for answer, vector in zip(found, vectors, strict=True)
        if "value" in vector
    ]
    assert [value for value, _ in values] == [expected for _, expected in values]


def test_each_bad_line_is_answered_in_its_place(monkeypatch, capsys):
    lines = [
        {"ratings": ALL_T},
        b"{broken\n",
        {"ratings": {"TC99": "T"}},
        {"ratings": {"TC01": "Z"}},
        {"ratings": {"TC01": 3}},
        {"ratings": [1]},
        {"rating": ALL_T},
        b"[]\n",
        b'{"ratings": {"TC01": "T", "TC01": "K"}}\n',
        b"\xff\xfe\n",
        {"ratings": ALL_T | {"TC01": "K"}},
    ]
    found, exit_code = answers(monkeypatch, capsys, "rate", TT20, lines=lines)
    assert [answer["result"] for answer in found] == ["T", *["ERROR"] * 9, "T"]
    assert exit_code == 1
    sentences = [answer["error"] for answer in found[1:10]]
    assert sentences[0] == sentences[8] == "This line is not valid JSON."
    assert sentences[1] == "The framework has no criterion “TC99”."
    assert sentences[2] == "Criterion TC01: there is no level “Z”."
    assert sentences[7] == "“TC01” stands twice in one object."


def test_incomplete_ratings_are_said_to_be_so(monkeypatch, capsys):
    lines = [{"ratings": {}}, {"ratings": ALL_T | {"TC07": None}}]
    found, exit_code = answers(monkeypatch, capsys, "rate", TT20, lines=lines)
    assert [answer["result"] for answer in found] == ["INCOMPLETE", "INCOMPLETE"]
    assert found[1]["missing"] == ["TC07"]
    assert found[1]["explanation"] == [
        "No overall result yet: one criterion is not rated: TC07 Counselling and supporting pupils"
    ]
    assert exit_code == 0


PA, OBEC, DEFICIT = "th-otepc-pa-w9-2564", "th-obec-2010", "ru-deficit-diagnostic"


def test_a_panel_is_asked_by_its_sheets(monkeypatch, capsys):
    sheets = next(v["assessors"] for v in SHIPPED[PA]["vectors"] if v["expected"] == "FAIL" and "assessors" in v)
    lines = [
        {"assessors": sheets},
        {"assessors": sheets[:1]},
        {"assessors": []},
        {"assessors": {}},
        {"assessors": [[]]},
    ]
    lines += [{"assessors": [*sheets, *sheets]}, {"ratings": {}, "assessors": sheets}]
    found, exit_code = answers(monkeypatch, capsys, "rate", PA, lines=lines)
    assert (found[0]["result"], found[0]["value"], exit_code) == ("FAIL", "70.83", 1)
    assert found[0]["assessors"] == [
        {"result": "PASS", "value": "72"},
        {"result": "PASS", "value": "71"},
        {"result": "FAIL", "value": "69.5"},
    ]
    assert (found[1]["result"], found[1]["missing"]) == ("INCOMPLETE", [])
    assert [answer["result"] for answer in found[2:]] == ["ERROR"] * 5
    assert all(answer["error"] for answer in found[2:])
    way, _code = answers(monkeypatch, capsys, "what_would_it_take", PA, "--target", "PASS", lines=lines[:1])
    assert (way[0]["result"], way[0]["size"], way[0]["reached"], way[0]["reachable"]) == ("FAIL", 1, False, True)
    assert [member["reached"] for member in way[0]["assessors"]] == [True, True, False]


def test_numbers_stay_exact(monkeypatch, capsys):
    lines = [
        b'{"ratings": {"SUBJ": 59.99, "METH": "60", "PSYPED": 80, "COMM": 79.990}}\n',
        b'{"ratings": {"SUBJ": 100.01}}\n',
        b'{"ratings": {"SUBJ": NaN}}\n',
        b'{"ratings": {"SUBJ": 1e2}}\n',
        b'{"ratings": {"SUBJ": true}}\n',
        b'{"ratings": {"SUBJ": ' + b"9" * 5000 + b"}}\n",
    ]
    found, exit_code = answers(monkeypatch, capsys, "rate", DEFICIT, lines=lines)
    assert {code: score["result"] for code, score in found[0]["scores"].items()} == {
        "SUBJ": "HIGH",
        "METH": "MED",
        "PSYPED": "MIN",
        "COMM": "MED",
    }
    assert found[0]["route"] == ["SUBJ", "METH", "COMM"]
    assert [answer["result"] for answer in found[1:]] == ["ERROR", "ERROR", "MIN", "ERROR", "ERROR"]
    assert exit_code == 1


def test_whole_numbers_are_levels_and_the_value_is_told(monkeypatch, capsys):
    codes = list(SHIPPED[OBEC]["vectors"][0]["ratings"])
    found, _code = answers(monkeypatch, capsys, "rate", OBEC, lines=[{"ratings": dict.fromkeys(codes, 4)}])
    assert (found[0]["result"], found[0]["value"], found[0]["scores"]["CC1"]["value"]) == ("HIGH", "4.00", "4.00")


@pytest.mark.parametrize("code", SHIPPED)
def test_every_pack_explains_itself_to_a_person(capsys, code):
    vector = next(v for v in SHIPPED[code]["vectors"] if "ratings" in v)
    arguments = [f"{name}={value}" for name, value in vector["ratings"].items() if value is not None]
    call_command("rate", code, "--explain", "--lang", "vi", *arguments)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == vector["expected"]
    assert len(lines) > 1


def test_a_text_without_a_result_has_no_target():
    with pytest.raises(CommandError, match="knows no overall result"):
        call_command("what_would_it_take", "th-khurusapha-2019", "--target", "X", "--lang", "en")


def test_blank_lines_and_a_byte_order_mark_are_no_questions(monkeypatch, capsys):
    lines = [b"\xef\xbb\xbf" + json.dumps({"ratings": ALL_T}).encode() + b"\r\n", b"\n", b"  \n"]
    found, exit_code = answers(monkeypatch, capsys, "rate", TT20, lines=lines)
    assert [answer["result"] for answer in found] == ["T"]
    assert exit_code == 0


def test_the_explanation_names_what_failed(monkeypatch, capsys):
    found, _code = answers(monkeypatch, capsys, "rate", TT20, lines=[{"ratings": ALL_T | {"TC06": "K"}}])
    assert found[0]["explanation"] == [
        "Very good is not reached (Article 10, clause 2)",
        "  All 15 criteria are at Good or above: yes (15 of 15 reach it)",
        "  At least 2/3 of the criteria (10 of 15) are at Very good: yes (14 of 15 reach it)",
        (
            "  Each of the criteria of Article 5 (Standard 2) is at Very good: no (4 of 5 reach it)."
            " Not there yet: TC06 Assessment that develops pupils' qualities and competencies"
        ),
        "The result is Good (Article 10, clause 2)",
        "  All 15 criteria are at Satisfactory or above: yes (15 of 15 reach it)",
        "  At least 2/3 of the criteria (10 of 15) are at Good or above: yes (15 of 15 reach it)",
        "  Each of the criteria of Article 5 (Standard 2) is at Good or above: yes (5 of 5 reach it)",
    ]


def test_the_way_up_is_said_line_by_line(monkeypatch, capsys):
    ratings = ALL_T | {"TC04": "K", "TC10": "D"}
    lines = [{"ratings": ratings}, {"ratings": ALL_T}, b"{\n"]
    found, exit_code = answers(monkeypatch, capsys, "what_would_it_take", TT20, "--target", "T", lines=lines)
    first, second, third = found
    assert (first["result"], first["size"], first["count"], first["reached"]) == ("K", 2, 1, False)
    assert first["paths"] == [
        [{"criterion": "TC04", "from": "K", "to": "T"}, {"criterion": "TC10", "from": "D", "to": "K"}]
    ]
    assert first["explanation"][0] == "Very good takes 2 criteria at a higher level; fewer are not enough."
    assert (second["reached"], second["paths"]) == (True, [])
    assert (third["result"], exit_code) == ("ERROR", 1)


def test_for_a_person_with_options_in_any_order(capsys):
    arguments = [f"{code}={level}" for code, level in ALL_T.items()]
    call_command("rate", TT20, *arguments[:3], "--lang", "vi", *arguments[3:])
    assert capsys.readouterr().out == "T\n"
    parser = Rate().create_parser("manage.py", "rate")
    assert isinstance(parser, CommandParser)
    assert parser.parse_args([TT20, "--explain", "--lang", "vi", "TC01=K"]).ratings == ["TC01=K"]


def test_what_is_told_a_person_about_the_way_up(capsys):
    ratings = {f"TC{n:02}": "K" for n in range(1, 19)} | {"TC03": "T", "TC07": "T"}
    arguments = [f"{code}={level}" for code, level in ratings.items()]
    call_command("what_would_it_take", TT14, "--target", "T", "--lang", "en", *arguments)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Very good takes 10 criteria at a higher level; fewer are not enough."
    assert len(lines) == 11


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["vn-tt99"], "Known packs"),
        ([TT20, "TC01"], "TC01=K"),
        ([TT20, "TC01=K", "TC01=T"], "write each criterion once"),
        ([TT20, "TC01=Z"], "no level “Z”"),
        ([TT20, "--lang", "xx"], "vi, en"),
    ],
)
def test_wrong_arguments_get_a_sentence(arguments, words):
    language = [] if "--lang" in arguments else ["--lang", "en"]
    with pytest.raises(CommandError, match=words):
        call_command("rate", *arguments, *language)


def test_an_unknown_target_gets_a_sentence():
    with pytest.raises(CommandError, match="no level “X”; there are CD, D, K, T"):
        call_command("what_would_it_take", TT20, "--target", "X", "--lang", "en")


def test_a_pack_of_ones_own_is_checked_first(tmp_path, capsys):
    path = tmp_path / "own.json"
    pack = small_pack()
    path.write_text(json.dumps(pack))
    call_command("rate", str(path), "A1=Y", "A2=N", "A3=Y", "--lang", "en")
    assert capsys.readouterr().out == "Y\n"
    pack["vectors"][0]["expected"] = "N"
    path.write_text(json.dumps(pack))
    with pytest.raises(CommandError, match="The rule gives Y here, not N as expected"):
        call_command("rate", str(path), "--lang", "en")


def test_rating_needs_no_database(tmp_path):
    """As an operator does it: a pipe, a folder without data, an address where no database answers."""
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "rate", TT20, "--json", "--lang", "vi"],
        input=json.dumps({"ratings": ALL_T}).encode() + b"\n",
        capture_output=True,
        cwd=settings.BASE_DIR,
        env=environment,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout)["result"] == "T"
