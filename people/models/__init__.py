from people.models.account import ActivationCode, StaffRecord, User
from people.models.membership import Membership
from people.models.roster import ImportRow, RosterImport
from people.models.unit import Placement, Unit, UnitKind

__all__ = [
    "ActivationCode",
    "ImportRow",
    "Membership",
    "Placement",
    "RosterImport",
    "StaffRecord",
    "Unit",
    "UnitKind",
    "User",
]
