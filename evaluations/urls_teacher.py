"""Addresses of the teacher's side: the own evaluation, its evidence and its result."""

from django.urls import path

from evaluations.views import detail, evidence, last_year, listing, moves, result, self_assessment

urlpatterns = [
    path("", listing.index, name="index"),
    path("examples/<slug:version>/<slug:code>/", self_assessment.examples, name="examples"),
    path("texts/", self_assessment.save_texts, name="save_texts"),
    path("<uuid:pk>/", detail.detail, name="detail"),
    path("<uuid:pk>/do/<slug:action>/", moves.move, name="move"),
    path("<uuid:pk>/self/", self_assessment.self_assessment, name="self"),
    path("<uuid:pk>/self/state/", self_assessment.state, name="self_state"),
    path("<uuid:pk>/ratings/<slug:code>/", self_assessment.save_rating, name="save_rating"),
    path("<uuid:pk>/remarks/", self_assessment.save_remarks, name="save_remarks"),
    path("<uuid:pk>/last-year/", last_year.last_year, name="last_year"),
    path("<uuid:pk>/result/", result.result, name="result"),
    path("<uuid:pk>/evidence/", evidence.evidence, name="evidence"),
    path("<uuid:pk>/evidence/for/<slug:code>/", evidence.criterion_evidence, name="criterion_evidence"),
    path("<uuid:pk>/evidence/add/file/", evidence.evidence_upload, name="evidence_upload"),
    path("<uuid:pk>/evidence/add/part/", evidence.evidence_part, name="evidence_part"),
    path("<uuid:pk>/evidence/add/<slug:kind>/", evidence.evidence_add, name="evidence_add"),
    path("<uuid:pk>/evidence/earlier/", evidence.evidence_reuse, name="evidence_reuse"),
    path("<uuid:pk>/evidence/<uuid:key>/", evidence.evidence_item, name="evidence_item"),
    path("<uuid:pk>/evidence/<uuid:key>/delete/", evidence.evidence_delete, name="evidence_delete"),
    path("<uuid:pk>/evidence/<uuid:key>/file/", evidence.evidence_file, name="evidence_file"),
    path("<uuid:pk>/evidence/<uuid:key>/preview/", evidence.evidence_preview, name="evidence_preview"),
]
