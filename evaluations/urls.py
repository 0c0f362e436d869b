"""Addresses under /evaluations/."""

app_name = "evaluations"
urlpatterns: list = []
