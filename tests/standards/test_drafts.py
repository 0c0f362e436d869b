"""Drafts in the database: begun, changed by several people, taken back, published."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.decisions import Refused
from people.enums import Role
from standards.actions import load_pack
from standards.actions.drafts import (
    Conflict,
    StepRefused,
    blank_draft,
    change_draft,
    clone_version,
    discard_draft,
    start_draft,
    undo_change,
)
from standards.drafting import Tree
from standards.enums import DraftOrigin
from standards.models import Draft, DraftChange
from standards.policies import can_discard
from standards.queries_drafts import draft_data, drafts_visible_to, problems_of
from tests.factories.people import CommuneFactory, SchoolFactory, member
from tests.standards.packs import TT20, shipped, small_pack, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return load_pack(pack=small_pack())[0]


def clone(small, by, code="xx-small-2"):
    return clone_version(by=by, version=small, code=code)


def criterion(draft, code="A2"):
    return next(node for node in Tree(draft.content).of("criterion") if node.code == code)


def rename_step(draft, words, before="Second", code="A2"):
    node = criterion(draft, code).id
    return {"do": "set", "node": node, "field": "name.en", "value": words, "before": before}


def test_a_clone_is_without_problems_and_leads_back(small, officer):
    draft = clone(small, officer)
    assert (draft.code, draft.origin, draft.based_on, problems_of(draft)) == ("xx-small-2", "clone", small, [])
    old = {c.code: str(c.identifier) for c in small.criteria.all() if c.identifier}
    for node in Tree(draft.content).of("criterion"):
        assert len(node.data["origins"]) == 1
        assert node.data["origins"][0] == old.get(node.code, node.data["origins"][0]) != node.id
    assert draft_data(draft).criterion("A2").name == text("Second")


def test_circular_20_is_cloned_whole(officer):
    draft = clone(load_pack(pack=shipped(TT20))[0], officer, "vn-thu-nghiem")
    assert problems_of(draft) == []
    assert draft.content.get("valid_to") is None
    assert "repealed_by" not in draft.content["legal"]


def test_a_step_is_kept_with_who_did_it(small, officer, chief):
    draft = clone(small, officer)
    change = change_draft(draft_id=draft.pk, by=chief, step=rename_step(draft, "Another"))
    assert (change.revision, change.nodes) == (1, (criterion(draft).id,))
    draft.refresh_from_db()
    assert criterion(draft).data["name"]["en"] == "Another"
    assert draft.updated_by == chief
    row = DraftChange.objects.get(draft=draft)
    assert (row.by, row.step["value"], row.undo["value"]) == (chief, "Another", "Second")


def test_the_same_field_twice_is_a_conflict_with_both_texts(small, officer, chief):
    draft = clone(small, officer)
    change_draft(draft_id=draft.pk, by=chief, step=rename_step(draft, "Hers"))
    with pytest.raises(Conflict) as conflict:
        change_draft(draft_id=draft.pk, by=officer, step=rename_step(draft, "His"))
    assert (conflict.value.current, conflict.value.given, conflict.value.by) == ("Hers", "His", chief)
    assert str(conflict.value).startswith("Lê Thị Tỉnh")
    change_draft(draft_id=draft.pk, by=officer, step=rename_step(draft, "His", before="Hers"))
    draft.refresh_from_db()
    assert criterion(draft).data["name"]["en"] == "His"


def test_what_was_removed_gives_the_text_back(small, officer, chief):
    draft = clone(small, officer)
    step = rename_step(draft, "Long work")
    change_draft(draft_id=draft.pk, by=chief, step={"do": "remove", "node": criterion(draft).id})
    with pytest.raises(StepRefused, match="removed") as refusal:
        change_draft(draft_id=draft.pk, by=officer, step=step)
    assert refusal.value.given == "Long work"


def test_steps_are_taken_back_one_by_one_and_done_again(small, officer, chief):
    draft = clone(small, officer)
    change_draft(draft_id=draft.pk, by=officer, step=rename_step(draft, "One"))
    change_draft(draft_id=draft.pk, by=officer, step=rename_step(draft, "Two", before="One"))
    change_draft(draft_id=draft.pk, by=chief, step=rename_step(draft, "Chief", before="First", code="A1"))
    undo_change(draft_id=draft.pk, by=officer)
    undo = undo_change(draft_id=draft.pk, by=officer)
    draft.refresh_from_db()
    assert (criterion(draft).data["name"]["en"], criterion(draft, "A1").data["name"]["en"]) == ("Second", "Chief")
    with pytest.raises(Refused, match="nothing left"):
        undo_change(draft_id=draft.pk, by=officer)
    undo_change(draft_id=draft.pk, by=officer, revision=undo.revision)
    draft.refresh_from_db()
    assert criterion(draft).data["name"]["en"] == "One"


def test_who_may(small, officer, chief, province):
    head = member(SchoolFactory(parent=province), Role.HEAD)
    school_administrator = member(SchoolFactory(parent=province), Role.ADMINISTRATOR)
    draft = clone(small, officer)
    for person in (head, school_administrator):
        assert not drafts_visible_to(person).exists()
        with pytest.raises(PermissionDenied, match="office"):
            change_draft(draft_id=draft.pk, by=person, step={"do": "renumber"})
        with pytest.raises(PermissionDenied):
            clone(small, person)
    assert list(drafts_visible_to(chief)) == [draft]
    discard_draft(draft=draft, by=chief)
    assert not Draft.objects.exists()


def test_codes_are_checked_at_the_start(small, officer):
    with pytest.raises(Refused, match="already"):
        clone(small, officer, "xx-small-1")
    with pytest.raises(Refused, match="code has"):
        clone(small, officer, "hai chữ")


def test_a_blank_draft_says_what_it_needs(officer):
    framework = {"code": "xx-new", "jurisdiction": "XX", "subject_role": "teacher", "title": text("New")}
    draft = blank_draft(by=officer, code="xx-new-1", title=text("New one"), framework=framework)
    assert draft.content["valid_from"]
    assert str(draft) == "New one"
    assert problems_of(draft)


def test_what_is_no_tree_is_refused(officer):
    for content in ([], {"standards": {}}, {"standards": [{"criteria": [5]}]}, {"title": 5}, {"levels": "T"}):
        with pytest.raises(Refused):
            start_draft(by=officer, content=content, origin=DraftOrigin.PACK)


def test_ids_of_published_nodes_become_origins(small, officer):
    first = clone(small, officer)
    content = first.content | {"code": "xx-small-3"}
    again = start_draft(by=officer, content=content, origin=DraftOrigin.PACK)
    assert criterion(again).id == criterion(first).id  # nothing published has it yet
    assert date.fromisoformat(again.content["valid_from"])


def test_a_draft_is_thrown_away_by_who_began_it_or_by_a_highest_office(province, chief, officer):
    draft = start_draft(by=officer, content=small_pack(), origin=DraftOrigin.PACK)
    neighbour = member(CommuneFactory(parent=province), Role.OFFICER)
    with pytest.raises(PermissionDenied):
        discard_draft(draft=draft, by=neighbour)
    assert can_discard(officer, draft)
    discard_draft(draft=draft, by=chief)
    assert not Draft.objects.exists()
