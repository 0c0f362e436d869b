"""The service at /ims/case/v1p1/: every answer is judged by the official file."""

import json
import re
from datetime import date, timedelta
from uuid import uuid4

import pgtrigger
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from standards.actions import load_pack
from standards.case import answers
from standards.case.importing import read_package
from standards.case.objects import backfill
from standards.enums import Relation, VersionStatus
from standards.models import CaseObject, Criterion, FrameworkVersion, Mapping, MappingLink
from tests.standards.case import makers
from tests.standards.case.oracle import response_problems
from tests.standards.packs import shipped, small_pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_frameworks")]
HOME = "/ims/case/v1p1"
KINDS = {
    "CFDocument": "CFDocuments",
    "CFItem": "CFItems",
    "CFAssociation": "CFAssociations",
    "CFAssociationGrouping": "CFAssociationGroupings",
    "CFConcept": "CFConcepts",
    "CFSubject": "CFSubjects",
    "CFItemType": "CFItemTypes",
    "CFLicense": "CFLicenses",
    "CFRubric": "CFRubrics",
}


def ask(path: str, *, template: str = "", expected: int = 200, client: Client | None = None, **headers):
    """The answer to a path, judged; `template` is the path as the official file writes it."""
    response = (client or Client()).get(HOME + path, headers=headers)
    assert response.status_code == expected, response.content
    assert response["Content-Type"] == "application/json"
    template = template or re.sub(r"^(/\w+)/[^/?]+.*$", r"\1/{sourcedId}", path.split("?", maxsplit=1)[0])
    data = json.loads(response.content)
    assert response_problems(template, expected, data) == []
    return data, response


def minor(data: dict) -> tuple[str, str]:
    (found,) = data["imsx_codeMinor"]["imsx_codeMinorField"]
    return found["imsx_codeMinorFieldName"], found["imsx_codeMinorFieldValue"]


@pytest.fixture
def version() -> FrameworkVersion:
    return load_pack(pack=shipped("vn-tt20-2018"))[0]


@pytest.fixture
def foreign() -> FrameworkVersion:
    reading = read_package(rich())
    return load_pack(pack=reading.pack, case=reading.case)[0]


def rich() -> dict:
    """A package with one definition of every kind and one below it."""
    data = makers.opensalt()
    base = "https://salt.example/ims/case/v1p0"
    definitions = data["CFDefinitions"]
    for kind in ("CFConcepts", "CFSubjects", "CFItemTypes", "CFLicenses", "CFAssociationGroupings"):
        for code in ("7", "7.1", "77"):
            row = makers.link(base, kind, str(uuid4()), f"{kind} {code}")
            definitions[kind].append(row | {"hierarchyCode": code, "licenseText": None, "description": None})
    data["CFRubrics"] = makers.opencase()["CFRubrics"]
    return data


def test_one_object_of_every_kind(version, foreign):
    for kind, path in KINDS.items():
        rows = CaseObject.objects.filter(kind=kind)
        assert rows, kind
        for row in rows.order_by("pk")[:5]:
            data, _response = ask(f"/{path}/{row.identifier}")
            first = data[f"{kind}s"][0] if f"{kind}s" in data else data
            assert first["identifier"] == str(row.identifier)


def test_whole_packages(version, foreign):
    for one, status in ((version, "Deprecated"), (foreign, "Adopted")):
        document = CaseObject.objects.get(version=one, kind="CFDocument")
        data, _response = ask(f"/CFPackages/{document.identifier}")
        assert len(data["CFItems"]) == CaseObject.objects.filter(version=one, kind="CFItem").count()
        assert data["CFDocument"]["adoptionStatus"] == status


def test_the_circular_as_items_and_rubric(version):
    document = CaseObject.objects.get(version=version, kind="CFDocument")
    data, _response = ask(f"/CFPackages/{document.identifier}")
    items = {row["humanCodingScheme"]: row for row in data["CFItems"]}
    assert len(items) == 20
    assert items["TC01"]["fullStatement"] == "Đạo đức nhà giáo"
    assert items["TC01"]["CFItemType"] == "Tiêu chí"
    assert items["TC01"]["uri"] == f"http://testserver/ims/case/v1p1/CFItems/{items['TC01']['identifier']}"
    rows = data["CFRubrics"][0]["CFRubricCriteria"]
    assert len(rows) == 15
    assert [level["quality"] for level in rows[0]["CFRubricCriterionLevels"]] == ["Chưa đạt", "Đạt", "Khá", "Tốt"]
    tree = [row for row in data["CFAssociations"] if row["associationType"] == "isChildOf"]
    assert len(tree) == 20
    (home,) = {row["destinationNodeURI"]["uri"] for row in tree if "CFDocuments" in row["destinationNodeURI"]["uri"]}
    assert home == data["CFDocument"]["uri"]


def test_addresses_are_those_of_the_site(version, settings):
    settings.SITE_URL = "https://chuan.example"
    data, response = ask("/CFDocuments")
    assert data["CFDocuments"][0]["uri"].startswith("https://chuan.example/ims/case/v1p1/CFDocuments/")
    assert "https://chuan.example/ims/case/v1p1/CFDocuments?" in response["Link"]


def test_an_item_with_all_its_associations(version):
    item = CaseObject.objects.get(version=version, kind="CFItem", data__humanCodingScheme="S1")
    data, _response = ask(f"/CFItemAssociations/{item.identifier}")
    assert data["CFItem"]["humanCodingScheme"] == "S1"
    origins = {row["originNodeURI"]["title"] for row in data["CFAssociations"]}
    assert origins == {"S1", "TC01", "TC02"}


def test_definitions_come_with_those_below(foreign):
    row = CaseObject.objects.get(kind="CFConcept", data__hierarchyCode="7")
    data, _response = ask(f"/CFConcepts/{row.identifier}")
    assert [one["hierarchyCode"] for one in data["CFConcepts"]] == ["7", "7.1"]


# --- the list of documents ------------------------------------------------------------------------------------------


def titles(query: str) -> list[str]:
    data, _response = ask(f"/CFDocuments?{query}", template="/CFDocuments")
    return [row["title"] for row in data["CFDocuments"]]


@pytest.fixture
def three() -> None:
    for letter in "BAC":
        pack = small_pack(f"xx-{letter.lower()}") | {"title": {"en": f"Framework {letter}"}}
        pack["framework"] = pack["framework"] | {"code": f"fw-{letter}"}
        load_pack(pack=pack)


def test_pages_of_documents(three):
    data, response = ask("/CFDocuments?limit=1&offset=1&sort=title", template="/CFDocuments")
    assert [row["title"] for row in data["CFDocuments"]] == ["Framework B"]
    assert response["X-Total-Count"] == "3"
    links = dict(re.findall(r'<[^>]*offset=(\d+)>; rel="(\w+)"', response["Link"]))
    assert links == {"0": "prev", "2": "next"} or set(links.values()) >= {"prev", "next"}
    assert "sort=title" in response["Link"]


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("sort=title", "ABC"),
        ("sort=title&orderBy=desc", "CBA"),
        ("sort=title&filter=title='framework b'", "B"),
        ("sort=title&filter=title!='Framework B'", "AC"),
        ("sort=title&filter=title~'work' AND title>'Framework A'", "BC"),
        ("sort=title&filter=title='Framework A' OR title='Framework C'", "AC"),
        ("sort=title&filter=version='1/2020'", "ABC"),
    ],
)
def test_sorted_and_filtered(three, query, letters):
    assert titles(query) == [f"Framework {letter}" for letter in letters]


def test_chosen_fields_come_with_the_required_ones(three):
    data, _response = ask("/CFDocuments?fields=title,version", template="/CFDocuments")
    required = {"identifier", "uri", "creator", "title", "lastChangeDateTime", "CFPackageURI"}
    assert {name for row in data["CFDocuments"] for name in row} == required | {"version"}


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ("limit=0", "limit", "invalid_selection_field"),
        ("limit=x", "limit", "invalid_selection_field"),
        ("offset=-1", "offset", "invalid_selection_field"),
        ("sort=colour", "sort", "invalid_sort_field"),
        ("sort=title&orderBy=up", "orderBy", "invalid_sort_field"),
        ("fields=colour", "fields", "invalid_selection_field"),
        ("filter=colour='red'", "filter", "invalid_selection_field"),
        ("filter=title", "filter", "invalid_selection_field"),
        ("filter=title='a' AND title='b' OR title='c'", "filter", "invalid_selection_field"),
    ],
)
def test_bad_questions(version, query, name, code):
    data, _response = ask(f"/CFDocuments?{query}", template="/CFDocuments", expected=400)
    assert minor(data) == (name, code)


def test_beyond_the_last_page_there_is_nothing(version):
    data, _response = ask("/CFDocuments?offset=50", template="/CFDocuments", expected=404)
    assert minor(data)[1] == "unknownobject"


# --- errors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*KINDS.values(), "CFPackages", "CFItemAssociations"])
def test_unknown_and_malformed_identifiers(path):
    data, _response = ask(f"/{path}/{uuid4()}", expected=404)
    assert minor(data) == ("sourcedId", "unknownobject")
    data, _response = ask(f"/{path}/not-a-uuid", expected=400)
    assert minor(data) == ("sourcedId", "invalid_uuid")


@pytest.mark.parametrize("path", ["/CFAnything", "/CFItems/", "/discovery/x.json"])
def test_addresses_that_case_does_not_know(path):
    data, _response = ask(path, template="/CFItems/{sourcedId}", expected=404)
    assert minor(data)[1] == "unknownobject"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_here_one_only_reads(version, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{HOME}/CFDocuments")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response_problems("/CFDocuments", 405, json.loads(response.content)) == []


def test_too_many_requests_are_told_to_wait(version, monkeypatch):
    monkeypatch.setattr(answers, "A_MINUTE", 2)
    client = Client()
    ask("/CFDocuments", client=client, template="/CFDocuments")
    ask("/CFDocuments", client=client, template="/CFDocuments")
    data, response = ask("/CFDocuments", client=client, template="/CFDocuments", expected=429)
    assert minor(data)[1] == "server_busy"
    assert response["Retry-After"] == "60"


def test_our_own_mistakes_come_in_the_same_form(version, monkeypatch):
    monkeypatch.setattr("standards.case.views.queries.public_documents", lambda: 1 / 0)
    data, _response = ask("/CFDocuments", template="/CFDocuments", expected=500)
    assert minor(data)[1] == "internal_server_error"


# --- what is public, and as of when ---------------------------------------------------------------------------------


def test_drafts_are_nobodys(version):
    pack = small_pack()
    draft, _what = load_pack(pack=pack)
    identifier = str(CaseObject.objects.get(version=draft, kind="CFDocument").identifier)
    ask(f"/CFDocuments/{identifier}")
    with pgtrigger.ignore(
        "standards.FrameworkVersion:keeps_its_text"
    ):  # no road leads back: only to see what is served
        FrameworkVersion.objects.filter(pk=draft.pk).update(status=VersionStatus.DRAFT)
    ask(f"/CFDocuments/{identifier}", expected=404)
    ask(f"/CFPackages/{identifier}", expected=404)


def test_a_retired_version_says_so(version):
    version.status, version.retired_at, version.valid_to = VersionStatus.RETIRED, timezone.now(), date(2026, 4, 13)
    version.save(update_fields=["status", "retired_at", "valid_to"])
    document = CaseObject.objects.get(version=version, kind="CFDocument")
    data, _response = ask(f"/CFDocuments/{document.identifier}")
    assert (data["adoptionStatus"], data["statusEndDate"]) == ("Deprecated", "2026-04-13")


def test_what_is_no_longer_law_says_so_from_its_last_day_on(version):
    document = CaseObject.objects.get(version=version, kind="CFDocument")
    path, seen = f"/CFDocuments/{document.identifier}", []
    for last in (timezone.localdate(), timezone.localdate() - timedelta(days=1)):
        version.valid_to = last
        version.save(update_fields=["valid_to"])
        data, _response = ask(path)
        seen.append((data["adoptionStatus"], data["statusEndDate"] == last.isoformat()))
    assert seen == [("Adopted", True), ("Deprecated", True)]


def test_the_day_of_the_end_is_told_where_only_the_year_of_the_start_is_known():
    decree = load_pack(pack=shipped("vn-nd90-2020"))[0]
    data, _response = ask(f"/CFDocuments/{CaseObject.objects.get(version=decree, kind='CFDocument').identifier}")
    assert "statusStartDate" not in data
    assert (data["adoptionStatus"], data["statusEndDate"]) == ("Deprecated", "2026-06-30")


def test_moments_of_change_are_those_of_publication(version):
    item = CaseObject.objects.filter(kind="CFItem").first()
    first, _response = ask(f"/CFItems/{item.identifier}")
    assert first["lastChangeDateTime"] == version.published_at.isoformat(timespec="seconds")


def test_unchanged_is_not_sent_again(version):
    document = CaseObject.objects.get(version=version, kind="CFDocument")
    for path in ("/CFDocuments", f"/CFDocuments/{document.identifier}", f"/CFPackages/{document.identifier}"):
        tag = Client().get(HOME + path)["ETag"]
        again = Client().get(HOME + path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    assert Client().head(f"{HOME}/CFDocuments").status_code == 200


def test_any_page_of_any_site_may_read(version):
    response = Client().get(f"{HOME}/CFDocuments", headers={"Origin": "https://editor.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "X-Total-Count" in response["Access-Control-Expose-Headers"]


def test_packages_travel_compressed(version):
    document = CaseObject.objects.get(version=version, kind="CFDocument")
    response = Client().get(f"{HOME}/CFPackages/{document.identifier}", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


def test_queries_do_not_grow(three):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(path, template="/CFDocuments" if path == "/CFDocuments" else "")
        return len(captured)

    few, many = (read_package(makers.opensalt(items=n, seed=n)) for n in (12, 400))
    found = []
    for reading in (few, many):
        version = load_pack(pack=reading.pack, case=reading.case)[0]
        item = CaseObject.objects.filter(version=version, kind="CFItem").first()
        document = CaseObject.objects.get(version=version, kind="CFDocument")
        paths = [f"/CFPackages/{document.identifier}", f"/CFItemAssociations/{item.identifier}", "/CFDocuments"]
        found.append([queries(path) for path in paths])
    assert found[0] == found[1]
    assert max(found[0]) <= 5


# --- ties between versions ------------------------------------------------------------------------------------------


@pytest.fixture
def tied(version) -> MappingLink:
    other = load_pack(pack=small_pack())[0]
    source = Criterion.objects.get(version=version, code="TC01")
    target = Criterion.objects.filter(version=other).first()
    mapping = Mapping.objects.create(source=version, target=other)
    return MappingLink.objects.create(
        mapping=mapping, source=source, target=target, relation=Relation.BROADER, note="Rộng hơn"
    )


def test_mappings_are_associations(tied):
    version = tied.mapping.source
    document = CaseObject.objects.get(version=version, kind="CFDocument")
    package, before = ask(f"/CFPackages/{document.identifier}")
    (found,) = [row for row in package["CFAssociations"] if row["associationType"] == "isRelatedTo"]
    assert found["extensions"] == {"chuan": {"relation": "broader"}}
    alone, _response = ask(f"/CFAssociations/{found['identifier']}")
    assert alone["destinationNodeURI"] == found["destinationNodeURI"]
    ask(f"/CFItems/{found['destinationNodeURI']['identifier']}")
    for end in ("originNodeURI", "destinationNodeURI"):
        data, _response = ask(f"/CFItemAssociations/{found[end]['identifier']}")
        assert found["identifier"] in {row["identifier"] for row in data["CFAssociations"]}
    tied.relation = Relation.EXACT
    tied.save()
    tied.mapping.save()
    package, after = ask(f"/CFPackages/{document.identifier}")
    assert [row["associationType"] for row in package["CFAssociations"]][-1] == "exactMatchOf"
    assert before["ETag"] != after["ETag"]


def test_what_came_of_an_item_is_told(version):
    item = CaseObject.objects.get(version=version, kind="CFItem", data__humanCodingScheme="TC01")
    pack = small_pack()
    pack["standards"][0]["origins"] = [str(item.identifier), str(uuid4())]
    load_pack(pack=pack)
    data, _response = ask(f"/CFItemAssociations/{item.identifier}")
    (found,) = [row for row in data["CFAssociations"] if row["associationType"] == "replacedBy"]
    assert found["originNodeURI"]["title"] == "TC01"
    assert found["destinationNodeURI"]["title"] == "A"


def test_versions_of_the_time_before_get_their_objects(version):
    before = list(CaseObject.objects.values_list("kind", "identifier", "data").order_by("position"))
    with pgtrigger.ignore("standards.CaseObject:append_only"):
        CaseObject.objects.all().delete()
    assert backfill() == 1
    assert list(CaseObject.objects.values_list("kind", "identifier", "data").order_by("position")) == before
    assert backfill() == 0
