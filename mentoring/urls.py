"""Addresses under /mentoring/."""

app_name = "mentoring"
urlpatterns: list = []
