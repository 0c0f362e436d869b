"""The demo's memorable accounts and their one password. Fictional people; never made outside a demo."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PASSWORD = "hoa-sen-2026"
"""Everybody in the demo who has an account signs in with it."""


@dataclass(frozen=True)
class Account:
    """One person to try the product as. `about` says in a few words what waits there."""

    username: str
    full_name: str
    about: str


ACCOUNTS = (
    Account("teacher", "Nguyễn Thị Mai", _("Teacher: half of the self-assessment is done")),
    Account(
        "teacher2",
        "Trần Văn Bình",
        _("Teacher: the result is announced and waits for an answer"),
    ),
    Account("colleague", "Lê Thu Cúc", _("Teacher of the same group: opinions to give")),
    Account("leader", "Phạm Quốc Dũng", _("Group leader: the opinions of the group")),
    Account("mentor", "Hoàng Thị Giang", _("Teacher and mentor: meetings and private notes")),
    Account("deputy", "Vũ Minh Hải", _("Deputy head: reads the reviews of the school")),
    Account(
        "head",
        "Đặng Thị Hòa",
        _("Head of a lower secondary school: reviews, decides, announces"),
    ),
    Account(
        "head2",
        "Bùi Văn Khang",
        _("Head of a primary school: sees nothing of the other school"),
    ),
    Account(
        "officer",
        "Ngô Thị Lan",
        _("Commune officer: cycles, boards and reports of six schools"),
    ),
    Account("province", "Đỗ Văn Nam", _("Province officer: looks over every commune")),
    Account("admin", "Lý Thị Oanh", _("Administrator: people, rosters and accounts")),
)
