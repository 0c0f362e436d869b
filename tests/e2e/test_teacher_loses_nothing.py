"""No word is lost: not to the network, the server, the session, a second tab, a closed window or another person."""

import re

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from evaluations.actions.moves import move
from evaluations.models import Evaluation, Rating
from tests.factories.evaluations import fill_self


def form(live_server, evaluation: Evaluation, code: str = "TC03") -> str:
    return live_server.url + reverse("evaluations:self", args=[evaluation.pk]) + f"#{code}"


def note(page: Page, code: str = "TC03"):
    return page.locator(f"#{code} textarea")


def stored(evaluation: Evaluation, code: str = "TC03") -> Rating:
    return Rating.objects.get(sheet__evaluation=evaluation, sheet__kind="self", criterion__code=code)


def said(page: Page, words: str) -> None:
    expect(page.locator("#save-state")).to_contain_text(words)


def swallow(route: Route) -> None:
    """The server hears of it, the page hears nothing."""
    route.fetch()
    route.abort()


def test_it_saves_within_a_second_of_a_change(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    with page.expect_response("**/ratings/TC03/", timeout=1_900):
        note(page).press_sequentially("Đang gõ không ngừng", delay=60)
    with page.expect_response("**/ratings/TC03/", timeout=1_500):
        page.locator("#TC03 input[type=radio]").nth(2).check()
    said(page, "Saved ")


def test_what_is_typed_before_the_scripts_arrive_is_saved_too(page, as_user, live_server, w):
    as_user(page, w.teacher)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/js/self-page*.js", hold)
    page.goto(form(live_server, w.mine).partition("#")[0], wait_until="commit")
    note(page, "TC01").fill("Nhanh hơn mạng")
    page.locator("#TC01 input[type=radio]").nth(2).check()
    expect(page.locator("#save-state")).to_have_text("")
    held[0].continue_()
    said(page, "Saved ")
    assert (stored(w.mine, "TC01").note, stored(w.mine, "TC01").level) == ("Nhanh hơn mạng", "K")


def test_a_lost_connection(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.context.set_offline(True)
    note(page).fill("Viết khi mất mạng")
    expect(page.locator("#save-news")).to_contain_text("Your words are kept on this device")
    said(page, "Not sent yet")
    page.context.set_offline(False)
    said(page, "Saved ")
    expect(page.locator("#save-news")).to_be_hidden()
    assert stored(w.mine).note == "Viết khi mất mạng"


def test_a_lost_connection_and_a_closed_tab(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.context.set_offline(True)
    note(page).fill("Đóng máy rồi mở lại")
    expect(page.locator("#save-news")).to_be_visible()
    context = page.context
    page.close()
    assert stored(w.mine).note == ""
    context.set_offline(False)
    again = context.new_page()
    again.goto(form(live_server, w.mine))
    expect(note(again)).to_have_value("Đóng máy rồi mở lại")
    said(again, "Saved ")
    assert stored(w.mine).note == "Đóng máy rồi mở lại"
    assert (
        again.evaluate("Object.keys(localStorage).filter(k => k.startsWith('chuan:') && !k.includes('alive')).length")
        == 0
    )


def test_a_server_in_trouble(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.route("**/ratings/**", lambda route: route.fulfill(status=500, body="oops"))
    note(page).fill("Máy chủ lỗi")
    expect(page.locator("#save-news")).to_contain_text("kept on this device")
    page.reload()
    expect(note(page)).to_have_value("Máy chủ lỗi")
    page.unroute("**/ratings/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    said(page, "Saved ")
    assert stored(w.mine).note == "Máy chủ lỗi"


def test_an_answer_lost_on_the_way_is_no_conflict(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.route("**/ratings/**", swallow, times=1)
    note(page).fill("Đã tới nơi mà không biết")
    expect(page.locator("#save-news")).to_be_visible()
    said(page, "Saved ")
    assert page.locator("#TC03 [data-keep]").count() == 0
    assert stored(w.mine).revision == 1


def lose_an_answer(page, live_server, w, words: str) -> None:
    """The server saves the words and the page never hears of it; nothing gets through afterwards."""
    page.goto(form(live_server, w.mine))
    page.route("**/ratings/**", lambda route: route.abort())
    page.route("**/ratings/**", swallow, times=1)
    note(page).fill(words)
    expect(page.locator("#save-news")).to_contain_text("Not connected")
    assert stored(w.mine).note == words


def reach_again(page) -> None:
    page.unroute("**/ratings/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    said(page, "Saved ")
    assert page.locator("[data-keep]").count() == 0


def test_typing_on_after_a_lost_answer_is_no_conflict(page, as_user, live_server, w):
    as_user(page, w.teacher)
    lose_an_answer(page, live_server, w, "Câu đầu đã tới nơi. ")
    with page.expect_request("**/ratings/TC03/"):
        note(page).press_sequentially("Câu thứ hai")
    note(page).press_sequentially(" và câu thứ ba")
    Rating.objects.filter(pk=stored(w.mine).pk).update(level="T", revision=2)  # and elsewhere a level was chosen
    reach_again(page)
    expect(page.locator("#TC03 input[value=T]")).to_be_checked()
    assert (stored(w.mine).note, stored(w.mine).level) == ("Câu đầu đã tới nơi. Câu thứ hai và câu thứ ba", "T")


def test_what_is_taken_back_after_a_lost_answer_stays_taken_back(page, as_user, live_server, w):
    as_user(page, w.teacher)
    lose_an_answer(page, live_server, w, "Viết nhầm tiêu chí")
    note(page).fill("")
    reach_again(page)
    expect(note(page)).to_have_value("")
    assert stored(w.mine).note == ""


def test_a_lost_answer_is_known_after_a_reload_and_others_words_are_still_asked_about(page, as_user, live_server, w):
    as_user(page, w.teacher)
    lose_an_answer(page, live_server, w, "Đã tới nơi trước khi đóng máy")
    note(page).fill("Đã tới nơi trước khi đóng máy, rồi viết thêm")
    page.reload()
    expect(note(page)).to_have_value("Đã tới nơi trước khi đóng máy, rồi viết thêm")
    reach_again(page)
    assert stored(w.mine).note == "Đã tới nơi trước khi đóng máy, rồi viết thêm"
    Rating.objects.filter(pk=stored(w.mine).pk).update(note="Đã tới nơi trước khi đóng máy", revision=9)
    note(page).fill("Viết tiếp")
    expect(page.get_by_role("group", name="Two versions")).to_be_visible()


def test_two_versions_are_shown_side_by_side(page, as_user, live_server, axe, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    Rating.objects.filter(pk=stored(w.mine).pk).update(note="Lưu từ điện thoại", level="T", revision=5)
    note(page).fill("Gõ trên máy tính")
    box = page.get_by_role("group", name="Two versions")
    expect(box).to_contain_text("Lưu từ điện thoại")
    expect(box).not_to_contain_text("Very good")  # chosen there alone: nothing to ask
    expect(box.locator("[data-mine]")).to_have_text("Gõ trên máy tính")
    note(page).press_sequentially(", gõ thêm")
    expect(box.locator("[data-mine]")).to_have_text("Gõ trên máy tính, gõ thêm")
    axe(page)
    box.get_by_role("button", name="Keep mine").click()
    said(page, "Saved ")
    assert (stored(w.mine).note, stored(w.mine).level) == ("Gõ trên máy tính, gõ thêm", "T")
    Rating.objects.filter(pk=stored(w.mine).pk).update(note="Lại từ điện thoại", revision=9)
    note(page).fill("Gõ tiếp")
    page.get_by_role("button", name="Take the saved one").click()
    expect(note(page)).to_have_value("Lại từ điện thoại")
    note(page).press_sequentially(" và nữa")
    said(page, "Saved ")
    expect(page.get_by_role("group", name="Two versions")).to_have_count(0)
    assert stored(w.mine).note == "Lại từ điện thoại và nữa"


def test_a_conflict_is_said_in_the_dock_which_leads_to_it(new_page, as_user, live_server, axe, w):
    page = new_page(width=360, height=740, touch=True)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    Rating.objects.filter(pk=stored(w.mine).pk).update(note="Lưu từ điện thoại", revision=5)
    page.context.set_offline(True)
    note(page).fill("Gõ trên máy tính")
    news = page.locator("#save-news")
    expect(news).to_contain_text("Not connected")
    page.context.set_offline(False)
    expect(news).to_contain_text("There are two versions of criterion 3")
    expect(news).to_be_in_viewport()
    axe(page)
    page.evaluate("location.hash = '#TC05'")
    with page.expect_response("**/ratings/TC05/"):
        note(page, "TC05").fill("Tiêu chí khác vẫn lưu")
    news.get_by_role("button", name="See both and choose").click()
    box = page.get_by_role("group", name="Two versions")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    box.get_by_role("button", name="Take the saved one").click()
    expect(news).to_be_hidden()
    said(page, "Saved ")
    expect(note(page)).to_have_value("Lưu từ điện thoại")


def test_no_conflict_where_each_side_changed_something_else(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    Rating.objects.filter(pk=stored(w.mine).pk).update(level="T", revision=5)
    note(page).fill("Chỉ viết ghi chú")
    said(page, "Saved ")
    assert page.locator("[data-keep]").count() == 0
    expect(page.locator("#TC03 input[value=T]")).to_be_checked()
    assert (stored(w.mine).note, stored(w.mine).level) == ("Chỉ viết ghi chú", "T")


def write_offline(page, live_server, w, words: str) -> None:
    """Words that are kept on the device, while a level is chosen elsewhere; then the connection is back."""
    page.goto(form(live_server, w.mine))
    page.context.set_offline(True)
    note(page).fill(words)
    expect(page.locator("#save-news")).to_be_visible()
    Rating.objects.filter(pk=stored(w.mine).pk).update(level="T", revision=5)


def test_no_conflict_after_a_reload_either(page, as_user, live_server, w):
    as_user(page, w.teacher)
    write_offline(page, live_server, w, "Viết trước khi tải lại")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(form(live_server, w.mine))
    expect(note(page)).to_have_value("Viết trước khi tải lại")
    expect(page.locator("#save-state")).to_have_text(re.compile("^(Saved|Saves by itself)"))  # or saved while leaving
    assert (stored(w.mine).note, stored(w.mine).level) == ("Viết trước khi tải lại", "T")


def test_a_conflict_of_words_kept_by_an_earlier_release_shows_every_field(page, as_user, live_server, axe, w):
    as_user(page, w.teacher)
    write_offline(page, live_server, w, "Giữ từ bản trước")
    page.evaluate("""for (const key of Object.keys(localStorage)) if (key.includes(":TC03:")) {
        const { base, ...entry } = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify(entry);
    }""")
    page.goto("about:blank")
    page.context.set_offline(False)
    for _load in range(2):  # not settled by loading the page again
        page.goto(form(live_server, w.mine))
        page.reload()
        box = page.get_by_role("group", name="Two versions")
        expect(box.locator("[data-mine]")).to_contain_text("No level chosen")
        expect(box.locator("[data-mine]")).to_contain_text("Giữ từ bản trước")
        expect(box.locator("[data-stored]")).to_contain_text("Very good")
    axe(page)
    assert stored(w.mine).level == "T"


def test_two_tabs_follow_each_other(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    second = page.context.new_page()
    second.goto(form(live_server, w.mine))
    note(page).fill("Từ cửa sổ thứ nhất")
    expect(note(second)).to_have_value("Từ cửa sổ thứ nhất")
    note(second).press_sequentially(", rồi thứ hai")
    expect(note(page)).to_have_value("Từ cửa sổ thứ nhất, rồi thứ hai")
    said(second, "Saved ")
    assert stored(w.mine).note == "Từ cửa sổ thứ nhất, rồi thứ hai"


def test_a_sign_in_that_ended(page, as_user, live_server, axe, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    Session.objects.all().delete()
    note(page).fill("Phiên đã hết hạn")
    news = page.locator("#save-news")
    expect(news.get_by_role("link", name="Sign in again")).to_be_visible()
    axe(page)
    as_user(page, w.teacher)
    news.get_by_role("button", name="I have signed in").click()
    said(page, "Saved ")
    expect(news).to_be_hidden()
    assert stored(w.mine).note == "Phiên đã hết hạn"


def test_the_next_person_at_the_computer_neither_sees_nor_sends_it(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    page.route("**/ratings/**", lambda route: route.abort())
    note(page).fill("Chuyện riêng của tôi")
    expect(page.locator("#save-news")).to_be_visible()
    second = page.context.new_page()
    as_user(second, w.colleague)
    second.goto(form(live_server, w.theirs))
    second.wait_for_timeout(1_000)
    assert "Chuyện riêng của tôi" not in second.content()
    assert note(second).input_value() == ""
    page.unroute("**/ratings/**")  # the first person's page is still open, and now somebody else is signed in
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#save-news")).to_contain_text("Somebody else is signed in")
    assert not Rating.objects.exclude(note="").exists()


def test_submitted_elsewhere_meanwhile(page, as_user, live_server, axe, w):
    fill_self(w.mine)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    move(evaluation=w.mine, action="submit", by=w.teacher)
    note(page).fill("Viết sau khi nộp")
    news = page.locator("#save-news")
    expect(news).to_contain_text("submitted already")
    expect(news).to_contain_text("Viết sau khi nộp")
    axe(page)
    page.reload()
    expect(page.locator("#save-news")).to_contain_text("Viết sau khi nộp")
    page.get_by_role("button", name="Remove from this device").click()
    page.reload()
    page.wait_for_timeout(500)
    expect(page.locator("#save-news")).to_be_hidden()


def test_submitting_waits_for_the_last_word(page, as_user, live_server, w):
    fill_self(w.mine)
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    note(page).fill("Chữ cuối cùng")
    page.evaluate("location.hash = '#submit'")
    page.get_by_role("button", name="Submit my self-assessment").click()
    expect(page.get_by_role("heading", name="Your self-assessment")).to_be_visible()
    assert stored(w.mine).note == "Chữ cuối cùng"
    w.mine.refresh_from_db()
    assert w.mine.status == "submitted"


def test_a_text_that_is_too_long_is_counted_and_kept(page, as_user, live_server, w):
    as_user(page, w.teacher)
    page.goto(form(live_server, w.mine))
    note(page).fill("x" * 5_020)
    expect(page.locator("#TC03 .counter")).to_contain_text("20")
    expect(page.locator("#TC03")).to_contain_text("at most 5000 are possible")
    page.reload()
    assert len(note(page).input_value()) == 5_020
    note(page).fill("ngắn thôi")
    said(page, "Saved ")
    assert stored(w.mine).note == "ngắn thôi"
