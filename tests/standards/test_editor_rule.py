"""The rule built from sentences, the worked examples that prove it, and publishing from the page."""

import json
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from people.enums import Role
from standards.actions.drafts import clone_version, start_draft
from standards.drafting import StepRefused
from standards.enums import DraftOrigin
from standards.forms.rules import amount_of, changed_rule, number
from standards.models import Draft, FrameworkVersion
from standards.pack_files import PACKS_DIR
from standards.presenters.editor_document import Document, token
from tests.factories.evaluations import tt20
from tests.factories.people import CommuneFactory, ProvinceFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return member(ProvinceFactory(), Role.OFFICER, full_name="Lục Cấp Tỉnh")


@pytest.fixture
def draft(province):
    return clone_version(by=province, version=tt20(), code="vn-thu-2027")


@pytest.fixture
def client(province):
    signed_in = Client()
    signed_in.force_login(province)
    signed_in.cookies["language"] = "en"
    return signed_in


def change(client, draft, **fields):
    draft.refresh_from_db()
    url = reverse("standards:draft_rule", args=[draft.pk])
    posted = {"token": token(draft.content["rule"])} | fields
    response = client.post(url, posted, headers={"x-requested-with": "fetch"})
    draft.refresh_from_db()
    return response


def page(client, draft, name, **query):
    return client.get(reverse(f"standards:{name}", args=[draft.pk]), query).content.decode()


# --- sentences --------------------------------------------------------------------------------------------------------
def test_a_sentence_says_what_it_means_today(client, draft):
    html = page(client, draft, "draft_rule")
    assert "= 10 or more of 15" in html
    assert "At least 2/3 of the criteria (10 of 15) are at Good" in html
    change(client, draft, do="condition", path="results.0.conditions.1", kind="share_at_least", amount="4/5", level="T")
    assert draft.content["rule"]["results"][0]["conditions"][1] == {
        "kind": "share_at_least",
        "share": "4/5",
        "level": "T",
    }
    assert "= 12 or more of 15" in page(client, draft, "draft_rule")


@pytest.mark.parametrize(
    ("words", "amount"),
    [("2/3", {"share": "2/3"}), (" 70 % ", {"share": "70/100"}), ("10", {"count": 10}), ("0", {"count": 0})],
)
def test_amounts_as_people_write_them(words, amount):
    assert amount_of(words) == amount


@pytest.mark.parametrize("words", ["3/2", "1/0", "many", "-1", "120%", "²"])
def test_amounts_that_cannot_be(words):
    with pytest.raises(StepRefused):
        amount_of(words)


@pytest.mark.parametrize(("words", "value"), [("2,33", "2.33"), (" 70 ", "70")])
def test_numbers_are_exact_texts(words, value):
    assert number(words) == value


@pytest.mark.parametrize("words", ["", "1e9", "NaN", "two"])
def test_numbers_that_are_none(words):
    with pytest.raises(StepRefused):
        number(words)


def posted(**fields):
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


RULE = {"kind": "conditions", "results": [{"result": "D", "conditions": [{"kind": "always"}]}]}


def test_a_rule_is_built_from_nothing():
    rule = changed_rule({"kind": "none"}, posted(do="kind", kind="conditions"))
    rule = changed_rule(rule, posted(do="add_result", order="T D", result="D"))
    assert rule == RULE
    rule = changed_rule(rule, posted(do="add_result", order="T D", result="T"))
    rule = changed_rule(rule, posted(do="add_condition", path="results.0", level="T"))
    rule = changed_rule(rule, posted(do="group", name="day", criteria=["A", "B"]))
    rule = changed_rule(
        rule, posted(do="condition", path="results.0.conditions.0", kind="at_most", amount="1", group="day", level="T")
    )
    assert rule["results"][0] == {
        "result": "T",
        "conditions": [{"kind": "at_most", "group": "day", "count": 1, "level": "T"}],
    }
    with pytest.raises(StepRefused):
        changed_rule(rule, posted(do="remove_group", name="day"))
    rule = changed_rule(rule, posted(do="group", name="teach", old="day", criteria=["A"]))
    assert rule["results"][0]["conditions"][0]["group"] == "teach"


def test_conditions_inside_conditions():
    rule = changed_rule(RULE, posted(do="add_condition", path="results.0", level="D"))
    rule = changed_rule(rule, posted(do="condition", path="results.0.conditions.0", kind="any_of"))
    rule = changed_rule(rule, posted(do="add_condition", path="results.0.conditions.0", level="D"))
    assert len(rule["results"][0]["conditions"][0]["conditions"]) == 2
    rule = changed_rule(rule, posted(do="move", path="results.0.conditions.0.conditions.1", way="up"))
    rule = changed_rule(rule, posted(do="remove", path="results.0.conditions.0.conditions.0"))
    assert rule["results"][0]["conditions"][0]["kind"] == "any_of"


@pytest.mark.parametrize("path", ["results.9", "results.x", "kind", "", "results.0.conditions.0.conditions.0"])
def test_places_that_are_gone(path):
    with pytest.raises(StepRefused):
        changed_rule(RULE, posted(do="condition", path=path, kind="always"))


@pytest.mark.parametrize("path", ["rounding", "rounding.mode", "results.9", ""])
def test_only_entries_of_a_list_are_removed(path):
    with pytest.raises(StepRefused):
        changed_rule(RULE | {"rounding": {"mode": {}}}, posted(do="remove", path=path))


def test_means_points_and_bands_have_plain_forms(client, draft):
    for kind in ("mean", "points", "bands"):
        change(client, draft, do="kind", kind=kind)
        html = page(client, draft, "draft_rule")
        assert "Save the bands" in html
        which = "" if kind == "points" else "main"
        change(client, draft, do="bands", set=which, band_result=["T", "D"], band_from=["2,5", ""], band_to=["", ""])
        rule = draft.content["rule"]
        bands = rule["bands"] if kind == "points" else rule["band_sets"][0]["bands"]
        assert bands == [{"result": "T", "from": "2.5"}]
    change(client, draft, do="kind", kind="points")
    change(client, draft, do="add_part", code="teaching")
    change(client, draft, do="part", path="parts.0", criteria=["TC01"], **{"weight-TC01": "60"})
    assert draft.content["rule"]["parts"] == [{"code": "teaching", "criteria": ["TC01"], "weight": {"TC01": "60"}}]
    change(client, draft, do="add_gate", criterion="TC02", at_least="D", **{"else": "CD"})
    assert "below “D”" in page(client, draft, "draft_rule")


def test_a_rule_changed_meanwhile_is_shown_anew(client, draft):
    response = change(client, draft, token="1", do="article", article="4")
    assert response.status_code == 409
    assert "Somebody else changed the rule" in response.json()["detail"]


def test_problems_stand_at_their_sentence(client, draft):
    change(client, draft, do="data", data=json.dumps({**draft.content["rule"], "groups": {"x": ["NO"]}}))
    assert "NO" in page(client, draft, "draft")
    change(client, draft, do="data", data=json.dumps({**draft.content["rule"], "groups": {}}))
    change(client, draft, do="condition", path="results.0.conditions.1", kind="share_at_least", group="gone", level="T")
    assert 'class="rule-condition has-problem"' in page(client, draft, "draft_rule")


# --- worked examples --------------------------------------------------------------------------------------------------
def examples(client, draft, **fields):
    response = client.post(reverse("standards:draft_examples", args=[draft.pk]), fields, follow=True)
    draft.refresh_from_db()
    return response.content.decode()


def test_examples_run_live_and_say_what_came_out(client, draft):
    total = len(draft.content["vectors"])
    assert f"All {total} examples hold." in page(client, draft, "draft_examples")
    change(client, draft, do="condition", path="results.0.conditions.1", kind="share_at_least", amount="1/1", level="T")
    html = page(client, draft, "draft_examples")
    assert "not hold." in html
    assert "What comes out:" in html
    at = next(at for at, vector in enumerate(draft.content["vectors"]) if vector["why"].startswith("exactly 10/15"))
    html = examples(client, draft, do="take", at=at, why=draft.content["vectors"][at]["why"])
    assert draft.content["vectors"][at]["expected"] == "K"
    change(client, draft, do="condition", path="results.1.conditions.1", kind="share_at_least", amount="1/1", level="K")
    html = examples(client, draft, do="remove_failing")
    assert "examples hold." in html
    assert len(draft.content["vectors"]) < total


def test_a_new_criterion_is_filled_in_everywhere(client, draft):
    after = Document(draft.content).by_code["TC15"]
    client.post(reverse("standards:draft_act", args=[draft.pk]), {"do": "add", "kind": "criterion", "after": after.id})
    draft.refresh_from_db()
    node = Document(draft.content).by_code["TC16"]
    html = page(client, draft, "draft_examples")  # without a name there is no rule to run, and nothing "holds"
    assert "The rule cannot be run" in html
    assert "Holds" not in html
    url = reverse("standards:draft_save", args=[draft.pk, node.id, "name.vi"])
    client.post(url, json.dumps({"value": "Năng lực số", "revision": 0}), content_type="application/json")
    assert "say nothing about" in page(client, draft, "draft_examples")
    examples(client, draft, do="fill", node=node.id, how="same:TC15")
    full = [vector for vector in draft.content["vectors"] if "TC15" in vector["ratings"]]
    assert all(vector["ratings"]["TC16"] == vector["ratings"]["TC15"] for vector in full)


def test_an_example_is_clicked_together(client, draft):
    total = len(draft.content["vectors"])
    ratings = {f"rating-TC{n:02d}": "T" for n in range(1, 16)}
    tried = client.post(reverse("standards:draft_try", args=[draft.pk]), ratings).content.decode()
    assert "What comes out:" in tried
    client.post(reverse("standards:draft_example_new", args=[draft.pk]), {**ratings, "why": "tất cả Tốt"})
    draft.refresh_from_db()
    assert draft.content["vectors"][-1]["expected"] == "T"
    assert len(draft.content["vectors"]) == total + 1
    url = reverse("standards:draft_example", args=[draft.pk, total])
    changed = {**ratings, "rating-TC01": "CD", "expected": "CD", "token": token(draft.content["vectors"][total])}
    client.post(url, changed)
    draft.refresh_from_db()
    assert draft.content["vectors"][total]["ratings"]["TC01"] == "CD"


# --- publishing -------------------------------------------------------------------------------------------------------
def test_publishing_says_what_will_happen_and_does_it(client, draft):
    html = page(client, draft, "draft_publish")
    assert "Evaluations made under an older version keep that version" in html
    fields = {"valid_from": "2027-01-01", "ends": "vn-tt20-2018"}
    response = client.post(reverse("standards:draft_publish", args=[draft.pk]), fields)
    assert response.url == "/standards/vn-thu-2027/"
    assert FrameworkVersion.objects.get(code="vn-thu-2027").valid_from == date(2027, 1, 1)
    assert client.get(reverse("standards:draft", args=[draft.pk])).status_code == 200


def test_publishing_is_refused_while_an_example_fails(client, draft):
    change(client, draft, do="condition", path="results.0.conditions.1", kind="share_at_least", amount="1/1", level="T")
    assert "Mend the problems above first." in page(client, draft, "draft_publish")
    response = client.post(reverse("standards:draft_publish", args=[draft.pk]), {"valid_from": "2027-01-01"})
    assert response.status_code == 409
    assert not FrameworkVersion.objects.filter(code="vn-thu-2027").exists()


def test_who_may_not_publish_reads_whom_to_ask(client, draft):
    commune = CommuneFactory(parent=ProvinceFactory(name="Tỉnh Trên"))
    other = Client()
    other.force_login(member(commune, Role.OFFICER))
    other.cookies["language"] = "en"
    html = page(other, draft, "draft_publish")
    assert "Tỉnh Trên" in html
    assert (
        other.post(reverse("standards:draft_publish", args=[draft.pk]), {"valid_from": "2027-01-01"}).status_code == 403
    )


def test_a_draft_is_thrown_away_after_a_question(client, draft):
    url = reverse("standards:draft_discard", args=[draft.pk])
    assert "gone for good" in client.get(url).content.decode()
    client.post(url)
    assert not Draft.objects.exists()


# --- every shipped framework ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", sorted(PACKS_DIR.glob("??-*.json")), ids=lambda path: path.stem)
def test_every_shipped_framework_can_be_edited(client, province, path):
    pack = json.loads(path.read_text())
    start_draft(by=province, content=pack, origin=DraftOrigin.PACK)
    draft = Draft.objects.get()
    for name in ("draft", "draft_facts", "draft_levels", "draft_rule", "draft_examples", "draft_publish"):
        page(client, draft, name)
    html = page(client, draft, "draft_examples")
    assert "not hold" not in html
    for condition in Document(draft.content).content["rule"].get("results", ()):
        for asked in condition["conditions"]:
            if level := asked.get("level"):
                assert f'<option value="{level}" selected>' in page(client, draft, "draft_rule")
