"""manage.py make_report: what it writes, and the sentences with which it refuses."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories.evaluations import CycleFactory

pytestmark = pytest.mark.django_db


def make(w, kind, path, **more) -> None:
    call_command("make_report", kind, cycle=more.pop("cycle", w.cycle).code, out=path, lang="en", **more)


def test_it_writes_the_document(world, tmp_path, capsys):
    path = tmp_path / "form-04.pdf"
    make(world, "school-summary", path, unit=world.school.code)
    assert path.read_bytes().startswith(b"%PDF")
    assert world.school.name in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["school-summary", "school-forms"])
def test_it_refuses_a_school_nobody_of_which_is_in_the_cycle(world, tmp_path, kind):
    empty = CycleFactory(owner=world.commune, created_by=world.officer, schools=[world.other_school])
    with pytest.raises(CommandError, match=f"Nobody of {world.school.name} is in the cycle “{empty.name}”"):
        make(world, kind, tmp_path / "x", cycle=empty, unit=world.school.code)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["aggregate-pdf", "aggregate-xlsx"])
def test_it_refuses_an_office_no_school_of_which_is_in_the_cycle(world, tmp_path, kind):
    empty = CycleFactory(owner=world.commune, created_by=world.officer)
    with pytest.raises(CommandError, match=f"No school of {world.commune.name} is in the cycle"):
        make(world, kind, tmp_path / "x", cycle=empty, unit=world.commune.code)


def test_it_refuses_a_person_who_is_not_in_the_cycle(world, tmp_path):
    with pytest.raises(CommandError, match="is not in the cycle"):
        make(world, "self-form", tmp_path / "x", unit=world.school.code, person=world.other_teacher.username)
