"""The addresses of CASE 1.1, as the standard spells them; `/ims/case/v1p1/` stands before them."""

from django.urls import path

from standards.case import views
from standards.enums import CaseKind

app_name = "case"
urlpatterns = [
    path("CFDocuments", views.documents, name="documents"),
    path("CFDocuments/<str:identifier>", views.document, name="document"),
    path("CFPackages/<str:identifier>", views.package, name="package"),
    path("CFItems/<str:identifier>", views.one, {"kind": CaseKind.ITEM}, name="item"),
    path("CFAssociations/<str:identifier>", views.association, name="association"),
    path("CFItemAssociations/<str:identifier>", views.item_associations, name="item_associations"),
    path("CFAssociationGroupings/<str:identifier>", views.one, {"kind": CaseKind.GROUPING}, name="grouping"),
    path("CFLicenses/<str:identifier>", views.one, {"kind": CaseKind.LICENSE}, name="license"),
    path("CFRubrics/<str:identifier>", views.one, {"kind": CaseKind.RUBRIC}, name="rubric"),
    path("CFConcepts/<str:identifier>", views.definitions, {"kind": CaseKind.CONCEPT}, name="concept"),
    path("CFSubjects/<str:identifier>", views.definitions, {"kind": CaseKind.SUBJECT}, name="subject"),
    path("CFItemTypes/<str:identifier>", views.definitions, {"kind": CaseKind.ITEM_TYPE}, name="item_type"),
    path("<path:path>", views.nothing, name="nothing"),
]
