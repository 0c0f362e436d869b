"""The door to past results for the simulator: what each reader may see on the board, counted or by name."""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.decisions import Refused
from evaluations.enums import RESULT_KNOWN, SheetKind, Status
from evaluations.models import Cycle, Evaluation, Rating
from evaluations.queries import cycle_schools, visible_to
from evaluations.simulation import Past, Ratings
from people.models import Unit, User
from people.queries import schools_led
from standards.enums import VersionStatus
from standards.models import FrameworkVersion, Mapping
from standards.queries import FrameworkData, framework_data
from standards.queries_drafts import NamedDraft, drafts_visible_to, named_drafts

CHUNK = 2000
MOST = 60_000
"""People tried while a reader waits: 20,000 take some three seconds. The command has no such limit."""
LED = (Status.DECIDED, *RESULT_KNOWN)
"""What leaders read of their school: decisions, announced or not, but never their own before the announcement."""

PAST = """
    SELECT unit_id, result, given, count(*) FROM (
        SELECT e.id, e.unit_id, e.result,
               string_agg(r.criterion_id || ':' || r.level, ',' ORDER BY r.criterion_id) AS given
        FROM evaluations_evaluation e
        LEFT JOIN evaluations_sheet s
               ON s.evaluation_id = e.id AND s.kind = %(decision)s AND s.superseded_at IS NULL
        LEFT JOIN evaluations_rating r ON r.sheet_id = s.id
        WHERE e.cycle_id = %(cycle)s AND e.result <> '' AND (
            (e.unit_id = ANY(%(units)s) AND e.status = ANY(%(known)s))
            OR (e.unit_id = ANY(%(led)s) AND e.status = ANY(%(decided)s) AND e.subject_id <> %(reader)s)
        )
        GROUP BY e.id
    ) past GROUP BY unit_id, result, given ORDER BY unit_id, result, given
"""


def seen_results(user: User, cycle: Cycle, units: Iterable[Unit]) -> QuerySet[Evaluation]:
    """The results of these schools that `user` reads: announced ones for offices, decided ones for the school's leaders.
    As `board_results`, and each of them is readable by name."""
    led, others = _split(user, units)
    scope = Q(unit__in=others, status__in=RESULT_KNOWN)
    if led:
        scope |= Q(unit__in=led, status__in=LED) & ~Q(subject=user)
    return visible_to(user).filter(scope, cycle=cycle).exclude(result="")


def past_results(user: User | None, cycle: Cycle, units: Iterable[Unit]) -> Iterator[Past]:
    """The same as counts of equal people, `place` being the school. One query, read in chunks; None: the operator.

    Raises Refused beyond MOST people, which a page would keep its reader waiting for.
    """
    led, others = _split(user, units)
    data = framework_data(cycle.version_id)
    params = {
        "cycle": cycle.pk,
        "decision": SheetKind.DECISION.value,
        "units": others,
        "known": [status.value for status in RESULT_KNOWN],
        "led": led,
        "decided": [status.value for status in LED],
        "reader": user.pk if user else 0,
    }
    people = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(PAST, params)
        while rows := cursor.fetchmany(CHUNK):
            for unit, result, given, number in rows:
                people += number
                if user and people > MOST:
                    raise Refused(
                        _("These are more than %(count)s people. Try one school at a time.") % {"count": MOST}
                    )
                yield Past(result, _ratings(given or "", data), number, unit)


def people_of(user: User, cycle: Cycle, unit: Unit) -> list[tuple[Evaluation, Ratings]]:
    """The people of one school whose results `user` reads, in the order of names, with their levels. Two queries."""
    rows = list(seen_results(user, cycle, [unit]).order_by("subject__name_key", "pk"))
    data = framework_data(cycle.version_id)
    levels: dict = {row.pk: [] for row in rows}
    decided = Rating.objects.filter(sheet__evaluation__in=rows, sheet__kind=SheetKind.DECISION)
    for pk, criterion, level in (
        decided.filter(sheet__superseded_at=None)
        .order_by("criterion")
        .values_list("sheet__evaluation", "criterion", "level")
    ):
        levels[pk].append((data.criterion_by_id(criterion).code, level))
    return [(row, tuple(levels[row.pk])) for row in rows]


def schools_of(user: User | None, cycle: Cycle) -> list[Unit]:
    """The schools of the cycle that `user` looks at; None: the operator, who looks at all."""
    if user is None:
        return list(cycle.units.select_related("kind").order_by("position", "name", "pk"))
    return list(cycle_schools(user, cycle))


def comparable_versions(cycle: Cycle) -> list[FrameworkVersion]:
    """Published versions tied to the cycle's: of the same framework, or by a mapping. Newest first. Two queries."""
    here = cycle.version
    pairs = Mapping.objects.filter(Q(source=here) | Q(target=here)).order_by("pk")
    mapped = {pk for pair in pairs.values_list("source_id", "target_id") for pk in pair}
    return list(
        FrameworkVersion.objects.filter(Q(framework=here.framework_id) | Q(pk__in=mapped))
        .filter(status=VersionStatus.PUBLISHED)
        .exclude(pk=here.pk)
        .select_related("framework")
        .order_by("-valid_from", "code")
    )


def drafts_to_try(user: User, cycle: Cycle) -> list[NamedDraft]:
    """Unpublished drafts of the cycle's framework that `user` may see, the last changed first. One query."""
    code = cycle.version.framework.code
    drafts = drafts_visible_to(user).filter(published_as=None)
    return named_drafts(drafts.filter(Q(content__framework__code=code) | Q(based_on=cycle.version_id)))


def _split(user: User | None, units: Iterable[Unit]) -> tuple[list[int], list[int]]:
    led = set(schools_led(user)) if user else set()
    ids = [unit.pk for unit in units]
    return [pk for pk in ids if pk in led], [pk for pk in ids if pk not in led]


def _ratings(given: str, data: FrameworkData) -> Ratings:
    pairs = (pair.partition(":") for pair in given.split(",") if pair)
    return tuple((data.criterion_by_id(int(criterion)).code, level) for criterion, _colon, level in pairs)
