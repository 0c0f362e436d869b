"""The national aggregate from wide tallies against a plain GROUP BY over rating rows. Takes minutes: NATION=1.

A million teachers, 25,000 schools, 15 criteria.
"""

import time
from collections.abc import Iterator

from django.db import connection

from bench.figures import Figure

ROWS = """
    CREATE UNLOGGED TABLE nation_rating AS
    SELECT (t % 25000)::int AS school, c::smallint AS criterion, (hashint4(t * 31 + c) & 3)::smallint AS level
    FROM generate_series(1, 1000000) t, generate_series(1, 15) c
"""
TALLIES = """
    CREATE UNLOGGED TABLE nation_tally AS
    SELECT school, criterion, ARRAY[
        count(*) FILTER (WHERE level = 0), count(*) FILTER (WHERE level = 1),
        count(*) FILTER (WHERE level = 2), count(*) FILTER (WHERE level = 3)]::int[] AS counts
    FROM nation_rating GROUP BY school, criterion
"""
PLAIN = "SELECT criterion, level, count(*) FROM nation_rating GROUP BY criterion, level"
WIDE = """
    SELECT criterion, sum(counts[1]), sum(counts[2]), sum(counts[3]), sum(counts[4])
    FROM nation_tally GROUP BY criterion
"""


def nation() -> Iterator[Figure]:
    """Both ways to the same table of criteria by levels; the best of three each."""
    with connection.cursor() as cursor:
        for statement in ("DROP TABLE IF EXISTS nation_rating, nation_tally", ROWS, TALLIES, "ANALYZE"):
            cursor.execute(statement)
        plain, wide = _best(cursor, PLAIN), _best(cursor, WIDE)
        cursor.execute("DROP TABLE nation_rating, nation_tally")
    yield Figure("nation.group-by", plain * 1000, "ms")
    yield Figure("nation.tallies", wide * 1000, "ms")
    yield Figure("nation.share", wide / plain, "x", at_most=1 / 25)


def _best(cursor, statement: str) -> float:
    times = []
    for _round in range(3):
        started = time.perf_counter()
        cursor.execute(statement)
        cursor.fetchall()
        times.append(time.perf_counter() - started)
    return min(times)
