"""One person: places, staff record, and what those who administer the school change."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.dates import date_words
from core.decisions import Refused
from people import policies
from people.actions import accounts, memberships
from people.enums import LEADERS, Place, Role
from people.forms import persons as forms
from people.presenters.staff import account_state, record_facts
from people.queries import record_of, visible_people, visible_units
from people.queries_staff import groups_of, history_of, membership_of, open_codes, person_visible_to
from people.queries_tree import other_schools

AT_SCHOOL = (Role.TEACHER, Role.GROUP_LEADER, Role.DEPUTY_HEAD, Role.HEAD)


@require_safe
def person(request, pk):
    """Where somebody works and worked; the staff record only for those who administer it."""
    found = get_object_or_404(person_visible_to(request.user, pk))
    if found.pk == request.user.pk:
        return redirect("people:me")
    may_read = policies.can_see_record(request.user, found)
    history = history_of(found, request.user)
    context = {
        "person": found,
        "history": [(row, _may_change_end(request.user, row)) for row in history],
        "schools": [
            row.unit
            for row in found.current_memberships
            if row.unit.kind.place == Place.SCHOOL and policies.can_administer(request.user, row.unit)
        ],
        "may_read": may_read,
        "facts": record_facts(record_of(found)) if may_read else [],
        "account": account_state(found, list(open_codes().filter(user=found))),
        "may_edit": policies.can_change_person(request.user, found),
        "may_print": policies.can_print_code(request.user, found),
    }
    return render(request, "people/person.html", context)


def _may_change_end(user, row):
    return (policies.can_correct_end if row.end else policies.can_end)(user, row)


@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request, code):
    """A new person at a school or an office."""
    unit = get_object_or_404(visible_units(request.user).exclude(kind__place=Place.GROUP), code=code)
    policies.can_administer(request.user, unit).or_raise()
    form = forms.NewPersonForm(request.POST or None, roles=_roles_given(request.user, unit), groups=groups_of(unit))
    if request.method == "POST" and form.is_valid():
        data = {"group": None, **form.cleaned_data}
        try:
            new = accounts.add_person(school=unit, by=request.user, **data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%(name)s is added with the user name %(username)s. Print a code for the first sign-in.")
                % {"name": new.full_name, "username": new.username},
            )
            return redirect("people:person", new.pk)
    return _form_page(request, unit, form, _("Add a person"), _("Add this person"))


def _roles_given(user, unit) -> list[str]:
    """Roles that `user` may give at `unit`, the least responsible first."""
    if unit.kind.place == Place.SCHOOL:
        governs = bool(policies.can_govern(user, unit))
        return [str(role) for role in AT_SCHOOL if governs or role != Role.HEAD]
    return [str(role) for role in policies.ROLES_AT[Place(unit.kind.place)] if policies.can_give_role(user, unit, role)]


@require_http_methods(["GET", "HEAD", "POST"])
def add_role(request, code):
    """A role at a unit for somebody who has an account already."""
    unit = get_object_or_404(visible_units(request.user), code=code)
    policies.can_administer(request.user, unit).or_raise()
    roles = [
        str(role)
        for role in policies.ROLES_AT[Place(unit.kind.place)]
        if policies.can_give_role(request.user, unit, role)
    ]
    form = forms.RoleForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        somebody = visible_people(request.user).filter(username__iexact=data["username"].strip()).first()
        if somebody is None:
            form.add_error("username", _("Nobody at your units has this user name."))
        else:
            memberships.give_role(person=somebody, unit=unit, role=data["role"], start=data["start"], by=request.user)
            messages.success(request, _("The role is saved."))
            return redirect("people:unit", unit.code)
    return _form_page(request, unit, form, _("Give a role"), _("Give this role"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request, pk):
    """Corrects name, identifier, e-mail and staff record."""
    found = get_object_or_404(person_visible_to(request.user, pk))
    policies.can_change_person(request.user, found).or_raise()
    form = forms.PersonForm(request.POST or None, initial=forms.initial_of(found, record_of(found)))
    may_set = policies.can_set_email(request.user, found)
    if not may_set:
        form.fields["email"].disabled = True
        form.fields["email"].help_text = may_set.reason
    if request.method == "POST" and form.is_valid():
        try:
            accounts.correct_person(person=found, by=request.user, **_record_values(form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The data are saved."))
            return redirect("people:person", found.pk)
    return _person_form(request, found, form, _("Correct the data"), _("Save the data"))


def _record_values(form) -> dict:
    """The form's values; a date of entry that was changed here is exact."""
    data = dict(form.cleaned_data)
    if "joined_on" in form.changed_data:
        data |= {"joined_month_only": False, "joined_year_only": False}
    return data


@require_http_methods(["GET", "HEAD", "POST"])
def change_place(request, pk, code):
    """Another role or professional group at the school from a day on."""
    found = get_object_or_404(person_visible_to(request.user, pk))
    school = get_object_or_404(visible_units(request.user).filter(kind__place=Place.SCHOOL), code=code)
    policies.can_administer(request.user, school).or_raise()
    held = [row for row in found.current_memberships if row.unit_id == school.pk]
    if not held:
        raise Http404
    groups = groups_of(school)
    own = next((row for row in found.current_memberships if row.unit in groups), None)
    role = next((row.role for row in held if row.role in LEADERS), own.role if own else Role.TEACHER)
    form = forms.PlaceForm(
        request.POST or None,
        roles=_roles_given(request.user, school),
        groups=groups,
        initial={"role": role, "group": own.unit_id if own else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            memberships.change_place(person=found, school=school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("people:person", found.pk)
    title = _("Change role or group at %(school)s") % {"school": school.name}
    return _person_form(request, found, form, title, _("Save the change"))


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request, pk, code):
    """To another school from a day on."""
    found = get_object_or_404(person_visible_to(request.user, pk))
    school = get_object_or_404(visible_units(request.user).filter(kind__place=Place.SCHOOL), code=code)
    policies.can_administer(request.user, school).or_raise()
    form = forms.TransferForm(request.POST or None, schools=other_schools(request.user, school))
    if request.method == "POST" and form.is_valid():
        try:
            memberships.transfer(person=found, school=school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The transfer is saved."))
            return redirect("people:unit", form.cleaned_data["target"].code)
    title = _("Transfer from %(school)s") % {"school": school.name}
    return _person_form(request, found, form, title, _("Save the transfer"))


@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request, pk):
    """The last day of a role, and its correction while that is possible."""
    row = get_object_or_404(membership_of(request.user, pk))
    _may_change_end(request.user, row).or_raise()
    names = {"role": row.get_role_display(), "unit": row.unit.name}
    if row.end:
        title, verb, save = _("Correct the end: %(role)s, %(unit)s"), _("Save the correction"), memberships.correct_end
        form = forms.CorrectEndForm(request.POST or None, initial={"end": row.end})
    else:
        title, verb, save = _("End: %(role)s, %(unit)s"), _("Save the last day"), memberships.end_membership
        form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = save(membership=row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("end", str(refusal))
        else:
            messages.success(request, _end_sentence(row))
            return redirect("people:unit", row.unit.code)
    is_seen = person_visible_to(request.user, row.user_id).exists()
    return _person_form(request, row.user, form, title % names, verb, unit=None if is_seen else row.unit)


def _end_sentence(row) -> str:
    if row.end is None:
        return _("Saved: the role of %(name)s goes on.") % {"name": row.user.full_name}
    names = {"name": row.user.full_name, "date": date_words(row.end)}
    return _("Saved: the last day of %(name)s is %(date)s.") % names


def _form_page(request, unit, form, title, verb):
    context = {"unit": unit, "form": form, "title": title, "verb": verb, "lead": ""}
    return render(request, "people/form.html", context)


def _person_form(request, found, form, title, verb, unit=None):
    """`unit`: where to go back to when the person works nowhere any more that the reader may see."""
    context = {"person": found, "form": form, "title": title, "verb": verb, "unit": unit}
    return render(request, "people/person_form.html", context)
