"""An office takes a regulation up with a workbook: downloaded, changed, refused with the cell, corrected, a draft."""

import io
import json
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from core.spreadsheets import XLSX
from standards.models import Draft, Upload
from tests.factories.evaluations import tt20
from tests.factories.people import people_world
from tests.standards.packs import TT20, small_pack

pytestmark = pytest.mark.e2e
CODES = 3  # the hidden row of machine codes
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world():
    w = people_world()
    tt20()
    return w


def cell(book: openpyxl.Workbook, sheet: str, code: str, row: int = CODES + 1):
    page = book[sheet]
    return page.cell(row, next(one.column for one in page[CODES] if one.value == code))


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def choose(page, content: bytes, name: str, kind: str = XLSX) -> None:
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Upload and show the preview").click()


def test_a_workbook_goes_out_is_changed_refused_corrected_and_becomes_a_draft(page, as_user, live_server, axe, world):
    page.goto(f"{live_server.url}/standards/{TT20}/")
    with page.expect_download() as caught:
        page.get_by_role("link", name=re.compile("Workbook")).click()  # nobody has signed in: it is law
    assert caught.value.suggested_filename == f"{TT20}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(caught.value.path().read_bytes()))

    as_user(page, world.officer)
    page.goto(f"{live_server.url}/standards/import/")
    axe(page)
    page.get_by_role("button", name="Upload and show the preview").click()
    expect(page.get_by_role("alert")).to_be_focused()

    about = next(row for row in book["About"].iter_rows(min_row=CODES + 1) if row[0].value == "code")
    about[2].value = "vn-mau-2027"
    cell(book, "Criteria", "criterion.name.en").value = "Ethics of teachers"
    cell(book, "Criteria", "criterion.key", 5).value = "perhaps"
    choose(page, saved(book), "mau-2027.xlsx")
    expect(page.get_by_role("heading", level=1)).to_have_text("The file has problems")
    expect(page.get_by_role("row", name=re.compile("Criteria, D5"))).to_contain_text("Write yes or no, not “perhaps”.")
    axe(page)
    assert not Draft.objects.exists()

    page.get_by_role("link", name="Upload a corrected file").click()
    expect(page.get_by_role("row", name=re.compile("mau-2027.xlsx"))).to_contain_text("Has problems")
    cell(book, "Criteria", "criterion.key", 5).value = "x"
    choose(page, saved(book), "mau-2027.xlsx")
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    changed = page.get_by_role("row", name=re.compile("Ethics of teachers"))
    expect(changed).to_contain_text("Changed")
    expect(changed.locator("del")).to_contain_text("Teacher ethics")
    expect(page.get_by_role("row", name=re.compile("TC02"))).to_contain_text("Key criterion")
    expect(page.get_by_role("row", name=re.compile("TC03"))).to_have_count(0)
    axe(page)
    page.get_by_role("navigation", name="Parts by what happens to them").get_by_role(
        "link", name=re.compile("^All")
    ).click()
    expect(page.get_by_role("row", name=re.compile("TC03"))).to_contain_text("Unchanged")

    page.get_by_role("button", name="Make it a draft").click()
    expect(page.get_by_text("The draft is made.")).to_be_visible()
    draft = Draft.objects.get()
    assert draft.code == "vn-mau-2027"
    assert f"/standards/drafts/{draft.pk}/" in page.url
    axe(page)
    assert Upload.objects.filter(problems=[]).count() == 0


def test_a_pack_file_on_a_telephone(phone, as_user, live_server, axe, world):
    as_user(phone, world.administrator)
    phone.goto(f"{live_server.url}/standards/import/")
    assert phone.evaluate(WIDTH) <= 0
    pack = small_pack()
    pack["rule"]["results"][0]["conditions"][0]["share"] = "3/2"
    choose(phone, json.dumps(pack).encode(), "goi.json", "application/json")
    expect(phone.get_by_text("rule.results[0].conditions[0]", exact=False)).to_be_visible()
    assert phone.evaluate(WIDTH) <= 0
    axe(phone)
    phone.get_by_role("button", name="Forget this file").click()
    expect(phone.get_by_text("The file is forgotten.")).to_be_visible()
    choose(phone, json.dumps(small_pack()).encode(), "goi.json", "application/json")
    expect(phone.get_by_text("everything is new")).to_be_visible()
    assert phone.evaluate(WIDTH) <= 0
    axe(phone)
    phone.get_by_role("button", name="Make it a draft").click()
    expect(phone.get_by_text("The draft is made.")).to_be_visible()


def test_the_empty_workbook_has_the_chosen_columns(page, as_user, live_server, world):
    as_user(page, world.officer)
    page.goto(f"{live_server.url}/standards/import/")
    page.get_by_label("Vietnamese").check()
    page.get_by_label("Thai").check()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download an empty workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(caught.value.path().read_bytes()))
    codes = {one.value for one in book["Criteria"][CODES]}
    assert {"criterion.name.vi", "criterion.name.en", "criterion.name.th", "criterion.descriptors.T.vi"} <= codes
