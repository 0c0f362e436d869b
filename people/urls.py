"""Addresses under /people/."""

app_name = "people"
urlpatterns: list = []
