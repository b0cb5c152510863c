"""The first calendar and time limits: without them no promise can be computed.

Office hours of Hà Nội's agencies are a setting (the lunch break is not fixed by the published decision of 2012); an
administrator edits them. The corrected days are those where the public-holiday package and the official calendar of
2026 differ.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OFFICE_DAY = [["08:00", "12:00"], ["13:30", "17:30"]]
SWAP_2026 = "Thông báo lịch nghỉ năm 2026 (hoán đổi 02/01 và 10/01/2026)"
TARGETS = [
    ("resolution", "", {"type": "same_day", "minimum_minutes": 120}),
    ("resolution", "complex", {"type": "working_days", "days": 5}),
    ("response", "", {"type": "working_time", "minutes": 60}),
    ("acceptance", "", {"type": "working_time", "minutes": 30}),
]


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    calendar = apps.get_model("issues", "Calendar").objects.create(
        code="city",
        name_vi="Giờ hành chính thành phố",
        name_en="City office hours",
        weekly={day: OFFICE_DAY for day in ("mon", "tue", "wed", "thu", "fri")},
        is_default=True,
    )
    day = apps.get_model("issues", "CalendarDay")
    day.objects.create(
        calendar=calendar, date="2026-01-02", kind="closed", note_vi="Nghỉ hoán đổi", note_en="Day off, swapped",
        source=SWAP_2026,
    )
    day.objects.create(
        calendar=calendar, date="2026-01-10", kind="special", periods=OFFICE_DAY, note_vi="Làm bù cho 02/01",
        note_en="Make-up working day for 2 January", source=SWAP_2026,
    )
    setting = apps.get_model("issues", "TargetSetting")
    for clock, kind, target in TARGETS:
        setting.objects.create(clock=clock, kind=kind, target=target)


def empty(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("issues", "TargetSetting").objects.all().delete()
    apps.get_model("issues", "Calendar").objects.filter(code="city").delete()


class Migration(migrations.Migration):
    dependencies = [("issues", "0002_append_only_events")]

    operations = [migrations.RunPython(fill, empty)]
