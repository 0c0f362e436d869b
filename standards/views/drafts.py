"""Drafts as a list, and what happens to a draft as a whole: begun, read back, published, thrown away."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.decisions import Refused
from standards.actions import drafts as actions
from standards.forms.drafts import BlankForm, CopyForm, PublishForm
from standards.policies import can_change_draft, can_discard, can_draft, can_publish
from standards.presenters.editor_document import Document
from standards.presenters.editor_history import step_lines
from standards.presenters.editor_pages import compare_url
from standards.presenters.editor_problems import draft_rows, known_problems, problem_lines
from standards.queries_drafts import changes_of, drafts_visible_to, standing_steps
from standards.views.editor_desk import draft_for, render_place

LISTED = 20
STEPS = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every draft: what, by whom, when, how many problems, what became of it."""
    can_draft(request.user).or_raise()
    page = Paginator(drafts_visible_to(request.user), LISTED).get_page(request.GET.get("page"))
    try:
        import_url = reverse("standards:import")
    except NoReverseMatch:
        import_url = ""
    context = {"page": page, "rows": draft_rows(page.object_list), "import_url": import_url}
    return render(request, "standards/drafts/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """A draft with everything of a published version."""
    can_draft(request.user).or_raise()
    form = CopyForm(request.POST or None, initial={"version": request.GET.get("version", "")})
    if request.method == "POST" and form.is_valid():
        draft = actions.clone_version(by=request.user, **form.cleaned_data)
        messages.success(request, _("Copied. Nothing that is published has changed; work on the copy."))
        return redirect("standards:draft", draft.pk)
    return render(request, "standards/drafts/copy.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A draft with nothing in it."""
    can_draft(request.user).or_raise()
    form = BlankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = actions.blank_draft(by=request.user, **form.content())
        messages.success(request, _("Begun. Fill in the legal text, then add standards and criteria."))
        return redirect("standards:draft_facts", draft.pk)
    return render(request, "standards/drafts/new.html", {"form": form})


@require_safe
def history(request: HttpRequest, pk) -> HttpResponse:
    """The steps so far, the latest first: who, when, what, what stood there, take back."""
    draft = draft_for(request, pk)
    document = Document(draft.content)
    page = Paginator(changes_of(draft), STEPS).get_page(request.GET.get("page"))
    context = {"steps": step_lines(page.object_list, document, standing_steps(draft)), "page": page}
    return render_place(request, draft, document, "draft_history", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk) -> HttpResponse:
    """What will happen, from when, and whether anything stands in the way. POST: publishes."""
    draft = draft_for(request, pk)
    can_change_draft(request.user, draft).or_raise()
    decision = can_publish(request.user, draft)
    form = PublishForm(request.POST or None, draft=draft)
    status = 200
    if request.method == "POST":
        decision.or_raise()
        if form.is_valid():
            try:
                version = actions.publish_draft(draft=draft, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("Published. From now on it never changes."))
                return redirect("standards:version", version.code)
    document = Document(draft.content)
    problems = [problem for problem in known_problems(draft) if problem.path != "valid_from"]
    context = {
        "draft": draft,
        "form": form,
        "decision": decision,
        "problem_rows": problem_lines(draft, document, problems),
        "missing": [(code, count) for code, count in document.missing_everywhere.items() if count],
        "compare_url": compare_url(draft),
        "counted": (len(document.standards), len(document.criteria)),
    }
    return render(request, "standards/drafts/publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk) -> HttpResponse:
    """Asks, then throws the draft away."""
    draft = draft_for(request, pk)
    can_discard(request.user, draft).or_raise()
    if request.method == "POST":
        actions.discard_draft(draft=draft, by=request.user)
        messages.success(request, _("The draft was thrown away."))
        return redirect("standards:drafts")
    context = {"draft": draft, "steps": draft.revision}
    return render(request, "standards/drafts/discard.html", context)
