"""Pages of the product itself, account pages, and what people read when something goes wrong."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core import views

pytestmark = pytest.mark.django_db

PUBLIC = [
    "core:help",
    "core:accessibility",
    "core:privacy",
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
]


@pytest.fixture
def person(db):
    from tests.factories.people import UserFactory

    return UserFactory(full_name="Nguyễn Thị Mẫu")


@pytest.fixture
def anonymous(rf):
    def make(method="get", path="/", **kwargs):
        request = getattr(rf, method)(path, **kwargs)
        request.user = AnonymousUser()
        return request

    return make


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(client, name, language):
    client.cookies["language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert re.search(r"<title>\s*\S.* - Chuẩn</title>", html)
    assert not re.search(r"<script>|style=|\son\w+=", html)


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_email", "account_logout", "account_reauthenticate", "core:help"]
)
def test_account_pages_of_a_signed_in_person(client, person, name):
    client.force_login(person)
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Nguyễn Thị Mẫu" in html
    assert html.count("<h1") == 1


def test_a_used_reset_link_says_so(client):
    html = client.get("/accounts/password/reset/key/1-set-password/", follow=True).content.decode()
    assert "This link no longer works" in html or "Liên kết" in html


def test_failed_sign_in_says_so_in_the_title_and_keeps_the_name(client):
    client.cookies["language"] = "en"
    html = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}).content.decode()
    assert "<title>Error: Sign in - Chuẩn</title>" in html
    assert 'value="nobody"' in html
    assert "data-error-summary" in html


# --- language -------------------------------------------------------------------------------------------------------
def test_switching_the_language_keeps_the_page(client):
    response = client.post(reverse("core:set_language"), {"language": "en", "next": "/help/?a=1"})
    assert response["Location"] == "/help/?a=1"
    assert client.cookies["language"].value == "en"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_no_redirect_to_strangers(client, target):
    response = client.post(reverse("core:set_language"), {"language": "en", "next": target})
    assert response["Location"] == "/"


def test_an_unknown_language_changes_nothing(client):
    client.post(reverse("core:set_language"), {"language": "xx"})
    assert "language" not in client.cookies


def test_a_signed_in_choice_is_told_to_whom_it_concerns(client, person):
    from core.signals import language_chosen

    heard = []

    def listen(**news):
        heard.append((news["user"], news["language"]))

    language_chosen.connect(listen)
    client.force_login(person)
    client.post(reverse("core:set_language"), {"language": "en"})
    language_chosen.disconnect(listen)
    assert heard == [(person, "en")]


# --- when something goes wrong ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("handler", "status"),
    [(views.bad_request, 400), (views.permission_denied, 403), (views.not_found, 404), (views.too_many_requests, 429)],
)
def test_error_pages_and_their_json(anonymous, handler, status):
    assert handler(anonymous(), PermissionDenied("Only the head may.")).status_code == status
    answer = handler(anonymous(headers={"X-Requested-With": "fetch"}), PermissionDenied())
    assert answer.status_code == status
    assert json.loads(answer.content)["detail"]


def test_the_sentence_of_a_policy_is_shown(anonymous):
    assert "Only the head may." in views.permission_denied(anonymous(), PermissionDenied("Only the head may.")).text


def test_the_500_page_needs_nothing(rf, settings):
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()


def test_even_without_its_template_the_500_page_answers(rf, monkeypatch):
    def broken(*args):
        raise OSError

    monkeypatch.setattr(views.loader, "render_to_string", broken)
    assert views.server_error(rf.get("/")).status_code == 500


def test_a_stale_form_gives_every_word_back_but_no_secret(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    typed = {"note": "Tôi đã <dự giờ> ba tiết.", "password": "mua-xuan", "level": "3", "empty": " "}
    response = client.post("/help/?a=1", typed)
    assert response.status_code == 403
    html = response.content.decode()
    assert "Tôi đã &lt;dự giờ&gt; ba tiết." in html
    assert "mua-xuan" not in html
    assert 'href="/help/?a=1"' in html


def test_a_stale_form_of_a_script_gets_a_code(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    response = client.post("/help/", {"note": "x"}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 403
    assert response.json()["code"] == "csrf"


# --- gallery --------------------------------------------------------------------------------------------------------
def test_the_gallery_is_for_builders_only(client, settings):
    settings.DEBUG = settings.DEMO = False
    assert client.get(reverse("core:components")).status_code == 404
    settings.DEMO = True
    assert client.get(reverse("core:components") + "?errors=1&page=3").status_code == 200
