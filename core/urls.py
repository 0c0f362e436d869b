"""Addresses of pages about the product itself."""

from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("components/", views.components, name="components"),
]
