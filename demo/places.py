"""The demo's places: a fictional province, a district that ended with June 2025, a commune and its schools."""

from dataclasses import dataclass
from datetime import date

from people.models import Placement, Unit

LONG_AGO = date(2008, 9, 1)
DISTRICT_ENDED = date(2025, 6, 30)
"""District education offices ceased; their schools came under communes on the next day."""

COMMUNE_BEGAN = date(2025, 7, 1)

PRIMARY = (
    ("k1", "Tổ khối 1", ("Tiểu học",)),
    ("k23", "Tổ khối 2 và 3", ("Tiểu học",)),
    ("k45", "Tổ khối 4 và 5", ("Tiểu học",)),
    (
        "cb",
        "Tổ chuyên biệt",
        ("Tiếng Anh", "Tin học", "Âm nhạc", "Mĩ thuật", "Giáo dục thể chất"),
    ),
)
SECONDARY = (
    ("tt", "Tổ Toán - Tin", ("Toán", "Toán", "Tin học")),
    ("khtn", "Tổ Khoa học tự nhiên", ("Khoa học tự nhiên", "Công nghệ")),
    ("nv", "Tổ Ngữ văn", ("Ngữ văn",)),
    ("khxh", "Tổ Khoa học xã hội", ("Lịch sử và Địa lí", "Giáo dục công dân")),
    (
        "nk",
        "Tổ Ngoại ngữ - Năng khiếu",
        ("Tiếng Anh", "Tiếng Anh", "Âm nhạc", "Mĩ thuật", "Giáo dục thể chất"),
    ),
)
UPPER = (
    ("tt", "Tổ Toán - Tin", ("Toán", "Toán", "Tin học")),
    ("lhs", "Tổ Lí - Hóa - Sinh", ("Vật lí", "Hóa học", "Sinh học")),
    ("nv", "Tổ Ngữ văn", ("Ngữ văn",)),
    (
        "sd",
        "Tổ Sử - Địa - Kinh tế pháp luật",
        ("Lịch sử", "Địa lí", "Giáo dục kinh tế và pháp luật"),
    ),
    ("nn", "Tổ Ngoại ngữ - Thể chất", ("Tiếng Anh", "Tiếng Anh", "Giáo dục thể chất")),
)
COMBINED = (*PRIMARY[:3], SECONDARY[0], SECONDARY[2], SECONDARY[4])


@dataclass(frozen=True)
class SchoolPlan:
    """A school to be made: `groups` are (code, name, subjects); `teachers` how many, leaders not counted."""

    code: str
    name: str
    short_name: str
    groups: tuple
    teachers: int
    deputies: int = 1


SCHOOLS = (
    SchoolPlan(
        "th-hoa-nang",
        "Trường Tiểu học Hoa Nắng",
        "TH Hoa Nắng",
        PRIMARY,
        26,
    ),
    SchoolPlan(
        "th-canh-dieu",
        "Trường Tiểu học Cánh Diều Xanh",
        "TH Cánh Diều Xanh",
        PRIMARY,
        24,
    ),
    SchoolPlan(
        "th-suoi-nho",
        "Trường Tiểu học Suối Nhỏ",
        "TH Suối Nhỏ",
        PRIMARY,
        23,
    ),
    SchoolPlan(
        "thcs-may-trang",
        "Trường THCS Mây Trắng",
        "THCS Mây Trắng",
        SECONDARY,
        38,
        2,
    ),
    SchoolPlan(
        "thcs-gio-mua",
        "Trường THCS Gió Mùa",
        "THCS Gió Mùa",
        SECONDARY,
        28,
    ),
    SchoolPlan(
        "th-thcs-doi-sim",
        "Trường TH và THCS Đồi Sim",
        "TH&THCS Đồi Sim",
        COMBINED,
        30,
    ),
)
MAIN_SCHOOL = "thcs-may-trang"
UPPER_SCHOOL = SchoolPlan(
    "thpt-sao-hom",
    "Trường THPT Sao Hôm",
    "THPT Sao Hôm",
    UPPER,
    26,
)
"""Upper secondary schools stand under the province, not under the commune."""


def make_places() -> dict[str, Unit]:
    """All units by code, placed in the tree with dates. Does not look at what is there: for a fresh demo only."""
    plans = (*SCHOOLS, UPPER_SCHOOL)
    units = [
        Unit(
            code="tinh-song-mo",
            kind_id="province",
            name="Sở GD&ĐT tỉnh Sông Mơ",
            short_name="Tỉnh Sông Mơ",
        ),
        Unit(
            code="huyen-suong-mai",
            kind_id="district",
            name="Phòng GD&ĐT huyện Sương Mai",
            short_name="Huyện Sương Mai",
            closed_on=DISTRICT_ENDED,
        ),
        Unit(
            code="xa-cau-vong",
            kind_id="commune",
            name="UBND xã Cầu Vồng",
            short_name="Xã Cầu Vồng",
        ),
    ]
    for position, plan in enumerate(plans, start=1):
        units.append(
            Unit(
                code=plan.code,
                kind_id="school",
                name=plan.name,
                short_name=plan.short_name,
                position=position,
            )
        )
        units += [
            Unit(
                code=f"{plan.code}-{code}",
                kind_id="group",
                name=name,
                position=place,
            )
            for place, (code, name, _subjects) in enumerate(plan.groups, start=1)
        ]
    made = {unit.code: unit for unit in Unit.objects.bulk_create(units)}
    Placement.objects.bulk_create(_placements(made, plans))
    return made


def _placements(units: dict[str, Unit], plans: tuple[SchoolPlan, ...]) -> list[Placement]:
    """Where each unit stood and stands."""
    province, district, commune = (
        units["tinh-song-mo"],
        units["huyen-suong-mai"],
        units["xa-cau-vong"],
    )
    rows = [
        Placement(unit=district, parent=province, start=LONG_AGO, end=DISTRICT_ENDED),
        Placement(unit=commune, parent=province, start=COMMUNE_BEGAN),
    ]
    for plan in plans:
        school = units[plan.code]
        if plan is UPPER_SCHOOL:
            rows.append(Placement(unit=school, parent=province, start=LONG_AGO))
        else:
            rows.append(Placement(unit=school, parent=district, start=LONG_AGO, end=DISTRICT_ENDED))
            rows.append(Placement(unit=school, parent=commune, start=COMMUNE_BEGAN))
        rows += [
            Placement(unit=units[f"{plan.code}-{code}"], parent=school, start=LONG_AGO)
            for code, _name, _subjects in plan.groups
        ]
    return rows
