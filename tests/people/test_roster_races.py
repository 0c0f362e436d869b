"""Two people at once: a roster is carried out once, two rosters of one school one after the other."""

from datetime import date

import pytest

from people.actions.rosters import apply_roster, upload_roster
from people.models import Membership, User
from tests.at_once import at_once
from tests.factories.people import SchoolFactory, kind
from tests.people.roster_files import DUNG, HUONG, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def upload(school, *rows):
    return upload_roster(unit=school, name="ds.xlsx", content=workbook(*rows), valid_from=date(2026, 9, 1), by=None)


def test_a_double_click_is_one_import():
    kind("group")
    roster = upload(SchoolFactory(), HUONG, DUNG)
    done = at_once(*[lambda: apply_roster(roster=roster, by=None)] * 4)
    assert len({found.applied_at for found in done}) == 1
    assert User.objects.count() == 2
    assert Membership.objects.count() == 4


def test_two_tabs_with_the_same_file():
    kind("group")
    school = SchoolFactory()
    first, second = upload(school, HUONG, DUNG), upload(school, HUONG, DUNG)
    done = at_once(lambda: apply_roster(roster=first, by=None), lambda: apply_roster(roster=second, by=None))
    assert sorted(found.applied_at is not None for found in done) == [False, True], "the second is shown again"
    assert User.objects.count() == 2
