"""Reports in the browser: a teacher and an officer ask, watch, download; at a desk, on a phone, by keyboard."""

import pytest
from playwright.sync_api import expect

from reports.actions import building
from reports.models import Report
from tests.reports.conftest import results_world


@pytest.fixture
def world():
    return results_world()


def test_a_teacher_asks_for_the_result_sheet_and_watches_it_being_made(page, as_user, live_server, axe, world):
    as_user(page, world.teacher)
    page.goto(f"{live_server.url}/reports/")
    axe(page)
    sheet = page.get_by_role("region", name="Result sheet with explanation")
    sheet.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("heading", name="Result sheet with explanation")).to_be_visible()
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()
    axe(page)
    building.build(Report.objects.get().pk)  # the worker
    expect(page.get_by_role("link", name="Download")).to_be_visible()  # the page noticed by itself
    expect(page.locator("#heard")).to_have_text("Ready")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith("Mai Thị Hương - 2026-2027.pdf")
    page.get_by_role("button", name="Delete this report").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete this report").click()
    expect(page.get_by_text("The report is deleted.")).to_be_visible()


def test_an_officer_asks_by_keyboard_alone(page, as_user, live_server, axe, world):
    as_user(page, world.officer)
    page.goto(f"{live_server.url}/reports/")
    offer = page.get_by_role("region", name="Aggregate report (PDF)")
    offer.get_by_label("Cycle").focus()
    page.keyboard.press("Tab")
    expect(offer.get_by_label("School or office")).to_be_focused()
    page.keyboard.press("Tab")
    expect(offer.get_by_label("Language")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Aggregate report (PDF)")).to_be_visible()


def test_a_failure_is_seen_on_a_phone_and_tried_again(phone, as_user, live_server, axe, world):
    from reports.actions.requests import request_report
    from reports.enums import ReportKind

    subject = {"cycle": world.cycle, "unit": world.school, "evaluation": world.mine, "language": "vi"}
    report = request_report(kind=ReportKind.SELF_FORM, by=world.teacher, **subject)
    Report.objects.update(status="failed", error="The storage did not answer.")
    as_user(phone, world.teacher)
    phone.goto(f"{live_server.url}/reports/{report.pk}/")
    expect(phone.get_by_text("The storage did not answer.")).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.get_by_role("button", name="Try again").click()
    expect(phone.get_by_text("Waiting", exact=True)).to_be_visible()
    phone.goto(f"{live_server.url}/reports/")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    axe(phone)
