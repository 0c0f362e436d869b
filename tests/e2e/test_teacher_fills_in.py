"""A teacher fills in, proves, submits and takes back: on a phone, by keyboard, and with the axe."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from evaluations.models import Evaluation, Evidence, Rating, Sheet
from tests.factories.evaluations import bring_to, fill_self, link_evidence
from tests.files.samples import pdf, picture


def at(live_server, name: str, evaluation: Evaluation, *more) -> str:
    return live_server.url + reverse(f"evaluations:{name}", args=[evaluation.pk, *more])


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_contain_text("Saved ")


def rating(evaluation: Evaluation, code: str) -> Rating:
    return Rating.objects.get(sheet__evaluation=evaluation, sheet__kind="self", criterion__code=code)


def test_all_fifteen_criteria_on_a_phone(phone, as_user, live_server, axe, w):
    as_user(phone, w.teacher)
    phone.goto(live_server.url)
    phone.get_by_role("link", name="Self-assessment:").click()
    axe(phone)
    for number in range(1, 16):
        step = phone.locator(f"#TC{number:02d}")
        expect(step).to_be_visible()
        expect(phone.get_by_role("button", name=f"Criterion {number} of 15")).to_be_visible()
        step.get_by_role("radio", name=re.compile("^Very good" if number % 2 else "^Good")).check()
        step.get_by_role("textbox", name="Note").fill(f"Việc đã làm số {number}")
        step.get_by_role("checkbox", name="No evidence").check()
        step.get_by_role("link", name="Next").click()
    phone.get_by_role("textbox", name="Strengths").fill("Kiên nhẫn với học sinh")
    phone.get_by_role("textbox", name="Goals").fill("Dạy học theo dự án")
    phone.get_by_role("link", name="Next").locator("visible=true").click()
    saved(phone)
    expect(phone.locator(".self-live")).to_contain_text("Nothing is missing")
    expect(phone.locator(".self-live")).to_contain_text("Good")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    axe(phone)
    phone.get_by_role("button", name="Submit my self-assessment").click()
    expect(phone.get_by_role("heading", name="Your self-assessment")).to_be_visible()
    axe(phone)
    w.mine.refresh_from_db()
    assert (w.mine.status, w.mine.self_result) == ("submitted", "K")
    sheet = Sheet.objects.get(evaluation=w.mine, kind="self")
    assert (sheet.strengths, sheet.goals) == ("Kiên nhẫn với học sinh", "Dạy học theo dự án")
    assert [row.note for row in sheet.ratings.all()] == [f"Việc đã làm số {number}" for number in range(1, 16)]
    phone.get_by_role("button", name="Take the submission back").click()
    phone.get_by_role("dialog").get_by_role("button", name="Take the submission back").click()
    expect(phone.get_by_role("heading", name="Self-assessment", exact=True)).to_be_visible()
    w.mine.refresh_from_db()
    assert w.mine.status == "draft"


def test_the_other_language_is_read_at_the_same_criterion(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(at(live_server, "self", w.mine) + "#TC05")
    page.locator("#TC05 textarea").fill("Vừa gõ xong")
    page.get_by_role("button", name="Tiếng Việt").locator("visible=true").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator("#TC05 textarea")).to_have_value("Vừa gõ xong")
    expect(page.locator("#TC05")).to_be_visible()


def test_the_keyboard_alone(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(at(live_server, "self", w.mine))
    page.locator("#TC01 input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Tập huấn hè")
    saved(page)
    expect(page.locator("a[href='#TC01'][data-state]")).to_have_attribute("data-state", "part")
    while page.evaluate("document.activeElement.textContent") != "Next":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#TC02 h2")).to_be_focused()
    row = rating(w.mine, "TC01")
    assert (row.level, row.note) == ("K", "Tập huấn hè")


def test_examples_and_evidence_in_the_page(page, as_user, live_server, axe, w, tmp_path):
    link_evidence(w.mine, "TC02", title="Sổ chủ nhiệm")
    as_user(page, w.teacher)
    page.goto(at(live_server, "self", w.mine) + "#TC04")
    step = page.locator("#TC04")
    step.get_by_role("radio", name=re.compile("^Good")).check()
    step.get_by_role("button", name="Examples").click()
    expect(step.locator(".examples")).to_be_visible()
    step.get_by_role("link", name="Add evidence").click()
    dialog = page.get_by_role("dialog")
    axe(page)
    dialog.get_by_role("checkbox", name="Sổ chủ nhiệm").check()
    expect(step.get_by_role("link", name="Sổ chủ nhiệm")).to_be_attached()
    good, wrong = Path(tmp_path, "kế hoạch.pdf"), Path(tmp_path, "ảnh.pdf")
    good.write_bytes(pdf())
    wrong.write_bytes(picture())
    dialog.locator("input[type=file]").set_input_files([good, wrong])
    expect(dialog.get_by_text("Added")).to_be_visible()
    expect(dialog.get_by_text("but its content is: JPEG picture")).to_be_visible()
    expect(dialog.get_by_role("checkbox", name="kế hoạch")).to_be_checked()
    dialog.locator("input[type=file]").set_input_files([good])
    expect(dialog.get_by_text("is here already")).to_be_visible()
    dialog.get_by_text("State a fact").click()
    dialog.get_by_role("textbox", name="What happened").fill("Dạy mẫu cấp cụm")
    dialog.get_by_role("button", name="Add the fact").click()
    expect(dialog.get_by_role("alert").filter(has_text="Name the minutes or a witness")).to_be_visible()
    dialog.get_by_role("textbox", name="Minutes or witness").fill("Biên bản 12")
    dialog.get_by_role("button", name="Add the fact").click()
    expect(dialog.get_by_role("checkbox", name="Dạy mẫu cấp cụm")).to_be_checked()
    axe(page)
    page.keyboard.press("Escape")
    expect(step.get_by_role("link", name="Add evidence")).to_be_focused()
    expect(step.get_by_role("link", name="Dạy mẫu cấp cụm")).to_be_visible()
    expect(page.locator("a[href='#TC04'][data-state]")).to_have_attribute("data-state", "done")
    assert Evidence.objects.filter(evaluation=w.mine, uses__criterion__code="TC04").count() == 3


def test_many_files_at_once_and_one_again_after_the_connection_was_lost(page, as_user, live_server, axe, w, tmp_path):
    files = []
    for number in range(3):
        files.append(Path(tmp_path, f"biên bản {number}.pdf"))
        files[-1].write_bytes(pdf(pages=number + 1))
    large = Path(tmp_path, "phim.pdf")
    large.write_bytes(b"%PDF-" + b"x" * (20 * 1024 * 1024))
    as_user(page, w.teacher)
    page.goto(at(live_server, "evidence_upload", w.mine))
    page.get_by_text("Speaks for: no criterion yet").click()
    page.get_by_role("checkbox", name="3. Own professional").check()
    page.route("**/evidence/add/file/", lambda route: route.abort(), times=1)
    page.locator("input[type=file]").set_input_files([*files, large])
    expect(page.get_by_text("Added", exact=True)).to_have_count(2)
    expect(page.get_by_text("Larger than 20 MB")).to_be_visible()
    expect(page.get_by_text("The connection was lost.").locator("visible=true")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Try again").locator("visible=true").click()
    expect(page.get_by_text("Added", exact=True)).to_have_count(3)
    assert Evidence.objects.filter(uses__criterion__code="TC03").count() == 3


def test_files_are_tied_to_what_is_ticked_after_they_arrived(page, phone, as_user, live_server, axe, w, tmp_path):
    good, locked = Path(tmp_path, "kế hoạch.pdf"), Path(tmp_path, "khóa.pdf")
    good.write_bytes(pdf())
    locked.write_bytes(pdf(password="x"))
    for screen in (page, phone):
        as_user(screen, w.teacher)
        screen.goto(at(live_server, "evidence_upload", w.mine))
        expect(screen.locator("input[type=file]")).to_be_in_viewport()
        screen.locator("input[type=file]").set_input_files(locked)
        expect(screen.get_by_role("alert").filter(has_text="khóa.pdf")).to_contain_text("password")
        expect(screen.get_by_role("alert").filter(has_text="khóa.pdf")).to_be_in_viewport(ratio=1)
        expect(screen.get_by_role("link", name="Cancel")).to_be_visible()
    page.locator("input[type=file]").set_input_files(good)
    expect(page.get_by_text("Added", exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Not tied to any criterion yet. What you")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Done")).to_be_in_viewport(ratio=1)
    page.route("**/evidence/*-*-*-*-*/", lambda route: route.abort(), times=1)
    page.get_by_text("Speaks for: no criterion yet").click()
    page.get_by_role("checkbox", name="3. Own professional").check()
    expect(page.get_by_role("alert").filter(has_text="were not saved")).to_be_visible()
    page.get_by_role("button", name="Try again").locator("visible=true").click()
    expect(page.get_by_role("status").filter(has_text="Speaks for: 3. Own")).to_be_visible()
    axe(page)
    page.get_by_role("checkbox", name="4. Planning").check()
    expect(page.locator("main summary")).to_contain_text("Speaks for (2): 3. Own")
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("heading", name="Evidence", exact=True)).to_be_visible()
    assert set(Evidence.objects.get().uses.values_list("criterion__code", flat=True)) == {"TC03", "TC04"}
    phone.goto(at(live_server, "evidence_upload", w.mine) + "?criterion=TC05")
    expect(phone.locator("main summary")).to_contain_text("Speaks for: 5. ")
    expect(phone.locator("input[type=file]")).to_be_in_viewport()
    phone.locator("input[type=file]").set_input_files(good)
    phone.get_by_role("button", name="Use the one that is here").click()
    expect(phone.get_by_role("status").filter(has_text="Speaks for: 5. ")).to_be_in_viewport(ratio=1)
    axe(phone)
    phone.get_by_role("link", name="Done").click()
    expect(phone.locator("#TC05 h2")).to_be_visible()
    assert set(Evidence.objects.get().uses.values_list("criterion__code", flat=True)) == {"TC03", "TC04", "TC05"}


def test_gaps_are_summed_up_and_lead_to_the_criterion(page, as_user, live_server, axe, w):
    fill_self(w.mine)
    Rating.objects.filter(criterion__code="TC09").update(level="")
    as_user(page, w.teacher)
    page.goto(at(live_server, "self", w.mine) + "#submit")
    page.get_by_role("button", name="Submit my self-assessment").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Criterion 9 has no level yet")
    axe(page)
    summary.get_by_role("link", name="Criterion 9").click()
    expect(page).to_have_url(at(live_server, "self", w.mine) + "#TC09")
    expect(page.locator("#TC09")).to_be_visible()


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "announced", "closed"])
def test_every_page_of_the_teacher_is_accessible(page, phone, as_user, live_server, axe, w, status):
    piece = link_evidence(w.mine, "TC02", title="Sổ chủ nhiệm")
    bring_to(w.mine, status, head=w.head)
    addresses = [live_server.url + "/", *(at(live_server, name, w.mine) for name in ("detail", "self", "evidence"))]
    if status in ("announced", "closed"):
        addresses.append(at(live_server, "result", w.mine))
    if status == "draft":
        addresses += [live_server.url + "/evaluations/", at(live_server, "evidence_item", w.mine, piece.pk)]
        addresses += [at(live_server, name, w.mine) for name in ("evidence_upload", "evidence_reuse")]
        addresses += [at(live_server, "evidence_add", w.mine, kind) for kind in ("link", "fact")]
        addresses += [at(live_server, "criterion_evidence", w.mine, "TC03")]
        addresses += [at(live_server, "evidence_delete", w.mine, piece.pk)]
    for screen in (page, phone):
        as_user(screen, w.teacher)
        for address in addresses:
            screen.goto(address)
            if screen is page or status in ("draft", "announced"):  # the other states show a phone nothing new
                axe(screen)
            assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_without_scripts_the_form_saves(new_page, as_user, live_server, w):
    plain = new_page(java_script_enabled=False)
    as_user(plain, w.teacher)
    plain.goto(at(live_server, "self", w.mine))
    plain.locator("#TC01").get_by_role("radio", name=re.compile("^Good")).check()
    plain.locator("#TC01").get_by_role("link", name="Next").click()
    plain.locator("#TC02").get_by_role("textbox", name="Note").fill("Không cần kịch bản")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_text("Saved.")).to_be_visible()
    assert rating(w.mine, "TC02").note == "Không cần kịch bản"
    assert rating(w.mine, "TC01").level == "K"


def test_the_result_is_read_objected_to_and_answered(page, as_user, live_server, axe, w):
    bring_to(w.mine, "announced", head=w.head, levels="T", decided="K")
    as_user(page, w.teacher)
    page.goto(live_server.url)
    page.get_by_role("link", name="Your result:").click()
    expect(page.get_by_text("The result is Good")).to_be_visible()
    page.get_by_role("button", name="Send the objection").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your objection")
    words, asked = page.get_by_role("textbox", name="What do you object to"), []
    words.fill("Tiêu chí 5: đã dạy mẫu hai lần.")
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(words).to_have_value("Tiêu chí 5: đã dạy mẫu hai lần.")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Send the objection").click()
    expect(page.get_by_text("Your objection has been sent")).to_be_visible()
    axe(page)
    as_user(page, w.head)
    page.goto(at(live_server, "detail", w.mine))
    page.get_by_text("Answer and keep the decision").first.click()
    page.get_by_role("textbox", name="Your answer: why the decision stands").fill("Minh chứng chưa đủ.")
    page.get_by_role("button", name="Answer and keep the decision").click()
    expect(page.get_by_text("Answered. The decision stands")).to_be_visible()
    as_user(page, w.teacher)
    page.goto(at(live_server, "result", w.mine))
    expect(page.get_by_text("Minh chứng chưa đủ.")).to_be_visible()
    page.get_by_role("button", name="Acknowledge the result").click()
    page.get_by_role("dialog").get_by_role("button", name="Acknowledge the result").click()
    expect(page.get_by_text("this evaluation is closed")).to_be_visible()
