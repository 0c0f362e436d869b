"""The rule of a draft, sentence by sentence, and the worked examples that prove it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.decisions import Refused
from core.http import posted_number, sentence_response, wants_json
from standards.actions import drafts as actions
from standards.drafting import StepRefused
from standards.forms import examples as example_forms
from standards.forms.rules import changed_rule
from standards.models import Draft
from standards.policies import can_change_draft
from standards.presenters import editor_examples as words
from standards.presenters import editor_rule as rules
from standards.presenters.editor_document import Document, token
from standards.presenters.editor_problems import known_problems, of_vectors
from standards.queries_drafts import draft_data
from standards.views.editor_desk import draft_for, pieces, problems_for, render_place


# --- the rule -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, pk) -> HttpResponse:
    """The rule as sentences. POST: one change of it (forms/rules.py), or one policy, group, band."""
    draft = draft_for(request, pk)
    if request.method == "POST":
        return _change(request, draft, "draft_rule", lambda: _rule_step(draft, request.POST))
    document = Document(draft.content)
    page = rules.rule_page(document, draft_data(draft), problems_for(draft, document), token(draft.content.get("rule")))
    context = {
        "rule": page,
        "kinds": rules.kinds(),
        "verbs": rules.verbs(),
        "policies": _policies(page),
        "rule_url": reverse("standards:draft_rule", args=[pk]),
    }
    return render_place(request, draft, document, "draft_rule", context)


def _policies(page: rules.RulePage) -> list[dict[str, Any]]:
    default = "left_out" if page.kind == "mean" else "incomplete"
    labels = {
        "not_rated": _("If a criterion has no level"),
        "not_observed": _("If it could not be observed"),
        "not_applicable": _("If it does not apply to the person"),
    }
    choices = rules.policies(page.kind)
    return [
        {"name": name, "label": label, "value": page.rule.get(name, default), "choices": choices}
        for name, label in labels.items()
    ]


def _rule_step(draft: Draft, posted: QueryDict) -> dict[str, Any]:
    current = draft.content.get("rule")
    if posted.get("token") != str(token(current)):
        raise StepRefused(
            _("Somebody else changed the rule meanwhile. It is shown as it is now; make your change again.")
        )
    return {"do": "set", "node": "", "field": "rule", "value": changed_rule(current, posted), "before": current}


def _change(request: HttpRequest, draft: Draft, page: str, step, go: str = "") -> HttpResponse:
    """Does a step of a page and shows the page again, with the sentence where it was refused."""
    can_change_draft(request.user, draft).or_raise()
    url = go or reverse(f"standards:{page}", args=[draft.pk])
    try:
        change = actions.change_draft(draft_id=draft.pk, by=request.user, step=step())
    except (StepRefused, actions.Conflict, Refused) as refusal:
        if wants_json(request):
            return sentence_response(refusal, status=409)
        messages.warning(request, str(refusal))
        return redirect(url)
    if wants_json(request):
        fresh = Document(change.draft.content)
        answer = {"said": _("Saved."), "go": go, "draft": change.revision, "tree": False}
        return JsonResponse(answer | pieces(request, change.draft, fresh))
    messages.success(request, _("Saved."))
    return redirect(url)


# --- worked examples -------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def examples(request: HttpRequest, pk) -> HttpResponse:
    """The worked examples, run now. POST: remove one, take what came out, fill in a criterion in all of them."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    if request.method == "POST":
        return _change(request, draft, "draft_examples", lambda: _examples_step(draft, document, request.POST))
    data = draft_data(draft)
    rows = words.example_rows(
        document,
        data,
        of_vectors(known_problems(draft)),
        posted_number(request.GET.get("why"), None),
    )
    failing = [row for row in rows if row.holds is False]
    lacking = {node.id: node for row in failing for node in row.missing}
    context = {
        "rows": rows,
        "failing": failing,
        "lacking": [_lacking(document, node, failing) for node in lacking.values()][:20],
        "examples_url": reverse("standards:draft_examples", args=[pk]),
        "runs": data is not None,
        "can_click": len(document.criteria) <= words.GRID_LIMIT,
    }
    return render_place(request, draft, document, "draft_examples", context)


def _lacking(document: Document, node, rows) -> dict[str, Any]:
    count = sum(1 for row in rows if node in row.missing)
    sentence = ngettext(
        "One example says nothing about “%(name)s”.", "%(count)s examples say nothing about “%(name)s”.", count
    )
    return {
        "node": node,
        "sentence": sentence % {"count": count, "name": node},
        "levels": [(level.code, level.name or level.code) for level in document.levels_of(node)],
        "others": [other for other in document.criteria if other is not node],
    }


def _examples_step(draft: Draft, document: Document, posted: QueryDict) -> dict[str, Any]:
    fresh = example_forms.changed(document, draft_data(draft), posted)
    before = draft.content.get("vectors")
    return {"do": "set", "node": "", "field": "vectors", "value": fresh, "before": before}


@require_http_methods(["GET", "HEAD", "POST"])
def example(request: HttpRequest, pk, at: int | None = None) -> HttpResponse:
    """One worked example by clicking levels: a new one (like= another), or a change of one."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    vectors = words.vectors_of(document.content)
    if at is None:
        place = posted_number(request.GET.get("like"), len(vectors))
        known = vectors[place] if place < len(vectors) else {}
        vector = {"ratings": known.get("ratings") or {}, "why": "", "expected": ""}
    elif at < len(vectors) and "assessors" not in vectors[at]:
        vector = vectors[at]
    else:
        raise Http404
    if request.method == "POST":
        return _save_example(request, draft, document, vector, at)
    ran = words.run(draft_data(draft), vector, document, why=True)
    context = {
        "vector": vector,
        "at": at,
        "number": (at if at is not None else len(vectors)) + 1,
        "grid": words.grid(document, vector.get("ratings") or {}),
        "results": [
            *words.results_of(document),
            *((code, words.result_words(document, code)) for code in words.WITHOUT),
        ],
        "ran": ran,
        "token": token(vectors[at]) if at is not None else 0,
        "try_url": reverse("standards:draft_try", args=[pk]),
        "level_heads": [(level.code, level.name or level.code) for level in document.levels],
    }
    context["main"] = "standards/drafts/example.html"
    return render_place(request, draft, document, "draft_examples", context)


def _save_example(request: HttpRequest, draft: Draft, document: Document, vector, at: int | None) -> HttpResponse:
    def step() -> dict[str, Any]:
        fresh = example_forms.typed(document, draft_data(draft), request.POST, vector)
        if at is None:
            return {"do": "add", "kind": "vector", "parent": "", "value": fresh}
        if request.POST.get("token") != str(token(vector)):
            raise StepRefused(_("Somebody else changed this example meanwhile. It is shown as it is now."))
        return {"do": "set", "node": "", "field": ["vectors", str(at)], "value": fresh, "before": vector}

    return _change(request, draft, "draft_examples", step, reverse("standards:draft_examples", args=[draft.pk]))


@require_POST
def try_example(request: HttpRequest, pk) -> HttpResponse:
    """A fragment: what the rule gives for the levels that were clicked. Writes nothing."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    vector = {"ratings": example_forms.ratings_of(document, request.POST)}
    ran = words.run(draft_data(draft), vector, document, why=True)
    return render(request, "standards/drafts/_outcome.html", {"ran": ran})
