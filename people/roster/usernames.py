"""User names that people can guess and type: "Mai Thị Hương" signs in as huongmt."""

from collections import Counter
from collections.abc import Iterable

from people.models import User
from people.roster.words import word_key

SPARE = 9
"""Numbers asked for in advance beyond those that the file itself needs."""


def base_name(full_name: str) -> str:
    """The given name and the initials of the others, without accents: "Mai Thị Hương" -> "huongmt"."""
    words = [word for word in word_key(full_name).split() if word.isascii()]
    if not words:
        return "nguoidung"
    return (words[-1] + "".join(word[0] for word in words[:-1]))[:40]


class UserNames:
    """Hands out free user names in the order asked: huongmt, huongmt2, huongmt3 …"""

    def __init__(self, full_names: Iterable[str]):
        counts = Counter(base_name(name) for name in full_names)
        self.asked = {base: count + SPARE for base, count in counts.items()}
        self.next: Counter[str] = Counter()
        self.taken = User.objects.taken_names(
            [name for base, last in self.asked.items() for name in _numbered(base, last)]
        )

    def take(self, full_name: str) -> str:
        """A user name that nobody has, now or earlier in this file."""
        base = base_name(full_name)
        number = self.next[base] or 1
        while (name := f"{base}{number if number > 1 else ''}") in self.taken or (
            number > self.asked.get(base, 0) and User.objects.taken_names([name])
        ):
            number += 1
        self.next[base] = number + 1
        self.taken.add(name)
        return name


def _numbered(base: str, last: int) -> list[str]:
    """huongmt, huongmt2, … huongmt9 for last=9."""
    return [base, *(f"{base}{number}" for number in range(2, last + 1))]
