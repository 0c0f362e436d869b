"""A new officer takes up a new regulation in the browser: copy, change, see examples fail, mend, publish, use."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from evaluations.models import Cycle, Rating
from people.enums import Role
from standards.actions.drafts import change_draft, clone_version
from standards.models import Draft, FrameworkVersion
from standards.presenters.editor_document import Document
from tests.factories.evaluations import evaluation_world, fill_self, tt20
from tests.factories.people import ProvinceFactory, member

pytestmark = pytest.mark.e2e

WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world():
    """An evaluation under the old circular, and an officer of the province, who may publish."""
    w = evaluation_world()
    w.province_officer = member(w.province, Role.OFFICER, full_name="Lục Cấp Tỉnh")
    fill_self(w.mine)
    return w


def saved(page: Page) -> None:
    """The last field has been saved."""
    expect(page.locator("#save-state")).to_have_text(re.compile("Saved"))


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of the draft").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=2, name=re.compile(name.split(" ", maxsplit=1)[0]))).to_be_visible()


def line(page: Page, name: str):
    return page.locator("#editor-tree").get_by_role("link", name=re.compile(name))


def test_an_officer_takes_up_a_new_regulation(page, as_user, live_server, axe, world):
    before = list(Rating.objects.order_by("pk").values_list("pk", "level"))
    as_user(page, world.officer)

    # copy Circular 20/2018
    page.goto(live_server.url + "/standards/")
    page.get_by_role("link", name="Drafts").click()
    axe(page)
    page.get_by_role("link", name="Copy a published version").click()
    page.get_by_label("Copy").select_option("vn-tt20-2018")
    page.get_by_label("Code of the new version").fill("vn-thu-2027")
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_text("Nothing stands in the way of publishing")).to_be_visible()
    axe(page)

    # two criteria reworded; every field saves by itself
    line(page, "Teacher ethics").click()
    expect(page.get_by_role("heading", level=2, name="Teacher ethics")).to_be_focused()
    axe(page)
    page.get_by_label("Name, English", exact=True).fill("Ethics and digital conduct")
    saved(page)
    expect(line(page, "Ethics and digital conduct")).to_be_visible()
    line(page, "Own professional development").click()
    expect(page.get_by_role("heading", level=2, name="Own professional development")).to_be_focused()
    page.get_by_label("What “Very good” demands, English").fill("Leads the learning of colleagues at school.")
    saved(page)
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()

    # one added, after the last; its name is asked for at once
    line(page, "ICT and technology equipment").click()
    expect(page.get_by_role("heading", level=2, name=re.compile("ICT"))).to_be_focused()
    page.get_by_role("button", name="Add a criterion after it").click()
    expect(page.get_by_role("heading", level=2, name="TC16")).to_be_visible()
    expect(page.get_by_label("Name, Vietnamese", exact=True)).to_be_focused()
    page.get_by_label("Name, Vietnamese", exact=True).fill("Năng lực số")
    page.get_by_label("Name, English", exact=True).fill("Digital competence")
    saved(page)
    expect(page.locator("#editor-tree li[data-kind=criterion]")).to_have_count(16)

    # the rule: what a share means changes with the criteria
    part(page, "Rule of the overall result")
    axe(page)
    expect(page.get_by_text("= 11 or more of 16").first).to_be_visible()
    amount = page.get_by_label("Share or count, such as 2/3 or 10").first
    amount.fill("3/4")
    amount.blur()
    expect(page.get_by_text("= 12 or more of 16").first).to_be_visible()
    expect(page.get_by_text("At least 3/4 of the criteria (12 of 16)").first).to_be_visible()

    # the examples fail, are mended, and hold
    part(page, "Worked examples")
    expect(page.get_by_text(re.compile("of 12 do not hold"))).to_be_visible()
    axe(page)
    page.get_by_role("button", name=re.compile("^Fill in")).click()
    expect(page.get_by_role("button", name=re.compile("^Fill in"))).to_have_count(0)
    take = page.get_by_role("button", name=re.compile("^The text really gives"))
    while take.count():
        count = take.count()
        take.first.click()
        expect(take).to_have_count(count - 1)
    expect(page.get_by_text("All 12 examples hold.")).to_be_visible()

    # an example of one's own, by clicking
    page.get_by_role("link", name="Add an example").click()
    expect(page.get_by_role("heading", name="Add a worked example")).to_be_focused()
    for group in page.locator(".example-grid fieldset").all():
        group.get_by_label("Good", exact=True).check()
    expect(page.locator("#outcome")).to_contain_text("What comes out: Good")
    page.get_by_label("Result that the text gives").select_option("K")
    axe(page)
    page.get_by_role("button", name="Save the example").click()
    expect(page.get_by_text("All 13 examples hold.")).to_be_visible()

    # a step can be taken back from the list of steps
    part(page, "Steps so far")
    expect(page.locator(".timeline > li")).to_have_count(
        Draft.objects.get(content__code="vn-thu-2027").revision, timeout=10_000
    )
    axe(page)

    # publish for next year
    page.get_by_role("link", name="Check and publish").click()
    expect(page.get_by_text("Ask there when the draft is ready.")).to_be_visible()
    axe(page)
    address = page.url
    as_user(page, world.province_officer)
    page.goto(address)
    year = timezone.localdate().year + 1
    page.get_by_label("In force from").fill(f"{year}-01-01")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. From now on it never changes.")).to_be_visible()
    version = FrameworkVersion.objects.get(code="vn-thu-2027")
    assert version.criteria.count() == 16

    # the officer prepares a cycle with it; the old evaluations are as they were
    as_user(page, world.officer)
    page.goto(live_server.url + "/evaluations/cycles/new/")
    page.get_by_label("Name").fill("Đánh giá theo quy định mới")
    page.locator(f'input[name=version][value="{version.pk}"]').check()
    page.get_by_role("button", name="Choose all").click()
    page.get_by_role("button", name="Save and see who is in it").click()
    expect(page.get_by_text("Nobody has been told anything yet.")).to_be_visible()
    assert Cycle.objects.get(version=version)
    assert list(Rating.objects.order_by("pk").values_list("pk", "level")) == before
    world.mine.refresh_from_db()
    assert world.mine.cycle.version.code == "vn-tt20-2018"


@pytest.fixture
def office():
    tt20()
    return ProvinceFactory()


@pytest.fixture
def officer(office):
    return member(office, Role.OFFICER, full_name="Trịnh Chuyên Viên")


@pytest.fixture
def draft(officer):
    return clone_version(by=officer, version=tt20(), code="vn-thu-2027")


def order(draft) -> list[str]:
    draft.refresh_from_db()
    return [node.code for node in Document(draft.content).criteria]


def test_lines_move_by_keyboard_and_by_dragging(page, as_user, live_server, axe, officer, draft):
    as_user(page, officer)
    page.goto(f"{live_server.url}/standards/drafts/{draft.pk}/")
    line(page, "Teacher's professional bearing").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#heard")).to_contain_text("is now 1 of 2")
    expect(line(page, "Teacher's professional bearing")).to_be_focused()
    assert order(draft)[:2] == ["TC02", "TC01"]
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text("It cannot move further in this direction.").first).to_be_visible()

    line(page, "Teacher ethics").drag_to(line(page, "Own professional development"), target_position={"x": 40, "y": 3})
    expect(page.locator("#heard")).to_contain_text("is now 1 of 6")
    assert order(draft)[:3] == ["TC02", "TC01", "TC03"]
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("#heard")).to_contain_text("Taken back.")
    assert order(draft)[:2] == ["TC02", "TC01"]
    axe(page)


def test_two_people_choose_between_their_texts(page, new_page, as_user, live_server, axe, officer, office, draft):
    other = new_page()
    as_user(page, officer)
    as_user(other, member(office, Role.OFFICER, full_name="Mạc Đồng Nghiệp"))
    address = f"{live_server.url}/standards/drafts/{draft.pk}/node/{Document(draft.content).by_code['TC01'].id}/"
    for one in (page, other):
        one.goto(address)
        expect(one.locator("#save-state")).to_have_text("Saves by itself")
    page.get_by_label("Name, English", exact=True).fill("The first text")
    saved(page)
    other.get_by_label("Name, Vietnamese", exact=True).fill("Tên ở ô khác")
    saved(other)
    other.get_by_label("Name, English", exact=True).fill("The second text")
    box = other.get_by_role("group", name="Two versions")
    expect(box).to_contain_text("Trịnh Chuyên Viên changed this at")
    expect(box).to_contain_text("The first text")
    expect(box).to_contain_text("The second text")
    axe(other)
    box.get_by_role("button", name="Keep mine").click()
    expect(box).to_be_hidden()
    saved(other)
    draft.refresh_from_db()
    assert Document(draft.content).by_code["TC01"].item["name"] == {"vi": "Tên ở ô khác", "en": "The second text"}


def rename_elsewhere(draft, officer, node: str) -> None:
    before = Document(draft.content).nodes[node].item["name"]["en"]
    step = {"do": "set", "node": node, "field": "name.en", "value": "Theirs", "before": before}
    change_draft(draft_id=draft.pk, by=officer, step=step)


def test_the_dock_says_where_there_are_two_texts_and_leads_there(phone, as_user, live_server, axe, officer, draft):
    as_user(phone, officer)
    node = Document(draft.content).by_code["TC01"].id
    phone.goto(f"{live_server.url}/standards/drafts/{draft.pk}/node/{node}/")
    expect(phone.locator("#save-state")).to_have_text("Saves by itself")
    rename_elsewhere(draft, officer, node)
    phone.get_by_label("Name, English", exact=True).fill("Mine")
    news = phone.locator("#save-news")
    expect(news).to_contain_text("There are two versions of “Name, English”")
    phone.get_by_label("What “Very good” demands, English").scroll_into_view_if_needed()
    expect(news).to_be_in_viewport()
    axe(phone)
    assert phone.evaluate(WIDTH) <= 0
    news.get_by_role("button", name="See both and choose").click()
    box = phone.get_by_role("group", name="Two versions")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    box.get_by_role("button", name="Take the saved one").click()
    expect(news).to_be_hidden()
    expect(phone.get_by_label("Name, English", exact=True)).to_have_value("Theirs")


def test_two_forms_of_one_page_share_the_news(page, as_user, live_server, officer, draft):
    as_user(page, officer)
    page.goto(f"{live_server.url}/standards/drafts/{draft.pk}/levels/")
    expect(page.locator("#save-state")).to_have_text("Saves by itself")
    names = page.get_by_label("Name, English", exact=True)
    levels = [one.get_attribute("id") for one in page.locator(".level-form").all()][:2]
    for node in levels:
        rename_elsewhere(draft, officer, node)
    for place in range(2):
        names.nth(place).fill("Mine")
        expect(page.locator("#save-news [data-sentence]")).to_have_count(place + 1)
    page.get_by_role("button", name="Keep mine").first.click()
    expect(page.locator("#save-news [data-sentence]")).to_have_count(1)
    page.locator("#save-news").get_by_role("button").click()
    expect(page.get_by_role("group", name="Two versions")).to_be_focused()


def test_a_lost_connection_loses_no_word(page, as_user, live_server, officer, draft):
    as_user(page, officer)
    node = Document(draft.content).by_code["TC01"].id
    page.goto(f"{live_server.url}/standards/drafts/{draft.pk}/node/{node}/")
    expect(page.locator("#save-state")).to_have_text("Saves by itself")
    page.context.set_offline(True)
    page.get_by_label("Name, English", exact=True).fill("Typed without a connection")
    expect(page.get_by_text("Not connected. Your words are kept on this device")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    draft.refresh_from_db()
    assert Document(draft.content).nodes[node].item["name"]["en"] == "Typed without a connection"


def test_on_a_phone_tree_and_form_are_two_steps(phone, as_user, live_server, axe, officer, draft):
    as_user(phone, officer)
    phone.goto(f"{live_server.url}/standards/drafts/{draft.pk}/")
    axe(phone)
    assert phone.evaluate(WIDTH) <= 0
    line(phone, "Teacher ethics").click()
    expect(phone.get_by_role("heading", level=2, name="Teacher ethics")).to_be_visible()
    expect(phone.locator("#editor-tree")).to_be_hidden()
    axe(phone)
    phone.get_by_label("Name, English", exact=True).fill("Ethics")
    saved(phone)
    phone.get_by_role("button", name="Down").first.click()
    expect(phone.locator("#heard")).to_contain_text("is now 2 of 2")
    phone.get_by_role("link", name="All parts of the draft").click()
    expect(phone.locator("#editor-tree")).to_be_visible()
    for name in ("facts", "levels", "rule", "examples", "examples/0", "history", "publish", "discard"):
        phone.goto(f"{live_server.url}/standards/drafts/{draft.pk}/{name}/")
        assert phone.evaluate(WIDTH) <= 0, name
        axe(phone)


def test_who_goes_elsewhere_during_a_step_is_not_fetched_back(page, as_user, live_server, officer, draft):
    as_user(page, officer)
    page.goto(f"{live_server.url}/standards/drafts/{draft.pk}/")
    line(page, "Teacher ethics").click()
    expect(page.get_by_role("heading", level=2, name="Teacher ethics")).to_be_visible()
    held: list[Route] = []
    page.route("**/standards/drafts/**", lambda route: hold_reading(route, held))
    page.locator("#editor-main").get_by_role("button", name="Down").click()
    arrived(page, held, 1)  # the tree with the step in it
    page.locator("#editor-parts").get_by_role("link", name="Levels").click()
    arrived(page, held, 2)
    held[0].continue_()
    page.wait_for_timeout(300)
    held[1].continue_()
    expect(page.get_by_role("heading", level=2, name="Levels")).to_be_visible()
    for late in held[2:]:
        late.continue_()
    page.unroute_all(behavior="wait")
    page.wait_for_timeout(300)
    expect(page.get_by_role("heading", level=2, name="Levels")).to_be_visible()
    assert page.url.endswith("/levels/")


def hold_reading(route: Route, held: list[Route]) -> None:
    if route.request.method == "GET":
        held.append(route)
    else:
        route.continue_()


def arrived(page: Page, held: list[Route], number: int) -> None:
    """Waits until that many requests are held."""
    for _attempt in range(100):
        if len(held) >= number:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"only {len(held)} requests came")


def test_without_scripts_every_text_can_be_saved(new_page, as_user, live_server, officer, draft):
    page = new_page(java_script_enabled=False)
    as_user(page, officer)
    node = Document(draft.content).by_code["TC01"].id
    page.goto(f"{live_server.url}/standards/drafts/{draft.pk}/node/{node}/")
    page.get_by_label("Name, English", exact=True).fill("Plain")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Down").first.click()
    draft.refresh_from_db()
    document = Document(draft.content)
    assert document.nodes[node].item["name"]["en"] == "Plain"
    assert document.nodes[node].place == 1
