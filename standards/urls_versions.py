"""Addresses of comparing, mapping and ending versions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
