"""Addresses under /people/."""

from django.urls import path

app_name = "people"
urlpatterns: list = []
