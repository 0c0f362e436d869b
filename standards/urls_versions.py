"""Addresses of comparing, mapping and ending versions."""

from django.urls import path

from standards.views import comparing, mappings, versions

urlpatterns = [
    path("compare/", comparing.compare_page, name="compare"),
    path("mappings/", mappings.index, name="mappings"),
    path("mappings/<str:source>/<str:target>/", mappings.detail, name="mapping"),
    path("mappings/<str:source>/<str:target>/download/", mappings.download, name="mapping_download"),
    path("mappings/<str:source>/<str:target>/edit/", mappings.edit, name="mapping_edit"),
    path("mappings/<str:source>/<str:target>/edit/<str:criterion>/", mappings.edit_criterion, name="mapping_criterion"),
    path("mappings/<str:source>/<str:target>/remove/", mappings.remove, name="mapping_remove"),
    path("<str:code>/retire/", versions.retire, name="version_retire"),
]
