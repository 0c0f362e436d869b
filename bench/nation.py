"""A country of a million teachers: tallies against a GROUP BY over every rating. Only with NATION=1."""

import time
from types import SimpleNamespace

from django.db import connection

from bench.figures import Figures, interleaved
from reports.queries import criterion_totals

SCHOOLS, TEACHERS = 25_000, 40


def measure_recount(w: SimpleNamespace, figures: Figures) -> None:
    """One school counted anew."""
    from reports.actions.tallies import recount

    def timed() -> float:
        start = time.perf_counter()
        recount(cycle_id=w.cycle.pk, unit_id=w.other_school.pk)
        return (time.perf_counter() - start) * 1000

    timed()
    figures.tell("recount_school", interleaved({"recount": timed}, 15)["recount"], "ms")


def measure(w: SimpleNamespace, figures: Figures) -> None:
    """Twenty-five thousand schools of forty teachers, fifteen criteria each: fifteen million ratings."""
    kind = w.school.kind_id
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_unit (code, kind_id, name, short_name, position) "
            "SELECT 'nation-' || n, %s, 'Trường ' || n, '', 0 FROM generate_series(1, %s) n",
            [kind, SCHOOLS],
        )
        cursor.execute(
            "INSERT INTO reports_tally (cycle_id, unit_id, criterion_id, counts, people, submitted, decided, excused, "
            "counted_at) SELECT %s, u.id, c.id, ARRAY[1, 4, 12, 8], 25, 25, 25, 0, now() FROM people_unit u CROSS JOIN "
            "(SELECT id FROM standards_criterion WHERE version_id = %s UNION ALL SELECT NULL) c "
            "WHERE u.code LIKE 'nation-%%'",
            [w.cycle.pk, w.cycle.version_id],
        )
        cursor.execute("CREATE UNLOGGED TABLE bench_rating (criterion smallint, level smallint)")
        cursor.execute(
            "INSERT INTO bench_rating SELECT n %% 15, n %% 4 FROM generate_series(1, %s) n", [SCHOOLS * TEACHERS * 15]
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE bench_rating")
        cursor.execute("VACUUM ANALYZE reports_tally")

    def tallies() -> float:
        start = time.perf_counter()
        criterion_totals(w.cycle.pk, None, 4)
        return (time.perf_counter() - start) * 1000

    def group_by() -> float:
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT criterion, level, count(*) FROM bench_rating GROUP BY 1, 2")
            cursor.fetchall()
        return (time.perf_counter() - start) * 1000

    found = interleaved({"nation_tallies": tallies, "nation_group_by": group_by}, 5)
    for name, value in found.items():
        figures.tell(name, value, "ms")
    figures.tell("nation_ratio", found["nation_group_by"] / found["nation_tallies"], "x")
