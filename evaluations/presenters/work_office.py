"""What waits for heads, offices and colleagues on their first page."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.work import Section, WorkItem
from evaluations.enums import TO_DECIDE, CycleStatus, Status
from evaluations.policies import can_give_opinion, can_manage_cycles
from evaluations.presenters.work_begin import first_steps
from evaluations.queries import colleagues_to_rate
from evaluations.queries_office import counts_of_led_schools, cycle_list, own_opinions
from people.models import User
from people.queries import own_groups, schools_decided, schools_led


def office_work(user: User) -> Iterator[WorkItem]:
    """Items of the person's roles; a teacher without a group costs no query."""
    if own_groups(user):
        yield from _opinions(user)
    if schools_led(user):
        yield from _schools(user)
    if can_manage_cycles(user):
        yield from _cycles(user)


def _opinions(user: User) -> Iterator[WorkItem]:
    """One line for each group and cycle in which opinions are still missing."""
    evaluations = list(colleagues_to_rate(user))
    if not evaluations:
        return
    sheets = own_opinions(user, evaluations)
    by_group = defaultdict(list)
    for evaluation in evaluations:
        by_group[evaluation.cycle_id, evaluation.group_id].append(evaluation)
    for rows in by_group.values():
        cycle, group = rows[0].cycle, rows[0].group
        given = [row for row in rows if row.pk in sheets and sheets[row.pk].submitted_at]
        waiting = [row for row in rows if row not in given and can_give_opinion(user, row)]
        if waiting:
            yield WorkItem(
                title=ngettext(
                    "Give your opinion on %(count)s colleague",
                    "Give your opinion on %(count)s colleagues",
                    len(waiting),
                )
                % {"count": len(waiting)},
                url=reverse("evaluations:opinions", args=[cycle.code, group.code]),
                note=f"{group.name}, {cycle.name}",
                deadline=cycle.opinions_due,
                done=len(given),
                total=len(given) + len(waiting),
                weight=30,
            )


def _schools(user: User) -> Iterator[WorkItem]:
    """For each cycle of a led school: what waits for the head, and how far the school is."""
    decides = schools_decided(user)
    for (cycle, unit), counts in counts_of_led_schools(user).items():
        board = reverse("evaluations:board", args=[cycle.code, unit.code])
        where = f"{unit.name}, {cycle.name}"
        if unit.pk in decides and cycle.is_full:
            yield from _for_head(counts, board, where, cycle)
        people = sum(counts.values()) - counts[Status.EXCUSED]
        missing = counts[Status.DRAFT] + counts[Status.RETURNED]
        if cycle.status == CycleStatus.OPEN:
            yield WorkItem(
                title=cycle.name,
                url=board,
                note=_("%(school)s: self-assessments submitted") % {"school": unit.name},
                section=Section.WATCH,
                deadline=cycle.self_due if missing else None,
                done=people - missing,
                total=people,
            )


def _for_head(counts: dict[str, int], board: str, where: str, cycle) -> Iterator[WorkItem]:
    if number := counts[Status.OBJECTED]:
        yield WorkItem(
            title=ngettext("Answer %(count)s objection", "Answer %(count)s objections", number) % {"count": number},
            url=f"{board}?status={Status.OBJECTED}",
            note=where,
            weight=10,
        )
    if number := sum(counts[status] for status in TO_DECIDE):
        yield WorkItem(
            title=ngettext("Review %(count)s self-assessment", "Review %(count)s self-assessments", number)
            % {"count": number},
            url=f"{board}?status=to-decide",
            note=where,
            deadline=cycle.decision_due,
            weight=20,
        )
    if number := counts[Status.DECIDED]:
        yield WorkItem(
            title=ngettext("Announce %(count)s result", "Announce %(count)s results", number) % {"count": number},
            url=f"{board}?status={Status.DECIDED}",
            note=where,
            weight=25,
        )


def _cycles(user: User) -> Iterator[WorkItem]:
    """The office's cycles: drafts to be opened, open ones with how far they are; before the first, how to begin."""
    cycles = cycle_list(user).exclude(status=CycleStatus.CLOSED)[:10]
    if not cycles:
        yield from first_steps(user)
    for cycle in cycles:
        url = reverse("evaluations:cycle", args=[cycle.code])
        if cycle.status == CycleStatus.DRAFT:
            yield WorkItem(title=_("Open “%(name)s”") % {"name": cycle.name}, url=url, note=_("In preparation"))
        else:
            yield WorkItem(
                title=cycle.name,
                url=url,
                note=ngettext("%(count)s school", "%(count)s schools", cycle.schools) % {"count": cycle.schools},
                section=Section.WATCH,
                deadline=cycle.self_due,
                done=cycle.submitted,
                total=cycle.people,
            )
