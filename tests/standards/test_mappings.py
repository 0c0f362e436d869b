"""Mappings between versions: written by those who draft, read by everybody, followed by other apps."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.decisions import Refused
from people.enums import Role
from standards.actions import load_pack
from standards.actions.drafts import clone_version, publish_draft
from standards.actions.mappings import Link, accept_links, create_mapping, remove_mapping, save_links
from standards.models import Mapping
from standards.queries import framework_data
from standards.queries_mappings import links_between, links_of, mapping_between, mappings, mark_of, targets_of
from standards.suggesting import suggestions
from tests.factories.people import ProvinceFactory, SchoolFactory, member
from tests.standards.packs import TT14, TT20, shipped, small_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return member(ProvinceFactory(), Role.OFFICER)


@pytest.fixture
def heads():
    return load_pack(pack=shipped(TT14))[0]


@pytest.fixture
def teachers():
    return load_pack(pack=shipped(TT20))[0]


@pytest.fixture
def mapping(heads, teachers, officer):
    return create_mapping(source=heads, target=teachers, by=officer)


def say(mapping, by, *links, criterion="TC01", seen=None):
    return save_links(
        mapping=mapping, criterion=criterion, links=[Link(criterion, *link) for link in links], by=by, seen=seen
    )


def test_what_is_said_of_a_criterion_is_replaced_as_a_whole(mapping, officer, heads, teachers):
    say(mapping, officer, ("TC01", "related", " Cùng về đạo đức "), ("TC02", "narrower"))
    say(mapping, officer, ("TC14", "exact"), criterion="TC17")
    assert targets_of(heads, teachers) == {
        "TC01": [("TC01", "related"), ("TC02", "narrower")],
        "TC17": [("TC14", "exact")],
    }
    assert links_of(mapping).first().note == "Cùng về đạo đức"
    say(mapping, officer, ("TC02", "exact"))
    say(mapping, officer, criterion="TC17")
    assert targets_of(heads.pk, teachers.pk) == {"TC01": [("TC02", "exact")]}
    assert links_between(teachers, heads) == {"TC02": ["TC01"]}
    assert targets_of(teachers, heads) == {}


def test_a_second_writer_does_not_overwrite_the_first(mapping, officer):
    seen = mark_of([])
    say(mapping, officer, ("TC01", "related"), seen=seen)
    with pytest.raises(Refused, match="Somebody else"):
        say(mapping, officer, ("TC05", "exact"), seen=seen)
    now = mark_of(link for link in links_of(mapping))
    say(mapping, officer, ("TC05", "exact"), seen=now)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (("TC99", "exact"), "no such criterion"),
        (("TC01", "alike"), "how the two criteria"),
        (("TC01", "exact", "x" * 2001), "notes of 2000"),
    ],
)
def test_impossible_links_are_refused(mapping, officer, link, sentence):
    with pytest.raises(Refused, match=sentence):
        say(mapping, officer, link)
    with pytest.raises(Refused, match="no such criterion"):
        say(mapping, officer, ("TC01", "exact"), criterion="TC77")
    assert not mapping.links.exists()


def test_there_is_one_mapping_between_two_published_versions(mapping, heads, teachers, officer):
    assert create_mapping(source=heads, target=teachers, by=officer) == mapping == Mapping.objects.get()
    with pytest.raises(Refused, match="two different"):
        create_mapping(source=heads, target=heads, by=officer)
    assert mapping_between(TT14, TT20) == mapping
    assert mapping_between(TT20, TT14) is None
    assert [row.count for row in mappings()] == [0]
    remove_mapping(mapping=mapping, by=officer)
    assert not Mapping.objects.exists()


def test_only_those_who_draft_write(mapping, heads, teachers):
    head = member(SchoolFactory(), Role.HEAD)
    for act in (
        lambda: say(mapping, head, ("TC01", "exact")),
        lambda: create_mapping(source=teachers, target=heads, by=head),
        lambda: accept_links(mapping=mapping, links=[], by=head),
        lambda: remove_mapping(mapping=mapping, by=head),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_accepted_proposals_do_not_touch_what_was_said(mapping, officer, heads, teachers):
    say(mapping, officer, ("TC02", "related"))
    links = [Link("TC01", "TC01", "exact"), Link("TC17", "TC14", "related"), Link("TC17", "TC15", "related")]
    assert accept_links(mapping=mapping, links=links, by=officer) == 2
    assert targets_of(heads, teachers) == {
        "TC01": [("TC02", "related")],
        "TC17": [("TC14", "related"), ("TC15", "related")],
    }


def test_proposals_come_from_origins_codes_and_words(teachers, heads, officer):
    version = publish_draft(
        draft=clone_version(by=officer, version=teachers, code="vn-next"), by=officer, valid_from=date(2027, 1, 1)
    )
    found = suggestions(framework_data(teachers), framework_data(version))
    assert [(s.source.code, s.target.code, s.relation, s.why) for s in found][:2] == [
        ("TC01", "TC01", "exact", "origin"),
        ("TC02", "TC02", "exact", "origin"),
    ]
    assert len(found) == 15
    by_words = suggestions(framework_data(heads), framework_data(teachers), told={"TC01"})
    assert {s.why for s in by_words} == {"name", "code"}
    assert all(s.relation == "related" or s.source.name == s.target.name for s in by_words)
    assert "TC01" not in {s.source.code for s in by_words}
    languages = next(s for s in by_words if s.source.code == "TC17")
    assert languages.target.code == "TC14"  # both are about foreign languages


def test_versions_of_one_framework_without_origins_go_by_code(officer):
    one, two = (load_pack(pack=small_pack(code))[0] for code in ("xx-small-1", "xx-small-2"))
    found = suggestions(framework_data(one), framework_data(two))
    assert [(s.source.code, s.target.code, s.relation, s.why) for s in found] == [
        (code, code, "exact", "code") for code in ("A1", "A2", "A3")
    ]


def test_the_list_costs_the_same_however_long(mapping, officer, teachers, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(mappings())
    for place in range(3):
        other = load_pack(pack=small_pack(f"xx-{place}"))[0]
        create_mapping(source=other, target=teachers, by=officer)
    with django_assert_num_queries(1):
        assert len(mappings()) == 4
