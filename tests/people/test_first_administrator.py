"""An empty installation gets its first administrator."""

import pytest
from django.core.management import CommandError, call_command

from config.prepare import how_to_begin
from config.supervisor import greeting
from people.actions.installation import create_administrator, top_unit
from people.enums import Role
from people.models import Membership
from tests.factories.people import kind

pytestmark = pytest.mark.django_db


def test_the_first_administrator_of_an_empty_installation():
    kind("commune")
    assert top_unit() is None
    user, unit, slip = create_administrator(username="quantri", full_name="Phạm Quản Trị", unit_name="Xã Bình Minh")
    assert (unit.name, unit.code) == ("Xã Bình Minh", "xa-binh-minh")
    assert Membership.objects.get().role == Role.ADMINISTRATOR
    assert slip.code
    again = create_administrator(username="QuanTri", full_name="x", password="mua-xuan-den-roi")
    assert (again[0], again[2]) == (user, None)
    assert Membership.objects.count() == 1


def test_the_command(capsys):
    kind("commune")
    call_command("create_administrator", "--username", "a", "--name", "Lê Văn A", "--unit-name", "Xã")
    said = capsys.readouterr().out
    assert "/people/activate/" in said
    assert "Activation code" in said
    assert "administrator of Xã (xa, kind: commune)" in said
    assert "--unit-kind" in said
    call_command("create_administrator", "--username", "b", "--name", "Lê Văn B")
    said = capsys.readouterr().out
    assert "kind: commune" in said
    assert "--unit-kind" not in said, "the unit is there already"
    with pytest.raises(CommandError, match="missing"):
        call_command("create_administrator")


def test_the_question_for_the_first_unit_names_its_kind():
    with pytest.raises(CommandError, match=r"topmost unit \(kind: province; another one with --unit-kind\) is missing"):
        call_command("create_administrator", "--unit-kind", "province")


def test_make_run_says_how_to_begin_until_there_is_an_administrator():
    kind("commune")
    assert "manage.py create_administrator" in greeting(8000, how_to_begin())
    create_administrator(username="quantri", full_name="Phạm Quản Trị", unit_name="Xã Bình Minh")
    assert greeting(8000, how_to_begin()).split("\n") == [
        "",
        "  Chuẩn is running at http://127.0.0.1:8000",
        "",
        "  Ctrl-C stops it.",
        "",
    ]
