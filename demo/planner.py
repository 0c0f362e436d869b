"""Telling PostgreSQL's planner how many rows there are: it believes new tables small until somebody counts."""

from django.apps import apps
from django.db import connection

OURS = ("core", "files", "people", "evaluations", "mentoring", "reports")
"""The apps whose tables the demo fills."""


def count_rows() -> None:
    """ANALYZE of our tables. Thousands of rows written in one transaction are otherwise joined as if they were ten."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models))
