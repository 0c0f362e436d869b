"""Drafts published: what is refused, what is written, what the database refuses afterwards."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from core.decisions import Refused
from evaluations.enums import CycleStatus
from standards.actions import load_pack
from standards.actions.drafts import Problems, change_draft, clone_version, discard_draft, publish_draft, start_draft
from standards.actions.versions import retire_version
from standards.drafting import Tree
from standards.enums import DraftOrigin, VersionStatus
from standards.models import Criterion, DraftChange, Framework, FrameworkVersion, Level, Mapping, Standard
from standards.pack_files import fingerprint
from standards.policies import can_publish, can_retire
from standards.queries import framework_data, pack_of, version_by_code
from standards.queries_mappings import targets_of
from tests.factories.evaluations import CycleFactory
from tests.factories.people import ProvinceFactory
from tests.standards.packs import TT20, shipped, small_pack, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_frameworks")]
START = date(2027, 1, 1)


@pytest.fixture
def province():
    return ProvinceFactory(name="Tỉnh Thử Nghiệm")


@pytest.fixture
def small():
    return load_pack(pack=small_pack())[0]


def node(draft, code, kind="criterion"):
    return next(n for n in Tree(draft.content).of(kind) if n.code == code)


def do(draft, by, **step):
    draft = change_draft(draft_id=draft.pk, by=by, step=step).draft
    draft.refresh_from_db()
    return draft


@pytest.fixture
def draft(small, officer):
    return clone_version(by=officer, version=small, code="xx-small-2")


def test_a_changed_clone_is_published_and_tied_to_where_it_came_from(draft, small, officer, chief):
    draft = do(draft, officer, do="set", node=node(draft, "A1").id, field="name.en", value="New", before="First")
    draft = do(draft, officer, do="split", node=node(draft, "A2").id)
    draft = do(
        draft, officer, do="add", kind="criterion", parent=node(draft, "A", "standard").id, value={"name": text("X")}
    )
    added = node(draft, "A5").code
    vector = draft.content["vectors"][0]
    ratings = vector["ratings"] | {added: "N"}
    draft = do(draft, officer, do="set", node="", field="vectors.0", value=vector | {"ratings": ratings}, before=vector)
    version = publish_draft(draft=draft, by=chief, valid_from=START, ends=small)
    assert (version.status, version.published_by, version.valid_from) == (VersionStatus.PUBLISHED, chief, START)
    assert targets_of(small, version) == {
        "A1": [("A1", "related")],
        "A2": [("A2", "narrower"), ("A4", "narrower")],
        "A3": [("A3", "exact")],
    }
    assert set(Mapping.objects.get().links.values_list("note", flat=True)) == {"Reworded.", "Split into A2, A4.", ""}
    small.refresh_from_db()
    assert small.valid_to == date(2026, 12, 31)
    assert small.legal["repealed_from"] == "2027-01-01"
    assert small.legal["repealed_by"]["number"] == version.legal["number"]
    draft.refresh_from_db()
    assert (draft.published_as, draft.content["valid_from"]) == (version, "2027-01-01")
    assert fingerprint(pack_of(version)) == version.fingerprint
    row = Criterion.objects.get(version=version, code="A1")
    assert str(row.identifier) == node(draft, "A1").id


def test_merged_criteria_are_broader(draft, small, officer, chief):
    draft = do(draft, officer, do="merge", nodes=[node(draft, "A2").id, node(draft, "A3").id])
    version = publish_draft(draft=draft, by=chief, valid_from=START)
    assert targets_of(small, version) == {
        "A1": [("A1", "exact")],
        "A2": [("A2", "broader")],
        "A3": [("A2", "broader")],
    }
    small.refresh_from_db()
    assert small.valid_to is None


def test_a_draft_with_problems_is_not_published(draft, officer, chief):
    draft = do(draft, officer, do="set", node="", field="vectors.0.expected", value="N", before="Y")
    with pytest.raises(Problems, match="Nothing was published") as refusal:
        publish_draft(draft=draft, by=chief, valid_from=START)
    assert [problem.path for problem in refusal.value.found] == ["vectors[0]"]
    assert len(refusal.value.problems) == 1
    assert not FrameworkVersion.objects.filter(code="xx-small-2").exists()


def test_only_the_highest_office_publishes_and_the_others_hear_whom_to_ask(draft, officer, chief, small):
    with pytest.raises(PermissionDenied, match="Tỉnh Thử Nghiệm"):
        publish_draft(draft=draft, by=officer, valid_from=START)
    assert can_publish(chief, draft)
    assert can_retire(chief, small)
    assert not can_retire(officer, small)
    publish_draft(draft=draft, by=chief, valid_from=START)
    draft.refresh_from_db()
    assert "has been published" in can_publish(chief, draft).reason
    for act in (
        lambda: publish_draft(draft=draft, by=chief, valid_from=START),
        lambda: change_draft(draft_id=draft.pk, by=officer, step={"do": "renumber"}),
        lambda: discard_draft(draft=draft, by=officer),
    ):
        with pytest.raises(Refused, match="has been published"):
            act()


def test_a_code_that_was_taken_meanwhile_is_refused(draft, chief):
    load_pack(pack=small_pack("xx-small-2") | {"valid_from": "2026-01-01"})
    with pytest.raises(Refused, match="already a version"):
        publish_draft(draft=draft, by=chief, valid_from=START)


def test_what_ends_must_be_of_the_framework_and_earlier(draft, small, chief):
    other = load_pack(pack=shipped(TT20))[0]
    with pytest.raises(Refused, match="same framework"):
        publish_draft(draft=draft, by=chief, valid_from=START, ends=other)
    with pytest.raises(Refused, match="must start later"):
        publish_draft(draft=draft, by=chief, valid_from=date(2020, 1, 1), ends=small)
    assert not Mapping.objects.exists()


def test_a_second_draft_of_one_file_gets_names_of_its_own(officer, chief):
    pack = small_pack()
    for criterion in pack["standards"][0]["standards"][0]["criteria"]:
        criterion["id"] = str(uuid4())
    drafts = [start_draft(by=officer, content=pack | {"code": f"xx-{n}"}, origin=DraftOrigin.PACK) for n in (1, 2)]
    one, two = [publish_draft(draft=draft, by=chief, valid_from=START) for draft in drafts]
    assert targets_of(one, two)["A2"] == [("A2", "exact")]
    ids = Criterion.objects.filter(code="A2").values_list("identifier", flat=True)
    assert len(set(ids)) == 2


# --- what the database refuses ----------------------------------------------------------------------------------------

COLUMNS = {
    FrameworkVersion: {
        "precision": "year",
        "scales": {"x": {}},
        "results": [{"code": "X"}],
        "ranks": [{"code": "X"}],
        "identifier": uuid4(),
        "extensions": {"x": 1},
        "published_by": None,
        "published_at": None,
        "fingerprint": "0" * 64,
        "vectors": [],
    },
    Level: {"scale": "x", "points": "9", "identifier": uuid4()},
    Standard: {
        "alternative_name": {"vi": "x"},
        "descriptors": {"Y": {"vi": "x"}},
        "identifier": uuid4(),
        "origins": [str(uuid4())],
        "extensions": {"x": 1},
        "label": "9",
        "provenance": {"name": "ours"},
    },
    Criterion: {
        "label": "9",
        "alternative_name": {"vi": "x"},
        "description": {"vi": "x"},
        "scale": "x",
        "identifier": uuid4(),
        "origins": [str(uuid4())],
        "extensions": {"x": 1},
    },
}


@pytest.mark.parametrize(
    ("model", "column"), [(model, column) for model, columns in COLUMNS.items() for column in columns]
)
def test_every_column_of_a_published_draft_is_closed(draft, chief, model, column):
    version = publish_draft(draft=draft, by=chief, valid_from=START)
    rows = model.objects.filter(pk=version.pk) if model is FrameworkVersion else model.objects.filter(version=version)
    for status in (VersionStatus.PUBLISHED, VersionStatus.RETIRED):
        FrameworkVersion.objects.filter(pk=version.pk).update(status=status)
        with pytest.raises(IntegrityError, match='version "xx-small-2" is published'), transaction.atomic():
            rows.update(**{column: COLUMNS[model][column]})


def test_no_column_was_forgotten():
    """Whoever adds a column adds it to the test above, or says here why it may change."""
    may_change = {"status", "valid_to", "legal", "retired_at"}
    told_elsewhere = {"id", "framework", "code", "title", "audience", "valid_from", "rule", "key_name", "provenance"}
    told_elsewhere |= {"created_at", "version", "position", "name", "short", "description", "parent", "article"}
    told_elsewhere |= {"standard", "number", "is_key"}  # tests/standards/test_versions.py
    for model, columns in COLUMNS.items():
        fields = {field.name for field in model._meta.fields}
        assert fields - set(columns) - may_change - told_elsewhere == set()


def test_steps_are_kept_as_they_were(draft, officer):
    do(draft, officer, do="set", node="", field="title.en", value="X", before="Small, first text")
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftChange.objects.update(by=officer, step={})


# --- retiring ---------------------------------------------------------------------------------------------------------


def test_a_version_is_taken_out_of_use(small, chief, officer):
    with pytest.raises(PermissionDenied):
        retire_version(version=small, by=officer)
    small = retire_version(version=small, by=chief)
    assert (small.status, bool(small.retired_at)) == (VersionStatus.RETIRED, True)
    assert version_by_code(small.code) == small
    with pytest.raises(Refused, match="Only a published"):
        retire_version(version=small, by=chief)


def test_a_version_that_a_cycle_is_prepared_with_stays(small, chief, province):
    CycleFactory(
        version=small, owner=province, created_by=chief, status=CycleStatus.DRAFT, opened_at=None, name="Đợt sắp mở"
    )
    CycleFactory(version=small, owner=province, created_by=chief)
    with pytest.raises(Refused, match="still needed") as refusal:
        retire_version(version=small, by=chief)
    assert ["Đợt sắp mở" in sentence for sentence in refusal.value.problems] == [True]


def test_evaluations_keep_the_version_they_began_with(draft, small, chief, province):
    cycle = CycleFactory(version=small, owner=province, created_by=chief)
    publish_draft(draft=draft, by=chief, valid_from=START, ends=small)
    retire_version(version=small, by=chief)
    cycle.refresh_from_db()
    assert framework_data(cycle.version_id).code == "xx-small-1"
    assert Framework.objects.count() == 1
