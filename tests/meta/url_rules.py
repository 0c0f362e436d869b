"""Who may open each address. An address without a rule here fails tests/meta/test_urls.py.

A rule names the roles that get in ("ok"); the others are told so (403, `told`) or find nothing (404). Anonymous visitors
are sent to sign in, except where `public`. "ok" means the page or the act answered for itself: 200, a redirect to
somewhere else than sign-in, 400 or 409 with a sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

OWN_SCHOOL = ("teacher", "colleague", "leader", "artist", "deputy", "head")
OTHERS = ("other_teacher", "other_head", "far_officer")
OFFICE = ("officer", "supervisor", "administrator")
ROLES = (*OWN_SCHOOL, *OTHERS, *OFFICE)


@dataclass(frozen=True)
class Rule:
    """Roles let in, roles told they may not (403); everybody else gets 404."""

    ok: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    args: Callable[[SimpleNamespace], dict] = field(default=lambda w: {})
    post: bool = False
    public: bool = False
    data: Callable[[SimpleNamespace], dict] = field(default=lambda w: {})
    as_json: bool = False


def everybody(**fields) -> Rule:
    """Signed in is enough."""
    return Rule(ok=ROLES, **fields)


def anybody(**fields) -> Rule:
    """Signed in or not."""
    return Rule(ok=ROLES, public=True, **fields)


def only(*ok: str, told: tuple[str, ...] = (), **fields) -> Rule:
    return Rule(ok=ok, told=told, **fields)


def everybody_else(*roles: str) -> tuple[str, ...]:
    return tuple(role for role in ROLES if role not in roles)


def announced(w) -> dict:
    return {"pk": w.mine.pk}  # the teacher's, announced


def reviewed(w) -> dict:
    return {"pk": w.theirs.pk}  # the colleague's, under review


def drafted(w) -> dict:
    return {"pk": w.leaders.pk}  # the group leader's, a draft


def proof(w) -> dict:
    return {"pk": w.mine.pk, "key": w.proof.pk}


def cycle(w) -> dict:
    return {"code": w.cycle.code}


def draft_cycle(w) -> dict:
    return {"code": w.draft_cycle.code}


def school_of_cycle(w) -> dict:
    return {"code": w.cycle.code, "unit_code": w.school.code}


def group_of_cycle(w) -> dict:
    return {"code": w.cycle.code, "group_code": w.group_math.code}


def school(w) -> dict:
    return {"code": w.school.code}


AUTOSAVED = {"level": "K", "note": "", "no_evidence": False, "revision": 0}
KNOWS_MINE = ("teacher", "leader", "deputy", "head", *OFFICE)  # who knows that the teacher's evaluation exists
ABOVE = ("deputy", "head", *OFFICE)  # who knows of every evaluation of the school
BOARD = ("deputy", "head", *OFFICE)
MANAGES = ("officer", "administrator")
ACCOUNT = anybody()

RULES: dict[str, Rule] = {
    "healthz": anybody(),
    "readyz": anybody(),
    "home": everybody(),
    "core:set_language": anybody(post=True, data=lambda w: {"language": "en"}),
    "core:help": anybody(),
    "core:accessibility": anybody(),
    "core:privacy": anybody(),
    "core:components": Rule(public=True),  # only in demo and development
    # --- the teacher's side
    "evaluations:index": everybody(),
    "evaluations:examples": everybody(args=lambda w: {"version": "vn-tt20-2018", "code": "TC01"}),
    "evaluations:save_texts": anybody(),  # words alone, needed most when the sign-in has ended
    "evaluations:detail": only(*KNOWS_MINE, args=announced),
    "evaluations:move": only(
        "teacher", told=("leader", *ABOVE), args=lambda w: {"pk": w.mine.pk, "action": "acknowledge"}, post=True
    ),
    "evaluations:self": only("teacher", told=("leader", *ABOVE), args=announced),
    "evaluations:self_state": only("teacher", told=("leader", *ABOVE), args=announced),
    "evaluations:save_rating": only(
        "leader",
        told=ABOVE,
        args=lambda w: {**drafted(w), "code": "TC01"},
        post=True,
        data=lambda w: AUTOSAVED,
        as_json=True,
    ),
    "evaluations:save_remarks": only(
        "leader",
        told=ABOVE,
        args=drafted,
        post=True,
        data=lambda w: {"strengths": "Tận tâm", "revision": 0},
        as_json=True,
    ),
    "evaluations:result": only("teacher", *ABOVE, told=("leader",), args=announced),
    "evaluations:evidence": only("teacher", *ABOVE, told=("leader",), args=announced),
    "evaluations:criterion_evidence": only(
        "leader", told=ABOVE, args=lambda w: {**drafted(w), "code": "TC01"}, post=True
    ),
    "evaluations:evidence_upload": only("leader", told=ABOVE, args=drafted, post=True),
    "evaluations:evidence_part": only("leader", told=ABOVE, args=drafted),
    "evaluations:evidence_add": only("leader", told=ABOVE, args=lambda w: {**drafted(w), "kind": "link"}),
    "evaluations:evidence_reuse": only("leader", told=ABOVE, args=drafted),
    "evaluations:last_year": only("leader", told=ABOVE, args=drafted),
    "evaluations:evidence_item": only("teacher", *ABOVE, told=("leader",), args=proof),
    "evaluations:evidence_delete": only("teacher", told=("leader", *ABOVE), args=proof),
    "evaluations:evidence_file": only("teacher", *ABOVE, told=("leader",), args=proof),
    "evaluations:evidence_preview": only("teacher", *ABOVE, told=("leader",), args=proof),
    # --- the office's, head's and colleague's side
    "evaluations:cycles": only(
        "head",
        "deputy",
        "other_head",
        "far_officer",
        *OFFICE,
        told=("teacher", "colleague", "leader", "artist", "other_teacher"),
    ),
    "evaluations:cycle_new": only(*MANAGES, "far_officer", told=everybody_else(*MANAGES, "far_officer")),
    "evaluations:cycle": only(*everybody_else("far_officer"), args=cycle),
    "evaluations:cycle_edit": only(*MANAGES, told=("supervisor",), args=draft_cycle),
    "evaluations:cycle_open": only(*MANAGES, told=("supervisor",), args=draft_cycle, post=True),
    "evaluations:cycle_discard": only(*MANAGES, told=("supervisor",), args=draft_cycle, post=True),
    "evaluations:cycle_refresh": only(*MANAGES, told=("deputy", "head", "other_head", "supervisor"), args=cycle),
    "evaluations:cycle_dates": only(*MANAGES, told=("deputy", "head", "other_head", "supervisor"), args=cycle),
    "evaluations:cycle_heads": only(
        *MANAGES, told=("deputy", "head", "other_head", "supervisor"), args=cycle, post=True
    ),
    "evaluations:cycle_close": only(*MANAGES, told=("deputy", "head", "other_head", "supervisor"), args=cycle),
    "evaluations:board": only(*BOARD, args=school_of_cycle),
    "evaluations:board_results": only(*BOARD, args=school_of_cycle),
    "evaluations:simulator": only("other_head", *BOARD, args=cycle),
    "evaluations:simulator_school": only(*BOARD, args=school_of_cycle),
    "evaluations:board_announce": only("head", told=("deputy", *OFFICE), args=school_of_cycle, post=True),
    "evaluations:board_remind": only("head", *MANAGES, told=("deputy", "supervisor"), args=school_of_cycle, post=True),
    "evaluations:opinions": only("teacher", "colleague", "leader", args=group_of_cycle),
    "evaluations:opinions_save": only(
        "teacher",
        "leader",
        args=group_of_cycle,
        post=True,
        data=lambda w: {"evaluation": str(w.theirs.pk), "criterion": "TC01", "answer": "K", "revision": 0},
        as_json=True,
    ),
    "evaluations:opinions_hand_in": only("teacher", "colleague", "leader", args=group_of_cycle, post=True),
    "evaluations:opinion": only("teacher", "leader", args=lambda w: {**group_of_cycle(w), **reviewed(w)}),
    "evaluations:review": only("deputy", "head", told=("colleague", "leader", *OFFICE), args=reviewed),
    "evaluations:review_save": only(
        "head",
        told=("colleague", "leader", "deputy", *OFFICE),
        args=reviewed,
        post=True,
        data=lambda w: {"criterion": "TC01", "level": "K", "reason": "", "revision": 0},
        as_json=True,
    ),
    "evaluations:extend": only("head", told=("leader", "deputy", *OFFICE), args=drafted),
}

HOLDERS = ("head", "administrator")  # who keeps the people of the school

RULES |= {
    "people:index": only(
        "leader",
        "head",
        "deputy",
        "other_head",
        "far_officer",
        *OFFICE,
        told=("teacher", "colleague", "artist", "other_teacher"),
    ),
    "people:me": everybody(),
    "people:activate": anybody(),
    "people:unit": only("deputy", "head", *OFFICE, args=school),
    "people:add_unit": only(*HOLDERS, told=("deputy", "officer", "supervisor"), args=school),
    "people:rename_unit": only("administrator", told=("deputy", "head", "officer", "supervisor"), args=school),
    "people:move_unit": only("administrator", told=("deputy", "head", "officer", "supervisor"), args=school),
    "people:add_person": only(*HOLDERS, told=("deputy", "officer", "supervisor"), args=school),
    "people:add_role": only(*HOLDERS, told=("deputy", "officer", "supervisor"), args=school),
    "people:codes": only(*HOLDERS, told=("deputy", "officer", "supervisor"), args=school),
    "people:import": only(*HOLDERS, told=("deputy", "officer", "supervisor"), args=school),
    "people:import_template": everybody(),
    "people:person": only("teacher", "leader", "deputy", "head", *OFFICE, args=lambda w: {"pk": w.teacher.pk}),
    "people:edit_person": only(
        *HOLDERS, told=("leader", "deputy", "officer", "supervisor", "teacher"), args=lambda w: {"pk": w.teacher.pk}
    ),
    "people:change_place": only(
        *HOLDERS,
        told=("deputy", "officer", "supervisor"),
        args=lambda w: {"pk": w.teacher.pk, "code": w.school.code},
    ),
    "people:transfer": only(
        *HOLDERS,
        told=("deputy", "officer", "supervisor"),
        args=lambda w: {"pk": w.teacher.pk, "code": w.school.code},
    ),
    "people:end_membership": only(
        *HOLDERS, told=("deputy", "officer", "supervisor"), args=lambda w: {"pk": w.membership.pk}
    ),
    "people:import_detail": only(*HOLDERS, args=lambda w: {"pk": w.roster.pk}),
    "people:import_apply": only(*HOLDERS, args=lambda w: {"pk": w.roster.pk}, post=True),
    "people:import_missing": only(*HOLDERS, args=lambda w: {"pk": w.roster.pk}, post=True),
    "people:import_errors": only(*HOLDERS, args=lambda w: {"pk": w.roster.pk}),
    "people:import_file": only(*HOLDERS, args=lambda w: {"pk": w.roster.pk}),
    "standards:index": anybody(),
    "standards:version": anybody(args=lambda w: {"code": "vn-tt20-2018"}),
    "standards:criterion": anybody(args=lambda w: {"code": "vn-tt20-2018", "criterion": "TC05"}),
}


def standards_draft(w) -> dict:
    return {"pk": w.standards_draft.pk}


def drafted_node(w) -> dict:
    return {"pk": w.standards_draft.pk, "node": w.standards_draft.content["standards"][0]["id"]}


DRAFTERS = ("officer", "administrator", "far_officer")  # of any office
RULES |= {
    name: only(*DRAFTERS, told=everybody_else(*DRAFTERS))
    for name in (
        "standards:drafts",
        "standards:draft_copy",
        "standards:draft_new",
        "standards:import",
        "standards:workbook_template",
    )
}
RULES |= {
    "standards:import_detail": only("officer", args=lambda w: {"pk": w.framework_file.pk}),  # whose file it is
    "standards:import_discard": only("officer", args=lambda w: {"pk": w.framework_file.pk}, post=True),
    "standards:version_workbook": anybody(args=lambda w: {"code": "vn-tt20-2018"}),
    "standards:version_pack": anybody(args=lambda w: {"code": "vn-tt20-2018"}),
    "standards:draft_workbook": only(*DRAFTERS, args=standards_draft),
    "standards:draft_pack": only(*DRAFTERS, args=standards_draft),
}
RULES |= {
    "evaluations:preview_draft": only(*DRAFTERS, args=standards_draft),
    "reports:preview_draft": only(*DRAFTERS, args=standards_draft),
}
RULES |= {
    f"standards:draft{name}": only(*DRAFTERS, args=standards_draft)
    for name in (
        "",
        "_facts",
        "_levels",
        "_rule",
        "_examples",
        "_example_new",
        "_history",
        "_publish",
        "_tree",
    )
}
RULES |= {
    "standards:draft_discard": only("officer", told=("administrator", "far_officer"), args=standards_draft),
    "standards:draft_node": only(*DRAFTERS, args=drafted_node),
    "standards:draft_example": only(*DRAFTERS, args=lambda w: {**standards_draft(w), "at": 0}),
    "standards:draft_try": only(*DRAFTERS, args=standards_draft, post=True),
    "standards:draft_act": only(*DRAFTERS, args=standards_draft, post=True, data=lambda w: {"do": "renumber"}),
    "standards:draft_save": only(
        *DRAFTERS,
        args=lambda w: {**drafted_node(w), "field": "name.vi"},
        post=True,
        data=lambda w: {"value": "Phẩm chất", "revision": 0},
        as_json=True,
    ),
}


def pairing(w) -> dict:
    return {"pairing_id": w.pairing.pk}


def meeting(w) -> dict:
    return {"meeting_id": w.meeting.pk}


PAIR = ("teacher", "colleague")  # mentee and mentor
PAIRERS = ("head", "officer", "other_head", "far_officer")
LOOKERS = ("head", "officer")  # they know that the pair exists, and when it met; never what was said

RULES |= {
    "mentoring:index": everybody(),
    "mentoring:new": only(*PAIRERS, told=everybody_else(*PAIRERS)),
    "mentoring:choose_mentor": only(
        "head", "officer", told=everybody_else(*PAIRERS), args=lambda w: {"mentee_id": w.artist.pk}
    ),
    "mentoring:propose": only(
        "head",
        "officer",
        told=everybody_else(*PAIRERS),
        args=lambda w: {"mentee_id": w.artist.pk, "mentor_id": w.leader.pk},
    ),
    "mentoring:detail": only(*PAIR, *LOOKERS, args=pairing),
    "mentoring:answer": only(*PAIR, told=LOOKERS, args=pairing, post=True, data=lambda w: {"answer": "accept"}),
    "mentoring:extend": only("head", "officer", told=PAIR, args=pairing),
    "mentoring:end": only(*PAIR, "head", "officer", args=pairing),
    "mentoring:log": only(*PAIR, told=LOOKERS, args=pairing),
    "mentoring:notes": only(*PAIR, told=LOOKERS, args=pairing, post=True),
    "mentoring:change_meeting": only("colleague", told=("teacher",), args=meeting),
    "mentoring:remove_meeting": only("colleague", told=("teacher",), args=meeting, post=True),
    "mentoring:note": only(*PAIR, args=meeting, post=True),
}


def requested(w) -> dict:
    return {"pk": w.report.pk}


RULES |= {
    "reports:index": everybody(),
    "reports:request": only(
        "teacher",
        "head",
        "deputy",
        *OFFICE,
        told=("leader",),
        post=True,
        data=lambda w: {
            "kind": "self-form",
            "cycle": w.cycle.code,
            "unit": w.school.code,
            "evaluation": str(w.mine.pk),
            "language": "vi",
        },
    ),
    "reports:simulation": only("other_head", *BOARD, args=cycle),
    "reports:detail": only("teacher", args=requested),
    "reports:progress": only("teacher", args=requested),
    "reports:download": only("teacher", args=requested),
    "reports:retry": only("teacher", args=requested, post=True),
    "reports:delete": only("teacher", args=requested, post=True),
}


# --- CASE: what is law is read by everybody and every program


def case_object(kind: str) -> Callable[[SimpleNamespace], dict]:
    def identifier(w) -> dict:
        from standards.models import CaseObject

        return {"identifier": str(CaseObject.objects.filter(kind=kind).first().identifier)}

    return identifier


def nowhere(w) -> dict:
    return {"identifier": "0d3f9c5e-4f4b-4f0e-9d6c-1c8f5d1b7a11"}


RULES |= {
    "case:documents": anybody(),
    "case:document": anybody(args=case_object("CFDocument")),
    "case:package": anybody(args=case_object("CFDocument")),
    "case:item": anybody(args=case_object("CFItem")),
    "case:association": anybody(args=case_object("CFAssociation")),
    "case:item_associations": anybody(args=case_object("CFItem")),
    "case:rubric": anybody(args=case_object("CFRubric")),
    "case:item_type": anybody(args=case_object("CFItemType")),
    "case:grouping": Rule(public=True, args=nowhere),  # our own frameworks have none of these
    "case:license": Rule(public=True, args=nowhere),
    "case:concept": Rule(public=True, args=nowhere),
    "case:subject": Rule(public=True, args=nowhere),
    "case:nothing": Rule(public=True, args=lambda w: {"path": "CFAnything"}),
}
