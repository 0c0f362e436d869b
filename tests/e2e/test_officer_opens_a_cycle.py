"""An office prepares a cycle, sees who will be in it and why not, opens it, and follows it."""

import re

import pytest
from playwright.sync_api import expect

from evaluations.models import Cycle, Evaluation
from tests.factories.evaluations import evaluation_world, tt20
from tests.factories.people import people_world, teacher_of

pytestmark = pytest.mark.e2e


@pytest.fixture
def world():
    w = people_world()
    tt20()
    teacher_of(w.school, full_name="Lưu Không Tổ")
    return w


def test_an_officer_opens_a_cycle(page, as_user, live_server, axe, world):
    as_user(page, world.officer)
    page.goto(live_server.url + "/evaluations/cycles/")
    axe(page)
    page.get_by_role("link", name="Prepare a cycle").first.click()
    axe(page)

    page.get_by_role("button", name="Save and see who is in it").click()  # nothing filled in yet
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Choose at least one school.")
    expect(summary).to_be_focused()
    axe(page)

    page.get_by_label("Name").fill("Đánh giá năm học")
    page.get_by_label("Find a school").fill("khong co truong nay")
    expect(page.get_by_text("No school of that name.")).to_be_visible()
    page.get_by_label("Find a school").fill(world.school.name)
    expect(page.get_by_label(world.other_school.name)).to_be_hidden()
    page.get_by_label("Find a school").fill("")
    page.get_by_role("button", name="Choose all").click()
    expect(page.get_by_text("Schools chosen: 2")).to_be_visible()
    page.get_by_label("Self-assessment only").check()
    expect(page.get_by_label("Colleagues give opinions")).to_be_hidden()
    page.get_by_label("Self-assessment, opinions and decision").check()
    page.get_by_role("button", name="Save and see who is in it").click()

    expect(page.get_by_text("Nobody has been told anything yet.")).to_be_visible()
    page.get_by_role("link", name=re.compile(f"Show the names of {world.school.name}")).click()
    row = page.get_by_role("row", name=re.compile("Hoàng Hiệu Trưởng"))
    expect(row).to_contain_text("judged by the standards for heads")
    expect(page.get_by_role("row", name=re.compile("Lưu Không Tổ"))).to_contain_text("In no professional group")
    axe(page)

    page.get_by_role("button", name="Open the cycle").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Open the cycle for 6 people?")
    dialog.get_by_role("button", name="Open the cycle").click()
    expect(page.get_by_text("The cycle is open.")).to_be_visible()
    assert Evaluation.objects.filter(cycle=Cycle.objects.get()).count() == 6
    axe(page)


def test_the_office_reads_the_progress_of_each_school(page, phone, as_user, live_server, axe):
    w = evaluation_world()
    for narrow in (page, phone):
        as_user(narrow, w.officer)
        narrow.goto(f"{live_server.url}/evaluations/cycles/{w.cycle.code}/")
        narrow.get_by_role("link", name=w.school.name).click()
        expect(narrow.get_by_role("heading", level=1)).to_have_text(w.school.name)
        axe(narrow)
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert narrow.evaluate(width) <= 0
    for name in ("dates", "refresh", "close", "edit"):
        page.goto(f"{live_server.url}/evaluations/cycles/{w.cycle.code}/{name}/")
        axe(page)
