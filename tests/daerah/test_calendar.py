"""Working days on the daerah's calendar; the table that officers edit decides."""

import datetime
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from imbportal.daerah import calendar
from imbportal.daerah.models import CalendarYear, Holiday
from imbportal.daerah.ways import Deadline

pytestmark = pytest.mark.django_db
day = datetime.date.fromisoformat
ROOT = Path(__file__).resolve().parents[2]


def hari_kerja(*args):
    out = io.StringIO()
    call_command("hari_kerja", *args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("start", "n", "national", "with_cuti_bersama"),
    [
        ("2026-03-12", "10", "2026-03-27", "2026-04-02"),
        ("2026-06-12", "15", "2026-07-06", "2026-07-06"),
        ("2026-03-16", "28", "2026-04-27", "2026-05-04"),
        ("2026-03-16", "0", "2026-03-16", "2026-03-16"),
        ("2026-12-31", "1", "2027-01-04", "2027-01-04"),
    ],
)
def test_the_command_counts_by_either_policy(start, n, national, with_cuti_bersama):
    assert hari_kerja("pamekasan", start, n, "--kebijakan", "nasional") == f"{national}\n"
    assert hari_kerja("pamekasan", start, n) == f"{with_cuti_bersama}\n"
    assert (
        hari_kerja("contoh", start, n, "--kebijakan", "cuti_bersama").strip() == with_cuti_bersama
    )


@pytest.mark.parametrize(
    "args",
    [
        ("antah", "2026-01-01", "1"),
        ("contoh", "1 Januari", "1"),
        ("contoh", "2026-01-01", "-1"),
        ("contoh", "9999-12-01", "90"),
    ],
)
def test_the_command_refuses_what_it_cannot_count(args):
    with pytest.raises(CommandError):
        hari_kerja(*args)


def test_a_local_holiday_counts_at_once_and_only_there():
    assert calendar.is_working("contoh", day("2026-11-03"))
    Holiday.objects.create(
        date=day("2026-11-03"), slug="contoh", kind=Holiday.Kind.LOCAL, name="Hari jadi"
    )
    assert not calendar.is_working("contoh", day("2026-11-03"))
    assert calendar.is_working("pamekasan", day("2026-11-03"))


@pytest.mark.parametrize("date", ["2026-08-17", "2026-08-22"])
def test_masuk_opens_a_holiday_and_a_saturday(date):
    assert not calendar.is_working("contoh", day(date))
    Holiday.objects.create(
        date=day(date), slug="contoh", kind=Holiday.Kind.WORKING, name="Tetap masuk"
    )
    assert calendar.is_working("contoh", day(date))


def test_a_row_taken_out_by_hand_does_not_come_back():
    calendar.seed(2026)
    Holiday.objects.filter(date=day("2026-08-17")).delete()
    assert calendar.is_working("contoh", day("2026-08-17"))
    assert calendar.seed(2026) == 0


def test_a_row_entered_before_its_year_was_filled_is_kept():
    Holiday.objects.create(date=day("2027-08-17"), kind=Holiday.Kind.NATIONAL, name="Kemerdekaan")
    calendar.seed(2027)
    assert Holiday.objects.get(date=day("2027-08-17")).name == "Kemerdekaan"
    assert Holiday.objects.filter(date=day("2027-12-25")).exists()


def test_days_that_are_only_estimated_are_marked():
    call_command("isi_hari_libur", "2027", stdout=io.StringIO())
    marked = Holiday.objects.get(date=day("2027-03-10"))
    assert marked.estimated and "perkiraan" not in marked.name
    assert CalendarYear.objects.get().year == 2027


@pytest.mark.parametrize(("unit", "end"), [("hari", "2026-08-19"), ("hari_kerja", "2026-08-24")])
def test_days_and_working_days_differ(unit, end):
    deadline = Deadline(amount=5, unit=unit, cite="x")
    assert calendar.deadline_end("contoh", day("2026-08-14"), deadline) == day(end)
    assert calendar.days_between("contoh", day("2026-08-14"), day(end), unit) == 5


def test_no_day_lies_between_a_day_and_itself():
    assert calendar.days_between("contoh", day("2026-08-14"), day("2026-08-14"), "hari_kerja") == 0


def test_many_spans_are_counted_alike_with_one_look_at_each_year(django_assert_max_num_queries):
    spans = [(day("2025-12-20") + n * calendar.DAY, day("2026-03-01") + n * calendar.DAY)
             for n in range(30)]  # fmt: skip

    def counted():
        return [calendar.days_between("contoh", *span, "hari_kerja") for span in spans]

    alone = counted()
    with django_assert_max_num_queries(4), calendar.read_once():
        assert counted() == alone
    extra = day("2026-02-10")
    Holiday.objects.create(slug="contoh", date=extra, name="Libur daerah", kind="daerah")
    assert counted()[0] == alone[0] - 1, "a correction counts at once outside of the block"


@time_machine.travel("2026-11-16 15:30:00+00:00", tick=False)
def test_today_is_the_daerahs_own():
    assert calendar.today("pamekasan") == day("2026-11-16")
    assert calendar.today("contoh") == day("2026-11-16")


@time_machine.travel("2026-11-16 16:30:00+00:00", tick=False)
def test_midnight_comes_an_hour_earlier_in_the_east():
    assert calendar.today("pamekasan") == day("2026-11-16")
    assert calendar.today("contoh") == day("2026-11-17")


def test_working_days_can_be_counted_before_there_is_a_database(tmp_path):
    left_out = ("PYTEST_VERSION", "DATABASE_URL", "TESTING", "DEMO")
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    environment["DATA_DIR"] = str(tmp_path / "none")
    done = subprocess.run(
        [sys.executable, "manage.py", "hari_kerja", "pamekasan", "2026-03-12", "10"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "2026-04-02"), done.stderr
