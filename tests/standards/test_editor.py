"""The editor of a draft: who gets in, saving field by field, two people at once, steps by buttons."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.enums import Role
from standards.actions.drafts import blank_draft, change_draft, clone_version
from standards.models import Draft, DraftChange
from standards.presenters.editor_document import Document, token
from tests.factories.evaluations import tt20
from tests.factories.people import CommuneFactory, ProvinceFactory, SchoolFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return CommuneFactory(parent=ProvinceFactory())


@pytest.fixture
def officer(office):
    return member(office, Role.OFFICER, full_name="Trịnh Chuyên Viên")


@pytest.fixture
def second(office):
    return member(office, Role.OFFICER, full_name="Mạc Đồng Nghiệp")


@pytest.fixture
def draft(officer):
    return clone_version(by=officer, version=tt20(), code="vn-thu-2027")


def signed_in(user, language="en"):
    client = Client()
    client.force_login(user)
    client.cookies["language"] = language
    return client


def criterion(draft, code):
    draft.refresh_from_db()
    return Document(draft.content).by_code[code]


def save(client, draft, node, field, value, revision):
    url = reverse("standards:draft_save", args=[draft.pk, node, field])
    return client.post(url, json.dumps({"value": value, "revision": revision}), content_type="application/json")


def act(client, draft, **fields):
    url = reverse("standards:draft_act", args=[draft.pk])
    return client.post(url, fields, headers={"x-requested-with": "fetch"})


# --- who ------------------------------------------------------------------------------------------------------------
def test_only_offices_draft(client, draft, office):
    teacher = member(SchoolFactory(parent=office))
    assert client.get("/standards/drafts/").status_code == 302
    assert signed_in(teacher).get("/standards/drafts/").status_code == 403
    assert signed_in(teacher).get(f"/standards/drafts/{draft.pk}/").status_code == 404
    assert b"/standards/drafts/" not in signed_in(teacher).get("/standards/").content


def test_the_list_of_standards_leads_officers_to_the_drafts(officer):
    assert b'href="/standards/drafts/"' in signed_in(officer).get("/standards/").content


PAGES = ("draft", "draft_facts", "draft_levels", "draft_rule", "draft_examples", "draft_example_new", "draft_history",
    "draft_publish", "draft_discard")  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_editor_opens(officer, draft, name, language):
    response = signed_in(officer, language).get(reverse(f"standards:{name}", args=[draft.pk]))
    assert response.status_code == 200
    assert b"<h2" in response.content or b"<h1" in response.content


def test_an_empty_draft_opens_on_every_page(officer):
    framework = {"code": "x", "jurisdiction": "VN", "subject_role": "teacher", "title": {"vi": "Khung"}}
    draft = blank_draft(by=officer, code="vn-trong", title={"vi": "Khung thử"}, framework=framework)
    for name in PAGES:
        assert signed_in(officer).get(reverse(f"standards:{name}", args=[draft.pk])).status_code == 200


def test_drafts_begin_by_copying_and_empty(officer):
    tt20()
    client = signed_in(officer)
    taken = client.post("/standards/drafts/copy/", {"version": "vn-tt20-2018", "code": "vn-tt20-2018"})
    assert b"There is already a version with the code" in taken.content
    client.post("/standards/drafts/copy/", {"version": "vn-tt20-2018", "code": "vn-ban-sao"})
    assert Draft.objects.get().based_on.code == "vn-tt20-2018"
    fields = {
        "titles": "vi = Chuẩn thử\nen = Trial",
        "code": "vn-trong",
        "jurisdiction": "vn",
        "levels": "D = Đạt\nT: Tốt",
    }
    client.post("/standards/drafts/new/", fields | {"subject_role": "teacher", "purpose": "evaluation"})
    content = Draft.objects.exclude(based_on__isnull=False).get().content
    assert content["title"] == {"vi": "Chuẩn thử", "en": "Trial"}
    assert [(level["code"], level["name"]) for level in content["levels"]] == [
        ("D", {"vi": "Đạt"}),
        ("T", {"vi": "Tốt"}),
    ]
    wrong = client.post("/standards/drafts/new/", fields | {"levels": "Đạt"})
    assert b"each code once" in wrong.content


# --- saving -----------------------------------------------------------------------------------------------------------
def test_a_field_saves_as_one_step_and_says_so(officer, draft):
    node = criterion(draft, "TC05")
    answer = save(signed_in(officer), draft, node.id, "name.en", "Teaching well", token(node.item["name"]["en"]))
    assert answer.status_code == 200
    assert answer.json()["revision"] == token("Teaching well")
    assert "Undo" in answer.json()["top"]
    assert "Teaching well" in answer.json()["name"]
    assert criterion(draft, "TC05").item["name"]["en"] == "Teaching well"
    assert DraftChange.objects.get().step["field"] == "name.en"


def test_two_people_in_different_fields_lose_nothing(officer, second, draft):
    node = criterion(draft, "TC05")
    known = {language: token(node.item["name"][language]) for language in ("vi", "en")}
    save(signed_in(officer), draft, node.id, "name.vi", "Tên mới", known["vi"])
    assert save(signed_in(second), draft, node.id, "name.en", "New name", known["en"]).status_code == 200
    assert criterion(draft, "TC05").item["name"] == {"vi": "Tên mới", "en": "New name"}


def test_two_people_in_one_field_choose_between_both_texts(officer, second, draft):
    node = criterion(draft, "TC05")
    known = token(node.item["name"]["vi"])
    save(signed_in(officer), draft, node.id, "name.vi", "Của người thứ nhất", known)
    answer = save(signed_in(second), draft, node.id, "name.vi", "Của người thứ hai", known)
    assert answer.status_code == 409
    assert answer.json()["stored"] == {"value": "Của người thứ nhất"}
    assert "Trịnh Chuyên Viên" in answer.json()["detail"]
    kept = save(signed_in(second), draft, node.id, "name.vi", "Của người thứ hai", answer.json()["revision"])
    assert kept.status_code == 200
    assert criterion(draft, "TC05").item["name"]["vi"] == "Của người thứ hai"


def test_what_was_removed_meanwhile_gives_the_words_back(officer, second, draft):
    node = criterion(draft, "TC05")
    change_draft(draft_id=draft.pk, by=second, step={"do": "remove", "node": node.id})
    answer = save(signed_in(officer), draft, node.id, "name.vi", "Lời dài", token(node.item["name"]["vi"]))
    assert answer.status_code == 409
    assert "stored" not in answer.json()
    assert answer.json()["detail"]


def test_somebody_else_on_the_same_device_is_not_taken_for_the_writer(officer, draft):
    url = reverse("standards:draft_save", args=[draft.pk, "pack", "title.vi"])
    body = json.dumps({"value": "x", "revision": 0, "person": 0})
    assert signed_in(officer).post(url, body, content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("number", "zwölf", 422),
        ("number", "16", 200),
        ("key", True, 200),
        ("code", "TC01", 422),
        ("nonsense", "x", 422),
    ],
)
def test_fields_that_are_no_texts(officer, draft, field, value, status):
    node = criterion(draft, "TC02")
    answer = save(signed_in(officer), draft, node.id, field, value, token(node.item.get(field)))
    assert answer.status_code == status, answer.content


def test_a_code_is_followed_by_the_rule_and_the_examples(officer, draft):
    node = criterion(draft, "TC02")
    assert save(signed_in(officer), draft, node.id, "code", "PC02", token("TC02")).status_code == 200
    draft.refresh_from_db()
    assert all("PC02" in vector["ratings"] and "TC02" not in vector["ratings"] for vector in draft.content["vectors"])


def test_citations_may_have_dots_in_their_keys(officer, draft):
    old = draft.content["legal"]["articles"]["10.2"]["en"]
    answer = save(signed_in(officer), draft, "pack", "legal.articles.10.2.en", "Article 11(2)", token(old))
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.content["legal"]["articles"]["10.2"]["en"] == "Article 11(2)"


def test_a_browser_without_scripts_saves_a_whole_form(officer, second, draft):
    client = signed_in(officer)
    node = criterion(draft, "TC05")
    url = reverse("standards:draft_node", args=[draft.pk, node.id])
    tokens = " ".join(f"name.{code}:{token(node.item['name'][code])}" for code in ("vi", "en"))
    save(signed_in(second), draft, node.id, "name.en", "Theirs", token(node.item["name"]["en"]))
    response = client.post(url, {"tokens": tokens, "value-name.vi": "Tên mới", "value-name.en": "Mine"})
    assert response.status_code == 409
    assert b"Theirs" in response.content
    assert criterion(draft, "TC05").item["name"] == {"vi": "Tên mới", "en": "Theirs"}
    assert client.post(url, {"tokens": f"name.vi:{token('Tên mới')}", "value-name.vi": "Lại"}).status_code == 302


# --- steps ----------------------------------------------------------------------------------------------------------
def order(draft):
    draft.refresh_from_db()
    return [node.code for node in Document(draft.content).criteria]


def test_criteria_move_by_steps_and_say_where_they_are(officer, draft):
    client, codes = signed_in(officer), order(draft)
    up = act(client, draft, do="move", node=criterion(draft, "TC02").id, way="up")
    assert order(draft)[:2] == ["TC02", "TC01"]
    assert "is now 1 of 2" in up.json()["said"]
    act(client, draft, do="move", node=criterion(draft, "TC03").id, way="up")  # over the edge of its standard
    assert criterion(draft, "TC03").parent.code == "S1"
    refused = act(client, draft, do="move", node=criterion(draft, "TC02").id, way="up")
    assert refused.status_code == 409
    assert "cannot move further" in refused.json()["detail"]
    act(client, draft, do="move", node=criterion(draft, "TC02").id, beside=criterion(draft, "TC15").id, place="after")
    assert order(draft)[-1] == "TC02"
    assert sorted(order(draft)) == codes


def test_standards_move_into_each_other_and_out(officer, draft):
    client = signed_in(officer)
    second = Document(draft.content).roots[1]
    act(client, draft, do="move", node=second.id, way="in")
    draft.refresh_from_db()
    assert Document(draft.content).nodes[second.id].parent.code == "S1"
    act(client, draft, do="move", node=second.id, way="out")
    draft.refresh_from_db()
    assert [node.code for node in Document(draft.content).roots][:2] == ["S1", "S2"]


def test_add_split_merge_remove_and_take_back(officer, draft):
    client, codes = signed_in(officer), order(draft)
    added = act(client, draft, do="add", kind="criterion", after=criterion(draft, "TC07").id)
    assert "/node/" in added.json()["go"]
    assert order(draft)[7] == "TC16"
    act(client, draft, do="split", node=criterion(draft, "TC01").id)
    first, second = Document(Draft.objects.get().content).criteria[:2]
    assert first.item["origins"] == second.item["origins"]
    act(client, draft, do="merge", node=first.id, other=second.id)
    act(client, draft, do="remove", node=criterion(draft, "TC16").id)
    assert order(draft) == codes
    for _step in range(4):
        answer = act(client, draft, do="undo", revision=standing(draft))
        assert answer.status_code == 200, answer.content
    assert Draft.objects.get().content["standards"] == clone_of(officer)


def standing(draft):
    """The latest step that has not been taken back."""
    rows = list(DraftChange.objects.filter(draft=draft).order_by("-revision"))
    undone = {row.undoes for row in rows if row.undoes}
    return next(row.revision for row in rows if not row.undoes and row.revision not in undone)


def clone_of(officer):
    fresh = clone_version(by=officer, version=tt20(), code="vn-khac")
    first = Draft.objects.exclude(pk=fresh.pk).get()
    texts = json.dumps(fresh.content["standards"])
    for one, other in zip(Document(fresh.content).walk(), Document(first.content).walk(), strict=True):
        texts = texts.replace(one.id, other.id)
    fresh.delete()
    return json.loads(texts)


def test_evidence_examples_and_levels(officer, draft):
    client, node = signed_in(officer), criterion(draft, "TC01")
    count = len(node.item["examples"]["T"])
    act(client, draft, do="add_example", node=node.id, level="T")
    assert len(criterion(draft, "TC01").item["examples"]["T"]) == count + 1
    answer = save(client, draft, node.id, f"examples.T.{count}.vi", "Biên bản", 0)
    assert answer.status_code == 200, answer.content
    act(client, draft, do="remove_example", node=node.id, level="T", at=count)
    assert len(criterion(draft, "TC01").item["examples"]["T"]) == count
    act(client, draft, do="add", kind="level", parent="")
    draft.refresh_from_db()
    assert len(draft.content["levels"]) == 5


def test_languages_begin_with_a_title(officer, draft):
    client = signed_in(officer)
    assert act(client, draft, do="language", language="th", title="").status_code == 409
    act(client, draft, do="language", language="th", title="มาตรฐาน")
    draft.refresh_from_db()
    document = Document(draft.content)
    assert document.languages == ["vi", "en", "th"]
    assert document.missing(document.by_code["TC01"])["th"] > 1
    html = client.get(reverse("standards:draft_node", args=[draft.pk, document.by_code["TC01"].id])).content.decode()
    assert 'name="value-name.th"' in html
    assert "Missing: Thai" in html


def test_nobody_changes_what_is_published(officer, draft):
    draft.published_as = tt20()
    draft.save()
    client, node = signed_in(officer), criterion(draft, "TC01")
    answer = save(client, draft, node.id, "name.vi", "x", token(node.item["name"]["vi"]))
    assert answer.status_code == 409
    assert act(client, draft, do="renumber").status_code == 409
    html = client.get(reverse("standards:draft_node", args=[draft.pk, node.id])).content.decode()
    assert "data-act>" not in html
    assert "readonly" in html


# --- bounds ---------------------------------------------------------------------------------------------------------
def large(officer, standards, criteria):
    framework = {"code": "lon", "jurisdiction": "VN", "subject_role": "learner", "title": {"vi": "Lớn"}}
    tree = [
        {
            "code": f"S{s}",
            "name": {"vi": f"Tiêu chuẩn {s}"},
            "criteria": [
                {"code": f"C{s}-{c}", "number": s * criteria + c + 1, "name": {"vi": "Yêu cầu"}}
                for c in range(criteria)
            ],
        }
        for s in range(standards)
    ]
    return blank_draft(by=officer, code="vn-lon", title={"vi": "Khung lớn"}, framework=framework, standards=tree)


def test_a_draft_of_thousands_of_nodes_stays_usable(officer, draft, django_assert_max_num_queries):
    big = large(officer, 100, 50)
    client = signed_in(officer)
    node = Document(big.content).criteria[2500]
    with django_assert_max_num_queries(8):
        html = client.get(reverse("standards:draft_node", args=[big.pk, node.id])).content
    assert len(html) < 150_000
    assert html.count(b'data-kind="criterion"') == 50  # those beside it alone
    below = client.get(reverse("standards:draft_tree", args=[big.pk]), {"below": Document(big.content).roots[3].id})
    assert below.content.count(b"<li") == 50


def test_the_same_queries_for_one_draft_and_for_many(officer, draft):
    client = signed_in(officer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/standards/drafts/")
        return len(queries)

    asked()
    few = asked()
    for number in range(5):
        clone_version(by=officer, version=tt20(), code=f"vn-ban-{number}")
    assert asked() == few
