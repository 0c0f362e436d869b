"""Sign-in first, private pages, refusals in words."""

import json
from types import SimpleNamespace

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseNotAllowed

from core.decisions import Refused
from core.middleware import LoginRequiredMiddleware, PrivatePagesMiddleware

SOMEBODY = SimpleNamespace(is_authenticated=True, navigation_keys=set(), full_name="Lan", role_line="Teacher")


def page(request):
    return HttpResponse("<p>page")


@pytest.fixture
def request_of(rf):
    def make(user, **headers):
        request = rf.get("/evaluations/?stage=open", headers=headers)
        request.user = user
        return request

    return make


def test_a_stranger_is_sent_to_sign_in_and_back(request_of):
    response = LoginRequiredMiddleware(page).process_view(request_of(AnonymousUser()), page, (), {})
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/evaluations/%3Fstage%3Dopen")


@pytest.mark.parametrize("headers", [{"X-Requested-With": "fetch"}, {"HX-Request": "true"}])
def test_a_script_is_told_in_a_sentence(request_of, headers):
    response = LoginRequiredMiddleware(page).process_view(request_of(AnonymousUser(), **headers), page, (), {})
    assert response.status_code == 401
    answer = json.loads(response.content)
    assert "no longer signed in" in answer["detail"]
    assert answer["login_url"].startswith("/")


def test_public_views_stay_public(request_of):
    view = login_not_required(lambda request: HttpResponse())
    assert LoginRequiredMiddleware(page).process_view(request_of(AnonymousUser()), view, (), {}) is None


def test_pages_of_signed_in_people_are_not_stored(request_of):
    response = PrivatePagesMiddleware(page)(request_of(SOMEBODY))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_public_pages_and_files_keep_their_own_rules(request_of):
    assert "Cache-Control" not in PrivatePagesMiddleware(page)(request_of(AnonymousUser()))

    def file(request):
        return HttpResponse(b"x", content_type="application/pdf", headers={"Cache-Control": "private, max-age=60"})

    assert PrivatePagesMiddleware(file)(request_of(SOMEBODY))["Cache-Control"] == "private, max-age=60"


def test_a_refusal_is_a_page_with_the_sentence_and_the_problems(request_of):
    refused = Refused("The stage is over.", problems=["Criterion 3 has no level"])
    response = PrivatePagesMiddleware(page).process_exception(request_of(SOMEBODY), refused)
    assert response.status_code == 409
    assert "The stage is over." in response.content.decode()
    assert "<li>Criterion 3 has no level</li>" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/evaluations/cycles/xa-2026/close/", "/evaluations/cycles/xa-2026/"),
        ("/people/memberships/5/end/", "/people/"),
        ("/people/", ""),
    ],
)
def test_a_refusal_leads_back_to_the_page_above(request_of, path, above):
    request = request_of(SOMEBODY)
    request.path = request.path_info = path
    text = PrivatePagesMiddleware(page).process_exception(request, Refused("No.")).content.decode()
    assert (f'href="{above}"' in text) is bool(above)
    assert ("Back</a>" in text) is bool(above)


def test_a_refusal_for_a_script_is_json(request_of):
    request = request_of(SOMEBODY, **{"X-Requested-With": "fetch"})
    response = PrivatePagesMiddleware(page).process_exception(request, Refused("Too late.", problems=["a"]))
    assert response.status_code == 409
    assert json.loads(response.content) == {"detail": "Too late.", "problems": ["a"]}


def test_other_exceptions_pass(request_of):
    assert PrivatePagesMiddleware(page).process_exception(request_of(SOMEBODY), ValueError("x")) is None


def test_a_form_sent_after_the_session_ended_gives_its_words_back(rf):
    request = rf.post(
        "/evaluations/1/return/",
        {"comment": "Thiếu minh chứng tiêu chí 4", "csrfmiddlewaretoken": "abcdef"},
        headers={"Referer": "http://testserver/evaluations/1/?tab=all"},
    )
    request.user = AnonymousUser()
    response = LoginRequiredMiddleware(page).process_view(request, page, (), {})
    assert response.status_code == 401
    html = response.content.decode()
    assert "Thiếu minh chứng tiêu chí 4" in html
    assert "next=%2Fevaluations%2F1%2F%3Ftab%3Dall" in html
    assert "abcdef" not in html


def test_an_empty_form_of_a_stranger_is_sent_to_sign_in_and_back_to_its_page(rf):
    request = rf.post("/evaluations/1/submit/", headers={"Referer": "https://elsewhere.example/x"})
    request.user = AnonymousUser()
    response = LoginRequiredMiddleware(page).process_view(request, page, (), {})
    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2F")


def test_an_address_for_forms_explains_itself(request_of):
    def only_post(request):
        return HttpResponseNotAllowed(["POST"])

    response = PrivatePagesMiddleware(only_post)(request_of(SOMEBODY))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "<h1>Nothing to see here</h1>" in response.content.decode()
