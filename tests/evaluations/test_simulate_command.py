"""manage.py simulate: counts of a whole cycle, and sentences for what cannot be tried."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evaluations.enums import Status
from tests.evaluations.test_simulator_pages import other_version
from tests.factories.evaluations import bring_to, evaluation_world

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("simulate", *args, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def made(module_db):
    w = evaluation_world()
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels="K")
    bring_to(w.others, Status.ANNOUNCED, head=w.other_head, levels="T")
    bring_to(w.theirs, Status.DECIDED, head=w.head, levels="CD")  # not announced: not counted
    return w


def test_one_json_object(world):
    other_version(share="1/1")
    found = json.loads(run(world.cycle.code, "--with", "vn-mau-2027", "--json"))
    assert found["people"] == 2
    assert found["matrix"] == {"K": {"K": 1}, "T": {"T": 1}}
    assert (found["directions"], found["causes"], found["unmatched"]) == ({"same": 2}, [], [])


def test_the_same_version_moves_nobody(world):
    text = run(world.cycle.code, "--with", world.cycle.version.code, "--lang", "en")
    assert "Nobody would move: all 2 people keep their result." in text
    assert "Mai Thị Hương" not in text


@pytest.mark.parametrize("args", [("none", "--with", "vn-tt20-2018"), ("CYCLE", "--with", "none")])
def test_what_is_not_there_is_said(world, args):
    with pytest.raises(CommandError):
        run(*(world.cycle.code if arg == "CYCLE" else arg for arg in args))
