"""What each side sees of a pairing. The two share their log; notes are the author's alone; head and office count."""

from dataclasses import dataclass

from mentoring.models import Pairing
from mentoring.policies import evaluates_now, is_one_of_the_two, organises
from people.models import User


@dataclass(frozen=True)
class Sight:
    """`log`: the words of meetings. `notes`: one's own notes. `dates`: when the two met, without a word."""

    log: bool = False
    notes: bool = False
    dates: bool = False


def sight(user: User, pairing: Pairing) -> Sight:
    """The parts of `pairing` that `user` may read. A mentor who evaluates the mentee by now reads nothing of the log,
    not even the own notes: they are kept, and readable again when the mentor no longer leads that school."""
    if is_one_of_the_two(user, pairing):
        if user.pk == pairing.mentor_id and evaluates_now(pairing):
            return Sight(dates=True)
        return Sight(log=True, notes=True, dates=True)
    return Sight(dates=organises(user, pairing))
