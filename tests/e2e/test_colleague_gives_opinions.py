"""A colleague fills the matrix by keyboard alone, and one opinion on a phone."""

import re

import pytest
from playwright.sync_api import expect

from evaluations.enums import SheetKind
from evaluations.models import Rating, Sheet
from tests.factories.evaluations import EvaluationFactory, evaluation_world
from tests.factories.people import teacher_of

pytestmark = pytest.mark.e2e


@pytest.fixture
def world():
    w = evaluation_world()
    fourth = teacher_of(w.school, w.group_math, full_name="Cao Thị Tư")
    EvaluationFactory(cycle=w.cycle, subject=fourth, unit=w.school, group=w.group_math)
    return w


def address(live_server, w) -> str:
    return f"{live_server.url}/evaluations/opinions/{w.cycle.code}/{w.group_math.code}/"


def test_the_matrix_by_keyboard(page, as_user, live_server, axe, world):
    as_user(page, world.colleague)
    page.goto(address(live_server, world))
    expect(page.get_by_text("Nobody sees who said what")).to_be_visible()
    axe(page)
    page.get_by_role("combobox", name=re.compile("^1\\. .*Mai Thị Hương$")).focus()
    for key in ["G", "V", "S", "?", *["G"] * 11]:
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Saved as a draft at")
    page.keyboard.press("Tab")  # from the last criterion to the next colleague
    focused = page.evaluate("document.activeElement.dataset.criterion")
    assert focused == "TC15"
    page.get_by_role("button", name="Hand in all complete opinions").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 opinion handed in.")).to_be_visible()
    sheet = Sheet.objects.get(kind=SheetKind.OPINION)
    assert (sheet.author, sheet.evaluation) == (world.colleague, world.mine)
    levels = list(Rating.objects.filter(sheet=sheet).order_by("criterion__number").values_list("level", flat=True))
    assert levels == ["K", "T", "D", "", *["K"] * 11]
    axe(page)


def test_the_letters_of_the_levels_in_vietnamese(page, as_user, live_server, world):
    as_user(page, world.colleague)
    page.context.add_cookies([{"name": "language", "value": "vi", "url": live_server.url}])
    page.goto(address(live_server, world))
    cell = page.get_by_role("combobox", name=re.compile("^1\\. .*Mai Thị Hương$"))
    cell.focus()
    for key, level in [("k", "K"), ("k", "K"), ("d", "D"), ("t", "T"), ("C", "CD"), ("D", "D"), ("?", "?")]:
        cell.press(key)
        expect(cell).to_have_value(level)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu nháp")


def test_an_incomplete_opinion_leads_to_what_is_missing(page, as_user, live_server, axe, world):
    as_user(page, world.colleague)
    page.goto(address(live_server, world))
    page.get_by_role("combobox", name=re.compile("^1\\. .*Mai Thị Hương$")).select_option("T")
    page.get_by_role("button", name="Hand in all complete opinions").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Cao Thị Tư: nothing is answered yet.")
    axe(page)
    summary.get_by_role("link", name="Mai Thị Hương: 14 criteria").click()
    expect(page.get_by_role("group", name=re.compile("^2\\."))).to_be_in_viewport()
    page.get_by_role("button", name="Hand in this opinion").click()
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(14)
    axe(page)
    summary.get_by_role("link", name="Criterion 15 is not answered yet.").click()
    last = page.get_by_role("group", name=re.compile("^15\\."))
    expect(last.get_by_role("radio").first).to_be_focused()
    expect(last.locator("legend")).to_be_in_viewport()
    expect(page.get_by_role("group", name=re.compile("^1\\.")).get_by_role("radio", name="Very good")).to_be_checked()


def test_an_answer_survives_a_lost_connection(page, as_user, live_server, world):
    as_user(page, world.colleague)
    page.goto(address(live_server, world))
    page.context.set_offline(True)
    cell = page.get_by_role("combobox", name=re.compile("^1\\. .*Mai Thị Hương$"))
    cell.select_option("T")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Saved as a draft at", timeout=15000)
    page.reload()
    expect(cell).to_have_value("T")


def test_one_at_a_time_on_a_phone(phone, as_user, live_server, axe, world):
    as_user(phone, world.colleague)
    phone.goto(address(live_server, world))
    expect(phone.locator(".matrix")).to_be_hidden()
    axe(phone)
    phone.get_by_role("link", name="Mai Thị Hương").first.click()
    axe(phone)
    for question in phone.locator("fieldset.question").all():
        question.get_by_role("radio", name="Good", exact=True).check()
    expect(phone.locator("[data-saved]")).to_contain_text("Saved as a draft at")
    phone.get_by_role("button", name="Hand in this opinion").click()
    expect(phone.get_by_text("Handed in: your opinion on Mai Thị Hương.")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bùi Tổ Trưởng")
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
