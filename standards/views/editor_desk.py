"""What every page of the editor needs: the draft, its document, the frame around the middle."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse

from standards.models import Draft
from standards.packs_check import Problem
from standards.policies import can_change_draft
from standards.presenters.editor_document import Document, Node
from standards.presenters.editor_history import describe
from standards.presenters.editor_problems import known_problems
from standards.presenters.editor_shell import OPEN_WHOLE, shell_of
from standards.queries_drafts import changes_of, drafts_visible_to

CHECKED_AT_ONCE = 600  # nodes: larger drafts are checked on their overview and before publishing


def draft_for(request: HttpRequest, pk) -> Draft:
    """The draft, 404 for those who do not draft."""
    return get_object_or_404(drafts_visible_to(request.user), pk=pk)


def problems_for(draft: Draft, document: Document) -> list[Problem]:
    """The problems where finding them is quick; none for a very large draft (its overview has them)."""
    return known_problems(draft) if len(document.nodes) <= CHECKED_AT_ONCE else []


def last_step(draft: Draft, document: Document) -> dict[str, Any] | None:
    """The latest step that can be taken back: its revision and what it did."""
    row = changes_of(draft).first()
    if row is None or draft.published_as_id:
        return None
    return {"revision": row.revision, "what": describe(row, document), "by": row.by}


def frame(
    request: HttpRequest,
    draft: Draft,
    document: Document,
    part: str = "",
    node: Node | None = None,
    *,
    with_tree: bool = False,
) -> dict[str, Any]:
    """The context of the frame: the parts, the tree, what can be undone, what may be changed."""
    shell = shell_of(
        draft,
        document,
        part=part,
        node=node,
        opened=request.GET.get("open", "").split()[:OPEN_WHOLE],
        problems=len(problems_for(draft, document)),
        with_tree=with_tree,
    )
    return {
        "desk": shell,
        "draft": draft,
        "part": part,
        "node": node,
        "undo": last_step(draft, document),
        "may_change": bool(can_change_draft(request.user, draft)),
        "act_url": reverse("standards:draft_act", args=[draft.pk]),
        "clashes": (),
        "inner": False,
    }


def render_place(
    request: HttpRequest,
    draft: Draft,
    document: Document,
    part: str,
    context: dict[str, Any],
    *,
    node: Node | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the editor; for the script that changes places only its middle."""
    only_middle = request.headers.get("X-Requested-With") == "fetch"
    whole = frame(request, draft, document, part, node, with_tree=not only_middle)
    main = (
        f"standards/drafts/{part.removeprefix('draft_')}.html" if part != "draft" else "standards/drafts/overview.html"
    )
    title = str(node) if node else next((item.label for item in whole["desk"].parts if item.is_current), "")
    whole |= {"main": main, "place_title": title, "side_only": part == "draft"} | context
    name = "standards/drafts/fragment.html" if only_middle else "standards/drafts/editor.html"
    return render(request, name, whole, status=status)


def autosave_context(request: HttpRequest, draft: Draft, node: Node | None, url: str, cells) -> dict[str, Any]:
    """What a form needs whose fields save themselves. `cells`: every field of it."""
    name = node.id if node else "pack"
    return {
        "form_url": url,
        "store_key": f"chuan:{request.user.pk}:draft-{draft.pk}-{name}",
        "save_base": reverse("standards:draft_save", args=[draft.pk, name, "x"]).removesuffix("x/"),
        "tokens": " ".join(f"{cell.field}:{cell.token}" for cell in cells),
    }


def pieces(request: HttpRequest, draft: Draft, document: Document) -> dict[str, str]:
    """The top and the parts as HTML, for a page that stays while something was changed."""
    context = frame(request, draft, document)
    return {
        "top": render_to_string("standards/drafts/_top.html", context, request),
        "parts": render_to_string("standards/drafts/_parts.html", context, request),
        "counted": context["desk"].counted,
    }
