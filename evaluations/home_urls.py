"""The front page: my work."""

from django.urls import path

from evaluations.views import home

urlpatterns = [path("", home.home, name="home")]
