"""Reports of offices at different levels, laid side by side, tell no more than each alone."""

from random import Random

import pytest

from people.models import Unit
from reports.models import Tally
from reports.summaries import aggregate as module
from reports.summaries.aggregate import aggregate
from tests.factories.evaluations import CycleFactory
from tests.factories.people import CommuneFactory, ProvinceFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch):
    """`counted([[[1, 0, 4], [0, 9, 4]], …])`: a cycle with these results, commune by commune and school by school; the
    same numbers for every criterion. The value: cycle, province, communes."""
    monkeypatch.setattr(module, "refresh", lambda **_schools: None)  # nobody stands behind these numbers

    def make(communes: list[list[list[int]]]) -> tuple:
        province = ProvinceFactory()
        offices = [CommuneFactory(parent=province) for _commune in communes]
        cycle = CycleFactory(owner=province, created_by=UserFactory(), anonymity_threshold=3)
        criteria = [None, *cycle.version.criteria.order_by("number")]
        for office, schools in zip(offices, communes, strict=True):
            for counts in schools:
                school = SchoolFactory(parent=office)
                cycle.units.add(school)
                people = sum(counts)
                numbers = {"people": people, "submitted": people, "decided": people, "counts": counts}
                Tally.objects.bulk_create(
                    Tally(cycle=cycle, unit=school, criterion=criterion, **numbers) for criterion in criteria
                )
        return cycle, province, offices

    return make


def hidden(line) -> list[int]:
    return [level for level, cell in enumerate(line.cells) if cell is None]


def assert_alike(cycle, province: Unit, communes: list[Unit]) -> None:
    """What the province's report hides of a commune is what the commune's own report hides of itself."""
    whole = aggregate(cycle, province, "en").published
    rows = {line.name: line for line in whole.schools}
    for commune in communes:
        own = aggregate(cycle, commune, "en").published
        assert hidden(own.overall) == hidden(rows[commune.name]), commune.name


def test_one_commune_is_the_whole_province(counted):
    cycle, province, communes = counted([[[1, 0, 4, 0], [0, 10, 10, 4]]])
    assert_alike(cycle, province, communes)
    above, below = (aggregate(cycle, unit, "en").published for unit in (province, communes[0]))
    assert hidden(above.overall) == hidden(below.overall)
    assert [hidden(line) for line in above.criteria] == [hidden(line) for line in below.criteria]


def test_a_small_number_of_one_commune_hides_as_much_of_another_in_both_reports(counted):
    cycle, province, communes = counted([[[1, 9, 9, 9], [4, 9, 9, 9]], [[7, 9, 9, 9]], [[1, 5, 9, 9]]])
    assert_alike(cycle, province, communes)


@pytest.mark.parametrize("seed", range(8))
def test_any_results_are_hidden_alike_at_both_levels(counted, seed):
    dice = Random(seed)
    results = [
        [[dice.choice([0, 1, 2, 5, 8, 13]) for _level in range(4)] for _school in range(4)] for _commune in "abc"
    ]
    assert_alike(*counted(results))


def test_a_criterion_of_a_commune_does_not_follow_from_the_province_and_its_other_commune(counted):
    cycle, province, communes = counted([[[9, 9, 9, 9]], [[1, 9, 9, 9]]])
    whole, large, small = (aggregate(cycle, unit, "en").published for unit in (province, *communes))
    for line, other, one in zip(whole.criteria, large.criteria, small.criteria, strict=True):
        assert one.cells[0] is None
        assert line.cells[0] is None or other.cells[0] is None
