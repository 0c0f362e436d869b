"""Pages of comparing, mapping and retiring: what they show, to whom, and what they do."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.enums import Role
from standards.actions import load_pack
from standards.actions.drafts import change_draft, clone_version, publish_draft
from standards.actions.mappings import Link, create_mapping, save_links
from standards.drafting import Tree
from standards.enums import VersionStatus
from standards.queries_mappings import targets_of
from tests.factories.people import SchoolFactory, member
from tests.standards.packs import TT14, TT20, shipped

pytestmark = pytest.mark.django_db
COMPARE, MAPPINGS = reverse("standards:compare"), reverse("standards:mappings")


@pytest.fixture
def teachers():
    return load_pack(pack=shipped(TT20))[0]


@pytest.fixture
def heads():
    return load_pack(pack=shipped(TT14))[0]


@pytest.fixture
def draft(teachers, officer):
    draft = clone_version(by=officer, version=teachers, code="vn-next")
    nodes = {node.code: node for node in Tree(draft.content).of("criterion")}
    name = nodes["TC05"].data["name"]["vi"]
    steps = [
        {"do": "set", "node": nodes["TC05"].id, "field": "name.vi", "value": f"{name} số", "before": name},
        {"do": "split", "node": nodes["TC06"].id},
    ]
    for step in steps:
        draft = change_draft(draft_id=draft.pk, by=officer, step=step).draft
    return draft


@pytest.fixture
def published(draft, chief):
    return publish_draft(draft=draft, by=chief, valid_from=date(2027, 1, 1))


@pytest.fixture
def mapping(heads, teachers, officer):
    mapping = create_mapping(source=heads, target=teachers, by=officer)
    save_links(mapping=mapping, criterion="TC01", links=[Link("TC01", "TC01", "related", "=cmd")], by=officer)
    return mapping


def page(client, url, **data):
    response = client.get(url, data)
    assert response.status_code == 200
    return response.content.decode()


# --- comparing --------------------------------------------------------------------------------------------------------


def test_anybody_compares_published_versions(client, published):
    text = page(client, COMPARE, **{"from": TT20, "to": "vn-next"})
    assert "<ins> số</ins>" in text
    assert "TC16" in text
    only = page(client, COMPARE, **{"from": TT20, "to": "vn-next", "show": "split"})
    assert "<ins> số</ins>" not in only
    everything = page(client, COMPARE, **{"from": TT20, "to": "vn-next", "show": "all"})
    assert "TC09" in everything
    assert "TC09" not in text


def test_a_draft_is_compared_by_those_who_draft_alone(client, draft, officer, province):
    asked = {"from": TT20, "to": f"draft:{draft.pk}"}
    assert client.get(COMPARE, asked).status_code == 404
    client.force_login(member(SchoolFactory(parent=province), Role.HEAD))
    assert client.get(COMPARE, asked).status_code == 404
    client.force_login(officer)
    assert "<ins> số</ins>" in page(client, COMPARE, **asked)
    assert client.get(COMPARE, asked | {"to": "draft:nonsense"}).status_code == 404


def test_a_draft_that_is_no_tree_yet_says_so(client, draft, officer):
    rule = draft.content["rule"]
    step = {"do": "set", "node": "", "field": "rule", "value": {"kind": "?"}, "before": rule}
    change_draft(draft_id=draft.pk, by=officer, step=step)
    client.force_login(officer)
    text = page(client, COMPARE, **{"from": TT20, "to": f"draft:{draft.pk}"})
    assert f'href="{reverse("standards:draft", args=[draft.pk])}"' in text


def test_nothing_chosen_wrong_words_and_the_same_twice(client, teachers):
    assert "compare-form" in page(client, COMPARE)
    assert "compare-form" in page(client, COMPARE, **{"from": TT20})
    assert client.get(COMPARE, {"from": TT20, "to": "none"}).status_code == 404
    assert 'class="empty"' in page(client, COMPARE, **{"from": TT20, "to": TT20, "show": "<script>", "page": "x"})


def test_two_frameworks_are_compared_by_their_mapping(client, mapping):
    text = page(client, COMPARE, **{"from": TT14, "to": TT20, "show": "reworded"})
    assert "TC01" in text
    assert "In force from" in text
    assert "as the text says" not in text, "the same day is said once"


# --- mappings ---------------------------------------------------------------------------------------------------------


def urls(*more):
    return reverse("standards:mapping", args=[TT14, TT20]), *(
        reverse(f"standards:mapping_{name}", args=[TT14, TT20]) for name in more
    )


def test_anybody_reads_mappings(client, mapping):
    own, download = urls("download")
    assert own in page(client, MAPPINGS)
    text = page(client, own)
    assert "=cmd" in text
    assert reverse("standards:mapping_edit", args=[TT14, TT20]) not in text
    response = client.get(download)
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[1][0] == rows[1][3] == "TC01"
    assert rows[1][5] == "'=cmd"  # no spreadsheet takes it for a formula
    assert load_workbook(io.BytesIO(response.content)).active["F2"].data_type == "s"
    assert len(rows) == 1 + 18 + 14
    assert client.get(reverse("standards:mapping", args=[TT20, TT14])).status_code == 404


def test_a_mapping_is_begun_and_proposals_accepted(client, heads, teachers, officer):
    assert client.post(MAPPINGS, {"source": TT14, "target": TT20}).status_code == 302  # to sign in
    client.force_login(officer)
    assert client.post(MAPPINGS, {"source": TT14, "target": TT14}).status_code == 200
    response = client.post(MAPPINGS, {"source": TT14, "target": TT20})
    (_own, edit) = urls("edit")
    assert response.url == edit
    assert "TC17|TC14|related" in page(client, edit)
    client.post(edit, {"accept": ["TC17|TC14|related"]})
    assert targets_of(heads, teachers) == {"TC17": [("TC14", "related")]}
    for wrong in ("TC17", "TC17|TC99|related", "TC18|TC14|x"):
        assert client.post(edit, {"accept": [wrong]}, follow=True).status_code == 200
    assert targets_of(heads, teachers) == {"TC17": [("TC14", "related")]}


def lines(*rows, **more):
    data = {"link-TOTAL_FORMS": len(rows), "link-INITIAL_FORMS": 0}
    for place, (target, relation, note) in enumerate(rows):
        data |= {f"link-{place}-target": target, f"link-{place}-relation": relation, f"link-{place}-note": note}
    return data | more


def test_one_criterion_after_the_other_is_filled_in(client, mapping, officer, heads, teachers):
    url = reverse("standards:mapping_criterion", args=[TT14, TT20, "TC02"])
    client.force_login(officer)
    assert 'name="seen"' in page(client, url)
    response = client.post(url, lines(("TC02", "broader", "Rộng hơn"), ("", "", ""), next="1"))
    assert response.url == reverse("standards:mapping_criterion", args=[TT14, TT20, "TC03"])
    assert targets_of(heads, teachers)["TC02"] == [("TC02", "broader")]
    for wrong in (
        lines(("TC02", "", "")),
        lines(("", "exact", "")),
        lines(("TC02", "exact", ""), ("TC02", "related", "")),
        lines(("TC99", "exact", "")),
    ):
        response = client.post(url, wrong)
        assert response.status_code == 200
        assert "error-summary" in response.content.decode()
    clash = client.post(url, lines(("TC05", "exact", "Của tôi"), seen="stale"))
    assert clash.status_code == 409
    assert "Của tôi" in clash.content.decode()
    assert targets_of(heads, teachers)["TC02"] == [("TC02", "broader")]
    assert client.get(url.replace("TC02/", "TC99/")).status_code == 404


def test_a_mapping_is_removed_after_asking(client, mapping, officer):
    own, remove = urls("remove")
    client.force_login(officer)
    page(client, remove)
    client.post(remove)
    assert client.get(own).status_code == 404


# --- retiring ---------------------------------------------------------------------------------------------------------


def test_the_tools_are_found_from_the_list_and_from_a_version(client, teachers, officer, chief):
    assert f'href="{COMPARE}"' in page(client, reverse("standards:index"))
    assert f'href="{MAPPINGS}"' in page(client, reverse("standards:index"))
    own, retire = reverse("standards:version", args=[TT20]), reverse("standards:version_retire", args=[TT20])
    assert f'href="{COMPARE}?from={TT20}"' in page(client, own)
    for person, may in ((officer, False), (chief, True)):
        client.force_login(person)
        assert (retire in page(client, own)) is may


def test_retiring_asks_first_and_tells_whom_to_ask(client, teachers, officer, chief, province):
    url = reverse("standards:version_retire", args=[TT20])
    client.force_login(officer)
    assert province.name in page(client, url)
    assert client.post(url).status_code == 403
    client.force_login(chief)
    page(client, url)
    assert client.post(url).status_code == 302
    teachers.refresh_from_db()
    assert teachers.status == VersionStatus.RETIRED
    assert client.post(url).status_code == 409
    assert client.get(url.replace(TT20, "none")).status_code == 404
