"""Addresses under /reports/."""

from django.urls import path

from reports import views, views_preview, views_simulation

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("request/", views.request_report, name="request"),
    path("preview/<uuid:pk>.pdf", views_preview.preview_draft, name="preview_draft"),
    path("simulation/<slug:code>/", views_simulation.simulation, name="simulation"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/progress/", views.progress, name="progress"),
    path("<uuid:pk>/download/", views.download, name="download"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
]
