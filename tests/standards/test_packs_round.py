"""Packs into the database and out again: nothing is lost, and a large one costs few queries."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from standards.actions import PackRefused, load_pack
from standards.framework_data import from_pack
from standards.identity import node_id
from standards.models import FrameworkVersion
from standards.pack_files import fingerprint
from standards.packs_check import check
from standards.queries import forget, framework_data, pack_of
from tests.examples import examples
from tests.standards.pack_strategies import packs
from tests.standards.packs import SHIPPED, large_pack, small_pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_frameworks")]


class Undo(Exception):
    """Takes back what one example wrote."""


@settings(
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(packs())
def test_any_pack_comes_back_as_it_was(pack):
    assert [str(problem) for problem in check(pack)] == []
    forget()
    try:
        with transaction.atomic():
            version, what = load_pack(pack=pack)
            assert what == "new"
            assert fingerprint(pack_of(version)) == version.fingerprint == fingerprint(pack)
            assert load_pack(pack=pack_of(version))[1] == "unchanged"
            stored, read = framework_data(version), from_pack(pack)
            assert plain(stored) == plain(read)
            raise Undo
    except Undo:
        pass


def plain(data):
    """What the tree says, without ids of rows."""
    standards = [
        (
            s.code,
            s.label,
            s.name,
            s.alternative_name,
            s.description,
            s.descriptors,
            s.identifier,
            s.origins,
            s.extensions,
        )
        for s in data.walk()
    ]
    criteria = [
        (
            *(c.code, c.number, c.label, c.name, c.scale, c.is_key, c.descriptors, c.examples, c.identifier, c.origins),
            *(c.standard_code, c.extensions, {kind: source.code for kind, source in c.sources.items()}),
        )
        for c in data.criteria
    ]
    scales = [
        (scale.code, scale.name, scale.score, [(v.code, v.name, v.points, v.identifier) for v in scale.levels])
        for scale in data.scales.values()
    ]
    results = [(result.code, result.name) for result in data.results]
    return (data.identifier, data.precision, data.purpose, standards, criteria, scales, results, data.ranks)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_shipped_pack_comes_back_as_it_was(code):
    version, _what = load_pack(pack=SHIPPED[code])
    assert fingerprint(pack_of(version)) == version.fingerprint
    assert plain(framework_data(version)) == plain(from_pack(SHIPPED[code]))


def test_the_first_two_packs_keep_their_fingerprints():
    """Versions published before the format grew must be recognized for ever."""
    assert fingerprint(SHIPPED["vn-tt14-2018"]).startswith("6a227ec7d6c611b7")
    assert fingerprint(SHIPPED["vn-tt20-2018"]).startswith("0f532c785baf983c")


def test_nodes_without_an_id_have_one_that_stays():
    version = load_pack(pack=small_pack())[0]
    data = framework_data(version)
    assert data.criterion("A1").identifier == node_id("xx-small-1", "criterion", "A1")
    assert data.identifier == node_id("xx-small-1", "version", "xx-small-1")
    assert "id" not in pack_of(version)


def test_a_thousand_criteria_cost_a_few_queries_more():
    """Everything is written by the thousand: a row of its own for none of them."""
    with CaptureQueriesContext(connection) as few:
        load_pack(pack=large_pack("xx-few-1", criteria=240))
    with CaptureQueriesContext(connection) as many:
        load_pack(pack=large_pack("xx-many-1", criteria=1200))
    assert len(many) - len(few) <= 6


def test_five_thousand_criteria_are_a_pack_like_any_other():
    pack = large_pack("xx-many-2", criteria=5000)
    assert check(pack) == []
    assert len(from_pack(pack).criteria) == 5000


def test_an_end_that_is_known_here_stays_when_a_pack_does_not_know_it():
    version = load_pack(pack=small_pack())[0]
    version.valid_to, version.legal = "2029-12-31", version.legal | {"repealed_from": "2030-01-01"}
    version.save(update_fields=["valid_to", "legal"])
    again, what = load_pack(pack=small_pack())
    assert (what, str(again.valid_to), again.legal["repealed_from"]) == ("unchanged", "2029-12-31", "2030-01-01")


def test_nothing_of_a_refused_pack_stays():
    pack = small_pack()
    pack["vectors"][0]["expected"] = "N"
    with pytest.raises(PackRefused):
        load_pack(pack=pack)
    assert not FrameworkVersion.objects.exists()
