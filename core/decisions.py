"""The answer of a policy: allowed, or denied with a sentence that a person can read."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Allowed:
    """Truthy. `reason` is empty, so that templates may print it without asking."""

    reason: str = ""
    is_role: bool = True

    def __bool__(self) -> bool:
        return True

    def or_raise(self) -> None:
        """Does nothing: the act may go on."""


@dataclass(frozen=True)
class Denied:
    """Falsy, with the sentence why. `is_role` False: somebody else's work (hide the button, answer 403);
    True: your work but not now (show the button disabled with the sentence, answer 409)."""

    reason: str
    is_role: bool = True

    def __bool__(self) -> bool:
        return False

    def or_raise(self) -> None:
        """Raises PermissionDenied (not your role) or Refused (not now), both with the sentence."""
        if self.is_role:
            raise Refused(self.reason)
        raise PermissionDenied(self.reason)


Decision = Allowed | Denied


class Refused(Exception):
    """An act that is the person's own, asked at the wrong time or incomplete. `str()` is the sentence shown."""

    def __init__(self, reason: str, *, problems: list[str] | None = None):
        super().__init__(str(reason))
        self.problems = problems or []


def nobody_elses_work(reason: str) -> Denied:
    """A denial because of who asks, not when."""
    return Denied(reason, is_role=False)
