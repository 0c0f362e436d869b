"""How the criteria of two versions stand to each other: read by anybody, written by those who draft."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.decisions import Refused
from core.http import attachment
from core.localized import localized
from core.spreadsheets.writing import XLSX, Sheet, workbook_bytes
from standards.actions import mappings as actions
from standards.forms.versions import LinkFormSet, NewMappingForm, version_choices, version_name
from standards.models import Mapping
from standards.policies import can_map, can_remove_mapping
from standards.presenters import mapping as words
from standards.queries import framework_data, reader_first, version_by_code
from standards.queries_mappings import links_of, mapping_between, mappings, mark_of, readable_versions
from standards.suggesting import suggestions

LISTED = 50
PAGE = 100
PROPOSED = 100


def mapping_for(source: str, target: str) -> Mapping:
    """The mapping between two versions; Http404 without one."""
    mapping = mapping_between(source, target)
    if mapping is None:
        raise Http404
    return mapping


def _may_map(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(can_map(request.user))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Every mapping between published versions. POST: begins a new one."""
    may = _may_map(request)
    form = None
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if request.method == "POST":
        can_map(request.user).or_raise()
    if may:
        form = NewMappingForm(request.POST or None, choices=version_choices(reader_first(readable_versions())))
    if request.method == "POST" and form.is_valid():
        source, target = (version_by_code(form.cleaned_data[name]) for name in ("source", "target"))
        mapping = actions.create_mapping(source=source, target=target, by=request.user)
        return redirect("standards:mapping_edit", mapping.source.code, mapping.target.code)
    page = Paginator(mappings(), LISTED).get_page(request.GET.get("page"))
    return render(request, "standards/mappings.html", {"page": page, "form": form})


def _context(mapping: Mapping) -> dict:
    old, new = framework_data(mapping.source), framework_data(mapping.target)
    found = words.mapping_page(links_of(mapping), old, new)
    return {
        "mapping": mapping,
        "source_name": version_name(mapping.source),
        "target_name": version_name(mapping.target),
        "found": found,
    }


@login_not_required
@require_safe
def detail(request: HttpRequest, source: str, target: str) -> HttpResponse:
    """One mapping, criterion by criterion, with what has no counterpart on either side."""
    context = _context(mapping_for(source, target))
    page = Paginator(context["found"].rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "standards/mapping.html", {**context, "page": page, "may_map": _may_map(request)})


@login_not_required
@require_safe
def download(request: HttpRequest, source: str, target: str) -> HttpResponse:
    """The mapping as a workbook."""
    mapping = mapping_for(source, target)
    old, new = framework_data(mapping.source), framework_data(mapping.target)
    header, rows = words.table(mapping, links_of(mapping), old, new)
    sheet = Sheet(_("Mapping"), header, rows, widths=(14, 44, 18, 14, 44, 40))
    return attachment(workbook_bytes([sheet]), f"{source}--{target}.xlsx", XLSX, public=True)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, source: str, target: str) -> HttpResponse:
    """Every criterion with what is said of it, and proposals. POST: accepts the ticked proposals."""
    can_map(request.user).or_raise()
    mapping = mapping_for(source, target)
    if request.method == "POST":
        try:
            links = list(_ticked(request.POST.getlist("accept")))
            added = actions.accept_links(mapping=mapping, links=links, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(count)s counterparts were added.") % {"count": added})
        return redirect("standards:mapping_edit", source, target)
    context = _context(mapping)
    told = {row.code for row in context["found"].rows if row.counterparts}
    proposed = suggestions(framework_data(mapping.source), framework_data(mapping.target), told)
    page = Paginator(context["found"].rows, PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "proposals": words.proposals(proposed[:PROPOSED])}
    return render(request, "standards/mapping_edit.html", context)


def _ticked(values: Iterable[str]) -> Iterable[actions.Link]:
    for value in values:
        parts = value.split("|")
        if len(parts) != 3:
            raise Refused(_("There is no such criterion in this version."))
        yield actions.Link(*parts)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_criterion(request: HttpRequest, source: str, target: str, criterion: str) -> HttpResponse:
    """The counterparts of one criterion as lines to fill in. POST: saves and goes to the next criterion."""
    can_map(request.user).or_raise()
    mapping = mapping_for(source, target)
    old, new = framework_data(mapping.source), framework_data(mapping.target)
    codes = [item.code for item in old.criteria]
    if criterion not in codes:
        raise Http404
    links = [link for link in links_of(mapping) if link.source.code == criterion]
    initial = [{"target": link.target.code, "relation": link.relation, "note": link.note} for link in links]
    lines = LinkFormSet(request.POST or None, initial=initial, form_kwargs={"criteria": new.criteria}, prefix="link")
    following = codes[codes.index(criterion) + 1 :][:1]
    status = 200
    if request.method == "POST" and lines.is_valid():
        try:
            _save(request, mapping, criterion, lines)
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 409
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": criterion})
            if "next" in request.POST and following:
                return redirect("standards:mapping_criterion", source, target, following[0])
            return redirect("standards:mapping_edit", source, target)
    one = old.criterion(criterion)
    context = {
        "mapping": mapping,
        "criterion": one,
        "criterion_name": localized(one.name),
        "links": links,
        "demands": [
            (old.scale_of(one).by_code[code], text)
            for code, text in one.descriptors.items()
            if code in old.scale_of(one).by_code
        ],
        "lines": lines,
        "seen": mark_of(links),
        "following": following,
        "target_name": version_name(mapping.target),
    }
    return render(request, "standards/mapping_criterion.html", context, status=status)


def _save(request: HttpRequest, mapping: Mapping, criterion: str, lines) -> None:
    given = [form.cleaned_data for form in lines.forms if form.cleaned_data.get("target")]
    links = [actions.Link(criterion, row["target"], row["relation"], row["note"]) for row in given]
    actions.save_links(
        mapping=mapping, criterion=criterion, links=links, by=request.user, seen=request.POST.get("seen")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, source: str, target: str) -> HttpResponse:
    """Asks, then takes the whole mapping away."""
    mapping = mapping_for(source, target)
    can_remove_mapping(request.user, mapping).or_raise()
    if request.method == "POST":
        actions.remove_mapping(mapping=mapping, by=request.user)
        messages.success(request, _("The mapping was removed."))
        return redirect("standards:mappings")
    return render(request, "standards/mapping_remove.html", _context(mapping))
