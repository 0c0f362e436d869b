"""An identifier in a file must not tell what is known of somebody who is at no school."""

from datetime import date

import pytest

from people.models import Membership
from people.presenters.rosters import words_of
from tests.people.roster_files import HUONG, row
from tests.people.test_roster_plan import bring_in, plan, school  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_what_is_known_of_a_stranger_is_not_shown_in_the_preview(school):  # noqa: F811
    bring_in(school, HUONG)
    Membership.objects.update(end=date(2026, 10, 1))
    found = plan(school, row(HUONG, joined="01/09/1990")).rows[0]
    assert found.outcome == "changed"
    assert {change["field"] for change in found.changes} >= {"joined_on", "role"}
    assert all(change["old"] is None for change in found.changes)
    assert words_of("joined_on", None) == "not shown"
