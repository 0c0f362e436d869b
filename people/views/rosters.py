"""A school's roster: upload, preview, apply, and what to do next."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import attachment
from core.spreadsheets import XLSX, UnreadableFile
from files.responses import Gone, download
from people import policies
from people.actions import rosters as actions
from people.actions.memberships import end_all
from people.forms.rosters import MissingForm, RosterForm
from people.presenters.rosters import column_rows, error_workbook, row_views, template_workbook
from people.queries import staff_of, visible_units
from people.queries_rosters import missing_in, newcomers_of, outcome_counts, rosters_of, rosters_visible_to, rows_of
from people.roster.corrections import is_correction, with_first_row

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def import_roster(request, code):
    """GET: upload a roster, earlier ones; `from`: the day of the one that is corrected. POST: the file is kept and
    compared; the preview follows."""
    unit = get_object_or_404(visible_units(request.user), code=code)
    policies.can_import(request.user, unit).or_raise()
    first_day = actions.default_valid_from(has_staff=staff_of(unit).exists(), today=timezone.localdate())
    corrected = _day(request.GET.get("from", ""))
    form = RosterForm(request.POST or None, request.FILES or None, initial={"valid_from": corrected or first_day})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = actions.upload_roster(
                unit=unit,
                name=file.name,
                content=file.read(),
                valid_from=form.cleaned_data["valid_from"],
                by=request.user,
            )
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("people:import_detail", roster.pk)
    earlier = Paginator(rosters_of(unit), 10).get_page(request.GET.get("page"))
    return render(request, "people/import.html", {"unit": unit, "form": form, "earlier": earlier})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
def detail(request, pk):
    """Before: what each row would do. After: what was done, and what comes next."""
    roster = _told(request, pk)
    counts = outcome_counts(roster)
    chosen = request.GET.get("show", "")
    page = Paginator(rows_of(roster, chosen), PER_PAGE).get_page(request.GET.get("page"))
    missing = _who_left(roster)
    context = {
        "roster": roster,
        "unit": roster.unit,
        "counts": counts,
        "total": sum(counts.values()),
        "to_apply": counts["new"] + counts["changed"],
        "tabs": _tabs(chosen, counts),
        "show": chosen,
        "page": page,
        "rows": row_views(list(page)),
        "columns": column_rows(roster),
        "missing_form": MissingForm(people=missing, prefix="missing"),
        "missing_count": missing.count(),
        "newcomers": list(newcomers_of(roster)[:300]) if roster.applied_at else [],
    }
    return render(request, "people/import_detail.html", context)


def _tabs(chosen: str, counts: dict[str, int]) -> list[dict]:
    names = {
        "": _("All"),
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "skipped": _("Left out"),
        "error": _("Errors"),
    }
    return [
        {
            "url": f"?show={key}" if key else "?",
            "label": label,
            "current": chosen == key,
            "count": counts[key] if key else sum(counts.values()),
        }
        for key, label in names.items()
    ]


@require_POST
def apply(request, pk):
    """Carries the roster out, once; a school that changed meanwhile is shown again first."""
    roster = _roster(request, pk)
    was_applied = roster.applied_at is not None
    roster = actions.apply_roster(roster=roster, by=request.user)
    if not roster.applied_at:
        messages.warning(request, _("The school has changed since this preview was made. Look at it again."))
    elif not was_applied:
        counts = outcome_counts(roster)
        messages.success(
            request,
            _("The roster is taken over: %(new)d new, %(changed)d changed.")
            % {"new": counts["new"], "changed": counts["changed"]},
        )
    return redirect("people:import_detail", roster.pk)


@require_POST
def missing(request, pk):
    """Ends the roles of people who no longer stand in the file."""
    roster = _roster(request, pk)
    form = MissingForm(request.POST, people=_who_left(roster), prefix="missing")
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("people:import_detail", roster.pk)
    people = list(form.cleaned_data["people"])
    count = end_all(people=people, school=roster.unit, end=form.cleaned_data["end"], by=request.user)
    messages.success(
        request, ngettext("%(count)d person has left.", "%(count)d people have left.", count) % {"count": count}
    )
    return redirect("people:import_detail", roster.pk)


@require_safe
def errors(request, pk):
    """The rows with errors as a workbook, with the reason in the last column."""
    roster = _told(request, pk)
    rows = list(rows_of(roster, "error"))
    if not rows:
        raise Http404
    return attachment(error_workbook(roster, rows), f"{roster.unit.code}-errors.xlsx", XLSX)


@require_safe
def original(request, pk):
    """The file as it was uploaded."""
    try:
        return download(_roster(request, pk).file)
    except Gone as error:
        raise Http404 from error


@require_safe
def template(request):
    """An empty roster to fill in."""
    return attachment(template_workbook(get_language()), "roster.xlsx", XLSX)


def _who_left(roster):
    """Who may be asked about: nobody where the file holds only corrected rows."""
    people = missing_in(roster)
    return people.none() if is_correction(roster) else people


def _told(request, pk):
    """The roster with its sentences in the reader's language, unless it was carried out in another."""
    roster = _roster(request, pk)
    return _roster(request, pk) if actions.retell_roster(roster=roster, by=request.user) else roster


def _roster(request, pk):
    return get_object_or_404(with_first_row(rosters_visible_to(request.user)), pk=pk)
