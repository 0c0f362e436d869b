"""The editor of a draft: overview, one node at a time, saving field by field, steps."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.decisions import Refused
from core.http import posted_number, refuse_stranger, safe_next, sent_json, sentence_response, wants_json
from standards.actions import drafts as actions
from standards.drafting import StepRefused
from standards.forms.steps import value_of, wanted
from standards.models import Draft
from standards.policies import can_change_draft
from standards.presenters import editor_shell as shells
from standards.presenters.editor_document import CRITERION, LEVEL, STANDARD, Document, Node, token
from standards.presenters.editor_fields import node_fields, value_at
from standards.presenters.editor_history import company, step_in_words
from standards.presenters.editor_pages import acts_of, all_cells, facts_of, level_forms, overview_of, places_of, ways_of
from standards.presenters.editor_problems import of_node
from standards.queries_drafts import changes_of
from standards.views.editor_desk import autosave_context, draft_for, pieces, problems_for, render_place

STRANGER = "\ufffd"  # no document holds it: a step with this `before` meets whatever stands there
PACK = "pack"
LOOKED_BACK = 8  # steps in which somebody else is noticed


# --- pages ----------------------------------------------------------------------------------------------------------
@require_safe
def overview(request: HttpRequest, pk) -> HttpResponse:
    """Where the draft stands: its problems, what is missing in each language, what to do next."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    return render_place(request, draft, document, "draft", overview_of(request.user, draft, document))


@require_http_methods(["GET", "HEAD", "POST"])
def node(request: HttpRequest, pk, node: str) -> HttpResponse:
    """The form of one standard or criterion. POST: the whole form, from a browser without scripts."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    found = document.nodes.get(node)
    if found is None or found.kind == LEVEL:
        raise Http404
    context = {
        "fields": (fields := node_fields(document, found)),
        "problems": of_node(problems_for(draft, document), found),
        "ways": ways_of(),
        "acts": acts_of(document, found),
        "places": places_of(document, found),
    }
    url = reverse("standards:draft_node", args=[pk, node])
    context |= autosave_context(request, draft, found, url, all_cells(fields))
    return _place(request, draft, document, "draft_node", context, found)


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, pk) -> HttpResponse:
    """Identity, legal text, languages, articles, sources."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    context = facts_of(document)
    url = reverse("standards:draft_facts", args=[pk])
    context |= autosave_context(request, draft, None, url, context["cells"])
    return _place(request, draft, document, "draft_facts", context)


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: HttpRequest, pk) -> HttpResponse:
    """The levels, lowest first, each a small form; scales, overall results."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    context = level_forms(document)
    url = reverse("standards:draft_levels", args=[pk])
    chosen = document.nodes.get(request.POST.get("node", ""))
    for row in context["levels"]:
        row.update(autosave_context(request, draft, row["node"], url, all_cells(row["fields"])))
    return _place(request, draft, document, "draft_levels", context, chosen, named=False)


def _place(request, draft, document, part, context, node=None, *, named=True) -> HttpResponse:
    shown = node if named else None
    if request.method != "POST":
        return render_place(request, draft, document, part, context, node=shown)
    clashes = _save_form(request, draft, document, node)
    if not clashes:
        messages.success(request, _("Saved."))
        return redirect(request.path)
    draft = draft_for(request, draft.pk)
    return render_place(request, draft, document, part, context | {"clashes": clashes}, node=shown, status=409)


def _save_form(request: HttpRequest, draft: Draft, document: Document, node: Node | None) -> list:
    """Saves every field that was changed, one step each. (field, what stands there) of those that could not be."""
    can_change_draft(request.user, draft).or_raise()
    pairs = (pair.rpartition(":") for pair in request.POST.get("tokens", "").split())
    known = {field: int(number) for field, _colon, number in pairs if number.isdecimal() and len(number) < 16}
    clashes = []
    item, kind = (node.item, node.kind) if node else (document.content, "version")
    for field, number in known.items():
        sent = request.POST.get(f"value-{field}")
        current = None
        try:
            current = value_at(item, field)
            value = value_of(kind, field, sent)
            if token(value) == number or (sent is None and not isinstance(current, bool)):
                continue
            before = current if token(current) == number else STRANGER
            step = {"do": "set", "node": node.id if node else "", "field": field, "value": value, "before": before}
            actions.change_draft(draft_id=draft.pk, by=request.user, step=step)
        except actions.Conflict as conflict:
            clashes.append((field, {"sentence": str(conflict), "stored": conflict.current or ""}))
        except StepRefused as refusal:
            if not field:  # no field of the page would show the sentence
                messages.warning(request, str(refusal))
            clashes.append((field, {"sentence": str(refusal), "stored": current or ""}))
    return clashes


# --- fragments ------------------------------------------------------------------------------------------------------
@require_safe
def tree(request: HttpRequest, pk) -> HttpResponse:
    """The tree with the lines in ?open= open, or only the lines ?below= one standard."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    may_change = bool(can_change_draft(request.user, draft))
    if below := document.nodes.get(request.GET.get("below", "")):
        items = shells.children_of(draft, document, below)
        context = {"items": items, "draft": draft, "may_change": may_change, "inner": True}
        return render(request, "standards/drafts/_tree_below.html", context)
    items = shells.tree_of(
        draft, document, document.nodes.get(request.GET.get("at", "")), request.GET.get("open", "").split()
    )
    context = {"items": items, "draft": draft, "may_change": may_change, "inner": False}
    return render(request, "standards/drafts/_tree.html", context)


# --- saving one field ------------------------------------------------------------------------------------------------
@require_POST
def save(request: HttpRequest, pk, node: str, field: str) -> JsonResponse:
    """POST {"value", "revision", "person"}: one field. `revision` is the number of the value as its writer knew it.

    200 {"revision", "saved", …}; 409 {"stored", "revision"} when somebody else wrote there meanwhile; 409 with a
    sentence alone when the draft or the node can no longer be changed; 401 when somebody else is signed in now.
    """
    sent = sent_json(request)
    if refusal := refuse_stranger(request, sent):
        return refusal
    draft = draft_for(request, pk)
    document = Document(draft.content)
    found = document.nodes.get(node)
    if found is None and node != PACK:
        return sentence_response(_("This has been removed meanwhile."), status=409)
    item, kind = (found.item, found.kind) if found else (document.content, "version")
    try:
        current = value_at(item, field)
        value = value_of(kind, field, sent.get("value"))
        before = current if sent.get("revision") == token(current) else STRANGER
        step = {"do": "set", "node": found.id if found else "", "field": field, "value": value, "before": before}
        change = actions.change_draft(draft_id=draft.pk, by=request.user, step=step)
    except actions.Conflict as conflict:
        stored = conflict.current if isinstance(conflict.current, bool) else str(conflict.current or "")
        when = timezone.localtime(conflict.at)
        sentence = _("%(name)s changed this at %(time)s. Both are here; choose one.") % {
            "name": conflict.by.full_name,
            "time": f"{when:%H:%M}",
        }
        known = token(conflict.current)
        return sentence_response(sentence, status=409, stored={"value": stored}, revision=known)
    except StepRefused as refusal:
        return sentence_response(refusal, status=422)
    except Refused as refusal:
        return sentence_response(refusal, status=409)
    return JsonResponse(_after_save(request, change.draft, node, field))


def _after_save(request: HttpRequest, draft: Draft, node: str, field: str) -> dict:
    document = Document(draft.content)
    found = document.nodes.get(node)
    stored = value_at(found.item if found else document.content, field)
    answer = {"revision": token(stored), "saved": f"{timezone.localtime():%H:%M:%S}", "draft": draft.revision}
    answer |= pieces(request, draft, document)
    if sentence := company(request.user, changes_of(draft).defer("step", "undo")[:LOOKED_BACK]):
        answer["others"] = sentence
    if found and found.kind in (STANDARD, CRITERION):
        line = shells.tree_item(draft, document, found)
        context = {"item": line, "draft": draft, "may_change": True, "inner": True}
        answer |= {
            "line": render_to_string("standards/drafts/_tree_item.html", context),
            "name": found.name or found.code,
        }
    return answer


# --- steps ----------------------------------------------------------------------------------------------------------
@require_POST
def act(request: HttpRequest, pk) -> HttpResponse:
    """One step by a button: add, remove, move, split, merge, undo … (forms/steps.py). JSON for the script."""
    draft = draft_for(request, pk)
    can_change_draft(request.user, draft).or_raise()
    document = Document(draft.content)
    go = ""
    try:
        if request.POST.get("do") == "undo":
            revision = posted_number(request.POST.get("revision"), None)
            change = actions.undo_change(draft_id=pk, by=request.user, revision=revision)
            said = _("Taken back.")
        else:
            asked = wanted(document, request.POST)
            change, go = actions.change_draft(draft_id=pk, by=request.user, step=asked.step), asked.go
            said = step_in_words(change.step, Document(change.draft.content))
    except (StepRefused, actions.Conflict) as refusal:
        return _refused(request, draft, str(refusal))
    fresh = Document(change.draft.content)
    if request.POST.get("do") == "move" and change.nodes:
        said = _where(fresh, change.nodes[0]) or said
    target = _target(draft, document, fresh, go, change.nodes, request.POST)
    if wants_json(request):
        focus = "first" if go == "new" else ""
        answer = {"said": said, "go": target, "focus": focus, "tree": True, "draft": change.revision}
        return JsonResponse(
            answer | {"at": change.nodes[0] if change.nodes else ""} | pieces(request, change.draft, fresh)
        )
    messages.success(request, said)
    here = safe_next(request, request.POST.get("here"), "")
    return redirect(target or here or reverse("standards:draft", args=[pk]))


def _refused(request: HttpRequest, draft: Draft, sentence: str) -> HttpResponse:
    if wants_json(request):
        return sentence_response(sentence, status=409)
    messages.warning(request, sentence)
    here = safe_next(request, request.headers.get("Referer"), "")
    return redirect(here or reverse("standards:draft", args=[draft.pk]))


def _target(draft: Draft, before: Document, after: Document, go: str, nodes, posted) -> str:
    """The page to show after a step; empty to stay."""
    if go == "new":
        fresh = [id for id in after.nodes if id not in before.nodes]
        go = fresh[0] if fresh else ""
    if go == "levels" or (go and (found := after.nodes.get(go)) and found.kind == LEVEL):
        return reverse("standards:draft_levels", args=[draft.pk])
    if go in after.nodes:
        return reverse("standards:draft_node", args=[draft.pk, go])
    if go:
        return reverse("standards:draft", args=[draft.pk])
    shown = posted.get("here", "").rstrip("/").rpartition("/")[2]
    if posted.get("do") == "undo" and shown in before.nodes and shown not in after.nodes:
        return reverse("standards:draft", args=[draft.pk])
    return ""


def _where(document: Document, id: str) -> str:
    found = document.nodes.get(id)
    if found is None:
        return ""
    params = {"name": str(found), "place": found.place + 1, "of": found.of, "parent": str(found.parent or "")}
    if found.parent:
        return _("“%(name)s” is now %(place)s of %(of)s in “%(parent)s”.") % params
    return _("“%(name)s” is now %(place)s of %(of)s.") % params
