"""Whatever stands in a package: an answer in sentences, or a pack; never a crash, never a response CASE would refuse."""

import copy
import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.case.exporting import package_of
from standards.case.importing import read_package
from standards.case.merging import merged_package
from standards.case.objects import dated, objects
from standards.case.serving import completed
from standards.packs_check import check
from tests.examples import examples
from tests.standards.case import makers
from tests.standards.case.oracle import problems
from tests.standards.packs import shipped

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
SOURCES = [
    makers.opensalt(),
    makers.opencase(),
    json.loads(json.dumps(package_of(shipped("vn-tt20-2018")).as_json())),
]


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    for name, below in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(below, (*path, name))


PLACES = [[path for path in places(source) if path] for source in SOURCES]


def put(value, path, new) -> None:
    """Sets a place, if what was put in before has left it there."""
    try:
        for name in path[:-1]:
            value = value[name]
        value[path[-1]] = new
    except (LookupError, TypeError):
        return


@settings(max_examples=examples(150))
@given(st.integers(0, 2), st.integers(0, 2**32), st.lists(ANYTHING, min_size=1, max_size=4))
def test_a_spoilt_package_never_breaks_the_reader(which, seed, values):
    random, data = Random(seed), copy.deepcopy(SOURCES[which])
    for value in values:
        put(data, random.choice(PLACES[which]), value)
    reading = read_package(data)
    assert (reading.pack is None) == bool(reading.problems)
    if reading.pack is None or check(reading.pack):
        return
    package = merged_package(reading.pack, reading.case)
    name = package.document["identifier"]
    kinds = {
        "CFDocument": "CFPckgDocumentDType",
        "CFItem": "CFPckgItemDType",
        "CFAssociation": "CFPckgAssociationDType",
    }
    for kind, row in objects(package):
        row.pop("package", None)
        answer = completed(kind, dated(kind, row, "2026-01-01T00:00:00+00:00"), name, "https://case.example/")
        assert problems(answer, kinds.get(kind, f"{kind}DType")) == []


@settings(max_examples=examples(100))
@given(ANYTHING | st.dictionaries(st.sampled_from(["CFDocument", "CFItems", "CFAssociations", "CFPackage"]), ANYTHING))
def test_anything_at_all_gets_an_answer(data):
    reading = read_package(data)
    assert (reading.pack is None) == bool(reading.problems)
