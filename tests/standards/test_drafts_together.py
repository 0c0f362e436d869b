"""Several people at one draft at the same moment: nothing is lost. Real threads, real PostgreSQL."""

from collections.abc import Callable

import pytest

from core.decisions import Refused
from people.enums import Role
from standards.actions import load_pack
from standards.actions.drafts import Conflict, change_draft, clone_version, publish_draft, undo_change
from standards.drafting import Tree
from standards.models import Draft, DraftChange, FrameworkVersion
from standards.packs_check import check
from tests.at_once import at_once
from tests.factories.people import ProvinceFactory, member
from tests.standards.packs import TT20, shipped

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, STEPS = 8, 6


@pytest.fixture
def people():
    province = ProvinceFactory()
    return [member(province, Role.OFFICER) for _n in range(WRITERS)]


@pytest.fixture
def draft(people):
    return clone_version(by=people[0], version=load_pack(pack=shipped(TT20))[0], code="vn-next")


def test_eight_writers_lose_nothing(people, draft):
    """Each writes six texts: some of criteria of their own, some of one that all write to in another field."""
    criteria = Tree(draft.content).of("criterion")
    languages = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"]

    def writing(place: int) -> Callable:
        own, shared = criteria[place], criteria[14]

        def act() -> None:
            for step in range(STEPS):
                node, field = (
                    (own.id, f"alternative_name.{languages[step]}")
                    if step % 2
                    else (shared.id, f"descriptors.T.{languages[place]}")
                )
                words, before = f"{place}-{step}", f"{place}-{step - 2}" if step % 2 == 0 and step else None
                change_draft(
                    draft_id=draft.pk,
                    by=people[place],
                    step={"do": "set", "node": node, "field": field, "value": words, "before": before},
                )

        return act

    assert at_once(*map(writing, range(WRITERS))) == [None] * WRITERS
    draft.refresh_from_db()
    tree = Tree(draft.content)
    for place, language in enumerate(languages):
        own = tree.find(criteria[place].id).data["alternative_name"]
        assert own == {languages[step]: f"{place}-{step}" for step in (1, 3, 5)}
        assert tree.find(criteria[14].id).data["descriptors"]["T"][language] == f"{place}-4"
    revisions = list(DraftChange.objects.filter(draft=draft).order_by("revision").values_list("revision", flat=True))
    assert revisions == list(range(1, WRITERS * STEPS + 1))
    assert draft.revision == WRITERS * STEPS


def test_eight_on_one_text_one_is_kept_and_seven_see_it(people, draft):
    node = Tree(draft.content).of("criterion")[0]
    before = node.data["name"]["vi"]
    answers = at_once(
        *(
            lambda place=place: change_draft(
                draft_id=draft.pk,
                by=people[place],
                step={"do": "set", "node": node.id, "field": "name.vi", "value": f"Bản {place}", "before": before},
            )
            for place in range(WRITERS)
        )
    )
    draft.refresh_from_db()
    kept = Tree(draft.content).find(node.id).data["name"]["vi"]
    conflicts = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(conflicts) == WRITERS - 1
    winner = people[int(kept.removeprefix("Bản "))]
    assert {(conflict.current, conflict.by) for conflict in conflicts} == {(kept, winner)}
    assert {conflict.given for conflict in conflicts} == {f"Bản {n}" for n in range(WRITERS)} - {kept}


def test_structure_changed_by_eight_at_once_is_still_a_tree_and_can_be_taken_back(people, draft):
    start = Draft.objects.get(pk=draft.pk).content
    tree = Tree(start)
    criteria, standards = tree.of("criterion"), tree.of("standard")
    steps = [
        {"do": "rename", "node": criteria[0].id, "code": "MOT"},
        {"do": "split", "node": criteria[1].id},
        {"do": "move", "node": criteria[2].id, "parent": standards[3].id, "at": 0},
        {"do": "remove", "node": criteria[3].id},
        {"do": "merge", "nodes": [criteria[5].id, criteria[6].id]},
        {"do": "move", "node": standards[0].id, "parent": "", "at": 4},
        {"do": "rename", "node": tree.of("level")[3].id, "code": "TOT"},
        {"do": "add", "kind": "criterion", "parent": standards[4].id, "at": 0, "value": {"name": {"vi": "Mới"}}},
    ]
    acts = [lambda n=n: change_draft(draft_id=draft.pk, by=people[n], step=steps[n]) for n in range(WRITERS)]
    answers = at_once(*acts)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    draft.refresh_from_db()
    assert {problem.path.split("[")[0] for problem in check(draft.content)} <= {"vectors"}
    for revision in range(draft.revision, 0, -1):
        undo_change(draft_id=draft.pk, by=people[0], revision=revision)
    draft.refresh_from_db()
    assert draft.content == start


def test_a_draft_published_twice_at_once_is_published_once(people, draft):
    start = draft.content["valid_from"]
    acts = [
        lambda person=person: publish_draft(draft=draft, by=person, valid_from=start_day(start))
        for person in people[:4]
    ]
    answers = at_once(*acts)
    assert sum(isinstance(answer, FrameworkVersion) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3


def start_day(text: str):
    from datetime import date

    return date.fromisoformat(text)
