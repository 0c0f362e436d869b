"""Public addresses of frameworks. They are stable: a version never changes, and neither do its codes."""

from django.urls import path

from standards.views import public

urlpatterns = [
    path("", public.index, name="index"),
    path("<str:code>/", public.version, name="version"),
    path("<str:code>/<str:criterion>/", public.criterion, name="criterion"),
]
