"""Public addresses of frameworks; a criterion's is the page's with its code as the fragment (…/vn-tt20-2018/#TC05)."""

from django.urls import path

from standards.views import public

urlpatterns = [
    path("", public.index, name="index"),
    path("<str:code>/", public.version, name="version"),
]
