"""A file of several parts over a link that breaks in the middle: it continues where it stopped, also in a new window."""

import hashlib
import io
import os

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, Route, expect

from evaluations.models import Evidence
from files.models import UploadPart
from files.parts import PART


@pytest.fixture
def photo() -> bytes:
    """A PNG of noise: nothing makes it smaller."""
    content = io.BytesIO()
    Image.frombytes("RGB", (800, 800), os.urandom(800 * 800 * 3)).save(content, "PNG")
    assert len(content.getvalue()) > 3 * PART
    return content.getvalue()


def choose(page: Page, live_server, w, path) -> None:
    page.goto(live_server.url + reverse("evaluations:evidence_upload", args=[w.mine.pk]) + "?criterion=TC03")
    page.locator("input[type=file]").set_input_files(path)


def kept_as(photo: bytes) -> Evidence:
    evidence = Evidence.objects.select_related("file").get()
    assert evidence.file.sha256 == hashlib.sha256(photo).hexdigest()
    assert not UploadPart.objects.exists()
    return evidence


def test_it_continues_by_itself_after_a_break(phone, as_user, live_server, w, photo, tmp_path):
    path = tmp_path / "anh-lop.png"
    path.write_bytes(photo)
    sent: list[int] = []

    def weak(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(int(route.request.url.rpartition("at=")[2]))
        if sent == [0, PART]:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    as_user(phone, w.teacher)
    phone.route("**/evidence/add/part/**", weak)
    choose(phone, live_server, w, path)
    expect(phone.locator(".upload-state")).to_have_text("The connection is gone; it continues by itself.")
    expect(phone.locator(".upload-state")).to_have_text("Added")
    assert sent[:3] == [0, PART, PART], "the first part is not sent again"
    assert kept_as(photo).title == "anh-lop"


def test_a_new_window_goes_on_with_what_had_arrived(page, new_page, as_user, live_server, w, photo, tmp_path):
    path = tmp_path / "anh-lop.png"
    path.write_bytes(photo)
    as_user(page, w.teacher)
    page.route("**/evidence/add/part/**at=1048576", lambda route: route.abort())
    choose(page, live_server, w, path)
    expect(page.locator(".upload-state")).to_have_text("The connection is gone; it continues by itself.")
    page.close()  # the battery is empty
    assert UploadPart.objects.count() == 2
    other = new_page()
    as_user(other, w.teacher)
    sent: list[str] = []
    other.on("request", lambda request: sent.append(request.url) if "&at=" in request.url else None)
    choose(other, live_server, w, path)
    expect(other.locator(".upload-state")).to_have_text("Added")
    assert sent[0].endswith(f"at={2 * PART}")
    kept_as(photo)
