"""What stands of a draft's steps on every page of them, what forms without scripts may send, and what is read of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.spreadsheets import UnreadableFile
from standards.actions import uploads
from standards.actions.drafts import change_draft, clone_version, start_draft, undo_change
from standards.drafting import Tree
from standards.enums import DraftOrigin
from standards.models import Draft
from standards.presenters.editor_document import Document
from standards.presenters.editor_pages import facts_of
from standards.queries_drafts import drafts_visible_to, named_drafts
from tests.factories.evaluations import tt20
from tests.standards.packs import small_pack

pytestmark = pytest.mark.django_db
DIGITS = "7" * 5000


@pytest.fixture
def draft(officer):
    return clone_version(by=officer, version=tt20(), code="vn-thu-2027")


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def packaged(officer):
    return start_draft(by=officer, content=small_pack(), origin=DraftOrigin.CASE, case={"CFDocument": {"a": 1}})


def rename(draft, officer, words):
    node = Tree(Draft.objects.get(pk=draft.pk).content).of("criterion")[0]
    step = {"do": "set", "node": node.id, "field": "name.en", "value": words, "before": node.data["name"]["en"]}
    return change_draft(draft_id=draft.pk, by=officer, step=step).revision


def states(client, draft, page=1):
    """Revision to (taken back, can be taken back), as the history shows them."""
    answer = client.get(reverse("standards:draft_history", args=[draft.pk]), {"page": page})
    return {line.revision: (line.undone, line.can_undo) for line in answer.context["steps"]}


# --- what stands ----------------------------------------------------------------------------------------------------
def test_a_step_taken_back_on_another_page_is_shown_as_taken_back(client, officer, draft, monkeypatch):
    monkeypatch.setattr("standards.views.drafts.STEPS", 2)
    for words in ("One", "Two"):
        rename(draft, officer, words)
    undo_change(draft_id=draft.pk, by=officer, revision=2)
    rename(draft, officer, "Three")
    assert states(client, draft) == {4: (False, True), 3: (False, False)}
    assert states(client, draft, 2) == {2: (True, False), 1: (False, True)}


def test_a_step_done_again_stands_and_can_be_taken_back(client, officer, draft):
    rename(draft, officer, "One")
    undo = undo_change(draft_id=draft.pk, by=officer).revision
    undo_change(draft_id=draft.pk, by=officer, revision=undo)
    shown = {3: (False, False), 2: (True, False), 1: (False, True)}
    assert states(client, draft) == shown
    overview = client.get(reverse("standards:draft", args=[draft.pk]))
    assert {line.revision: (line.undone, line.can_undo) for line in overview.context["latest"]} == shown


def test_the_history_asks_the_same_for_few_and_many_steps(client, officer, draft):
    counted = []
    for words in ("One", "Two", "Three", "Four"):
        rename(draft, officer, words)
        states(client, draft)  # the problems of this revision are known from here on
        with CaptureQueriesContext(connection) as queries:
            states(client, draft)
        counted.append(len(queries))
    assert len(set(counted)) == 1


# --- what may be sent -----------------------------------------------------------------------------------------------
def test_a_form_that_names_no_field_gets_a_sentence(client, draft):
    answer = client.post(reverse("standards:draft_facts", args=[draft.pk]), {"tokens": ":5"})
    assert answer.status_code == 409
    assert "does not say which field" in answer.content.decode()


def test_numbers_without_end_are_no_example(client, draft):
    url = reverse("standards:draft_example_new", args=[draft.pk])
    assert client.get(url, {"like": DIGITS}).status_code == 200
    assert client.get(url, {"like": "1"}).context["vector"]["ratings"] == draft.content["vectors"][1]["ratings"]


# --- what is read ---------------------------------------------------------------------------------------------------
def test_pages_and_steps_leave_the_package_unread(client, officer, packaged):
    assert "case" in drafts_visible_to(officer).get().get_deferred_fields()
    with CaptureQueriesContext(connection) as queries:
        node = Tree(packaged.content).of("criterion")[0]
        step = {"do": "set", "node": node.id, "field": "name.en", "value": "Anew", "before": node.data["name"]["en"]}
        change_draft(draft_id=packaged.pk, by=officer, step=step)
        assert client.get(reverse("standards:draft", args=[packaged.pk])).status_code == 200
    assert not [query["sql"] for query in queries if '"standards_draft"."case"' in query["sql"]]
    assert drafts_visible_to(officer).get().case == {"CFDocument": {"a": 1}}


def test_a_list_to_choose_from_names_drafts_without_their_contents(client, officer, draft, packaged):
    with CaptureQueriesContext(connection) as queries:
        named = named_drafts(drafts_visible_to(officer))
    assert [(one.pk, str(one), one.code) for one in named] == [
        (one.pk, str(one), one.code) for one in drafts_visible_to(officer)
    ]
    assert len(queries) == 1
    assert '"standards_draft"."content",' not in queries[0]["sql"]
    page = client.get(reverse("standards:compare")).content.decode()
    assert f"draft:{draft.pk}" in page
    assert "(vn-thu-2027)" in page


def test_articles_count_the_standards_that_name_them(draft):
    document = Document(draft.content)
    counted = {key: used for key, used, _row in facts_of(document)["articles"]}
    assert counted == {
        key: sum(node.item.get("article") == key for node in document.standards)
        for key in draft.content["legal"]["articles"]
    }
    assert sum(counted.values()) > 0


def test_a_file_is_read_outside_of_a_transaction(officer, monkeypatch):
    depth = []

    def read(content):
        depth.append(len(connection.savepoint_ids))
        raise UnreadableFile("empty", "Empty.")

    monkeypatch.setattr(uploads, "read_file", read)
    around = len(connection.savepoint_ids)
    with pytest.raises(UnreadableFile):
        uploads.upload_framework(by=officer, name="a.json", content=b"{}")
    assert depth == [around]
