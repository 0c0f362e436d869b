"""A draft as the teacher's form and as form 01: for those who write drafts, marked, with nothing to send."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from evaluations.models import Rating
from standards.actions.drafts import clone_version
from tests.factories.evaluations import evaluation_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_db):
    w = evaluation_world()
    w.draft = clone_version(by=w.officer, version=w.cycle.version, code="vn-nhap-1")
    first = w.draft.content["standards"][0]["criteria"][0]
    first["name"] = dict.fromkeys(("vi", "en"), "Đạo đức nhà giáo theo bản nháp")
    first["label"] = "1.1"
    w.draft.save()
    return w


def spoilt(draft) -> None:
    draft.content["rule"] = {"kind": "riddle"}
    draft.save()


def test_the_form_shows_the_draft_and_sends_nothing(client, world):
    client.force_login(world.officer)
    before = Rating.objects.count()
    page = client.get(reverse("evaluations:preview_draft", args=[world.draft.pk]))
    text = page.content.decode()
    assert "Đạo đức nhà giáo theo bản nháp" in text
    assert text.count('<section class="step') == 16  # fifteen criteria and the learning plan
    assert "<b>1.1</b>" in text
    main = text[text.index("<main") : text.index("</main>")]
    assert 'method="post"' not in main
    assert "data-autosave" not in main
    assert Rating.objects.count() == before


def test_a_draft_that_cannot_be_read_lists_its_problems(client, world):
    spoilt(world.draft)
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:preview_draft", args=[world.draft.pk]))
    assert page.status_code == 200
    assert page.context["problems"]
    assert client.get(reverse("reports:preview_draft", args=[world.draft.pk])).status_code == 409


@pytest.mark.parametrize("who", ["head", "teacher", "supervisor"])
@pytest.mark.parametrize("name", ["evaluations:preview_draft", "reports:preview_draft"])
def test_drafts_are_for_those_who_draft(client, world, who, name):
    client.force_login(getattr(world, who))
    assert client.get(reverse(name, args=[world.draft.pk])).status_code == 404


def test_form_01_is_marked_and_empty(client, world):
    client.force_login(world.officer)
    answer = client.get(reverse("reports:preview_draft", args=[world.draft.pk]), headers={"Accept-Language": "vi"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "Đạo đức nhà giáo theo bản nháp" in text
    assert "1.1" in text
    assert world.teacher.full_name not in text
