"""How an evaluation goes in the demo: from a person's ability to sheets, evidence, opinions and steps with dates."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from demo import phrases
from demo.levels import draw, seen_by
from demo.papers import PAPERS, Archive
from demo.stories import Story, stable_id
from evaluations.enums import Action, EvidenceKind, SheetKind, Status
from evaluations.models import Cycle, Evaluation
from people.models import Unit, User
from standards.framework_data import FrameworkData

A = Action
FIXED = {
    "teacher": {
        "TC05": "K",
        "TC06": "D",
        "TC14": "D",
        "TC15": "D",
        "TC03": "K",
        "TC04": "K",
        "TC07": "K",
    },
    "mentor": dict.fromkeys([f"TC{number:02d}" for number in range(1, 16)], "T") | {"TC14": "K"},
}
"""Levels the journeys of the memorable accounts rest on."""


@dataclass
class Person:
    """One person in one cycle: who, where, and what they are really like."""

    user: User
    school: Unit
    group: Unit | None
    head: User
    ability: float


class Teller:
    """Tells the evaluations of one cycle. `days` names the first and the last day anything may happen on."""

    def __init__(self, *, dice: random.Random, data: FrameworkData, cycle: Cycle, days: tuple[date, date]):
        self.dice, self.data, self.cycle = dice, data, cycle
        self.first, self.last = days
        self.archive: Archive | None = None  # where files may be kept; without one nobody brings files

    def when(self, share: float) -> datetime:
        """A moment in working hours, `share` (0 to 1) of the way from the first to the last day."""
        day = self.first + timedelta(days=round((self.last - self.first).days * min(max(share, 0), 1)))
        if day.weekday() == 6 and day > self.first:
            day -= timedelta(days=1)
        clock = time(self.dice.randint(7, 16), self.dice.randint(0, 59))
        moment = timezone.make_aware(datetime.combine(day, clock))
        return min(moment, timezone.now() - timedelta(minutes=5))

    def story(self, person: Person) -> Story:
        """The empty story of a person: in the cycle, nothing written."""
        evaluation = Evaluation(
            pk=stable_id(self.dice),
            cycle=self.cycle,
            subject=person.user,
            unit=person.school,
            group=person.group,
        )
        return Story(evaluation, self.data)

    def levels(self, person: Person) -> dict[str, str]:
        """What the person is really like, criterion by criterion."""
        return draw(self.dice, self.data, person.ability) | FIXED.get(person.user.username, {})

    def fill_self(self, story: Story, levels: dict[str, str], *, rated: int | None = None) -> None:
        """The self-assessment with its evidence; `rated`: only so many criteria, and nothing submitted."""
        dice, lowest = self.dice, self.data.levels[0].code
        own = seen_by(dice, self.data, levels, kind="self")
        if rated is not None:
            own = {row.code: own[row.code] for row in self.data.criteria[:rated]}
        notes = {code: note for code, note in phrases.NOTES.items() if code in own and dice.random() < 0.45}
        weak = self.data.level_codes[:2]
        notes |= {code: note for code, note in phrases.WEAK_NOTES.items() if own.get(code) in weak}
        unproven = set()
        for chunk in self._chunks(code for code, level in own.items() if level != lowest):
            if len(chunk) == 1 and dice.random() < 0.25:
                unproven.add(chunk[0])
                notes.setdefault(chunk[0], phrases.NO_EVIDENCE)
            else:
                self.prove(story, chunk, own)
        remarks = {}
        if rated is None:
            parts = (
                "strengths",
                "improvements",
                "goals",
                "content",
                "timing",
                "conditions",
            )
            remarks = {part: dice.choice(getattr(phrases, part.upper())) for part in parts}
        author = story.evaluation.subject
        story.sheet(
            SheetKind.SELF,
            author,
            own,
            notes=notes,
            unproven=frozenset(unproven),
            **remarks,
        )

    def prove(self, story: Story, codes: list[str], levels: dict[str, str]) -> None:
        """One fact, link or file for these criteria, worded as the framework's own examples are."""
        title = self.title(codes[0], levels[codes[0]])
        brought = {evidence.title for evidence, _uses in story.evidence}
        paper = self.dice.choice(PAPERS)
        if self.archive and paper.title not in brought and self.dice.random() < 0.35:
            stored, preview = self.archive.put(paper, story.evaluation.subject)
            fields = {"file": stored, "preview": preview, "description": paper.about}
            story.prove(self.dice, EvidenceKind.FILE, paper.title, codes, **fields)
        elif self.dice.random() < 0.7:
            story.prove(
                self.dice,
                EvidenceKind.FACT,
                title,
                codes,
                witness=self.dice.choice(phrases.FACT_WITNESSES),
                happened_on=self.first - timedelta(days=self.dice.randint(5, 120)),
                description=self.dice.choice(phrases.EVIDENCE_WORDS),
            )
        else:
            url = f"https://kho-hoc-lieu.example/{story.evaluation.subject.username}/{codes[0].lower()}"
            story.prove(self.dice, EvidenceKind.LINK, title, codes, url=url)

    def title(self, code: str, level: str) -> str:
        """A short name for evidence of this criterion at this level."""
        examples = self.data.criterion(code).examples
        texts = examples.get(level) or next(iter(examples.values()), ())
        if not texts:
            return code
        words = self.dice.choice(texts)["vi"].split(";")[0].split(" (")[0].strip()[:120]
        return words[0].upper() + words[1:]

    def opinions(
        self,
        story: Story,
        levels: dict[str, str],
        colleagues: list[User],
        until: float = 1.0,
    ) -> None:
        """Handed-in opinions of these colleagues; now and then a criterion stays blank."""
        for colleague in colleagues:
            seen = seen_by(self.dice, self.data, levels, kind="opinion")
            if self.dice.random() < 0.12:
                seen.pop(self.dice.choice(list(seen)))
            at = self.when(self.dice.uniform(0, until))
            story.sheet(SheetKind.OPINION, colleague, seen, submitted_at=at)

    def decision(
        self,
        story: Story,
        head: User,
        levels: dict[str, str],
        *,
        rated: int | None = None,
    ) -> None:
        """The head's levels, with a reason wherever they differ from the teacher's own."""
        own = self._own(story)
        order = self.data.level_codes
        codes = [criterion.code for criterion in self.data.criteria][:rated]
        notes = {}
        for code in codes:
            if code in own and levels[code] != own[code]:
                lower = order.index(levels[code]) < order.index(own[code])
                notes[code] = self.dice.choice(phrases.LOWER if lower else phrases.HIGHER)
        story.sheet(
            SheetKind.DECISION,
            head,
            {code: levels[code] for code in codes},
            notes=notes,
        )

    def to_status(
        self,
        story: Story,
        person: Person,
        levels: dict[str, str],
        status: Status,
        start: float,
    ) -> Story:
        """Walks a filled story up to `status`, from the share `start` of the cycle's days on."""
        head, me, step = person.head, person.user, (1 - start) / 6

        def at(number: int) -> datetime:
            return self.when(start + step * number)

        if status == Status.DRAFT:
            return story
        story.do(A.SUBMIT, me, at(0))
        if status == Status.SUBMITTED:
            return story
        story.do(A.OPEN, head, at(1))
        if status in (Status.UNDER_REVIEW, Status.RETURNED):
            self.decision(story, head, levels, rated=self.dice.randint(3, 12))
            return story.do(A.RETURN, head, at(2), phrases.RETURNED) if status == Status.RETURNED else story
        self.decision(story, head, levels)
        story.do(A.DECIDE, head, at(2))
        if status == Status.DECIDED:
            return story
        story.do(A.ANNOUNCE, head, at(3))
        if status == Status.OBJECTED:
            story.do(A.OBJECT, me, at(4), phrases.OBJECTION)
        elif status == Status.CLOSED:
            story.do(A.ACKNOWLEDGE, me, at(5))
        return story

    def _own(self, story: Story) -> dict[str, str]:
        rows = next(rows for sheet, rows in story.sheets if sheet.kind == SheetKind.SELF)
        code_of = {criterion.id: criterion.code for criterion in self.data.criteria}
        return {code_of[row.criterion_id]: row.level for row in rows if row.level}

    def _chunks(self, codes) -> list[list[str]]:
        """The criteria in runs of one to three of the same standard: evidence is tied to neighbours."""
        chunks: list[list[str]] = []
        for code in codes:
            standard = self.data.criterion(code).standard_code
            last = chunks[-1] if chunks else []
            fits = last and self.data.criterion(last[0]).standard_code == standard and len(last) < 3
            if fits and self.dice.random() < 0.55:
                last.append(code)
            else:
                chunks.append([code])
        return chunks
