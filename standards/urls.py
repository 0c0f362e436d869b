"""Public addresses of frameworks; a criterion's is the page's with its code as the fragment (…/vn-tt20-2018/#TC05)."""

from django.urls import path

from standards import views

app_name = "standards"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/", views.version, name="version"),
]
