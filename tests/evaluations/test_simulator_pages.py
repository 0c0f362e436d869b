"""The simulator's pages: what each reader sees, names only of results they may read, a fixed number of queries."""

import pytest
from django.urls import reverse

from evaluations.enums import Status
from evaluations.matching import ties_between
from evaluations.sides import side_of
from standards.actions import load_pack
from standards.actions.drafts import change_draft, clone_version
from standards.actions.mappings import map_from_origins
from standards.drafting import Tree, apply
from standards.enums import Relation
from standards.models import FrameworkVersion, Mapping, MappingLink
from standards.pack_files import PACKS_DIR, read_pack
from standards.queries import framework_data
from standards.queries_drafts import draft_data
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to, evaluation_world
from tests.factories.people import teacher_of

pytestmark = pytest.mark.django_db
JUST_GOOD = {f"TC{number:02d}": "K" if number <= 10 else "D" for number in range(1, 16)}
"""Ten of fifteen at K: good by two thirds, not by four fifths. The key criteria are among the ten."""


def other_version(code: str = "vn-mau-2027", *, share: str = "4/5", **changes) -> FrameworkVersion:
    """Circular 20/2018 under another code, asking for another share."""
    pack = read_pack(PACKS_DIR / "vn-tt20-2018.json")
    pack |= {"code": code, "title": {"vi": f"Bản thử {code}", "en": f"Trial {code}"}, "vectors": [], **changes}
    for entry in pack["rule"]["results"]:
        for condition in entry["conditions"]:
            if "share" in condition:
                condition["share"] = share
    return load_pack(pack=pack)[0]


@pytest.fixture(scope="module")
def made(module_db):
    w = evaluation_world()
    keys = {c.code for c in w.cycle.version.criteria.filter(is_key=True)}
    w.levels = {code: "K" if code in keys else level for code, level in JUST_GOOD.items()}
    while list(w.levels.values()).count("K") > 10:
        w.levels[next(code for code, level in w.levels.items() if level == "K" and code not in keys)] = "D"
    w.mine = bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels=w.levels)
    w.theirs = bring_to(w.theirs, Status.DECIDED, head=w.head, levels="K")
    w.others = bring_to(w.others, Status.ANNOUNCED, head=w.other_head, levels="T")
    w.version = other_version()
    return w


def page_for(client, user, w, *, unit=None, query: str | None = None):
    client.force_login(user)
    args = [w.cycle.code, unit.code] if unit else [w.cycle.code]
    name = "evaluations:simulator_school" if unit else "evaluations:simulator"
    address = reverse(name, args=args)
    return client.get(address + (f"?with={w.version.code}" if query is None else query))


def moves(page) -> dict:
    return {key: number for key, number in page.context["found"].moves.items() if number}


def test_an_office_tries_announced_results(client, world):
    page = page_for(client, world.officer, world)
    assert moves(page) == {("K", "D"): 1, ("T", "T"): 1}
    assert [(row.is_new, row.number) for row in page.context["causes"]] == [(True, 1)]
    assert "4/5" in page.context["causes"][0].sentence
    assert [row.people for row in page.context["page"]] == [1, 1]


def test_leaders_try_what_they_decided_and_nobody_elses(client, world):
    page = page_for(client, world.head, world)
    assert page.status_code == 302
    assert page.url == reverse("evaluations:simulator_school", args=[world.cycle.code, world.school.code])
    page = page_for(client, world.head, world, unit=world.school)
    assert moves(page) == {("K", "D"): 1, ("K", "K"): 1}
    assert [row.evaluation.subject.full_name for row in page.context["people"]] == ["Mai Thị Hương"]
    assert page_for(client, world.head, world, unit=world.other_school).status_code == 404


def test_names_stand_on_a_schools_page_only_and_only_of_readable_results(client, world):
    bring_to(world.leaders, Status.DECIDED, head=world.head, levels=world.levels)
    whole = page_for(client, world.officer, world).content.decode()
    school = page_for(client, world.officer, world, unit=world.school).content.decode()
    assert "Mai Thị Hương" not in whole
    assert "Mai Thị Hương" in school
    assert "Bùi Tổ Trưởng" not in school, "decided, not announced: not the office's to know"
    assert "Bùi Tổ Trưởng" in page_for(client, world.deputy, world, unit=world.school).content.decode()


def test_a_leaders_own_unannounced_result_does_not_shine_through(client, world):
    own = EvaluationFactory(cycle=world.cycle, subject=world.deputy, unit=world.school, group=None)
    bring_to(own, Status.DECIDED, head=world.head, levels=world.levels)
    assert page_for(client, world.head, world, unit=world.school).context["found"].people == 3
    assert page_for(client, world.deputy, world, unit=world.school).context["found"].people == 2


def test_the_same_number_of_queries_for_few_and_for_many(client, world, django_assert_num_queries):
    page_for(client, world.officer, world)
    with django_assert_num_queries(18):
        page_for(client, world.officer, world)
    for _n in range(6):
        person = teacher_of(world.school, world.group_math)
        row = EvaluationFactory(cycle=world.cycle, subject=person, unit=world.school, group=world.group_math)
        bring_to(row, Status.ANNOUNCED, head=world.head, levels=world.levels)
    with django_assert_num_queries(18):
        page_for(client, world.officer, world)


def test_a_mapping_makes_other_frameworks_comparable(client, world):
    pack_framework = read_pack(PACKS_DIR / "vn-tt20-2018.json")["framework"] | {"code": "vn-khac"}
    world.version = other_version("vn-khac-1", framework=pack_framework)
    assert world.version.code not in str(page_for(client, world.officer, world, query="").context["offered"])
    page = page_for(client, world.officer, world)
    assert page.context["side"].problem
    assert page.context["found"] is None
    mapping = Mapping.objects.create(source=world.version, target=world.cycle.version)
    known = {c.code: c for c in world.cycle.version.criteria.all()}
    MappingLink.objects.bulk_create(
        MappingLink(
            mapping=mapping,
            source=criterion,
            target=known[criterion.code],
            relation=Relation.BROADER if criterion.code == "TC15" else Relation.EXACT,
        )
        for criterion in world.version.criteria.all()
    )
    page = page_for(client, world.officer, world)
    assert "vn-khac-1" in str(page.context["offered"])
    assert moves(page) == {("K", None): 1, ("T", None): 1}, "at the lowest level of 15 nobody would be above CD"
    assert [number for _sentence, number in page.context["reasons"]] == [2]
    assert "15." in page.context["unmatched"]
    supposed = page_for(client, world.officer, world, query="?with=vn-khac-1&suppose=middle")
    assert moves(supposed) == {("K", "D"): 1, ("T", "T"): 1}
    near = page_for(client, world.officer, world, query="?with=vn-khac-1&near=on")
    assert moves(near) == {("K", "D"): 1, ("T", "T"): 1}


def test_what_cannot_be_tried_is_said_or_not_found(client, world):
    assert page_for(client, world.officer, world, query="?with=nonsense").status_code == 404
    assert page_for(client, world.officer, world, query="").context["found"] is None
    world.cycle = CycleFactory(
        owner=world.commune, created_by=world.officer, schools=[world.school], kind="self_only", decision_due=None
    )
    answer = page_for(client, world.officer, world)
    assert answer.status_code == 409
    assert page_for(client, world.far_officer, world).status_code == 404
    assert page_for(client, world.teacher, world).status_code == 404


def test_drafts_are_for_those_who_draft(client, world):
    draft = clone_version(by=world.officer, version=world.cycle.version, code="vn-nhap-1")
    rule = {**draft.content["rule"]}
    rule["results"] = [{"result": "D", "conditions": [{"kind": "always"}]}]
    change_draft(
        draft_id=draft.pk,
        by=world.officer,
        step={"do": "set", "node": "", "field": "rule", "value": rule, "before": draft.content["rule"]},
    )
    query = f"?with=draft:{draft.pk}"
    page = page_for(client, world.officer, world, query=query)
    assert page.context["side"].is_draft
    assert moves(page) == {("K", "D"): 1, ("T", "D"): 1}
    assert page_for(client, world.supervisor, world, query=query).status_code == 404
    assert "draft:" not in str(page_for(client, world.supervisor, world, query="").context["offered"])
    assert "draft:" in str(page_for(client, world.officer, world, query="").context["offered"])
    assert page_for(client, world.head, world, unit=world.school, query=query).status_code == 404
    assert page_for(client, world.officer, world, query="?with=draft:none").status_code == 404


def test_a_draft_and_what_is_published_from_it_are_matched_alike(world):
    old = world.cycle.version
    draft = clone_version(by=world.officer, version=old, code="vn-nhap-3")
    tree = Tree(draft.content)
    reworded, renamed = tree.of("criterion")[0], tree.of("criterion")[1]
    for node, field, value, before in (
        (reworded, "descriptors.D.vi", "Khác hẳn", reworded.data["descriptors"]["D"]["vi"]),
        (renamed, "name.th", "ชื่อ", None),
    ):
        step = {"do": "set", "node": node.id, "field": field, "value": value, "before": before}
        draft.content = apply(draft.content, step).document
    draft.save()
    as_draft = ties_between(framework_data(old), draft_data(draft))
    version = load_pack(pack=draft.content)[0]
    map_from_origins(version=version, by=None, based_on=old)
    as_published = ties_between(framework_data(old), framework_data(version))
    told = {(tie.source, tie.target, tie.relation) for tie in as_draft}
    assert told == {(tie.source, tie.target, tie.relation) for tie in as_published}
    related = {source for source, _target, relation in told if relation == Relation.RELATED}
    assert related == {reworded.data["code"]}  # a translation that was added asks for nothing else
    assert reworded.data["code"] in side_of(world.officer, world.cycle, version.code).unmatched
    assert not side_of(world.officer, world.cycle, version.code, near=True).unmatched


def test_a_draft_with_problems_says_so(client, world):
    draft = clone_version(by=world.officer, version=world.cycle.version, code="vn-nhap-2")
    draft.content["rule"] = {"kind": "riddle"}
    draft.save()
    page = page_for(client, world.officer, world, query=f"?with=draft:{draft.pk}")
    assert page.context["side"].problem
    assert page.context["found"] is None


def test_a_cycle_too_large_to_wait_for_is_tried_school_by_school(client, world, monkeypatch):
    monkeypatch.setattr("evaluations.queries_simulation.MOST", 1)
    assert page_for(client, world.officer, world).status_code == 409
    assert page_for(client, world.officer, world, unit=world.school).status_code == 200
