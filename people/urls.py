"""Addresses under /people/."""

from django.urls import path

from people.views import accounts, activation, codes, persons, rosters, units

app_name = "people"
urlpatterns = [
    path("", units.index, name="index"),
    path("me/", accounts.me, name="me"),
    path("activate/", activation.activate, name="activate"),
    path("units/<slug:code>/", units.unit, name="unit"),
    path("units/<slug:code>/add-unit/", units.add_unit, name="add_unit"),
    path("units/<slug:code>/rename/", units.rename_unit, name="rename_unit"),
    path("units/<slug:code>/move/", units.move_unit, name="move_unit"),
    path("units/<slug:code>/add-person/", persons.add_person, name="add_person"),
    path("units/<slug:code>/add-role/", persons.add_role, name="add_role"),
    path("units/<slug:code>/codes/", codes.codes, name="codes"),
    path("units/<slug:code>/import/", rosters.import_roster, name="import"),
    path("roster-template/", rosters.template, name="import_template"),
    path("imports/<uuid:pk>/", rosters.detail, name="import_detail"),
    path("imports/<uuid:pk>/apply/", rosters.apply, name="import_apply"),
    path("imports/<uuid:pk>/missing/", rosters.missing, name="import_missing"),
    path("imports/<uuid:pk>/errors/", rosters.errors, name="import_errors"),
    path("imports/<uuid:pk>/file/", rosters.original, name="import_file"),
    path("persons/<int:pk>/", persons.person, name="person"),
    path("persons/<int:pk>/edit/", persons.edit_person, name="edit_person"),
    path("persons/<int:pk>/place/<slug:code>/", persons.change_place, name="change_place"),
    path("persons/<int:pk>/transfer/<slug:code>/", persons.transfer, name="transfer"),
    path("memberships/<int:pk>/end/", persons.end_membership, name="end_membership"),
]
