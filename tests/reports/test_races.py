"""The same at the same moment is counted and made once."""

import pytest

from people.models import User
from reports.actions.tallies import recount
from reports.models import Report, Tally
from tests.at_once import at_once
from tests.reports.conftest import results_world
from tests.reports.test_requests import ask
from tests.reports.test_tallies import counts

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_recounts_at_once_leave_one_truth():
    w = results_world()
    answers = at_once(*[lambda: recount(cycle_id=w.cycle.pk, unit_id=w.school.pk)] * 4)
    assert not [found for found in answers if isinstance(found, Exception)]
    assert Tally.objects.filter(cycle=w.cycle, unit=w.school).count() == 16
    assert counts(w)[""] == [0, 0, 1, 0]


def test_eight_clicks_at_once_are_one_job(broker_down):
    w = results_world()
    answers = at_once(*[lambda: ask(w, by=User.objects.get(pk=w.teacher.pk)).pk] * 8)
    assert len(set(answers)) == 1
    assert Report.objects.count() == 1
