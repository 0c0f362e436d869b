"""Attack x refusal: frameworks. Addresses and files that a database cannot keep, a draft changed behind a back."""

import json
import tracemalloc
from datetime import date
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.decisions import Refused
from people.enums import Role
from standards.actions import load_pack, uploads
from standards.actions.drafts import change_draft, clone_version, publish_draft
from standards.drafting import StepRefused, apply
from standards.models import Draft, FrameworkVersion, Upload
from standards.packs_check import check
from tests.factories.people import CommuneFactory, ProvinceFactory, member
from tests.standards.packs import TT20, shipped

pytestmark = pytest.mark.django_db
NUL = "%00"
ITEM = "6c8a3f20-0000-4000-8000-00000000000"


@pytest.fixture
def version():
    return load_pack(pack=shipped(TT20))[0]


@pytest.fixture
def province():
    return ProvinceFactory()


@pytest.fixture
def chief(province):
    return member(province, Role.OFFICER)


@pytest.fixture
def officer(province):
    return member(CommuneFactory(parent=province), Role.OFFICER)


@pytest.fixture
def draft(version, officer):
    return clone_version(by=officer, version=version, code="vn-thu-2027")


@pytest.mark.parametrize(
    "address",
    [
        f"{NUL}/",
        f"{NUL}/TC01/",
        f"{NUL}/pack/",
        f"{NUL}/workbook/",
        f"{TT20}/{NUL}/",
        f"mappings/{NUL}/x/",
        f"mappings/{TT20}/{NUL}/",
        f"mappings/{TT20}/{NUL}/download/",
        f"compare/?from={NUL}",
        f"compare/?from={TT20}&to={NUL}",
        f"compare/?from=draft:{NUL}",
    ],
)
def test_an_address_with_a_nul_leads_nowhere(client, version, address):
    assert client.get(f"/standards/{address}").status_code == 404


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1e99999999999", "NaN", "1" * 5000])
def test_a_package_with_a_number_that_nothing_can_keep_is_refused(client, officer, number):
    client.force_login(officer)
    item = {"identifier": f"{ITEM}2", "fullStatement": "One", "extensions": {"x": "@"}}
    document = {"identifier": f"{ITEM}1", "title": "T", "creator": "C"}
    package = json.dumps({"CFDocument": document, "CFItems": [item], "CFAssociations": []}).replace('"@"', number)
    page = client.post(reverse("standards:import"), {"file": SimpleUploadedFile("x.json", package.encode())})
    if page.status_code == 302:  # read, and refused with a sentence
        assert Upload.objects.get().problems
    assert client.post(page.headers.get("Location", "/standards/import/")).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("field", ["vectors.²", f"vectors.{'9' * 5000}", "vectors.٣", "vectors.-1", "vectors.99"])
def test_a_place_that_is_no_number_is_no_place(client, draft, officer, field):
    for step in ({"do": "set", "value": {"why": "x"}}, {"do": "remove"}):
        with pytest.raises(StepRefused):
            apply(draft.content, {"node": "", "field": field, **step})
    client.force_login(officer)
    address = f"/standards/drafts/{draft.pk}/save/pack/{quote(field)}/"
    answer = client.post(address, {"value": "x"}, content_type="application/json")
    assert answer.status_code in (409, 422)


def test_a_draft_is_not_published_with_what_the_publisher_has_not_seen(client, draft, officer, chief):
    """The officer of a commune changes a word between the last look of the province and its click."""
    client.force_login(chief)
    address = reverse("standards:draft_publish", args=[draft.pk])
    assert f'name="seen" value="{draft.revision}"' in client.get(address).content.decode()
    step = {
        "do": "set",
        "node": "",
        "field": "audience.en",
        "value": "Others",
        "before": draft.content["audience"]["en"],
    }
    change_draft(draft_id=draft.pk, by=officer, step=step)
    with pytest.raises(Refused, match="changed after you opened"):
        publish_draft(draft=draft, by=chief, valid_from=date(2027, 1, 1), seen=draft.revision)
    answer = client.post(address, {"valid_from": "2027-01-01", "seen": draft.revision})
    assert answer.status_code == 409
    assert not FrameworkVersion.objects.filter(code="vn-thu-2027").exists()
    assert f'name="seen" value="{draft.revision + 1}"' in answer.content.decode()
    assert client.post(address, {"valid_from": "2027-01-01", "seen": draft.revision + 1}).status_code == 302


def test_one_person_has_so_many_files_read_in_an_hour(client, officer, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_PER_HOUR", 2)
    client.force_login(officer)
    for status in (302, 302, 200):
        content = SimpleUploadedFile("x.json", json.dumps(shipped(TT20)).encode())
        answer = client.post(reverse("standards:import"), {"file": content})
        assert answer.status_code == status
    assert Upload.objects.count() == 2


def test_what_is_checked_of_a_pack_is_not_kept_in_memory():
    """A pack of 16 MB with a list of whole numbers took more than a gigabyte."""
    pack = {"standards": [], "x": [1] * 200_000 + [""] * 200_000}
    tracemalloc.start()
    assert check(pack)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1_000_000
