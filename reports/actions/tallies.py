"""Counting a school's results into its tallies: always the whole school anew, so that counting twice counts once."""

from collections.abc import Iterable

from django.db import connection, transaction

from evaluations.enums import RESULT_KNOWN, SheetKind, Status
from evaluations.models import Cycle
from reports.models import StaleTally
from reports.queries import miscounted_schools

SUBMITTED = [status for status in Status if status not in (Status.DRAFT, Status.RETURNED, Status.EXCUSED)]
DECIDED = [Status.DECIDED, *RESULT_KNOWN]

COUNT = """
WITH place AS (
    SELECT code, position FROM standards_level WHERE version_id = %(version)s
), known AS (
    SELECT id, result FROM evaluations_evaluation
    WHERE cycle_id = %(cycle)s AND unit_id = %(unit)s AND status = ANY(%(known)s) AND result <> ''
), reached AS (
    SELECT r.criterion_id, r.level FROM known
    JOIN evaluations_sheet s ON s.evaluation_id = known.id AND s.kind = %(decision)s AND s.superseded_at IS NULL
    JOIN evaluations_rating r ON r.sheet_id = s.id
    UNION ALL
    SELECT NULL, result FROM known
), number AS (
    SELECT criterion_id, position, count(*) AS n FROM reached JOIN place ON place.code = reached.level GROUP BY 1, 2
), criterion AS (
    SELECT id FROM standards_criterion WHERE version_id = %(version)s
    UNION ALL
    SELECT NULL
), done AS (
    SELECT count(*) FILTER (WHERE status <> 'excused') AS people,
           count(*) FILTER (WHERE status = ANY(%(submitted)s)) AS submitted,
           count(*) FILTER (WHERE status = ANY(%(decided)s) AND result <> '') AS decided,
           count(*) FILTER (WHERE status = 'excused') AS excused
    FROM evaluations_evaluation WHERE cycle_id = %(cycle)s AND unit_id = %(unit)s
)
INSERT INTO reports_tally (cycle_id, unit_id, criterion_id, counts, people, submitted, decided, excused, counted_at)
SELECT %(cycle)s, %(unit)s, criterion.id,
       ARRAY(SELECT coalesce(number.n, 0) FROM place
             LEFT JOIN number ON number.position = place.position
                             AND number.criterion_id IS NOT DISTINCT FROM criterion.id
             ORDER BY place.position),
       done.people, done.submitted, done.decided, done.excused, statement_timestamp()
FROM criterion CROSS JOIN done
ON CONFLICT (cycle_id, unit_id, criterion_id) DO UPDATE
SET counts = EXCLUDED.counts, people = EXCLUDED.people, submitted = EXCLUDED.submitted,
    decided = EXCLUDED.decided, excused = EXCLUDED.excused, counted_at = EXCLUDED.counted_at
"""


def recount(*, cycle_id: int, unit_id: int) -> None:
    """Counts one school of a cycle: a row a criterion and one for the overall result, in one statement.

    Marks are taken away before the statement looks, so an act committed meanwhile leaves a mark of its own. Two
    recounts of one school follow each other.
    """
    with transaction.atomic():
        version_id = Cycle.objects.values_list("version_id", flat=True).get(pk=cycle_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [cycle_id, unit_id])
            StaleTally.objects.filter(cycle=cycle_id, unit=unit_id).delete()
            cursor.execute(
                COUNT,
                {
                    "cycle": cycle_id,
                    "unit": unit_id,
                    "version": version_id,
                    "decision": SheetKind.DECISION.value,
                    "known": [status.value for status in RESULT_KNOWN],
                    "submitted": [status.value for status in SUBMITTED],
                    "decided": [status.value for status in DECIDED],
                },
            )


def mark_stale(*, cycle_id: int, unit_id: int) -> None:
    """Notes, in the transaction of the act, that this school has to be counted again."""
    StaleTally.objects.create(cycle_id=cycle_id, unit_id=unit_id)


def refresh(*, cycle_id: int, unit_ids: Iterable[int]) -> int:
    """Counts those of the schools again whose tallies are missing or behind; returns how many that were.

    Every official figure is read after this: a worker that was down leaves no wrong number in a report.
    """
    behind = miscounted_schools(cycle_id, list(unit_ids))
    for unit_id in behind:
        recount(cycle_id=cycle_id, unit_id=unit_id)
    return len(behind)


def recount_marked() -> int:
    """Counts every school that has a mark, each in its own transaction; returns how many."""
    marked = StaleTally.objects.order_by("cycle", "unit").values_list("cycle", "unit").distinct()[:500]
    for cycle_id, unit_id in list(marked):
        recount(cycle_id=cycle_id, unit_id=unit_id)
    return len(marked)
