"""The demo's people: staff of every school with groups, roles, dates and staff records, and the offices' officers."""

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from core.names import name_key
from demo.accounts import ACCOUNTS, PASSWORD
from demo.places import COMMUNE_BEGAN, LONG_AGO, MAIN_SCHOOL, SCHOOLS, UPPER_SCHOOL, SchoolPlan
from demo.words import ETHNICITIES, FAMILY, GIVEN, MIDDLE
from people.enums import Role
from people.models import Membership, StaffRecord, Unit, User

ACCOUNT = {account.username: account for account in ACCOUNTS}
PLACED = {
    "th-hoa-nang": {"head": "head2"},
    MAIN_SCHOOL: {
        "head": "head",
        "deputy": "deputy",
        "tt": ("leader", "mentor", "colleague", "teacher"),
        "nv": (None, None, "teacher2"),
    },
}
"""Which of the memorable accounts stand where: in a group the first place is the leader's."""

SUBJECT_OF = {
    "teacher": "Toán",
    "colleague": "Toán",
    "leader": "Toán",
    "mentor": "Toán",
}
GENDER_OF = {"Thị": "f", "Thu": "f", "Văn": "m", "Quốc": "m", "Minh": "m"}


@dataclass
class Draft:
    """A person before any row is written."""

    user: User
    record: StaffRecord
    memberships: list[Membership] = field(default_factory=list)


class Crowd:
    """Draws people one after another, the same in every run."""

    def __init__(self) -> None:
        self.dice = random.Random("Sông Mơ")
        self.names: set[str] = {account.full_name for account in ACCOUNTS}
        self.usernames: set[str] = set(ACCOUNT)
        self.people: list[Draft] = []
        self.password = make_password(PASSWORD)
        self.today = timezone.localdate()
        self.gone: list[User] = []

    def person(
        self,
        *,
        subject: str,
        account: str | None = None,
        senior: bool = False,
        domain: str = "",
    ) -> Draft:
        """One more person with a staff record; `account` names a memorable one, `senior` somebody of experience."""
        dice = self.dice
        gender, full_name = self._name(account)
        age = dice.randint(38, 57) if senior else dice.choice((*range(25, 40), *range(26, 58)))
        born = date(self.today.year - age, dice.randint(1, 12), dice.randint(1, 28))
        joined = date(min(born.year + dice.randint(22, 25), self.today.year - 3), 9, 1)
        if account == "teacher":
            joined = date(self.today.year - 4, 9, 1)
        username = account or self._username(full_name)
        has_mail = account is not None or dice.random() > 0.18
        user = User(
            username=username,
            full_name=full_name,
            email=f"{username}@{domain or 'song-mo'}.example" if has_mail else "",
            person_code=f"99{len(self.people) + 1:08d}",
            password=self.password if has_mail else make_password(None),
        )
        record = StaffRecord(
            user=user,
            birth_date=born,
            gender=gender,
            ethnicity=dice.choice(ETHNICITIES),
            subject=subject,
            qualification=dice.choices(("Cao đẳng", "Đại học", "Thạc sĩ"), (8, 80, 12))[0],
            title_rank=dice.choices(("I", "II", "III"), (1, 5, 6) if senior else (0, 4, 9))[0],
            party_member=senior or dice.random() < 0.35,
            joined_on=joined,
            joined_month_only=dice.random() < 0.2,
            phone=f"0900 {dice.randint(0, 999):03d} {dice.randint(0, 999):03d}",
        )
        draft = Draft(user, record)
        self.people.append(draft)
        return draft

    def join(
        self,
        draft: Draft,
        unit: Unit,
        role: str,
        start: date | None = None,
        end: date | None = None,
    ) -> None:
        """Gives `draft` a role at `unit`, from some years ago when no day is named."""
        earliest = max(draft.record.joined_on, LONG_AGO)
        if start is None:
            years = max(0, self.today.year - 2 - earliest.year)
            start = date(earliest.year + self.dice.randint(0, years), 9, 1)
        draft.memberships.append(Membership(user=draft.user, unit=unit, role=role, start=start, end=end))

    def write(self) -> None:
        """Writes everybody drawn so far, in few statements."""
        for draft in self.people:
            draft.user.name_key = name_key(draft.user.full_name)
        User.objects.bulk_create(draft.user for draft in self.people)
        StaffRecord.objects.bulk_create(draft.record for draft in self.people)
        Membership.objects.bulk_create(row for draft in self.people for row in draft.memberships)

    def _name(self, account: str | None) -> tuple[str, str]:
        if account:
            name = ACCOUNT[account].full_name
            return GENDER_OF[name.split()[1]], name
        while True:
            gender = self.dice.choices("fm", (7, 3))[0]
            name = " ".join(self.dice.choice(part) for part in (FAMILY, MIDDLE[gender], GIVEN[gender]))
            if name not in self.names:
                self.names.add(name)
                return gender, name

    def _username(self, full_name: str) -> str:
        words = _ascii(full_name).split()
        stem = words[-1] + "".join(word[0] for word in words[:-1])
        name, number = stem, 1
        while name in self.usernames:
            number += 1
            name = f"{stem}{number}"
        self.usernames.add(name)
        return name


def make_people(units: dict[str, Unit]) -> tuple[dict[str, User], list[User]]:
    """Everybody of the demo, written: the memorable ones by user name, and those who are gone by now."""
    crowd = Crowd()
    _offices(crowd, units)
    for plan in (*SCHOOLS, UPPER_SCHOOL):
        _staff(crowd, units, plan)
    _one_who_moved(crowd, units)
    _one_who_left(crowd, units)
    crowd.write()
    named = {draft.user.username: draft.user for draft in crowd.people if draft.user.username in ACCOUNT}
    return named, crowd.gone


def _offices(crowd: Crowd, units: dict[str, Unit]) -> None:
    places = (
        ("admin", "tinh-song-mo", Role.ADMINISTRATOR, date(2022, 1, 1)),
        ("province", "tinh-song-mo", Role.OFFICER, date(2019, 1, 1)),
        ("officer", "xa-cau-vong", Role.OFFICER, COMMUNE_BEGAN),
    )
    for account, unit, role, start in places:
        crowd.join(
            crowd.person(subject="", account=account, senior=True),
            units[unit],
            role,
            start,
        )


def _staff(crowd: Crowd, units: dict[str, Unit], plan: SchoolPlan) -> None:
    """Head, deputies and teachers of a school; the first of each group leads it."""
    school, placed = units[plan.code], PLACED.get(plan.code, {})
    subjects = [subject for _code, _name, taught in plan.groups for subject in taught]
    new_head = plan.code == "thcs-gio-mua"
    if new_head:  # the former head retired, the present one came a year ago
        former = crowd.person(subject="Toán", senior=True, domain=plan.code)
        crowd.gone.append(former.user)
        crowd.join(
            former,
            school,
            Role.HEAD,
            date(2015, 8, 1),
            date(crowd.today.year - 1, 7, 31),
        )
    head = crowd.person(
        subject=crowd.dice.choice(subjects),
        account=placed.get("head"),
        senior=True,
        domain=plan.code,
    )
    crowd.join(
        head,
        school,
        Role.HEAD,
        date(crowd.today.year - 1, 8, 1) if new_head else date(2020, 8, 1),
    )
    for number in range(plan.deputies):
        account = placed.get("deputy") if number == 0 else None
        deputy = crowd.person(
            subject=crowd.dice.choice(subjects),
            account=account,
            senior=True,
            domain=plan.code,
        )
        crowd.join(deputy, school, Role.DEPUTY_HEAD, date(2021 + number, 8, 1))
    for number in range(plan.teachers):
        code, _name, taught = plan.groups[number % len(plan.groups)]
        place = number // len(plan.groups)
        named = placed.get(code, ())
        account = named[place] if place < len(named) else None
        subject = SUBJECT_OF.get(account or "", taught[place % len(taught)])
        teacher = crowd.person(subject=subject, account=account, senior=place == 0, domain=plan.code)
        is_new = number == plan.teachers - 1  # one beginner a school: too short in post for last time's cycle
        start = date(crowd.today.year, 9, 1) if is_new else None
        if is_new:
            teacher.record.joined_on = start
            teacher.record.birth_date = date(crowd.today.year - 23, 5, 14)
        crowd.join(teacher, school, Role.TEACHER, start)
        role = Role.GROUP_LEADER if place == 0 else Role.TEACHER
        crowd.join(teacher, units[f"{plan.code}-{code}"], role, teacher.memberships[0].start)


def _one_who_moved(crowd: Crowd, units: dict[str, Unit]) -> None:
    """A teacher of English who went from one school to another last summer."""
    moved, change = (
        crowd.person(subject="Tiếng Anh", domain="thcs-gio-mua"),
        date(crowd.today.year - 1, 8, 31),
    )
    for unit in ("th-canh-dieu", "th-canh-dieu-cb"):
        crowd.join(moved, units[unit], Role.TEACHER, date(change.year - 2, 9, 1), change)
    for unit in ("thcs-gio-mua", "thcs-gio-mua-nk"):
        crowd.join(moved, units[unit], Role.TEACHER, change + timedelta(days=1))


def _one_who_left(crowd: Crowd, units: dict[str, Unit]) -> None:
    """A teacher who retired this summer: the old evaluations stay readable, the account is closed."""
    left = crowd.person(subject="Ngữ văn", senior=True, domain=MAIN_SCHOOL)
    left.record.birth_date = date(crowd.today.year - 60, 6, 11)
    crowd.gone.append(left.user)
    for unit in (MAIN_SCHOOL, f"{MAIN_SCHOOL}-nv"):
        crowd.join(
            left,
            units[unit],
            Role.TEACHER,
            date(2010, 9, 1),
            date(crowd.today.year, 6, 30),
        )


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))
