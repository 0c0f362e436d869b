"""The kinds of units a new installation starts with. They are data: an office may add its own."""

from django.db import migrations

KINDS = (
    ("ministry", "office", {"vi": "Bộ", "en": "Ministry", "th": "กระทรวง", "ru": "Министерство"}),
    ("province", "office", {"vi": "Sở (cấp tỉnh)", "en": "Province", "th": "จังหวัด", "ru": "Регион"}),
    ("area", "office", {"vi": "Khu vực", "en": "Education area", "th": "เขตพื้นที่การศึกษา", "ru": "Округ"}),
    ("district", "office", {"vi": "Phòng (cấp huyện)", "en": "District", "th": "อำเภอ", "ru": "Район"}),
    ("commune", "office", {"vi": "Phòng (cấp xã)", "en": "Commune", "th": "ตำบล", "ru": "Муниципалитет"}),
    ("school", "school", {"vi": "Trường", "en": "School", "th": "โรงเรียน", "ru": "Школа"}),
    (
        "group",
        "group",
        {
            "vi": "Tổ chuyên môn",
            "en": "Professional group",
            "th": "กลุ่มสาระการเรียนรู้",
            "ru": "Методическое объединение",
        },
    ),
)


def add_kinds(apps, schema_editor):
    kinds = apps.get_model("people", "UnitKind")
    for position, (code, place, name) in enumerate(KINDS, start=1):
        kinds.objects.get_or_create(code=code, defaults={"place": place, "name": name, "position": position})


class Migration(migrations.Migration):
    dependencies = [("people", "0002_rosters_from_the_command_line")]

    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
