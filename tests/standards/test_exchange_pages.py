"""Frameworks as files in the browser: upload, preview, draft; downloads; who may."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from standards.actions import load_pack
from standards.actions.uploads import forget_uploads, upload_framework
from standards.enums import DraftOrigin
from standards.exchange.writing import workbook_of
from standards.models import Draft, FrameworkVersion, Upload
from standards.pack_files import fingerprint
from standards.tasks import forget_uploads as forget_at_night
from tests.factories.people import people_world
from tests.standards.packs import SHIPPED, TT20, shipped, small_pack
from tests.standards.test_exchange_workbook import cell, opened, saved

pytestmark = pytest.mark.django_db
IMPORT = reverse("standards:import")


@pytest.fixture
def world():
    w = people_world()
    w.version, _what = load_pack(pack=shipped(TT20))
    return w


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


def as_json(pack) -> bytes:
    return json.dumps(pack, ensure_ascii=False).encode()


def send(client, content: bytes, name: str = "khung.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def text(response) -> str:
    return response.content.decode()


def changed_workbook() -> bytes:
    """Circular 20 with another code, one criterion reworded, one with a new code, one added."""
    pack = shipped(TT20)
    book = opened(workbook_of(pack | {"vectors": []}))
    about = next(row for row in book["About"].iter_rows(min_row=4) if row[0].value == "code")
    about[2].value = "vn-tt20-moi"
    cell(book, "Criteria", "criterion.name.vi").value = "Đạo đức nhà giáo (mới)"
    cell(book, "Criteria", "criterion.code", 5).value = "TC02b"
    page = book["Criteria"]
    page.append(["S1", "TC16", 16, "", "Tiêu chí thêm", "An added criterion"])
    return saved(book)


# --- in ---------------------------------------------------------------------------------------------------------------


def test_a_workbook_is_shown_first_and_becomes_a_draft_that_remembers_where_it_came_from(officer, world):
    response = send(officer, changed_workbook())
    upload = Upload.objects.get()
    assert response.url == reverse("standards:import_detail", args=[upload.pk])
    assert not Draft.objects.exists()
    page = text(officer.get(response.url))
    assert "Đạo đức nhà giáo (mới)" in page
    assert "An added criterion" in page
    assert f"Compared with Circular 20/2018/TT-BGDĐT ({TT20})" in page
    assert "A published version has this code" not in page
    only_new = text(officer.get(response.url + "?show=new"))
    assert "An added criterion" in only_new
    assert "Đạo đức nhà giáo (mới)" not in only_new

    done = officer.post(response.url)
    draft = Draft.objects.get()
    assert done.url == reverse("standards:draft", args=[draft.pk])
    assert (draft.origin, draft.based_on, draft.code) == (DraftOrigin.WORKBOOK, world.version, "vn-tt20-moi")
    assert not Upload.objects.exists(), "forgotten once decided"
    criteria = {c["code"]: c for c in draft.content["standards"][0]["criteria"]}
    assert len(criteria["TC01"]["origins"]) == 1
    assert len(criteria["TC02b"]["origins"]) == 1, "the renamed one still comes from somewhere"
    assert not criteria["TC16"].get("origins")
    assert len({criteria[code]["id"] for code in criteria}) == len(criteria)
    assert FrameworkVersion.objects.count() == 1, "publishing is the editor's"


def test_a_published_code_needs_another_one(officer, world):
    url = send(officer, as_json(SHIPPED[TT20]), "goi.json").url
    page = text(officer.get(url))
    assert "This file says exactly what the published version says." in page
    assert "Code of the coming version" in page
    for code, sentence in (
        ("", "This field is required"),
        ("a b", "A code has 1 to 40"),
        (TT20, "There is already a version"),
    ):
        refused = officer.post(url, {"code": code})
        assert refused.status_code == 200
        assert sentence in text(refused)
    assert officer.post(url, {"code": "vn-tt20-2030"}).status_code == 302
    draft = Draft.objects.get()
    assert draft.code == "vn-tt20-2030"
    assert draft.origin == DraftOrigin.PACK
    assert all(c.get("origins") for s in draft.content["standards"] for c in s.get("criteria", ()))


def test_a_new_framework_is_compared_with_nothing(officer):
    url = send(officer, as_json(small_pack()), "moi.json").url
    assert "everything is new" in text(officer.get(url))
    officer.post(url)
    assert fingerprint(without_ids(Draft.objects.get().content)) == fingerprint(small_pack())


def without_ids(value):
    if isinstance(value, dict):
        return {name: without_ids(item) for name, item in value.items() if name not in ("id", "origins")}
    return [without_ids(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("spoil", "place", "sentence"),
    [
        (lambda p: p["rule"]["results"][0]["conditions"][0].update(share="3/2"), "rule.results[0]", "3/2"),
        (
            lambda p: p["rule"]["results"][0]["conditions"].append(
                {"kind": "named_at_least", "criteria": ["X"], "level": "Y"}
            ),
            "rule.results[0].conditions[1]",
            "“X”",
        ),
        (lambda p: p["standards"][0]["criteria"][0].update(code="A2"), "code", "used twice"),
        (lambda p: p["rule"]["results"][0].update(result="Z"), "rule.results[0].result", "“Z”"),
        (lambda p: p["vectors"][0].update(expected="N"), "vectors[0]", "not N as expected"),
    ],
)
def test_bad_packs_are_refused_with_the_place_and_a_sentence(officer, spoil, place, sentence):
    pack = small_pack()
    spoil(pack)
    response = send(officer, as_json(pack), "sai.json")
    page = text(officer.get(response.url))
    assert place in page
    assert sentence in page
    assert "Nothing was taken over" in page
    assert officer.post(response.url).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel format"),
        (b"PK\x03\x04nothing", "damaged"),
        (b"STT,Ten\n1,An", "no workbook"),
        (b"{", "not valid JSON"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"x": "\xff"}', "not valid JSON"),
        (b"x" * (20 * 1024 * 1024 - 5000), "no workbook"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(officer, content, sentence):
    response = send(officer, content)
    assert response.status_code == 200
    assert sentence in text(response)
    assert not Upload.objects.exists()


def test_fifty_megabytes_are_let_go_of_with_a_sentence(officer, monkeypatch):
    monkeypatch.setattr("files.upload_handlers.MAX_BYTES", 50_000)
    assert "larger than 20 MB" in text(send(officer, b"{" + b" " * 60_000))


def test_a_workbook_of_something_else(officer):
    book = openpyxl.Workbook()
    book.active.append(["STT", "Họ và tên"])
    assert "Begin with the template" in text(send(officer, saved(book)))


def test_problems_of_a_workbook_name_sheet_and_cell(officer):
    book = opened(workbook_of(small_pack()))
    cell(book, "Criteria", "criterion.standard").value = "S9"
    response = send(officer, saved(book), "sai.xlsx")
    page = text(officer.get(response.url))
    assert "A4" in page
    assert "There is no standard “S9”" in page


def test_case_packages_are_recognised_by_content(officer):
    package = {
        "CFDocument": {"identifier": "6f1f5a52-0000-4000-8000-000000000001", "title": "Somewhere", "creator": "Them"},
        "CFItems": [
            {"identifier": f"6f1f5a52-0000-4000-8000-00000000001{n}", "fullStatement": f"Statement {n}"}
            for n in range(3)
        ],
        "CFAssociations": [],
    }
    response = send(officer, as_json(package), "package.json")
    upload = Upload.objects.get()
    assert upload.kind == DraftOrigin.CASE
    assert officer.get(response.url).status_code == 200


def test_what_nobody_decides_is_forgotten(officer, world):
    send(officer, as_json(small_pack()))
    old = Upload.objects.get()
    Upload.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert officer.get(reverse("standards:import_detail", args=[old.pk])).status_code == 404
    forget_at_night()
    assert not Upload.objects.exists()
    assert forget_uploads() == 0


def test_a_file_is_decided_once_and_may_be_forgotten(officer):
    url = send(officer, as_json(small_pack())).url
    officer.post(reverse("standards:import_discard", args=[Upload.objects.get().pk]))
    assert officer.get(url).status_code == 404
    assert not Draft.objects.exists()


def test_uploads_are_their_owners_alone(client, world):
    upload = upload_framework(by=world.officer, name="a.json", content=as_json(small_pack()))
    client.force_login(world.administrator)
    assert client.get(reverse("standards:import_detail", args=[upload.pk])).status_code == 404
    for who in ("teacher", "head", "supervisor"):
        client.force_login(getattr(world, who))
        assert client.get(IMPORT).status_code == 403
        assert client.post(IMPORT, {}).status_code == 403


def test_names_with_paths_and_tricks_are_cleaned(officer):
    send(officer, as_json(small_pack()), "x\u202excslx.exe\u0000.json")
    assert "\u202e" not in Upload.objects.get().name


# --- out --------------------------------------------------------------------------------------------------------------


def test_anybody_downloads_a_published_version(client, world):
    response = client.get(reverse("standards:version_pack", args=[TT20]))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{TT20}.json"'
    assert fingerprint(json.loads(response.content)) == world.version.fingerprint
    book = client.get(reverse("standards:version_workbook", args=[TT20]))
    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames
    for answer, name in ((response, "version_pack"), (book, "version_workbook")):
        again = client.get(reverse(f"standards:{name}", args=[TT20]), headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert client.get(reverse(f"standards:{name}", args=["nothing"])).status_code == 404


def test_the_mark_of_a_workbook_changes_with_the_language_and_the_ending(client, world):
    url = reverse("standards:version_workbook", args=[TT20])
    english = client.get(url, headers={"Accept-Language": "en"}).headers["ETag"]
    assert client.get(url, headers={"Accept-Language": "vi"}).headers["ETag"] != english
    world.version.valid_to = timezone.localdate()
    world.version.save()
    assert client.get(url, headers={"Accept-Language": "en"}).headers["ETag"] != english


def test_a_downloaded_workbook_uploaded_as_it_is_says_the_same(officer, world):
    content = officer.get(reverse("standards:version_workbook", args=[TT20])).content
    page = text(officer.get(send(officer, content).url))
    assert "This file says exactly what the published version says." in page


def test_drafts_are_downloaded_by_those_who_draft(officer, client, world):
    send(officer, as_json(small_pack()))
    officer.post(reverse("standards:import_detail", args=[Upload.objects.get().pk]))
    draft = Draft.objects.get()
    pack = officer.get(reverse("standards:draft_pack", args=[draft.pk]))
    assert json.loads(pack.content) == draft.content
    book = officer.get(reverse("standards:draft_workbook", args=[draft.pk]))
    assert "no-store" in book.headers["Cache-Control"]
    assert book.headers["X-Content-Type-Options"] == "nosniff"
    client.force_login(world.teacher)
    for name in ("draft_pack", "draft_workbook"):
        assert client.get(reverse(f"standards:{name}", args=[draft.pk])).status_code == 404


def test_the_template_has_the_chosen_languages_and_levels(officer):
    response = officer.get(reverse("standards:workbook_template"), {"languages": ["th", "en"], "levels": TT20})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    codes = [one.value for one in book["Criteria"][3]]
    assert "criterion.name.th" in codes
    assert "criterion.descriptors.T.en" in codes
    assert not any(code.endswith(".vi") for code in codes)
    nothing = officer.get(reverse("standards:workbook_template"), {"languages": ["xx"]})
    assert nothing.status_code == 200, "a strange wish gets the usual template"


def test_the_preview_asks_the_same_for_few_and_many(officer, world, django_assert_max_num_queries):
    small = send(officer, as_json(small_pack())).url
    pack = small_pack("xx-large-1")
    pack["standards"][0]["criteria"] += [
        {"code": f"B{n}", "number": 10 + n, "name": {"vi": f"Tiêu chí {n}"}} for n in range(400)
    ]
    pack["vectors"] = []
    large = send(officer, as_json(pack)).url
    for url in (small, large):
        with django_assert_max_num_queries(16):
            assert officer.get(url).status_code == 200
