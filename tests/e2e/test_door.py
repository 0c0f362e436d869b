"""The door: signing in, in a browser, on a desktop and on a telephone."""

import pytest
from playwright.sync_api import expect

from tests.factories.people import people_world


@pytest.fixture
def world(_live):
    """A school with its people."""
    return people_world()


@pytest.mark.parametrize("device", ["page", "phone"])
def test_sign_in_page(device, request, live_server, axe):
    page = request.getfixturevalue(device)
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out sideways"
    axe(page)


def test_signing_in_and_out_by_keyboard(page, live_server, world):
    world.teacher.set_password("a-password-for-this-test")
    world.teacher.save()
    page.goto(live_server.url)
    page.get_by_label("User name").or_(page.locator("#id_login")).first.fill(world.teacher.username)
    page.locator("#id_password").fill("a-password-for-this-test")
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + "/")


def test_first_page_of_a_signed_in_person(page, live_server, as_user, world, axe):
    as_user(page, world.teacher)
    page.goto(live_server.url)
    expect(page).to_have_url(live_server.url + "/")
    axe(page)
