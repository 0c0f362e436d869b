"""A head reviews two teachers, one with a difference, goes from one to the next, and announces both."""

import re

import pytest
from playwright.sync_api import expect

from evaluations.actions.decision import save_decision
from evaluations.actions.evidence import add_file
from evaluations.enums import SheetKind, Status
from evaluations.models import Evaluation, Rating
from people.enums import Role
from tests.factories.evaluations import bring_to, evaluation_world, give_opinion, link_evidence
from tests.factories.people import member, teacher_of
from tests.files import samples

pytestmark = pytest.mark.e2e


@pytest.fixture
def world():
    w = evaluation_world()
    for author in (w.colleague, w.leader, teacher_of(w.school, w.group_math)):
        give_opinion(w.mine, author, "K")
    link_evidence(w.mine, "TC01")
    for name in ("mine", "theirs"):
        setattr(w, name, bring_to(getattr(w, name), Status.SUBMITTED, head=w.head))
    return w


def board(live_server, w) -> str:
    return f"{live_server.url}/evaluations/cycles/{w.cycle.code}/board/{w.school.code}/"


def decision(page, number: int):
    return page.get_by_role("group", name=re.compile(f"^Decision {number}\\."))


def agree_with_all(page, start: int = 1) -> None:
    """By keyboard alone: A agrees and goes on."""
    decision(page, start).get_by_role("radio").first.focus()
    for _ in range(start, 16):
        page.keyboard.press("a")


def test_a_head_reviews_two_and_announces_both(page, as_user, live_server, axe, world):
    as_user(page, world.head)
    page.goto(board(live_server, world))
    axe(page)
    page.get_by_role("button", name="Open for review: Trần Văn Đồng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Văn Đồng")
    axe(page)
    agree_with_all(page)
    expect(page.get_by_text("Everything is there to decide.")).to_be_visible()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("The teacher sees nothing until you announce it.")).to_be_visible()

    page.get_by_role("button", name="Open Mai Thị Hương").first.click()
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(page.get_by_text("3 colleagues have answered.")).to_be_visible()
    decision(page, 1).get_by_role("radio", name="Very good").check()
    expect(page.locator("#row-TC01").get_by_text("Differs from the teacher's own level")).to_be_visible()
    agree_with_all(page, start=2)
    expect(page.get_by_role("link", name=re.compile("Criterion 1 differs"))).to_be_visible()
    page.get_by_role("button", name="Decide", exact=True).click()  # without the reason
    expect(page.get_by_role("alert")).to_contain_text("Criterion 1 differs")
    axe(page)
    expect(page.locator("[data-bar-count]")).to_have_text("Decided: 15 of 15; 1 reason is missing")
    page.get_by_role("alert").get_by_role("link", name=re.compile("Criterion 1 differs")).click()
    expect(page.locator("#row-TC01").get_by_role("textbox")).to_be_focused()
    expect(page.locator("#row-TC01 h4")).to_be_in_viewport()
    page.locator("#row-TC01").get_by_role("textbox").fill("Là tấm gương của cả tổ.")
    expect(page.get_by_text("Everything is there to decide.")).to_be_visible()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Change the decision")).to_be_visible()
    axe(page)

    page.goto(board(live_server, world))
    page.get_by_role("checkbox", name="Choose Mai Thị Hương").check()
    page.get_by_role("checkbox", name="Choose Trần Văn Đồng").check()
    page.get_by_role("button", name="Announce the chosen…").click()
    axe(page)
    page.get_by_role("button", name="Announce 2 results").click()
    expect(page.get_by_text("2 results announced.")).to_be_visible()
    assert Evaluation.objects.filter(status=Status.ANNOUNCED, result="K").count() == 2
    page.goto(board(live_server, world) + "results/")
    axe(page)


def test_a_button_that_would_act_on_nobody_says_so(page, as_user, live_server, world):
    as_user(page, world.head)
    page.goto(board(live_server, world))
    page.get_by_role("button", name="Announce the chosen…").click()
    expect(page.get_by_text("Choose people whose decision is made.")).to_be_visible()


def test_two_heads_at_once_lose_nothing(page, as_user, live_server, axe, world):
    second = member(world.school, Role.HEAD)
    mine = bring_to(world.artists, Status.UNDER_REVIEW, head=world.head)
    as_user(page, world.head)
    page.goto(f"{live_server.url}/evaluations/{mine.pk}/review/")
    save_decision(evaluation=mine, criterion="TC01", level="T", reason="Người kia viết", revision=0, by=second)
    decision(page, 1).get_by_role("radio", name="Satisfactory").check()
    alert = page.locator("#row-TC01").get_by_role("alert")
    expect(alert).to_contain_text("Very good: Người kia viết")
    line = page.locator("[data-saved]")
    expect(line).to_have_text("Not saved: 1 waiting for your choice. See both and choose")
    axe(page)
    save_decision(evaluation=mine, criterion="TC03", level="T", reason="", revision=0, by=second)
    for number in (2, 3):  # one is saved, the other waits as well
        decision(page, number).get_by_role("radio", name="Satisfactory").check()
    expect(line).to_contain_text("2 waiting for your choice")
    page.reload()  # the choice is still the person's
    expect(line).to_contain_text("2 waiting for your choice")
    expect(decision(page, 1).get_by_role("radio", name="Satisfactory")).to_be_checked()
    line.get_by_role("link").click()
    expect(alert).to_be_in_viewport(ratio=1)
    expect(alert).to_be_focused()
    expect(decision(page, 1).get_by_role("radio", name="Satisfactory")).to_be_in_viewport()  # the own version
    page.locator("#row-TC03").get_by_role("button", name="Take the saved one").click()
    expect(line).to_contain_text("1 waiting for your choice")
    alert.get_by_role("button", name="Keep mine").click()
    expect(line).to_contain_text("Saved at")
    assert set(_decided(mine).items()) >= {("TC01", "D"), ("TC02", "D"), ("TC03", "T")}
    save_decision(evaluation=mine, criterion="TC04", level="T", reason="", revision=0, by=second)
    decision(page, 4).get_by_role("radio", name="Satisfactory").check()
    page.locator("#row-TC04").get_by_role("button", name="Take the saved one").click()
    expect(line).to_have_text("Everything is saved by itself.")
    assert _decided(mine)["TC04"] == "T"


def _decided(evaluation) -> dict[str, str]:
    rows = Rating.objects.filter(sheet__evaluation=evaluation, sheet__kind=SheetKind.DECISION)
    return dict(rows.values_list("criterion__code", "level"))


def test_a_head_returns_answers_and_excuses(page, as_user, live_server, axe, world):
    as_user(page, world.head)
    review = f"{live_server.url}/evaluations/{world.mine.pk}/review/"
    page.goto(review)
    axe(page)
    page.get_by_role("button", name="Open for review").click()
    page.get_by_text("Return to the teacher").first.click()
    page.get_by_label("What should the teacher correct or add?").fill("Bổ sung minh chứng tiêu chí 5.")
    page.get_by_role("button", name="Return to the teacher").click()
    expect(
        page.get_by_text("Returned. The teacher has no e-mail address and finds it after signing in.")
    ).to_be_visible()
    expect(page.get_by_text("Bổ sung minh chứng tiêu chí 5.").first).to_be_visible()
    page.get_by_role("link", name="Give more time").click()
    axe(page)
    page.goto(review)
    page.get_by_text("Excuse in this cycle").first.click()
    page.get_by_role("button", name="Excuse in this cycle").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the reason")
    axe(page)


def test_evidence_opens_beside_the_page(page, as_user, live_server, axe, world):
    for name, data in (("anh.png", samples.picture("PNG")), ("ke-hoach.pdf", samples.pdf())):
        add_file(
            evaluation=world.artists, upload=samples.upload(name, data), criteria=["TC02"], by=world.artist, title=name
        )
    mine = bring_to(world.artists, Status.UNDER_REVIEW, head=world.head)
    as_user(page, world.head)
    page.goto(f"{live_server.url}/evaluations/{mine.pk}/review/")
    page.get_by_role("link", name="anh.png").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="anh.png")).to_be_visible()
    assert dialog.get_by_role("img", name="anh.png").evaluate("image => image.decode().then(() => image.naturalWidth)")
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="anh.png")).to_be_focused()
    page.get_by_role("link", name="ke-hoach.pdf").click()
    expect(dialog.locator("iframe")).to_have_attribute("title", "ke-hoach.pdf")


def test_the_review_and_the_board_on_a_phone(phone, as_user, live_server, axe, world):
    as_user(phone, world.head)
    phone.goto(board(live_server, world))
    axe(phone)
    phone.get_by_role("button", name="Open for review: Mai Thị Hương").click()
    axe(phone)
    decision(phone, 1).get_by_role("radio", name="Satisfactory").check()
    expect(phone.locator("[data-saved]")).to_contain_text("Saved at")
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_reason_that_is_no_longer_one_is_asked_about(page, as_user, live_server, axe, world):
    """The level becomes the teacher's own by the key A: the words stay, the head is asked, takes them away, puts them back."""
    mine = bring_to(world.artists, Status.UNDER_REVIEW, head=world.head)
    save_decision(evaluation=mine, criterion="TC15", level="T", reason="Có sáng kiến.", revision=0, by=world.head)
    as_user(page, world.head)
    page.goto(f"{live_server.url}/evaluations/{mine.pk}/review/")
    row, reason = page.locator("#row-TC15"), page.locator("#reason-TC15")
    again, asked = row.get_by_text("these words stay beside it"), page.get_by_role("link", name="Criterion 15: decided")
    expect(again).to_be_hidden()
    decision(page, 15).get_by_role("radio", name="Very good").focus()
    page.keyboard.press("a")
    expect(again).to_be_visible()
    expect(asked).to_be_visible()
    expect(reason).to_have_value("Có sáng kiến.")
    axe(page)
    row.get_by_role("button", name="Remove the words 15").click()
    expect(again).to_be_hidden()
    expect(reason).to_be_hidden()
    expect(asked).to_have_count(0)
    expect(row.get_by_role("button", name="Put them back 15")).to_be_focused()
    page.keyboard.press("Enter")
    expect(reason).to_have_value("Có sáng kiến.")
    expect(asked).to_be_visible()
    rating = Rating.objects.get(sheet__evaluation=mine, sheet__kind=SheetKind.DECISION, criterion__code="TC15")
    assert (rating.level, rating.note) == ("K", "Có sáng kiến.")
    row.get_by_role("button", name="Remove the words 15").click()
    expect(asked).to_have_count(0)
    page.reload()
    expect(reason).to_have_value("")
    page.locator("#row-TC14").get_by_role("button", name="Add a word 14").click()
    decision(page, 14).get_by_role("radio", name="Good", exact=False).last.focus()
    page.keyboard.press("a")
    page.locator("#row-TC14").get_by_role("button", name="Add a word 14").click()
    page.keyboard.type("Rất chu đáo.")
    expect(page.locator("#row-TC14").get_by_text("these words stay beside it")).to_be_hidden()
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
