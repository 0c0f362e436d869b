"""Evidence of one evaluation: the list, one piece, adding, changing, taking away, and the private files."""

import re
import unicodedata

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.decisions import Refused
from core.http import posted_number, sentence_response, wants_json
from evaluations.actions import evidence as acts
from evaluations.forms.evidence import FactForm, FilesForm, LinkForm, TiedForm, change_form
from evaluations.models import Evaluation, Evidence
from evaluations.policies import can_fill_self
from evaluations.presenters.carrying import earlier_by_cycle
from evaluations.presenters.evidence import piece
from evaluations.presenters.examples import examples_of
from evaluations.queries import visible_to
from evaluations.queries_self import earlier_evidence, evidence_of
from evaluations.views.self_assessment import own_or_refuse
from evaluations.visibility import sight
from files import parts, responses
from files.validators import too_large
from standards.queries import framework_data


def seen_or_refuse(request: HttpRequest, pk) -> Evaluation:
    """An evaluation whose evidence this person may read now; 404 for strangers, 403 with a sentence otherwise."""
    evaluation = get_object_or_404(visible_to(request.user), pk=pk)
    if not sight(request.user, evaluation).evidence:
        raise PermissionDenied(_("The evidence can be read by the teacher, and by the leaders once it is opened."))
    return evaluation


def one_of(evaluation: Evaluation, key) -> Evidence:
    """A piece of this evaluation's evidence, else 404."""
    return get_object_or_404(evidence_of(evaluation).select_related("evaluation__cycle"), pk=key)


def base_context(request: HttpRequest, evaluation: Evaluation) -> dict:
    """What every page of evidence shows: whose it is, and whether it can be changed."""
    is_subject = evaluation.subject_id == request.user.pk
    decision = can_fill_self(request.user, evaluation)
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "is_subject": is_subject,
        "may_change": bool(decision),
        "why_not": decision.reason if is_subject else "",
    }


@require_safe
def evidence(request: HttpRequest, pk) -> HttpResponse:
    """Everything that was brought, with the criteria each piece speaks for."""
    evaluation = seen_or_refuse(request, pk)
    data = framework_data(evaluation.cycle.version_id)
    context = base_context(request, evaluation)
    context["pieces"] = [piece(row, data) for row in evidence_of(evaluation)]
    if context["may_change"]:
        context["earlier"] = earlier_evidence(request.user, evaluation).count()
    return render(request, "evaluations/evidence.html", context)


# --- one piece ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_item(request: HttpRequest, pk, key) -> HttpResponse:
    """One piece: shown in the page, downloaded, and changed by its teacher until the submission."""
    evaluation = own_or_refuse(request, pk) if request.method == "POST" else seen_or_refuse(request, pk)
    row = one_of(evaluation, key)
    data = framework_data(evaluation.cycle.version_id)
    context = base_context(request, evaluation) | {"piece": piece(row, data)}
    form = change_form(row, data, request.POST if request.method == "POST" else None)
    if request.method == "POST" and wants_json(request):
        return _retied(request, row, form.initial["criteria"])
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        acts.change(evidence=row, criteria=fields.pop("criteria"), by=request.user, **fields)
        messages.success(request, _("Saved."))
        return redirect("evaluations:evidence", pk=pk)
    context["form"] = form if context["may_change"] else None
    return render(request, "evaluations/evidence_item.html", context, status=422 if form.errors else 200)


def _retied(request: HttpRequest, row: Evidence, before: list[str]) -> JsonResponse:
    """What a script ticked for a piece: it speaks for exactly these criteria, or with `keep` for these as well."""
    criteria = request.POST.getlist("criteria") + (before if "keep" in request.POST else [])
    acts.change(evidence=row, criteria=criteria, by=request.user)
    return JsonResponse({"criteria": criteria})


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_delete(request: HttpRequest, pk, key) -> HttpResponse:
    """Asks first, naming what is lost; then takes it away for good."""
    evaluation = own_or_refuse(request, pk)
    if request.method == "POST":
        row = evidence_of(evaluation).select_related("evaluation").filter(pk=key).first()
        if row is not None:
            acts.remove(evidence=row, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("evaluations:evidence", pk=pk)
    can_fill_self(request.user, evaluation).or_raise()
    context = base_context(request, evaluation)
    context["piece"] = piece(one_of(evaluation, key), framework_data(evaluation.cycle.version_id))
    return render(request, "evaluations/evidence_delete.html", context)


@require_safe
def evidence_file(request: HttpRequest, pk, key) -> HttpResponse:
    """The file itself, as a download."""
    row = one_of(seen_or_refuse(request, pk), key)
    if row.file is None:
        raise Http404
    return _sent(request, row, lambda: responses.download(row.file))


@require_safe
def evidence_preview(request: HttpRequest, pk, key) -> HttpResponse:
    """Something to show inside a page: the small picture, or the PDF itself."""
    row = one_of(seen_or_refuse(request, pk), key)
    shown = row.preview or (row.file if row.file and row.file.content_type == "application/pdf" else None)
    if shown is None:
        raise Http404
    return _sent(request, row, lambda: responses.inline(shown))


def _sent(request: HttpRequest, row: Evidence, send) -> HttpResponse:
    try:
        return send()
    except responses.Gone:
        context = {"evidence": row, "evaluation": row.evaluation}
        return render(request, "evaluations/evidence_gone.html", context, status=410)


# --- adding -----------------------------------------------------------------------------------------------------------
KINDS = {"link": (LinkForm, acts.add_link), "fact": (FactForm, acts.add_fact)}


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: HttpRequest, pk, kind: str) -> HttpResponse:
    """A link or a stated fact. A script that posts with `for` gets the fragment of that criterion back."""
    if kind not in KINDS:
        raise Http404
    evaluation = own_or_refuse(request, pk)
    can_fill_self(request.user, evaluation).or_raise()
    form_class, act = KINDS[kind]
    data = framework_data(evaluation.cycle.version_id)
    code = request.POST.get("for") or request.GET.get("criterion", "")
    form = form_class(request.POST if request.method == "POST" else None, data_of=data, initial={"criteria": [code]})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        act(evaluation=evaluation, criteria=fields.pop("criteria"), by=request.user, **fields)
        if wants_json(request):
            return _criterion_fragment(request, evaluation, code)
        messages.success(request, _("Added."))
        return redirect(_back(pk, code))
    if wants_json(request):
        return _criterion_fragment(request, evaluation, code, **{f"{kind}_form": form})
    return _add_page(request, evaluation, form, kind, code)


def _add_page(request: HttpRequest, evaluation: Evaluation, form: TiedForm, kind: str, code: str) -> HttpResponse:
    ticked = form["criteria"].value() or []
    context = base_context(request, evaluation) | {"form": form, "kind": kind, "code": code}
    context["after"] = _back(evaluation.pk, code)
    context["chosen"] = [label for value, label in form.fields["criteria"].choices if value in ticked]
    return render(request, "evaluations/evidence_add.html", context, status=422 if form.errors else 200)


def _back(pk, code: str) -> str:
    if code:
        return reverse("evaluations:self", args=[pk]) + f"#{code}"
    return reverse("evaluations:evidence", args=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_upload(request: HttpRequest, pk) -> HttpResponse:
    """One or several files. A script sends one at a time and gets JSON: 201, or the sentence why not (`same`: its id)."""
    evaluation = own_or_refuse(request, pk)
    can_fill_self(request.user, evaluation).or_raise()
    if request.method == "POST" and wants_json(request):
        return _upload_one(request, evaluation)
    data = framework_data(evaluation.cycle.version_id)
    code = request.GET.get("criterion", "") or request.POST.get("for", "")
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FilesForm(*posted, data_of=data, initial={"criteria": [code]})
    if request.method == "POST":
        for name in _oversized(request):
            form.add_error("files", too_large(name))
        if form.is_valid() or _only_oversized(request, form):
            return _upload_many(request, evaluation, form, code)
    return _add_page(request, evaluation, form, "file", code)


def _oversized(request: HttpRequest) -> list[str]:
    request.FILES  # noqa: B018 - reading them is what finds them out
    return getattr(request, "oversized_uploads", [])


def _only_oversized(request: HttpRequest, form: FilesForm) -> bool:
    return bool(_oversized(request) and request.FILES.getlist("files") and set(form.errors) == {"files"})


def _upload_many(request: HttpRequest, evaluation: Evaluation, form: FilesForm, code: str) -> HttpResponse:
    """Takes what is good; says of every other file why it was not taken."""
    added = 0
    for upload in request.FILES.getlist("files"):
        try:
            row, has_place = acts.add_file(
                evaluation=evaluation,
                upload=upload,
                criteria=form.cleaned_data.get("criteria", []),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error("files", str(refusal))
            continue
        added += 1
        if has_place:
            messages.info(request, _place_words(row.file.name))
        if row.file.name != " ".join(unicodedata.normalize("NFC", upload.name or "").split()):
            names = {"name": upload.name, "kept": row.file.name}
            messages.info(request, _("“%(name)s” could not keep its name; it is kept as “%(kept)s”.") % names)
    if added:
        done = ngettext("%(count)d file added.", "%(count)d files added.", added) % {"count": added}
        messages.success(request, done)
    if not form.errors:
        return redirect(_back(evaluation.pk, code))
    return _add_page(request, evaluation, form, "file", code)


def _place_words(name: str) -> str:
    return _(
        "The photo “%(name)s” carries the place where it was taken. The picture shown in pages does not; whoever "
        "downloads the original can read it."
    ) % {"name": name}


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_part(request: HttpRequest, pk) -> JsonResponse:
    """?key=: how much of an upload has arrived; POST with &at= and the bytes: the next part. 200 {"received"}."""
    evaluation = own_or_refuse(request, pk)
    can_fill_self(request.user, evaluation).or_raise()
    upload = {"owner": request.user, "place": f"evidence:{pk}", "key": request.GET.get("key", "")[:400]}
    if request.method != "POST":
        return JsonResponse({"received": parts.received(**upload)})
    try:
        taken = parts.take_part(**upload, at=posted_number(request.GET.get("at")), content=request.body)
    except Refused as refusal:
        return sentence_response(refusal, status=422)
    return JsonResponse({"received": taken})


def _upload_one(request: HttpRequest, evaluation: Evaluation) -> JsonResponse:
    for name in _oversized(request):
        return sentence_response(too_large(name), status=413)
    if key := request.POST.get("upload_key", "")[:400]:
        return _upload_of_parts(request, evaluation, key)
    upload = request.FILES.get("files")
    if upload is None:
        return sentence_response(_("Nothing arrived. Choose the file again."), status=422)
    return _added(request, evaluation, upload)


def _upload_of_parts(request: HttpRequest, evaluation: Evaluation, key: str) -> JsonResponse:
    """All parts are there: together they are an upload like any other. Whatever the answer, the parts are done with."""
    posted, where = request.POST, {"owner": request.user, "place": f"evidence:{evaluation.pk}", "key": key}
    try:
        upload = parts.assembled(
            **where, name=posted.get("upload_name", ""), size=posted_number(posted.get("upload_size"))
        )
    except Refused as refusal:
        parts.forget(**where)
        return sentence_response(refusal, status=422)
    with upload:
        answer = _added(request, evaluation, upload)
    parts.forget(**where)
    return answer


def _added(request: HttpRequest, evaluation: Evaluation, upload: UploadedFile) -> JsonResponse:
    try:
        row, has_place = acts.add_file(
            evaluation=evaluation, upload=upload, criteria=request.POST.getlist("criteria"), by=request.user
        )
    except acts.SameFile as same:
        return sentence_response(same, status=422, same=str(same.existing.pk), address=_address(same.existing))
    except Refused as refusal:
        return sentence_response(refusal, status=422)
    told = _place_words(row.file.name) if has_place else ""
    answer = {"id": str(row.pk), "title": row.title, "name": row.file.name, "told": told, "address": _address(row)}
    return JsonResponse(answer | {"criteria": request.POST.getlist("criteria")}, status=201)


def _address(row: Evidence) -> str:
    return reverse("evaluations:evidence_item", args=[row.evaluation_id, row.pk])


# --- the evidence of one criterion --------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def criterion_evidence(request: HttpRequest, pk, code: str) -> HttpResponse:
    """Choose among what is there, or add; a page, and for scripts the fragment that stands in the dialog."""
    evaluation = own_or_refuse(request, pk)
    can_fill_self(request.user, evaluation).or_raise()
    _criterion_or_404(evaluation, code)
    if request.method == "POST":
        acts.tie(
            evaluation=evaluation,
            criterion=code,
            evidence_ids=_uuids(request.POST.getlist("evidence")),
            by=request.user,
        )
        if not wants_json(request):
            messages.success(request, _("Saved."))
            return redirect(_back(pk, code))
    if wants_json(request):
        return _criterion_fragment(request, evaluation, code)
    context = _criterion_context(request, evaluation, code)
    context |= examples_of(framework_data(evaluation.cycle.version_id), context["criterion"])
    return render(request, "evaluations/criterion_evidence.html", context)


UUID_TEXT = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _uuids(texts: list[str]) -> list[str]:
    return [text for text in texts if UUID_TEXT.fullmatch(text)]


def _criterion_or_404(evaluation: Evaluation, code: str):
    try:
        return framework_data(evaluation.cycle.version_id).criterion(code)
    except KeyError:
        raise Http404 from None


def _criterion_context(request: HttpRequest, evaluation: Evaluation, code: str, **forms) -> dict:
    data = framework_data(evaluation.cycle.version_id)
    pieces = [piece(row, data) for row in evidence_of(evaluation)]
    return base_context(request, evaluation) | {
        "criterion": _criterion_or_404(evaluation, code),
        "pieces": [(row, code in row.codes) for row in pieces],
        "earlier": earlier_evidence(request.user, evaluation).count(),
        "files_form": FilesForm(data_of=data, auto_id="file-%s"),
        "link_form": LinkForm(data_of=data, auto_id="link-%s"),
        "fact_form": FactForm(data_of=data, auto_id="fact-%s"),
        **forms,
    }


def _criterion_fragment(request: HttpRequest, evaluation: Evaluation, code: str, **forms) -> HttpResponse:
    context = _criterion_context(request, evaluation, code, **forms)
    failed = any(form.errors for form in forms.values())
    return render(request, "evaluations/_criterion_evidence.html", context, status=422 if failed else 200)


# --- from earlier years -------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_reuse(request: HttpRequest, pk) -> HttpResponse:
    """Takes evidence of the person's earlier evaluations over into this one."""
    evaluation = own_or_refuse(request, pk)
    can_fill_self(request.user, evaluation).or_raise()
    earlier = earlier_evidence(request.user, evaluation)
    if request.method == "POST":
        chosen = list(earlier.filter(pk__in=_uuids(request.POST.getlist("evidence"))))
        ties = None
        if "with_ties" in request.POST:
            ties = {row.pk: request.POST.getlist(f"tie-{row.pk}") for row in chosen}
        number = acts.reuse(evaluation=evaluation, sources=chosen, by=request.user, ties=ties)
        taken = ngettext("%(count)d piece taken over.", "%(count)d pieces taken over.", number) % {"count": number}
        messages.success(request, taken)
        return redirect("evaluations:evidence", pk=pk)
    context = base_context(request, evaluation)
    context["groups"] = earlier_by_cycle(evaluation, list(earlier))
    return render(request, "evaluations/evidence_reuse.html", context)
