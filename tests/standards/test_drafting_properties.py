"""Whatever the steps and whoever does them: everything can be taken back, and what two people write both holds."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.drafting import Clash, StepRefused, Tree, apply
from standards.packs_check import check
from tests.examples import examples
from tests.standards.documents import DOCUMENTS, did

WORDS = st.text(alphabet="aăâ \n", max_size=6)
CODES = st.sampled_from(["A1", "A2", "B1", "Y", "N", "1", "NEW", "GONE", "A9", "LOST", "AA"])
PLACES = st.integers(min_value=-1, max_value=20)
FIELDS = st.sampled_from(
    [
        "name.vi",
        "name.en",
        "name",
        "alternative_name.vi",
        "descriptors.Y.vi",
        "descriptors.N.en",
        "descriptors.Y",
        "examples.Y.0.vi",
        "label",
        "scale",
        "short.vi",
        "title.vi",
        "legal.name.ru",
        "legal.guidance",
        "legal.status_note.vi",
        "extensions.a.b.c",
        "key_name.vi",
    ]
)


@st.composite
def a_step(draw, document):
    """Any step, possible or not, with `before` as it stands."""
    tree = Tree(document)
    ids = st.sampled_from(["", *tree.nodes])
    verb = draw(
        st.sampled_from(["set", "add", "item", "remove", "move", "rename", "name", "renumber", "split", "merge"])
    )
    id = draw(ids)
    if verb == "set":
        return {"do": "set", "node": id, "field": draw(FIELDS), "value": draw(WORDS)}
    if verb == "add":
        kind = draw(st.sampled_from(["standard", "criterion", "level"]))
        value = {"name": {"vi": draw(WORDS)}} | draw(st.sampled_from([{}, {"code": "A9"}, {"code": "Z"}]))
        return {"do": "add", "kind": kind, "parent": draw(ids), "at": draw(PLACES), "value": value}
    if verb == "item":
        kind = draw(st.sampled_from(["example", "vector"]))
        value = {"level": draw(CODES), "text": {"vi": "x"}} if kind == "example" else {"ratings": {}, "expected": "Y"}
        return {
            "do": "add",
            "kind": kind,
            "parent": id if kind == "example" else "",
            "at": draw(PLACES),
            "value": value,
        }
    if verb == "move":
        return {"do": "move", "node": id, "parent": draw(ids), "at": draw(PLACES)}
    if verb == "rename":
        return {"do": "rename", "node": id, "code": draw(CODES)}
    if verb == "name":
        kind, old = draw(
            st.sampled_from([("result", "PASS"), ("scale", "marks"), ("article", "4.1"), ("source", "ours")])
        )
        return {"do": "rename", "kind": kind, "from": old, "code": draw(CODES)}
    if verb == "merge":
        return {"do": "merge", "nodes": draw(st.lists(ids, min_size=2, max_size=3))}
    return {"do": verb, "node": id}


def tried(document, step):
    """The step done, with `before` as it stands where it needs one; None when it is refused."""
    for wanted in (step, {}):
        try:
            return apply(document, wanted or step)
        except Clash as clash:
            step = {**step, "before": clash.current}
        except StepRefused:
            return None
    return None


@settings(max_examples=examples(150))
@given(data=st.data())
def test_any_steps_and_their_undos_give_the_same_document(data):
    start = document = data.draw(st.sampled_from(DOCUMENTS))
    letters = json.dumps(start, sort_keys=True)
    undos = []
    for _turn in range(data.draw(st.integers(1, 6))):
        before = json.dumps(document, sort_keys=True)
        done = tried(document, data.draw(a_step(document)))
        assert json.dumps(document, sort_keys=True) == before, "a step changes a copy only"
        if done is None or done.undo is None:
            continue
        again = apply(apply(done.document, done.undo).document, apply(done.document, done.undo).undo)
        assert again.document == done.document, "an undo is undone"
        document = done.document
        undos.append(done.undo)
        check(document)  # has problems or not, but never fails
    for undo in reversed(undos):
        document = apply(document, json.loads(json.dumps(undo))).document
    assert json.dumps(document, sort_keys=True) == letters


@settings(max_examples=examples(150))
@given(data=st.data())
def test_two_people_on_different_fields_both_hold_in_any_order(data):
    document = data.draw(st.sampled_from(DOCUMENTS))
    places = [
        (n.id, f"{field}.{language}")
        for n in Tree(document).nodes.values()
        for field in ("name", "description")
        for language in ("vi", "en", "th")
    ]
    (one, this), (two, that) = data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True))
    tree = Tree(document)

    def step(id, field, words):
        name, language = field.split(".")
        return {
            "do": "set",
            "node": id,
            "field": field,
            "value": words,
            "before": tree.find(id).data.get(name, {}).get(language),
        }

    hers, his = step(one, this, "hers"), step(two, that, "his")
    assert did(document, hers, his) == did(document, his, hers)
    both = Tree(did(document, hers, his))
    for (id, field), words in (((one, this), "hers"), ((two, that), "his")):
        name, language = field.split(".")
        assert both.find(id).data[name][language] == words


@settings(max_examples=examples(100))
@given(data=st.data())
def test_structure_and_texts_of_two_people_both_hold(data):
    """While one moves, renames, splits or renumbers, the other's text is kept, in whatever order the steps come."""
    document = data.draw(st.sampled_from(DOCUMENTS))
    tree = Tree(document)
    verb = data.draw(st.sampled_from(["move", "rename", "split", "renumber"]))
    target = data.draw(st.sampled_from(tree.of("criterion")))
    structural = {
        "move": {"do": "move", "node": target.id, "parent": tree.of("standard")[-1].id, "at": 0},
        "rename": {"do": "rename", "node": target.id, "code": "NEWCODE"},
        "split": {"do": "split", "node": target.id},
        "renumber": {"do": "renumber"},
    }[verb]
    written = data.draw(st.sampled_from(tree.of("criterion")))
    words = {"do": "set", "node": written.id, "field": "alternative_name.vi", "value": "kept"}
    for document_after in (did(document, structural, words), did(document, words, structural)):
        assert Tree(document_after).find(written.id).data["alternative_name"]["vi"] == "kept"
