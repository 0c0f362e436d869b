"""export_framework and import_framework: the same road as in the browser."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from standards.actions import load_pack
from standards.models import Draft, Upload
from standards.pack_files import fingerprint, read_pack
from tests.factories.people import people_world
from tests.standards.packs import SHIPPED, TT20, shipped, small_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    w = people_world()
    w.version, _what = load_pack(pack=shipped(TT20))
    return w


def run(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_a_version_goes_out_and_comes_back(world, tmp_path):
    for name in ("a.xlsx", "a.json"):
        run("export_framework", TT20, str(tmp_path / name), lang="vi")
    assert fingerprint(read_pack(tmp_path / "a.json")) == fingerprint(SHIPPED[TT20])
    for name in ("a.xlsx", "a.json"):
        answer = json.loads(
            run("import_framework", str(tmp_path / name), by=world.officer.username, code=f"vn-{name[2:]}", json=True)
        )
        draft = Draft.objects.get(pk=answer["draft"])
        assert draft.code == f"vn-{name[2:]}"
        assert answer["counts"]["changed"] == answer["counts"]["new"] == answer["counts"]["removed"] == 0
    run("export_framework", str(draft.pk), str(tmp_path / "draft.json"))
    assert read_pack(tmp_path / "draft.json") == draft.content


def test_a_pack_goes_to_standard_output(world):
    assert json.loads(run("export_framework", TT20, "-"))["code"] == TT20


def test_checking_makes_nothing(world, tmp_path):
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small_pack()))
    out = run("import_framework", str(path), by=world.officer.username, check=True)
    assert "new" in out
    assert not Draft.objects.exists()
    assert not Upload.objects.exists()


def test_problems_are_told_with_their_place(world, tmp_path):
    pack = small_pack()
    pack["rule"]["results"][0]["conditions"][0]["level"] = "Z"
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(pack))
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_framework", str(path), by=world.officer.username, stdout=out)
    assert caught.value.returncode == 1
    assert "rule.results[0].conditions[0].level" in out.getvalue()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("who", "content", "code"), [("officer", b"x", 2), ("teacher", b"{}", 1)])
def test_refusals_say_why(world, tmp_path, who, content, code):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        run("import_framework", str(path), by=getattr(world, who).username)
    assert caught.value.returncode == code


def test_a_user_name_is_found_in_any_case(world, tmp_path):
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small_pack()))
    assert "new" in run("import_framework", str(path), by=world.officer.username.upper(), check=True)


def test_unknown_things(world, tmp_path):
    for args in (
        ("export_framework", "nothing", str(tmp_path / "x.json")),
        ("import_framework", str(tmp_path / "none")),
    ):
        with pytest.raises(CommandError) as caught:
            run(*args, **({"by": "nobody"} if args[0].startswith("import") else {}))
        assert caught.value.returncode == 2
