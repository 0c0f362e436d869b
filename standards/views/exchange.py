"""Frameworks in and out as files: upload, preview, draft; workbooks and packs to download."""

import hashlib
import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from core.http import attachment
from core.spreadsheets import XLSX, UnreadableFile
from standards import policies, queries
from standards.actions import uploads as actions
from standards.enums import DraftOrigin
from standards.exchange.differences import CHANGED, NEW, REMOVED, UNCHANGED
from standards.exchange.template import empty_pack
from standards.exchange.writing import workbook_of
from standards.forms.exchange import FrameworkFileForm, TakeOverForm, TemplateForm
from standards.presenters.uploads import kind_word, lines_of, preview_of
from standards.queries_drafts import drafts_visible_to
from standards.queries_uploads import open_drafts_with, uploads_visible_to

PER_PAGE = 100
JSON = "application/json"
CACHED = 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request):
    """GET: upload a framework, and what one can begin from. POST: the file is read; its preview follows."""
    policies.can_draft(request.user).or_raise()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()  # what is too large is dropped meanwhile
    form = FrameworkFileForm(*sent, oversized=getattr(request, "oversized_uploads", []))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = actions.upload_framework(by=request.user, name=file.name, content=file.read())
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("standards:import_detail", upload.pk)
    versions = list(queries.reader_first(queries.published_versions()))
    usual = {"languages": [get_language()], "levels": versions[0].code if versions else ""}
    context = {
        "form": form,
        "waiting": [(upload, kind_word(upload.kind)) for upload in uploads_visible_to(request.user)[:10]],
        "template_form": TemplateForm(versions=versions, initial=usual),
    }
    return render(request, "standards/exchange/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request, pk):
    """What the file says and what would change; POST makes it a draft."""
    upload = _upload(request, pk)
    if upload.problems:
        return _with_problems(request, upload)
    preview = preview_of(upload)
    form = TakeOverForm(request.POST or None, initial={"code": f"{preview.code[:36]}-moi"}) if preview.taken else None
    if request.method == "POST" and (form is None or form.is_valid()):
        code = form.cleaned_data["code"] if form else ""
        if code and queries.version_by_code(code):
            form.add_error("code", _("There is already a version with the code “%(code)s”.") % {"code": code})
        else:
            draft = actions.draft_from_upload(by=request.user, upload=upload, code=code)
            messages.success(request, _("The draft is made. Look through it; nothing is published yet."))
            return redirect("standards:draft", draft.pk)
    chosen = request.GET.get("show", "" if preview.has_changes else "all")
    found = [
        one for one in preview.lines if chosen in ("all", one.outcome) or (not chosen and one.outcome != UNCHANGED)
    ]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "kind": kind_word(upload.kind),
        "preview": preview,
        "form": form,
        "tabs": _tabs(chosen, preview.counts),
        "page": page,
        "lines": lines_of(list(page)),
        "drafts": list(open_drafts_with(request.user, preview.code)[:5]),
    }
    return render(request, "standards/exchange/detail.html", context)


def _with_problems(request, upload):
    page = Paginator(upload.problems, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "kind": kind_word(upload.kind),
        "page": page,
        "has_cells": upload.kind == DraftOrigin.WORKBOOK,
    }
    return render(request, "standards/exchange/problems.html", context, status=200)


def _tabs(chosen: str, counts: dict[str, int]) -> list[dict]:
    names = {
        "": (_("Everything that changes"), sum(counts.values()) - counts[UNCHANGED]),
        NEW: (_("New"), counts[NEW]),
        CHANGED: (_("Changed"), counts[CHANGED]),
        REMOVED: (_("Left out"), counts[REMOVED]),
        UNCHANGED: (_("Unchanged"), counts[UNCHANGED]),
        "all": (_("All"), sum(counts.values())),
    }
    return [
        {"url": f"?show={key}" if key else "?", "label": label, "current": chosen == key, "count": count}
        for key, (label, count) in names.items()
    ]


@require_POST
def import_discard(request, pk):
    """Forgets the file."""
    actions.discard_upload(by=request.user, upload=_upload(request, pk))
    messages.success(request, _("The file is forgotten. Nothing was changed."))
    return redirect("standards:import")


def _upload(request, pk):
    return get_object_or_404(uploads_visible_to(request.user), pk=pk)


# --- out --------------------------------------------------------------------------------------------------------------


@require_safe
def template(request):
    """An empty workbook for chosen languages and levels."""
    policies.can_draft(request.user).or_raise()
    form = TemplateForm(request.GET, versions=queries.reader_first(queries.published_versions()))
    languages = form.cleaned_data["languages"] if form.is_valid() else [get_language()]
    code = form.cleaned_data.get("levels") if form.is_valid() else ""
    version = queries.version_by_code(code) if code else None
    pack = empty_pack(queries.pack_of(version) if version else None, languages)
    return attachment(workbook_of(pack, languages=languages, blank=True), "framework.xlsx", XLSX)


def _mark(request, code: str, kind: str = "") -> str | None:
    """What a version's file depends on: its text, its ending, for workbooks the reader's language."""
    version = queries.version_by_code(code)
    if version is None:
        return None
    ending = json.dumps([version.legal, str(version.valid_to)], sort_keys=True)
    parts = [version.fingerprint, ending, kind and get_language()]
    return quote_etag(hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32])


@login_not_required
@require_safe
@condition(etag_func=lambda request, code: _mark(request, code, "xlsx"))
def version_workbook(request, code):
    """A published version as a workbook. Anybody: frameworks are law."""
    version = _published(code)
    key = f"workbook:{_mark(request, code, 'xlsx')}"
    content = cache.get(key)
    if content is None:
        content = workbook_of(queries.pack_of(version))
        cache.set(key, content, CACHED)
    return attachment(content, f"{version.code}.xlsx", XLSX, public=True)


@login_not_required
@require_safe
@condition(etag_func=_mark)
def version_pack(request, code):
    """A published version as a pack file: loading it elsewhere gives the same fingerprint."""
    version = _published(code)
    return attachment(_json(queries.pack_of(version)), f"{version.code}.json", JSON, public=True)


@require_safe
def draft_workbook(request, pk):
    """A draft as a workbook."""
    draft = get_object_or_404(drafts_visible_to(request.user), pk=pk)
    return attachment(workbook_of(draft.content), f"{draft.code or 'draft'}-draft.xlsx", XLSX)


@require_safe
def draft_pack(request, pk):
    """A draft as a pack file, problems and all."""
    draft = get_object_or_404(drafts_visible_to(request.user), pk=pk)
    return attachment(_json(draft.content), f"{draft.code or 'draft'}-draft.json", JSON)


def _published(code: str):
    version = queries.version_by_code(code)
    if version is None:
        raise Http404
    return version


def _json(pack) -> bytes:
    return (json.dumps(pack, ensure_ascii=False, indent=2) + "\n").encode()
