"""The rows that every test finds."""

from django.db import connection, transaction


class StartingRows:
    """What the database holds now, for tests that write for real. Django would empty every table after each of them and
    leave it to the next to publish the frameworks again; that took most of a second."""

    def __init__(self) -> None:
        tables = [connection.ops.quote_name(name) for name in connection.introspection.django_table_names()]
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS start")
            kept = []
            for table in tables:
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                if cursor.fetchone()[0]:
                    cursor.execute(f"CREATE TABLE start.{table} AS TABLE {table}")
                    kept.append(table)
        self.statements = [
            f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE",  # a request may still be writing
            "SET LOCAL session_replication_role = replica",  # no triggers: some rows may never be deleted otherwise
            *(f"DELETE FROM {table}" for table in tables),
            *(f"INSERT INTO {table} TABLE start.{table}" for table in kept),
        ]

    def restore(self) -> None:
        """Takes away what was written since, and brings back what was changed or deleted."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(";".join(self.statements))
