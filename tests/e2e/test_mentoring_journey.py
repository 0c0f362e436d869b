"""Mentoring in a browser: paired by the head, accepted by both, logged, noted; nothing lost, nobody else reads."""

import re

import pytest
from playwright.sync_api import Page, expect

from evaluations.enums import Status
from mentoring.enums import PairingStatus
from mentoring.models import Meeting, Note, Pairing
from tests.factories.evaluations import bring_to, evaluation_world
from tests.factories.mentoring import WEAK, met, paired
from tests.factories.people import people_world


@pytest.fixture
def w(transactional_db):
    """A school whose teacher is weak where the colleague is strong."""
    w = evaluation_world()
    weak = {f"TC{number:02d}": WEAK.get(f"TC{number:02d}", "K") for number in range(1, 16)}
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels=weak)
    bring_to(w.theirs, Status.ANNOUNCED, head=w.head, levels="T")
    return w


def fits(page: Page) -> bool:
    """Nothing sticks out to the right."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_weak_criteria_to_a_private_note(w, new_page, as_user, live_server, axe):
    head = new_page()
    as_user(head, w.head)
    head.goto(f"{live_server.url}/mentoring/")
    axe(head)
    head.get_by_role("link", name="New pairing").first.click()
    axe(head)
    head.get_by_role("link", name="Mai Thị Hương").click()
    expect(head.get_by_role("heading", name="What to work on")).to_be_visible()
    axe(head)
    head.get_by_label("Name, user name").fill("Phó Hiệu")
    head.get_by_role("button", name="Search").click()
    expect(head.get_by_text("Whoever evaluates a teacher cannot be")).to_be_visible()
    axe(head)
    head.get_by_role("link", name="Choose Trần Văn Đồng").click()
    expect(head.get_by_label("6. Assessment")).to_be_checked()
    axe(head)
    head.get_by_label("To", exact=True).fill("")
    head.get_by_label("Purpose").fill("Cùng làm bảng tiêu chí")
    head.get_by_role("button", name="Propose the pairing").click()
    expect(head.get_by_role("alert")).to_be_focused()
    axe(head)
    expect(head.get_by_label("Purpose")).to_have_value("Cùng làm bảng tiêu chí")
    head.get_by_label("To", exact=True).fill("2099-01-01")
    head.get_by_role("button", name="Propose the pairing").click()
    expect(head.get_by_text("A pairing lasts two years at most").first).to_be_visible()
    start = head.get_by_label("From", exact=True).input_value()
    head.get_by_label("To", exact=True).fill(f"{int(start[:4]) + 1}{start[4:8]}01")
    head.get_by_role("button", name="Propose the pairing").click()
    expect(head.get_by_text("Both have been asked")).to_be_visible()
    axe(head)
    pairing = Pairing.objects.get()

    for person in (w.colleague, w.teacher):
        page = new_page(width=360, height=740)
        as_user(page, person)
        page.goto(f"{live_server.url}/")
        page.get_by_role("link", name=re.compile("mentor")).first.click()
        page.goto(f"{live_server.url}/mentoring/{pairing.pk}/")
        assert fits(page)
        axe(page)
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status").filter(has_text=re.compile("Accepted|You are a pair"))).to_be_visible()
    pairing.refresh_from_db()
    assert pairing.status == PairingStatus.ACTIVE

    page.get_by_role("link", name="Log a meeting").first.click()
    axe(page)
    assert fits(page)
    page.get_by_label("What it was about").fill("Chuyện chỉ hai người biết")
    page.get_by_label("Agreed next steps").fill("Thử bảng tiêu chí")
    page.get_by_role("button", name="Log the meeting").click()
    expect(page.get_by_role("heading", name="Chuyện chỉ hai người biết")).to_be_visible()
    page.get_by_label("My private note").fill("Điều tôi nghĩ thầm")
    expect(page.locator("#save-state")).to_contain_text("saved")
    assert Note.objects.get().text == "Điều tôi nghĩ thầm"
    axe(page)
    assert fits(page)

    head.goto(f"{live_server.url}/mentoring/{pairing.pk}/")
    expect(head.get_by_text("They met once")).to_be_visible()
    axe(head)
    assert "chỉ hai người" not in head.content()
    assert "nghĩ thầm" not in head.content()


def test_a_note_written_without_a_connection_is_kept_and_sent_later(new_page, as_user, live_server, transactional_db):
    w = people_world()
    pairing = paired(w)
    met(pairing, by=w.teacher)
    page = new_page()
    as_user(page, w.teacher)
    page.goto(f"{live_server.url}/mentoring/{pairing.pk}/")
    page.context.set_offline(True)
    page.get_by_label("My private note").fill("Viết khi mất mạng")
    expect(page.get_by_text("Your words are kept on this device")).to_be_visible()
    assert not Note.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#save-state")).to_contain_text("saved")
    page.reload()
    expect(page.get_by_label("My private note")).to_have_value("Viết khi mất mạng")


def test_two_tabs_are_shown_side_by_side(new_page, as_user, live_server, transactional_db):
    w = people_world()
    pairing = paired(w)
    meeting = met(pairing, by=w.teacher)
    page = new_page()
    as_user(page, w.teacher)
    page.goto(f"{live_server.url}/mentoring/{pairing.pk}/")
    Note.objects.create(meeting=meeting, author=w.teacher, text="Trên máy khác", revision=1)
    page.get_by_label("My private note").fill("Trên máy này")
    expect(page.get_by_text("Trên máy khác")).to_be_visible()
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("#save-state")).to_contain_text("saved")
    assert Note.objects.get().text == "Trên máy này"


def test_the_keyboard_alone_logs_and_ends(page, as_user, live_server, transactional_db, axe):
    w = people_world()
    pairing = paired(w)
    as_user(page, w.colleague)
    page.goto(f"{live_server.url}/mentoring/{pairing.pk}/meetings/new/")
    page.get_by_label("What it was about").focus()
    page.keyboard.type("Buổi đầu")
    steps = page.get_by_label("Agreed next steps")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _criterion in range(20):
        if steps.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Gặp lại tuần sau")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Log the meeting")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Buổi đầu")).to_be_visible()
    assert Meeting.objects.get().next_steps == "Gặp lại tuần sau"
    page.get_by_role("link", name="End the pairing").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="End the pairing")).to_be_visible()
    axe(page)
    page.get_by_label("Not a good fit").focus()
    page.keyboard.press("Space")
    page.get_by_label("Your words").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ended: Not a good fit")).to_be_visible()
    axe(page)
