"""User names that people can guess and type: "Mai Thị Hương" signs in as huongmt."""

from collections.abc import Iterable

from people.models import User
from people.roster.words import word_key

NUMBERED = 9


def base_name(full_name: str) -> str:
    """The given name and the initials of the others, without accents: "Mai Thị Hương" -> "huongmt"."""
    words = [word for word in word_key(full_name).split() if word.isascii()]
    if not words:
        return "nguoidung"
    return (words[-1] + "".join(word[0] for word in words[:-1]))[:40]


class UserNames:
    """Hands out free user names in the order asked: huongmt, huongmt2, huongmt3 …"""

    def __init__(self, full_names: Iterable[str]):
        bases = {base_name(name) for name in full_names}
        candidates = [f"{base}{number or ''}" for base in sorted(bases) for number in (0, *range(2, NUMBERED + 1))]
        self.taken = User.objects.taken_names(candidates)

    def take(self, full_name: str) -> str:
        """A user name that nobody has, now or earlier in this file."""
        base, number = base_name(full_name), 1
        name = base
        while name in self.taken or (number > NUMBERED and User.objects.taken_names([name])):
            number += 1
            name = f"{base}{number}"
        self.taken.add(name)
        return name
