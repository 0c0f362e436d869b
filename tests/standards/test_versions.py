"""Versions in the database: taken up once, never changed, read without repeated queries."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from standards.actions import PackRefused, load_pack
from standards.enums import VersionStatus
from standards.models import Criterion, Descriptor, EvidenceExample, Framework, FrameworkVersion, Level, Standard
from standards.pack_files import PACKS_DIR, fingerprint
from standards.queries import (
    forget,
    framework_data,
    frameworks_with_versions,
    pack_of,
    published_versions,
    reader_first,
    version_by_code,
)
from tests.standards.packs import SHIPPED, TT14, TT20, shipped, small_pack, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_frameworks")]


@pytest.fixture
def small():
    return load_pack(pack=small_pack())[0]


def draft():
    """A version still open for writing, with one standard, criterion and level."""
    framework = Framework.objects.create(code="f", jurisdiction="XX", subject_role="teacher", title=text("F"))
    version = FrameworkVersion.objects.create(
        framework=framework,
        code="f-1",
        title=text("F 1"),
        valid_from=date(2020, 1, 1),
        legal={},
        rule={},
        provenance={},
    )
    standard = Standard.objects.create(version=version, code="S", position=1, name=text("S"))
    criterion = Criterion.objects.create(
        version=version, standard=standard, code="C", number=1, position=1, name=text("C")
    )
    level = Level.objects.create(version=version, code="L", position=1, name=text("L"))
    return version, standard, criterion, level


@pytest.mark.parametrize("code", SHIPPED)
def test_a_pack_comes_back_from_the_database_as_it_was(code):
    version, what = load_pack(pack=SHIPPED[code])
    assert (what, version.status) == ("new", VersionStatus.PUBLISHED)
    assert fingerprint(pack_of(version)) == version.fingerprint == fingerprint(SHIPPED[code])
    if code in (TT14, TT20):  # the others leave out what is empty
        assert pack_of(version)["standards"] == SHIPPED[code]["standards"]


def test_a_deep_tree_comes_back_as_it_was(small):
    assert fingerprint(pack_of(small)) == small.fingerprint
    assert framework_data(small).criterion("A2").descriptors["Y"] == text("Does it")


def test_loading_twice_changes_nothing(small):
    again, what = load_pack(pack=small_pack())
    assert (again.pk, what) == (small.pk, "unchanged")
    assert Criterion.objects.filter(version=small).count() == 3


def test_a_changed_pack_of_a_published_version_is_refused(small):
    pack = small_pack()
    pack["levels"][0]["name"] = text("Never")
    with pytest.raises(PackRefused, match="give the new text a new code"):
        load_pack(pack=pack)
    assert framework_data(small).level("N").name == text("No")


def test_the_end_of_a_published_version_can_be_filled_in(small):
    before = framework_data(small.pk)
    pack = small_pack() | {"valid_to": "2024-12-31"}
    pack["legal"] |= {"repealed_by": {"number": "2/2024", "name": text("Rule 2/2024")}, "repealed_from": "2025-01-01"}
    version, what = load_pack(pack=pack)
    assert (what, version.valid_to) == ("ended", date(2024, 12, 31))
    assert before.valid_to is None
    assert framework_data(version_by_code(version.code)).valid_to == date(2024, 12, 31)


def test_a_second_version_joins_its_framework(small):
    pack = small_pack("xx-small-2") | {"valid_from": "2025-01-01"}
    version = load_pack(pack=pack)[0]
    assert version.framework == small.framework
    with pytest.raises(PackRefused, match="another title"):
        load_pack(pack=small_pack("xx-small-3") | {"framework": pack["framework"] | {"title": text("Other")}})


def test_nothing_is_half_taken_up():
    pack = small_pack()
    pack["rule"]["results"][0]["conditions"][0]["level"] = "Z"
    with pytest.raises(PackRefused) as error:
        load_pack(pack=pack)
    assert [problem.path for problem in error.value.problems] == ["rule.results[0].conditions[0].level"]
    assert not Framework.objects.exists()


def test_a_draft_is_not_overwritten_by_a_pack():
    version = draft()[0]
    with pytest.raises(PackRefused, match="draft"):
        load_pack(pack=small_pack(version.code))


CHANGES = {
    "retitle": lambda v: FrameworkVersion.objects.filter(pk=v.pk).update(title=text("New")),
    "new rule": lambda v: FrameworkVersion.objects.filter(pk=v.pk).update(rule={}),
    "new legal basis": lambda v: FrameworkVersion.objects.filter(pk=v.pk).update(legal={"number": "9"}),
    "back to draft": lambda v: FrameworkVersion.objects.filter(pk=v.pk).update(status="draft"),
    "delete": lambda v: v.delete(),
    "delete past Django": lambda v: FrameworkVersion.objects.filter(pk=v.pk)._raw_delete("default"),
    "rename a level": lambda v: Level.objects.filter(version=v).update(name=text("New")),
    "new level": lambda v: Level.objects.create(version=v, code="X", position=9, name=text("X")),
    "remove a standard": lambda v: Standard.objects.filter(version=v, code="AA")._raw_delete("default"),
    "new criterion": lambda v: Criterion.objects.create(
        version=v, standard=v.standards.first(), code="X", number=9, position=9, name=text("X")
    ),
    "another key": lambda v: Criterion.objects.filter(version=v).update(is_key=True),
    "new words": lambda v: Descriptor.objects.filter(criterion__version=v).update(text=text("New")),
    "no example": lambda v: EvidenceExample.objects.filter(criterion__version=v)._raw_delete("default"),
    "new example": lambda v: EvidenceExample.objects.create(
        criterion=v.criteria.first(), level=v.levels.first(), position=1, text=text("X")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("status", ["published", "retired"])
def test_the_database_refuses_every_change_of_a_published_version(small, change, status):
    FrameworkVersion.objects.filter(pk=small.pk).update(status=status)
    with (
        pytest.raises(IntegrityError, match=r'Framework version "xx-small-1" is (published|retired)'),
        transaction.atomic(),
    ):
        CHANGES[change](small)


def test_a_published_version_may_retire_and_not_come_back(small):
    FrameworkVersion.objects.filter(pk=small.pk).update(status="retired", valid_to=date(2030, 1, 1))
    with pytest.raises(IntegrityError, match="cannot become published"), transaction.atomic():
        FrameworkVersion.objects.filter(pk=small.pk).update(status="published")


def test_rows_of_a_draft_cannot_be_moved_into_a_published_version(small):
    _version, _standard, criterion, level = draft()
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        Level.objects.filter(pk=level.pk).update(version=small)
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        Descriptor.objects.create(criterion=small.criteria.first(), level=level, text=text("X"))
    with pytest.raises(IntegrityError, match="same framework version"), transaction.atomic():
        Descriptor.objects.create(criterion=criterion, level=small.levels.first(), text=text("X"))


def test_a_draft_is_open_for_writing():
    version, standard, criterion, level = draft()
    Descriptor.objects.create(criterion=criterion, level=level, text=text("X"))
    Standard.objects.create(version=version, parent=standard, code="T", position=2, name=text("T"))
    Level.objects.filter(pk=level.pk).update(name=text("M"))
    version.delete()
    assert not Level.objects.filter(pk=level.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "lost"},
        {"valid_to": date(2019, 1, 1)},
        {"status": "published"},
    ],
)
def test_impossible_versions_are_refused(wrong):
    version = draft()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.filter(pk=version.pk).update(**wrong)


def test_a_standard_is_not_part_of_itself():
    standard = draft()[1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.filter(pk=standard.pk).update(parent=standard.pk)


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_published_version_is_read_once_per_process(small):
    forget()
    assert queries(lambda: framework_data(small.pk)) == 6
    assert queries(lambda: framework_data(small.pk)) == 0
    row = version_by_code(small.code)
    assert queries(lambda: framework_data(row)) == 0
    assert framework_data(small.pk) is framework_data(row)


def test_a_draft_is_read_anew_each_time():
    load_pack(pack=small_pack())
    version = FrameworkVersion.objects.get(code="xx-small-1")
    FrameworkVersion.objects.filter(pk=version.pk).update(status="retired")
    copy = FrameworkVersion.objects.create(
        framework=version.framework,
        code="copy",
        title=text("Copy"),
        valid_from=version.valid_from,
        legal=version.legal,
        rule={"kind": "conditions", "results": [{"result": "N", "conditions": [{"kind": "always"}]}]},
        provenance=version.provenance,
    )
    level = Level.objects.create(version=copy, code="N", position=1, name=text("Old"))
    assert framework_data(copy.pk).level("N").name == text("Old")
    Level.objects.filter(pk=level.pk).update(name=text("New"))
    assert framework_data(copy.pk).level("N").name == text("New")


def test_ids_lead_to_the_same_things_as_codes(small):
    data = framework_data(small.pk)
    row = Criterion.objects.get(version=small, code="A2")
    assert data.criterion_by_id(row.pk) is data.criterion("A2")
    with pytest.raises(FrameworkVersion.DoesNotExist):
        framework_data(10**9)


def test_published_versions_stand_by_framework_the_newest_first():
    call_command("load_packs", verbosity=0)
    assert [v.code for v in published_versions()] == [
        "ru-01.001-2013",
        "ru-deficit-diagnostic",
        "th-khurusapha-2019",
        "th-obec-2010",
        "th-otepc-pa-w9-2564",
        TT14,
        "vn-nd233-2026",
        "vn-nd90-2020",
        TT20,
    ]


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("vi", [TT14, "vn-nd233-2026", "vn-nd90-2020", TT20, "ru-01.001-2013"]),
        ("th", ["th-khurusapha-2019", "th-obec-2010", "th-otepc-pa-w9-2564", TT14, "vn-nd233-2026"]),
        ("en", [TT14, "vn-nd233-2026", "vn-nd90-2020", TT20, "ru-01.001-2013"]),
    ],
)
def test_to_choose_from_those_of_the_readers_country_in_force_come_first(language, first):
    call_command("load_packs", verbosity=0)
    with override(language):
        assert [version.code for version in reader_first(published_versions())][:5] == first


def test_the_list_of_frameworks_costs_two_queries():
    load_pack(pack=SHIPPED[TT20])
    assert queries(frameworks_with_versions) == 2
    load_pack(pack=SHIPPED[TT14])
    load_pack(pack=small_pack())
    assert queries(frameworks_with_versions) == 2
    assert [f.code for f in frameworks_with_versions()] == ["vn-teacher", "xx-small", "vn-principal"]


def test_load_packs_may_be_repeated_and_says_what_it_did(capsys):
    call_command("load_packs")
    call_command("load_packs")
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{code}: {what}" for what in ("published", "unchanged") for code in SHIPPED]


def test_load_packs_refuses_bad_packs_and_takes_the_good_ones(tmp_path, capsys):
    for name, content in {"a.json": "{", "schema.json": "{}"}.items():
        (tmp_path / name).write_text(content)
    good = (PACKS_DIR / f"{TT20}.json").read_text(encoding="utf-8")
    (tmp_path / "b.json").write_text(good, encoding="utf-8")
    (tmp_path / "c.json").write_text(good.replace('"level": "T"', '"level": "Z"'), encoding="utf-8")
    with pytest.raises(CommandError, match="2 of 3 packs were refused"):
        call_command("load_packs", dir=tmp_path)
    said = capsys.readouterr()
    assert said.out == f"{TT20}: published\n"
    assert "a.json is not valid JSON" in said.err
    assert "rule.results[0].conditions[1].level: There is no level “Z”." in said.err


def test_changed_shipped_packs_are_refused_with_a_sentence():
    load_pack(pack=SHIPPED[TT20])
    pack = shipped(TT20)
    pack["standards"][0]["criteria"][0]["descriptors"]["T"]["vi"] += "!"
    with pytest.raises(PackRefused, match=f"“{TT20}” is published and this pack says something else"):
        load_pack(pack=pack)
