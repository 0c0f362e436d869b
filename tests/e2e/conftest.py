"""Journeys in the system's Chromium, through Playwright, against a live server on the test database.

    def test_teacher_submits(page, as_user, live_server, axe):
        as_user(page, teacher)
        page.goto(live_server.url + "/")
        axe(page)

Texts are English unless the person's language says otherwise; no page may throw an error or break the CSP.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.factories.evaluations import evaluation_world

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RESULTS = Path(__file__).resolve().parents[2] / "test-results"
PATIENCE = 10_000  # milliseconds until something awaited counts as missing, on a busy machine


@pytest.fixture(autouse=True)
def _live(transactional_db) -> None:
    """The server's threads see what the test saved."""


@pytest.fixture
def w(transactional_db) -> SimpleNamespace:
    """What most journeys start from, made for each: a live server needs it written for real."""
    return evaluation_world()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run of this worker."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "Chromium is missing; run: make test"
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread; nothing is shared
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()


class Watch:
    """Collects what goes wrong inside pages: uncaught errors and violations of the Content-Security-Policy."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.deaf = False  # while axe works, which tries inline styles itself

    def follow(self, page: Page) -> None:
        """Starts listening to a page."""
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.heard(page, message))

    def heard(self, page: Page, message: ConsoleMessage) -> None:
        """Keeps messages about the policy; others, such as a lost connection, may be part of the journey."""
        if message.type == "error" and not self.deaf and "Content Security Policy" in message.text:
            self.problems.append(f"{page.url}: {message.text}")


@pytest.fixture
def watch() -> Watch:
    """What went wrong inside the pages of this test."""
    return Watch()


@pytest.fixture
def new_page(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Makes pages of people of their own (cookies are not shared): `new_page(width=1280, height=900, touch=False)`."""
    contexts: list[BrowserContext] = []

    def make(*, width: int = 1280, height: int = 900, touch: bool = False, **options) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=touch,
            locale="en-GB",
            timezone_id=settings.TIME_ZONE,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.on("page", watch.follow)
        contexts.append(context)
        return context.new_page()

    yield make
    failed = getattr(request.node, "failed", False)
    for number, context in enumerate(contexts):
        for page in context.pages if failed else ():
            RESULTS.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.nodeid)
            page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Lets `new_page` know that the test failed."""
    report = yield
    if report.failed:
        item.failed = True
    return report


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A small telephone, 360 pixels wide."""
    return new_page(width=360, height=740, touch=True)


@pytest.fixture
def as_user(live_server) -> Callable[..., None]:
    """`as_user(page, user)`: signs a person in on that page, as the sign-in form would."""

    def sign_in(page: Page, user) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.clear_cookies(name=name)
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in


@pytest.fixture
def axe(watch: Watch) -> Callable[[Page], None]:
    """`axe(page)`: fails with readable findings when the page breaks a rule of WCAG 2.2 AA or best practice."""

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a click comes back when the next page has hardly begun
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
        watch.deaf = True
        found = Axe().run(page, options=options)
        page.evaluate("1")  # messages come in order: what axe caused has arrived before this answer
        watch.deaf = False
        lines = []
        for violation in found.response["violations"]:
            lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
            lines += [f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"][:5]]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check
