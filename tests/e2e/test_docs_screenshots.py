"""The pages that the README and the tutorials speak of: walked in every run, photographed by `make docs`.

With WRITE_SCREENSHOTS=1 the clock stands at STANDING and the pictures go to docs/images/. Otherwise the same steps are
taken, so that a tutorial cannot name a page or a button that is gone.
"""

import importlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from demo.cycles import school_year
from demo.seed import seed
from evaluations.models import Evaluation
from mentoring.models import Pairing
from people.models import UnitKind, User
from tests.people.roster_files import DUNG, HUONG, row, workbook

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
WRITE = os.environ.get("WRITE_SCREENSHOTS") == "1"
STANDING = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HEAVIEST = 120_000  # bytes
SAME = 400  # so many pixels may differ visibly in a picture that is left as it is
SCHOOL = "thcs-may-trang"


@dataclass(frozen=True)
class Picture:
    """One image: whose page, where (`here` fills the address in), what is done there first, and how it is cut."""

    name: str
    username: str
    address: str
    sign: str  # a text that shows that the page is the right one
    prepare: Callable[[Page], None] = lambda page: None
    height: int = 860
    phone: bool = False
    language: str = "en"


def begin_decision(page: Page) -> None:
    """Two criteria decided as the teacher sees them, the third otherwise, with its reason."""
    rows = page.locator("[data-unit], [id^=row-TC]")
    for number in (1, 2):
        rows.nth(number - 1).locator(".is-own").click()
    third = rows.nth(2)
    third.locator(".segment:not(.is-own)").last.click()
    third.get_by_role("textbox").fill("Minh chứng cho thấy đã tham gia, chưa hướng dẫn đồng nghiệp.")
    third.get_by_role("textbox").blur()
    page.mouse.move(0, 0)
    page.wait_for_timeout(2000 if WRITE else 0)  # the last of the saves has been answered
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")


def upload_roster(page: Page) -> None:
    """A roster in which something is new, something is wrong and something was mended."""
    rows = [
        row(HUONG, code=310300005),
        row(DUNG, role="Tổ phó"),
        row(HUONG, stt=3, code="0310300006", name="LÊ THỊ BÍCH HẠNH", birth="31/02/1985", email=""),
        row(HUONG, stt=4, code="0310300007", name="Trịnh Gia Khiêm", birth=1985, joined="09/2010", email=""),
        row(DUNG, stt=5, code="0310300008", name="Vũ Thu Minh", role="Kế toán", email=""),
    ]
    content = workbook(*rows, above=[["TRƯỜNG THCS GIÓ MÙA"], ["DANH SÁCH CÁN BỘ, GIÁO VIÊN"], []])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({"name": "ds-cbgv.xlsx", "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Upload and show the preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of the roster")


PICTURES = (
    Picture("self", "teacher", "/evaluations/{teacher}/self/#TC06", "Overall result so far"),
    Picture(
        "phieu-tu-danh-gia", "teacher", "/evaluations/{teacher}/self/#TC06", "Tự đánh giá",
        height=740, phone=True, language="vi",
    ),
    Picture("result", "teacher2", "/evaluations/{teacher2}/result/", "What the next level would take", height=1000),
    Picture("opinions", "colleague", "/evaluations/opinions/{cycle}/{school}-tt/", "Nobody sees who said what", height=1280),
    Picture("board", "head", "/evaluations/cycles/{cycle}/board/{school}/", "Remind all who have not submitted", height=1100),
    Picture("review", "head", "/evaluations/{leader}/review/", "Criterion by criterion", begin_decision, 1560),
    Picture("xem-xet", "head", "/evaluations/{leader}/review/", "Nhận xét", language="vi", height=1440),
    Picture("cycle", "officer", "/evaluations/cycles/{cycle}/", "Remind the heads"),
    Picture("roster", "admin", "/people/units/thcs-gio-mua/import/", "Import a roster", upload_roster, 1000),
    Picture("mentoring", "mentor", "/mentoring/{pairing}/", "My private note", height=1280),
)  # fmt: skip

NAMED = (
    ("teacher", "/", "Give your opinion on"),
    ("teacher", "/people/me/", "Language of pages and mails"),
    ("teacher2", "/evaluations/{teacher2}/result/", "Acknowledge the result"),
    ("colleague", "/evaluations/opinions/{cycle}/{school}-tt/", "Hand in all complete opinions"),
    ("deputy", "/evaluations/{leader}/review/", "Criterion by criterion"),
    ("head", "/", "Answer 1 objection"),
    ("head", "/evaluations/cycles/{cycle}/board/{school}/", "Announce the chosen…"),
    ("head", "/evaluations/cycles/{cycle}/board/{school}/results/", "Levels by criterion"),
    ("head", "/evaluations/{objected}/review/", "Answer and decide again"),
    ("head", "/reports/", "School summary (form 04)"),
    ("head", "/reports/", "All self-assessment forms of a school"),
    ("head", "/mentoring/new/", "Whom to support"),
    ("officer", "/reports/", "Aggregate report (workbook)"),
    ("officer", "/evaluations/cycles/", "Prepare a cycle"),
    ("officer", "/evaluations/cycles/{cycle}/", "Who came, who left"),
    ("province", "/evaluations/cycles/gv-thpt-{year}/", "Change the set-up"),
    ("admin", "/people/", "UBND xã Cầu Vồng"),
    ("admin", "/people/units/th-hoa-nang/", "Import a roster"),
    ("admin", "/people/units/th-hoa-nang/codes/", "Make the codes and show the slips"),
    ("mentor", "/mentoring/{pairing}/", "Log a meeting"),
)
"""Whose page, where, and words on it that the tutorials name."""


@pytest.fixture
def clock() -> Iterator[None]:
    """The day of the pictures, when pictures are made."""
    if not WRITE:
        yield
        return
    with time_machine.travel(STANDING, tick=False):
        yield


@pytest.fixture
def here(clock, transactional_db, live_server) -> dict[str, str]:
    """The demo commune, and what the addresses need of it."""
    for position, (code, place, name) in enumerate(importlib.import_module("people.migrations.0003_unit_kinds").KINDS):
        UnitKind.objects.get_or_create(code=code, defaults={"place": place, "name": name, "position": position})
    assert seed()
    year = school_year()[1]
    present = Evaluation.objects.filter(cycle__code=f"gv-{year}")
    pairing = Pairing.objects.get(mentor__username="mentor", mentee__username="teacher")
    named = ("teacher", "teacher2", "leader")
    return {
        **{name: str(present.get(subject__username=name).pk) for name in named},
        "objected": str(present.get(unit__code=SCHOOL, status="objected").pk),
        "pairing": str(pairing.pk),
        "cycle": f"gv-{year}",
        "school": SCHOOL,
        "year": year,
    }


def test_pages_of_the_documents(here, live_server, new_page, as_user):
    desktop, phone = new_page(), new_page(width=360, height=740, touch=True)
    for username, address, sign in NAMED:
        as_user(desktop, User.objects.get(username=username))
        answer = desktop.goto(live_server.url + address.format(**here))
        assert answer.status == 200, (username, address, answer.status)
        expect(desktop.get_by_text(sign).first, f"{username} {address}").to_be_visible()
    for picture in PICTURES:
        page = phone if picture.phone else desktop
        page.set_viewport_size({"width": 360 if picture.phone else 1280, "height": picture.height})
        page.context.add_cookies([{"name": "language", "value": picture.language, "url": live_server.url}])
        as_user(page, User.objects.get(username=picture.username))
        page.goto(live_server.url + picture.address.format(**here))
        expect(page.get_by_text(picture.sign).first, picture.name).to_be_attached()
        picture.prepare(page)
        if WRITE:
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo(0, 0)")
            save(picture.name, page.screenshot(animations="disabled", caret="hide"))


def save(name: str, screenshot: bytes) -> None:
    """Writes a picture of 256 colours; the pages have few, and text stays sharp without dithering.

    One that looks as before stays: a hairline may fall on another pixel from run to run.
    """
    path = IMAGES / f"{name}.png"
    image = Image.open(BytesIO(screenshot)).convert("RGB")
    if path.exists() and (before := Image.open(path).convert("RGB")).size == image.size:
        changed = ImageChops.difference(before, image).convert("L").point(lambda value: 255 if value > 24 else 0)
        if changed.histogram()[255] < SAME:
            return
    small = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    target = BytesIO()
    small.save(target, "PNG", optimize=True)
    assert target.tell() < HEAVIEST, f"{name}: {target.tell()} bytes"
    IMAGES.mkdir(exist_ok=True)
    path.write_bytes(target.getvalue())
