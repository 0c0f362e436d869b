"""Addresses under /reports/."""

app_name = "reports"
urlpatterns: list = []
