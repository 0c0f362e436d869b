"""The demo's cycles: a full one two years ago, self-assessments only last year, and the one under way."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from demo import phrases
from demo.papers import Archive
from demo.places import MAIN_SCHOOL, SCHOOLS, UPPER_SCHOOL
from demo.stories import Story, write
from demo.tellings import Person, Teller
from evaluations.enums import Action, CycleKind, CycleStatus, ExcuseReason, Status
from evaluations.models import Cycle, Evidence, LeftOut, Rating, Sheet
from evaluations.participants import plan
from people.enums import TEACHERS, Role
from people.models import Membership, Unit, User
from reports.actions.tallies import recount
from standards.framework_data import FrameworkData
from standards.models import FrameworkVersion

VERSION = "vn-tt20-2018"
S, A = Status, Action

PRESENT = {
    "th-hoa-nang": {S.SUBMITTED: 9, S.UNDER_REVIEW: 3, S.DECIDED: 3, S.EXCUSED: 1},
    "th-canh-dieu": {S.SUBMITTED: 4},
    "th-suoi-nho": {
        S.SUBMITTED: 5,
        S.UNDER_REVIEW: 4,
        S.DECIDED: 6,
        S.ANNOUNCED: 4,
        S.CLOSED: 2,
    },
    MAIN_SCHOOL: {
        S.SUBMITTED: 8,
        S.UNDER_REVIEW: 4,
        S.RETURNED: 2,
        S.DECIDED: 4,
        S.ANNOUNCED: 4,
        S.OBJECTED: 1,
        S.CLOSED: 3,
        S.EXCUSED: 2,
    },
    "thcs-gio-mua": {S.SUBMITTED: 10, S.UNDER_REVIEW: 2, S.RETURNED: 1},
    "th-thcs-doi-sim": {
        S.SUBMITTED: 6,
        S.DECIDED: 8,
        S.ANNOUNCED: 7,
        S.CLOSED: 4,
        S.EXCUSED: 1,
    },
}
"""How many evaluations stand where in the cycle under way; the others are drafts."""

MEMORABLE = {
    "teacher": S.DRAFT,
    "colleague": S.SUBMITTED,
    "leader": S.UNDER_REVIEW,
    "teacher2": S.ANNOUNCED,
    "mentor": S.DECIDED,
}


def school_year(years_ago: int = 0) -> tuple[int, str]:
    """(first calendar year, "2026-2027") of the school year of today, or of one before it."""
    today = timezone.localdate()
    first = today.year - (today.month < 9) - years_ago
    return first, f"{first}-{first + 1}"


class CycleMaker:
    """Makes one cycle after another for the same people, who keep their ability from year to year."""

    def __init__(self, units: dict[str, Unit], named: dict[str, User], data: FrameworkData, archive: Archive):
        self.units, self.named, self.data, self.archive = units, named, data, archive
        self.dice = random.Random("Cầu Vồng")
        self.schools = [units[plan.code] for plan in SCHOOLS]
        self.ability: dict[int, float] = {}
        new = Membership.objects.filter(start__gte=date(school_year()[0], 9, 1), role__in=TEACHERS)
        self.beginners = set(new.values_list("user_id", flat=True))
        self.version = FrameworkVersion.objects.get(pk=data.version_id)

    def make_all(self) -> None:
        """The cycles in the order of their years."""
        self.past_full()
        self.past_self_only()
        self.present()
        self.in_preparation()

    # --- the years -----------------------------------------------------------------------------------------------

    def past_full(self) -> Cycle:
        """Two years ago: everybody decided and announced, with everything that can happen on the way."""
        first, year = school_year(2)
        cycle = self._cycle(
            code=f"gv-{year}",
            name=f"Đánh giá giáo viên theo chuẩn, năm học {year}",
            owner=self.units["tinh-song-mo"],
            school_year=year,
            status=CycleStatus.CLOSED,
            reference_date=date(first + 1, 4, 1),
            starts_on=date(first + 1, 4, 21),
            self_due=date(first + 1, 5, 10),
            opinions_due=date(first + 1, 5, 15),
            decision_due=date(first + 1, 5, 31),
            closed_at=_noon(date(first + 1, 6, 20)),
            opened_by=self.named["province"],
        )
        teller = self._teller(cycle, cycle.starts_on, date(first + 1, 6, 18))
        stories, people = [], self._people(cycle)
        for number, person in enumerate(people):
            story, levels = teller.story(person), teller.levels(person)
            stories.append(story)
            if number % 61 == 60:
                self._excuse(story, person, teller, 0.1)
                continue
            if number % 67 == 66:
                teller.fill_self(story, levels, rated=4)  # never handed in
                continue
            teller.fill_self(story, levels)
            teller.opinions(story, levels, self._some_colleagues(people, person, 0.85), 0.4)
            self._past_way(story, person, levels, teller, number)
        write(stories)
        self._date_rows(cycle)
        return cycle

    def _past_way(self, story: Story, person: Person, levels: dict, teller: Teller, number: int) -> None:
        """One person's way through a finished cycle; every so often somebody's is not straight."""
        me, head, province, at = (
            person.user,
            person.head,
            self.named["province"],
            teller.when,
        )
        story.do(A.SUBMIT, me, at(self.dice.uniform(0.1, 0.32))).do(A.OPEN, head, at(0.4))
        if number % 19 == 4:
            story.do(A.RETURN, head, at(0.42), phrases.RETURNED).do(A.SUBMIT, me, at(0.46)).do(A.OPEN, head, at(0.5))
        teller.decision(story, head, levels)
        story.do(A.DECIDE, head, at(self.dice.uniform(0.52, 0.62))).do(A.ANNOUNCE, head, at(0.66))
        if number % 47 == 11:
            story.do(A.OBJECT, me, at(0.72), phrases.OBJECTION).do(A.UPHOLD, head, at(0.8), phrases.UPHELD)
        if number == 29:
            story.do(A.OBJECT, me, at(0.72), phrases.OBJECTION).do(A.RECONSIDER, head, at(0.78), phrases.RECONSIDERED)
            story.change_decision({"TC06": "T"}, {"TC06": phrases.HIGHER[1]})
            story.do(A.DECIDE, head, at(0.82)).do(A.ANNOUNCE, head, at(0.84))
        if number % 7 == 3:
            story.do(A.CLOSE, None, self.closing)  # no answer in time: the system closes
        else:
            story.do(A.ACKNOWLEDGE, me, at(0.88))
        if number == 71:
            story.do(A.REOPEN, province, at(0.92), phrases.REOPENED)
            story.change_decision({"TC04": "T"}, {"TC04": phrases.HIGHER[0]})
            story.do(A.DECIDE, head, at(0.95)).do(A.ANNOUNCE, head, at(0.96)).do(A.ACKNOWLEDGE, me, at(0.98))

    def past_self_only(self) -> Cycle:
        """Last year: self-assessments only, as article 11 asks in the years between two decisions."""
        first, year = school_year(1)
        cycle = self._cycle(
            code=f"gv-{year}",
            name=f"Giáo viên tự đánh giá, năm học {year}",
            owner=self.units["xa-cau-vong"],
            school_year=year,
            kind=CycleKind.SELF_ONLY,
            opinions_wanted=False,
            status=CycleStatus.CLOSED,
            reference_date=date(first + 1, 2, 15),
            starts_on=date(first + 1, 3, 2),
            self_due=date(first + 1, 3, 25),
            closed_at=_noon(date(first + 1, 3, 31)),
            opened_by=self.named["officer"],
        )
        teller, stories = self._teller(cycle, cycle.starts_on, cycle.self_due), []
        for number, person in enumerate(self._people(cycle)):
            story, levels = teller.story(person), teller.levels(person)
            stories.append(story)
            if number % 23 == 22:
                teller.fill_self(story, levels, rated=0)
                continue
            teller.fill_self(story, levels)
            story.do(A.SUBMIT, person.user, teller.when(self.dice.random())).do(A.CLOSE, None, cycle.closed_at)
        write(stories)
        self._date_rows(cycle)
        return cycle

    def present(self) -> Cycle:
        """The cycle under way, its dates around today, with evaluations in every status."""
        _first, year = school_year()
        today = timezone.localdate()
        cycle = self._cycle(
            code=f"gv-{year}",
            name=f"Đánh giá giáo viên theo chuẩn, năm học {year}",
            owner=self.units["xa-cau-vong"],
            school_year=year,
            status=CycleStatus.OPEN,
            reference_date=today - timedelta(days=20),
            starts_on=today - timedelta(days=18),
            self_due=today + timedelta(days=6),
            opinions_due=today + timedelta(days=9),
            decision_due=today + timedelta(days=24),
            opened_by=self.named["officer"],
        )
        teller = self._teller(cycle, cycle.starts_on, today - timedelta(days=1))
        people, stories = self._people(cycle), []
        for school in self.schools:
            staff = [person for person in people if person.school.pk == school.pk]
            teller.archive = self.archive if school.code == MAIN_SCHOOL else None
            for person, status in self._deal(staff, PRESENT[school.code]):
                stories.append(self._present_story(teller, people, person, status))
        write(stories)
        return cycle

    def _present_story(self, teller: Teller, people: list[Person], person: Person, status: Status) -> Story:
        story, levels, dice = teller.story(person), teller.levels(person), self.dice
        if status == S.EXCUSED:
            return self._excuse(story, person, teller, 0.3)
        if status == S.DRAFT:
            rated = 8 if person.user.username == "teacher" else dice.choice((0, 0, 3, 6, 9, 12, 15))
            teller.fill_self(story, levels, rated=rated)
        else:
            teller.fill_self(story, levels)
        start, is_decided = dice.uniform(0.15, 0.5), status in (S.ANNOUNCED, S.CLOSED, S.OBJECTED, S.DECIDED)
        share = 0.85 if is_decided else dice.choice((0, 0.25, 0.4, 0.7))
        writers = [
            one for one in self._some_colleagues(people, person, share) if one.username not in ("colleague", "teacher")
        ]
        teller.opinions(story, levels, writers, start if is_decided else 1.0)
        return teller.to_status(story, person, levels, status, start)

    def in_preparation(self) -> Cycle:
        """The province prepares a cycle for its upper secondary school; nobody is asked yet."""
        _first, year = school_year()
        today = timezone.localdate()
        cycle = Cycle.objects.create(
            code=f"gv-thpt-{year}",
            name=f"Đánh giá giáo viên THPT theo chuẩn, năm học {year}",
            version=self.version,
            owner=self.units["tinh-song-mo"],
            school_year=year,
            reference_date=today + timedelta(days=20),
            starts_on=today + timedelta(days=30),
            self_due=today + timedelta(days=50),
            opinions_due=today + timedelta(days=55),
            decision_due=today + timedelta(days=70),
            created_by=self.named["province"],
        )
        cycle.units.set([self.units[UPPER_SCHOOL.code]])
        return cycle

    # --- the parts ------------------------------------------------------------------------------------------------

    def _cycle(self, *, opened_by: User, **fields) -> Cycle:
        opened = _noon(fields["starts_on"] - timedelta(days=1))
        cycle = Cycle.objects.create(
            version=self.version,
            created_by=opened_by,
            opened_by=opened_by,
            opened_at=opened,
            **fields,
        )
        cycle.units.set(self.schools)
        return cycle

    def _teller(self, cycle: Cycle, first: date, last: date) -> Teller:
        self.closing = cycle.closed_at
        return Teller(dice=self.dice, data=self.data, cycle=cycle, days=(first, last))

    def _people(self, cycle: Cycle) -> list[Person]:
        """The people the product would take in on the cycle's reference date; the others are noted as left out."""
        found, heads = plan(cycle), self._heads(cycle.reference_date)
        LeftOut.objects.bulk_create(
            LeftOut(cycle=cycle, user=row.user, unit=row.unit, reason=row.reason) for row in found.left_out
        )
        return [Person(row.user, row.unit, row.group, heads[row.unit.pk], self._of(row.user)) for row in found.taken]

    def _heads(self, on: date) -> dict[int, User]:
        """School id -> who was its head on that day."""
        held = Membership.objects.current(on).filter(unit__in=self.schools, role=Role.HEAD)
        return {row.unit_id: row.user for row in held.select_related("user").order_by("pk")}

    def _of(self, user: User) -> float:
        beginner = user.pk in self.beginners
        return self.ability.setdefault(user.pk, -0.7 if beginner else self.dice.gauss(0.12, 0.62))

    def _some_colleagues(self, people: list[Person], person: Person, share: float) -> list[User]:
        group = [one.user for one in people if one.group == person.group and one.user != person.user]
        return [one for one in group if self.dice.random() < share]

    def _deal(self, staff: list[Person], counts: dict[Status, int]) -> list[tuple[Person, Status]]:
        """Gives every person a status: the memorable ones theirs, the others by chance."""
        pool = [status for status, number in counts.items() for _ in range(number)]
        named = {
            person.user.pk: MEMORABLE[person.user.username] for person in staff if person.user.username in MEMORABLE
        }
        for status in named.values():
            if status in pool:
                pool.remove(status)
        others = [person for person in staff if person.user.pk not in named]
        pool += [S.DRAFT] * (len(others) - len(pool))
        self.dice.shuffle(pool)
        dealt = iter(pool)
        return [(person, named.get(person.user.pk) or next(dealt)) for person in staff]

    def _excuse(self, story: Story, person: Person, teller: Teller, share: float) -> Story:
        reasons = {
            ExcuseReason.MATERNITY: (phrases.MATERNITY, 3),
            ExcuseReason.SICK: (phrases.SICK, 4),
            ExcuseReason.STUDY: (phrases.STUDY, 0),
        }
        reason = self.dice.choice(list(reasons))
        if not getattr(self, "_maternity_told", False):
            reason, self._maternity_told = ExcuseReason.MATERNITY, True
        words, months = reasons[reason]
        teller.fill_self(story, {}, rated=0)
        return story.do(
            A.EXCUSE,
            person.head,
            teller.when(share),
            words,
            excuse_reason=reason,
            excuse_months=months,
        )

    def _date_rows(self, cycle: Cycle) -> None:
        """Rows of a past cycle were made then, not today."""
        then = _noon(cycle.starts_on + timedelta(days=3))
        Cycle.objects.filter(pk=cycle.pk).update(created_at=cycle.opened_at)
        cycle.evaluations.update(created_at=cycle.opened_at)
        Sheet.objects.filter(evaluation__cycle=cycle).update(created_at=then)
        Evidence.objects.filter(evaluation__cycle=cycle).update(created_at=then)
        Rating.objects.filter(sheet__evaluation__cycle=cycle).update(updated_at=then)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def make_cycles(units: dict[str, Unit], named: dict[str, User], data: FrameworkData, archive: Archive) -> None:
    """All cycles of the demo with their evaluations, counted."""
    CycleMaker(units, named, data, archive).make_all()
    for cycle in Cycle.objects.exclude(status=CycleStatus.DRAFT).order_by("pk"):
        for school in cycle.units.order_by("pk"):
            recount(cycle_id=cycle.pk, unit_id=school.pk)
