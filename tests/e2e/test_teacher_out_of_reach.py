"""What a teacher does beside typing while nothing reaches the server: it is said there and then, and nothing is lost."""

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from evaluations.models import Evaluation, Evidence, Rating
from tests.factories.evaluations import bring_to, fill_self, link_evidence
from tests.files.samples import pdf

LOST = "The connection was lost"


def form(live_server, evaluation: Evaluation, step: str = "TC04") -> str:
    return live_server.url + reverse("evaluations:self", args=[evaluation.pk]) + f"#{step}"


def note(page: Page, code: str = "TC03"):
    return page.locator(f"#{code} textarea")


def stored(evaluation: Evaluation, code: str = "TC03") -> Rating:
    return Rating.objects.get(sheet__evaluation=evaluation, sheet__kind="self", criterion__code=code)


def tied(evaluation: Evaluation, code: str) -> list[str]:
    return list(
        Evidence.objects.filter(evaluation=evaluation, uses__criterion__code=code).values_list("title", flat=True)
    )


def test_a_tick_that_was_not_stored_is_taken_back_and_said_beside_it(page, as_user, live_server, axe, w):
    link_evidence(w.mine, "TC02", title="Sổ chủ nhiệm")
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.locator("#TC04").get_by_role("link", name="Add evidence").click()
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_role("checkbox", name="Sổ chủ nhiệm")
    page.context.set_offline(True)
    box.click()
    expect(dialog.get_by_role("alert").filter(has_text=LOST)).to_be_in_viewport()
    expect(box).not_to_be_checked()
    axe(page)
    page.context.set_offline(False)
    box.check()
    expect(page.locator("#TC04").get_by_role("link", name="Sổ chủ nhiệm")).to_be_attached()
    expect(dialog.get_by_role("alert").filter(has_text=LOST)).to_have_count(0)
    assert tied(w.mine, "TC04") == ["Sổ chủ nhiệm"]


def test_a_link_that_could_not_be_sent_is_there_after_closing(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.locator("#TC04").get_by_role("link", name="Add evidence").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("State a fact").click()
    dialog.get_by_role("textbox", name="What happened").fill("Dạy mẫu cấp cụm")
    dialog.get_by_text("Add a link").click()
    dialog.get_by_role("textbox", name="Address").fill("https://example.org/ke-hoach")
    dialog.locator("[name=title]").first.fill("Kế hoạch")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Add the link").click()
    expect(dialog.get_by_role("alert").filter(has_text=LOST)).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#TC04").get_by_role("link", name="Add evidence")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("textbox", name="Address")).to_have_value("https://example.org/ke-hoach")
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Add the link").click()
    expect(dialog.get_by_role("checkbox", name="Kế hoạch")).to_be_checked()
    expect(dialog.get_by_role("textbox", name="What happened")).to_have_value("Dạy mẫu cấp cụm")
    assert tied(w.mine, "TC04") == ["Kế hoạch"]


def test_examples_and_evidence_out_of_reach_leave_the_page_where_it_is(page, as_user, live_server, w):
    bring_to(w.mine, "draft", head=w.head)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    step = page.locator("#TC04")
    page.context.set_offline(True)
    for role, name in (("button", "Examples"), ("link", "Add evidence")):
        step.get_by_role(role, name=name).click()
        expect(step.get_by_role("alert").filter(has_text=LOST)).to_be_in_viewport()
    expect(page).to_have_url(form(live_server, w.mine))
    page.context.set_offline(False)
    step.get_by_role("button", name="Examples").click()
    expect(step.locator(".examples")).to_be_visible()
    expect(step.get_by_role("alert")).to_have_count(0)


def test_a_submission_that_did_not_get_through_is_said_and_can_be_tried_again(page, as_user, live_server, axe, w):
    fill_self(w.mine)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine, "submit"))
    page.context.set_offline(True)
    page.get_by_role("button", name="Submit my self-assessment").click()
    expect(page.locator("#submit").get_by_role("alert")).to_contain_text("Not submitted")
    expect(page.locator("#submit").get_by_role("alert")).to_be_in_viewport()
    axe(page)
    page.context.set_offline(False)
    page.get_by_role("button", name="Submit my self-assessment").click()
    expect(page.get_by_role("heading", name="Your self-assessment")).to_be_visible()
    expect(page.get_by_text("Submitted. You can take it back until it is opened.")).to_be_visible()
    w.mine.refresh_from_db()
    assert w.mine.status == "submitted"


def test_the_tab_of_the_new_sign_in_takes_over_what_waits(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine, "TC03"))
    Session.objects.all().delete()
    note(page).fill("Gõ khi phiên đã hết")
    expect(page.locator("#save-news").get_by_role("link", name="Sign in again")).to_be_visible()
    second = page.context.new_page()
    as_user(second, w.teacher)
    second.goto(form(live_server, w.mine, "TC03"))
    expect(note(second)).to_have_value("Gõ khi phiên đã hết")
    expect(second.locator("#save-state")).to_contain_text("Saved ")
    expect(page.locator("#save-news")).to_be_hidden()
    note(second).press_sequentially(", rồi viết tiếp")
    expect(note(page)).to_have_value("Gõ khi phiên đã hết, rồi viết tiếp")
    expect(second.locator("#save-state")).to_contain_text("Saved ")
    assert stored(w.mine).note == "Gõ khi phiên đã hết, rồi viết tiếp"
    assert page.locator("[data-keep]").count() == second.locator("[data-keep]").count() == 0


def test_the_skip_link_stays_at_the_criterion(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine, "TC09"))
    expect(page.locator("#TC09")).to_be_visible()
    page.locator(".skip-link").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(form(live_server, w.mine, "main"))
    expect(page.locator("#main")).to_be_focused()
    expect(page.locator("#TC09")).to_be_visible()
    expect(page.locator(".step:visible")).to_have_count(1)
    page.go_back()
    expect(page.locator("#TC09 h2")).to_be_focused()


def test_what_is_proven_is_no_longer_said_to_be_unproven(page, as_user, live_server, w):
    link_evidence(w.mine, "TC02", title="Sổ chủ nhiệm")
    fill_self(w.mine)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    step = page.locator("#TC04")
    none = step.get_by_role("checkbox", name="No evidence")
    step.get_by_role("link", name="Add evidence").click()
    page.get_by_role("dialog").get_by_role("checkbox", name="Sổ chủ nhiệm").check()
    expect(none).not_to_be_checked()
    page.keyboard.press("Escape")
    none.check()
    expect(page.locator(".gaps")).to_contain_text("Evidence, and “no evidence” is ticked")
    none.uncheck()
    expect(page.locator(".self-live")).to_contain_text("Nothing is missing")


def test_unsent_words_of_a_submitted_form_are_told_as_a_person_reads_them(page, as_user, live_server, axe, w):
    fill_self(w.mine)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine, "TC03"))
    page.context.set_offline(True)
    note(page).fill("Viết lúc mất mạng")
    page.locator("#plan textarea[name=goals]").evaluate(
        "field => { field.value = 'Học thêm'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(page.locator("#save-news")).to_contain_text("Not connected")
    page.goto("about:blank")
    page.context.set_offline(False)
    bring_to(w.mine, "submitted", head=w.head)
    page.goto(form(live_server, w.mine, ""))
    words = page.locator("[data-words]")
    expect(words).to_contain_text("3. Own professional")
    expect(words).to_contain_text("Good\nViết lúc mất mạng\nNo evidence; my note says why")
    expect(words).to_contain_text("Strengths and learning plan\nGoals: Học thêm")
    axe(page)


def test_a_name_that_could_not_stay_is_told(page, as_user, live_server, axe, w):
    as_user(page, w.teacher)
    page.goto(live_server.url + reverse("evaluations:evidence_upload", args=[w.mine.pk]))
    names = {"../../etc/passwd.pdf": "passwd.pdf", "bang\u202efdp.diem.pdf": "bangfdp.diem.pdf", "kế  hoạch.pdf": ""}
    for pages, (name, kept) in enumerate(names.items(), 1):
        file = {"name": name, "mimeType": "application/pdf", "buffer": pdf(pages=pages)}
        page.locator("input[type=file]").set_input_files(file)
        line = page.locator(".uploads li").nth(pages - 1).locator(".upload-state")
        expect(line).to_have_text(
            f"Added. Its name could not stay as it was; it is kept as “{kept}”." if kept else "Added"
        )
    axe(page)


def test_beside_a_keyboard_the_news_takes_one_line(new_page, as_user, live_server, axe, w):
    phone = new_page(width=360, height=400, touch=True)
    as_user(phone, w.teacher)
    phone.goto(form(live_server, w.mine, "TC03"))
    Session.objects.all().delete()
    note(phone).fill("Gõ trên điện thoại")
    news = phone.locator("#save-news")
    again = news.get_by_role("link", name="Sign in again")
    expect(again).to_be_in_viewport(ratio=1)
    assert news.bounding_box()["height"] < 60
    assert news.locator("[data-sentence]").bounding_box()["width"] <= 1  # only heard: there is no room for half of it
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    dock = phone.locator(".save-dock").bounding_box()
    assert (dock["x"], dock["width"]) == (0, 360)
    axe(phone)
    with phone.context.expect_page():
        again.tap()
    phone.bring_to_front()
    phone.evaluate("document.activeElement.blur()")
    expect(news.get_by_role("button", name="I have signed in")).to_be_visible()


def test_what_can_be_done_with_refused_words_stays_in_view(new_page, as_user, live_server, w):
    phone = new_page(width=360, height=740, touch=True)
    fill_self(w.mine)
    as_user(phone, w.teacher)
    phone.goto(form(live_server, w.mine, "TC03"))
    bring_to(w.mine, "submitted", head=w.head)
    note(phone).fill("Viết sau khi nộp, rất dài. " * 40)
    news = phone.locator("#save-news")
    expect(news).to_contain_text("rất dài")
    expect(news.get_by_role("button", name="Copy")).to_be_in_viewport(ratio=1)
    expect(news.get_by_role("button", name="Remove from this device")).to_be_in_viewport(ratio=1)
