"""A school's list as offices keep it: uploaded, looked through, its errors downloaded and corrected, taken over."""

import io
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.spreadsheets import XLSX
from people.models import Membership, RosterImport, User
from tests.factories.people import people_world

pytestmark = pytest.mark.e2e
HEADER = ("STT", "Mã định danh", "Họ và tên", "Ngày sinh", "Tổ chuyên môn", "Chức vụ", "Ghi chú")
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world():
    return people_world()


def messy_roster(w) -> bytes:
    """Titles and merged cells above, groups as lines between people, a footer, letters taken apart, a date that cannot
    be, a formula for a name, somebody twice."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Đội ngũ"
    page.append(["PHÒNG VĂN HÓA - XÃ HỘI"])
    page.append(["DANH SÁCH CÁN BỘ, GIÁO VIÊN NĂM HỌC 2026-2027"])
    page.merge_cells("A2:G2")
    page.append([])
    page.append(list(HEADER))
    page.append(["I. TỔ TOÁN - TIN"])
    page.append([1, w.teacher.person_code, unicodedata.normalize("NFD", w.teacher.full_name), None, "", "Giáo viên"])
    page.append([2, w.colleague.person_code, w.colleague.full_name, date(1985, 7, 3), "", "GV"])
    page.append([3, "0310300901", "  NGUYỄN\u00a0THỊ LAM ", "03/07/1990", "", "giáo viên"])
    page.append([4, "0310300902", "Trịnh Văn Biển", "31/02/1985", "", "Giáo viên"])
    page.append([5, "0310300903", '=HYPERLINK("http://evil.example")', "01/01/1988", "", "Giáo viên"])
    page.append(["II. TỔ NĂNG KHIẾU"])
    page.append([6, "0310300904", "Phan Thị Nhạc", "12/12/1992", "", "Giáo viên"])
    page.append([None, None, "Danh sách này có 6 người"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def choose(page, content: bytes, name: str = "doi-ngu.xlsx") -> None:
    page.get_by_label("Roster", exact=True).set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="Upload and show the preview").click()


def corrected(path: Path) -> bytes:
    """The downloaded workbook of errors with both rows mended, as somebody would do it in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    page = book.active
    titles = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        cells = dict(zip(titles, row, strict=True))
        if cells["Mã định danh"].value == "0310300902":
            cells["Ngày sinh"].value = "28/02/1985"
        else:
            cells["Họ và tên"].value = "Vi Thị Suối"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("who", ["head", "administrator"])
def test_a_messy_roster_is_looked_through_corrected_and_taken_over(
    page, as_user, live_server, axe, world, tmp_path, who
):
    w = world
    as_user(page, getattr(w, who))
    page.goto(f"{live_server.url}/people/units/{w.school.code}/")
    page.get_by_role("link", name=re.compile("Import a roster")).first.click()
    axe(page)
    choose(page, messy_roster(w))

    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of the roster")
    figures = page.locator("dl.figures")
    expect(figures).to_contain_text(re.compile(r"New\s*2.*Changed\s*1.*Unchanged\s*1.*Errors\s*2", re.DOTALL))
    expect(page.get_by_role("row", name=re.compile("Nguyễn Thị Lam"))).to_contain_text("New")
    expect(page.get_by_role("row", name=re.compile(w.colleague.full_name))).to_contain_text("03/07/1985")
    axe(page)
    page.get_by_role("navigation", name="Rows by what they do").get_by_role("link", name=re.compile("Errors")).click()
    expect(page.get_by_text("holds a formula")).to_be_visible()
    expect(page.get_by_text("31/02/1985")).to_be_visible()
    expect(page.get_by_text("Nguyễn Thị Lam")).to_have_count(0)
    assert not User.objects.filter(person_code__startswith="03103009").exists(), "nothing before somebody agrees"

    with page.expect_download() as caught:
        page.get_by_role("link", name="Rows with errors as a workbook").click()
    mended = corrected(caught.value.path())
    page.get_by_role("button", name="Take 3 rows over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roster taken over")
    expect(page.get_by_text("2 new, 1 changed")).to_be_visible()
    axe(page)

    page.get_by_role("link", name="upload them again").click()
    choose(page, mended, "sua-loi.xlsx")
    expect(figures).to_contain_text(re.compile(r"New\s*2.*Errors\s*0", re.DOTALL))
    page.get_by_role("button", name="Take 2 rows over").click()
    expect(page.get_by_text("2 new, 0 changed")).to_be_visible()
    names = (
        User.objects.filter(person_code__startswith="03103009")
        .order_by("person_code")
        .values_list("full_name", flat=True)
    )
    assert list(names) == ["Nguyễn Thị Lam", "Trịnh Văn Biển", "Vi Thị Suối", "Phan Thị Nhạc"]
    page.get_by_role("link", name="See the staff of the school").click()
    expect(page.get_by_role("link", name="Vi Thị Suối")).to_be_visible()
    axe(page)


def test_who_left_is_said_on_a_telephone(phone, as_user, live_server, axe, world):
    w = world
    as_user(phone, w.head)
    phone.goto(f"{live_server.url}/people/units/{w.school.code}/import/")
    axe(phone)
    assert phone.evaluate(WIDTH) <= 0
    choose(phone, messy_roster(w))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Preview of the roster")
    assert phone.evaluate(WIDTH) <= 0
    axe(phone)
    expect(phone.get_by_role("region", name="No longer in the file")).to_be_visible()
    phone.get_by_label(re.compile(w.artist.full_name)).check()
    phone.get_by_label("Last day at the school").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    phone.get_by_role("button", name="Save that they have left").click()
    expect(phone.get_by_text("1 person has left.")).to_be_visible()
    assert not Membership.objects.current().filter(user=w.artist).exists()
    assert Membership.objects.current().filter(user=w.teacher).exists()


def test_what_is_no_roster_is_refused_with_a_sentence(page, as_user, live_server, axe, world):
    as_user(page, world.head)
    page.goto(f"{live_server.url}/people/units/{world.school.code}/import/")
    choose(page, b"%PDF-1.7 a scan", "danh-sach.xlsx")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("This is a PDF")
    expect(summary).to_be_focused()
    axe(page)
    assert not RosterImport.objects.exists()
