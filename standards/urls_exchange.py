"""Addresses of files in and out."""

from django.urls import path

from standards.views import exchange

urlpatterns = [
    path("import/", exchange.import_file, name="import"),
    path("import/<uuid:pk>/", exchange.import_detail, name="import_detail"),
    path("import/<uuid:pk>/discard/", exchange.import_discard, name="import_discard"),
    path("workbook/", exchange.template, name="workbook_template"),
    path("drafts/<uuid:pk>/workbook/", exchange.draft_workbook, name="draft_workbook"),
    path("drafts/<uuid:pk>/pack/", exchange.draft_pack, name="draft_pack"),
    path("<str:code>/workbook/", exchange.version_workbook, name="version_workbook"),
    path("<str:code>/pack/", exchange.version_pack, name="version_pack"),
]
