"""manage.py import_roster: the same path, for operators and programs."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from people.models import Membership, RosterImport, User
from tests.factories.people import SchoolFactory, people_world
from tests.people.roster_files import DUNG, HUONG, row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ds.xlsx"
    path.write_bytes(workbook(HUONG, row(DUNG, birth="31/02/1985"), above=[["TRƯỜNG"], []]))
    return path


def run(*args, **options) -> str:
    out = StringIO()
    call_command("import_roster", *args, stdout=out, **options)
    return out.getvalue()


def test_json_tells_every_row(file):
    SchoolFactory(code="thcs-mau")
    answer = json.loads(run(file, unit="thcs-mau", json=True))
    assert answer["unit"] == "thcs-mau"
    assert answer["sheet"] == "DS"
    assert answer["columns"]["Mã định danh"] == "person_code"
    assert answer["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "skipped": 0, "error": 1}
    assert [found["row"] for found in answer["rows"]] == [4, 5]
    assert answer["rows"][0]["values"]["username"] == "huongmt"
    assert "31/02/1985" in answer["rows"][1]["messages"][0]["text"]
    assert answer["applied"] is False
    assert not User.objects.exists()


def test_apply(file):
    SchoolFactory(code="thcs-mau")
    assert json.loads(run(file, unit="thcs-mau", json=True, apply=True))["applied"] is True
    assert User.objects.get().username == "huongmt"
    roster = RosterImport.objects.get()
    assert roster.applied_at
    assert roster.applied_by is None
    again = json.loads(run(file, unit="thcs-mau", json=True, apply=True))
    assert again["counts"] == {"new": 0, "changed": 0, "unchanged": 1, "skipped": 0, "error": 1}
    assert again["applied"] is False


def test_the_first_day_can_be_given(file):
    SchoolFactory(code="thcs-mau")
    call_command("import_roster", str(file), "--unit", "thcs-mau", "--apply", "--from", "2025-09-01", stdout=StringIO())
    assert {str(day) for day in Membership.objects.values_list("start", flat=True)} == {"2025-09-01"}


def test_strict_takes_all_or_nothing(file):
    SchoolFactory(code="thcs-mau")
    with pytest.raises(CommandError) as caught:
        run(file, unit="thcs-mau", apply=True, strict=True)
    assert caught.value.returncode == 1
    assert not User.objects.exists()


def test_words_for_people(file):
    SchoolFactory(code="thcs-mau")
    words = run(file, unit="thcs-mau")
    assert "New: 1" in words
    assert "Error: " in words
    assert "Nothing was changed." in words


def test_all_words_are_in_the_language_of_the_installation(file, settings):
    settings.LANGUAGE_CODE = "vi"
    SchoolFactory(code="thcs-mau")
    words = run(file, unit="thcs-mau")
    assert "Lỗi: " in words
    assert "Chưa có gì thay đổi." in words
    assert "Nothing" not in words
    with pytest.raises(CommandError, match="Không có trường"):
        run(file, unit="nirgends")


@pytest.mark.parametrize("content", [b"", b"%PDF", b"a,b\n1,2"])
def test_what_cannot_be_read(tmp_path, content):
    SchoolFactory(code="thcs-mau")
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        run(path, unit="thcs-mau")
    assert caught.value.returncode == 2


def test_no_such_file_or_school(tmp_path, file):
    w = people_world()
    for path, unit in ((tmp_path / "none.xlsx", w.school.code), (file, "nirgends"), (file, w.commune.code)):
        with pytest.raises(CommandError) as caught:
            run(path, unit=unit)
        assert caught.value.returncode == 2
