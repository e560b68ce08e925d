"""Officers correct the calendar of their own daerah."""

import datetime

import pytest
import time_machine

from accounts.models import Posting, User
from applications import clock, estimated_days
from imbportal import indonesia
from imbportal.daerah import calendar
from imbportal.daerah.models import Holiday
from imbportal.demo import people
from imbportal.demo.driver import Driver
from notifications import jobs
from notifications.models import Job, Message

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/daerah/holiday/add/", "/admin/daerah/holiday/"


@pytest.fixture
def rina(client):
    """The admin of one daerah, logged in."""
    user = User.objects.create_user("rina@demo.test", None, "x", name="Rina Wati")
    Posting.objects.create(user=user, daerah="contoh", role="admin", valid_from="2020-01-01")
    client.force_login(user)
    return user


def row(slug):
    return {"date": "2026-11-03", "slug": slug, "kind": "daerah", "name": "Hari jadi"}


def test_an_admin_adds_a_holiday_of_the_own_daerah(client, rina):
    assert client.post(ADD, row("contoh")).status_code == 302
    assert Holiday.objects.get().slug == "contoh"


@pytest.mark.parametrize("slug", ["", "pamekasan"])
def test_an_admin_adds_none_for_others(client, rina, slug):
    client.post(ADD, row(slug))
    assert not Holiday.objects.exists()


def test_an_admin_reads_the_general_days_without_changing_them(client, rina):
    day = Holiday.objects.create(date="2026-08-17", kind="nasional", name="Kemerdekaan")
    page = f"/admin/daerah/holiday/{day.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, row("contoh")).status_code == 403


def test_an_admin_cannot_delete_a_general_day_from_the_list(client, rina):
    day = Holiday.objects.create(date="2026-08-17", kind="nasional", name="Kemerdekaan")
    chosen = {"action": "delete_selected", "_selected_action": [day.pk], "post": "yes"}
    client.post("/admin/daerah/holiday/", chosen)
    assert Holiday.objects.exists()


def test_days_of_another_daerah_are_not_found(client, rina):
    day = Holiday.objects.create(
        date="2026-11-03", slug="pamekasan", kind="daerah", name="Hari jadi"
    )
    assert client.get(f"/admin/daerah/holiday/{day.pk}/change/").status_code in (302, 404)
    assert "Hari jadi" not in client.get("/admin/daerah/holiday/").content.decode()


def test_other_officers_only_read(client, rina):
    Posting.objects.update(role="petugas", unit="dinas")
    assert client.get("/admin/daerah/holiday/").status_code == 200
    assert client.get(ADD).status_code == 403


def test_the_calendar_names_whose_day_it_is_and_filters_by_that(client, rina):
    for slug in ("", "contoh"):
        Holiday.objects.create(date="2026-08-17", kind="nasional", name="Hari", slug=slug)
    found = client.get("/admin/daerah/holiday/?daerah=semua").context["cl"]
    assert [day.slug for day in found.result_list] == [""]
    page = client.get("/admin/daerah/holiday/?daerah=contoh")
    assert [day.slug for day in page.context["cl"].result_list] == ["contoh"]
    text = page.content.decode()
    assert "Hari semua daerah" in text and "Kabupaten Contoh" in text and "17 Agu 2026" in text


def test_a_day_that_is_added_or_taken_away_moves_the_deadlines_of_open_cases(client, rina, demo):
    case = Driver("contoh", people.applicant("budi")).to("RECORDING")
    before, day = case.due_at, calendar.today("contoh") + datetime.timedelta(days=1)
    while not calendar.is_working("contoh", day):
        day += datetime.timedelta(days=1)

    def due():
        while jobs.run_one():
            pass
        case.refresh_from_db()
        assert case.due_at == clock.due(case)
        return case.due_at

    assert client.post(ADD, row("contoh") | {"date": day.isoformat()}).status_code == 302
    assert due() > before
    made = Holiday.objects.get(date=day, slug="contoh")
    client.post(f"/admin/daerah/holiday/{made.pk}/delete/", {"post": "yes"})
    assert due() == before
    Holiday.objects.create(date=day, slug="pamekasan", kind="daerah", name="Hari jadi")
    assert due() == before
    Holiday.objects.filter(date=day).get().delete()
    general = Holiday.objects.create(date=day, kind="daerah", name="Libur")
    assert due() > before
    general.slug = "pamekasan"
    general.save()
    assert due() == before


# -- Days that are only estimated -------------------------------------------------------------
@pytest.fixture
def waisak():
    """A weekday of all daerah, three weeks ahead, only estimated."""
    day = indonesia.today() + datetime.timedelta(days=21)
    while day.weekday() > 4:
        day += datetime.timedelta(days=1)
    return Holiday.objects.create(date=day, kind="nasional", name="Waisak", estimated=True)


def settle(client, day, **sent):
    return client.post(f"/admin/daerah/holiday/{day.pk}/tetapkan/", sent)


def test_an_estimated_day_is_settled_for_the_own_daerah(client, rina, waisak):
    assert "Masih perkiraan: Kabupaten Contoh" in client.get(LIST).content.decode()
    assert settle(client, waisak, daerah="pamekasan").status_code == 403
    assert settle(client, waisak, daerah="contoh").status_code == 302
    assert "Masih perkiraan" not in client.get(LIST).content.decode()
    waisak.refresh_from_db()
    assert waisak.estimated and not calendar.is_working("contoh", waisak.date)
    assert Holiday.objects.get(slug="contoh").date == waisak.date


def test_an_estimated_day_is_moved_and_deadlines_counted_anew(client, rina, waisak):
    before = jobs_to_recount()
    assert settle(client, waisak, daerah="contoh", pindah="1", to="").status_code == 302
    assert not Holiday.objects.filter(slug="contoh").exists(), "a date is needed"
    to = waisak.date + datetime.timedelta(days=7)
    settle(client, waisak, daerah="contoh", pindah="1", to=to.isoformat())
    assert calendar.is_working("contoh", waisak.date) and not calendar.is_working("contoh", to)
    assert not calendar.is_working("pamekasan", waisak.date), "settled for the own daerah alone"
    assert jobs_to_recount() > before


def jobs_to_recount():
    return Job.objects.filter(kind="hitung_tenggat", ref="contoh").count()


def test_the_admin_is_told_some_weeks_before_a_day_that_nobody_settled(client, rina, waisak):
    for _ in range(2):
        estimated_days.run()
    told = Message.objects.filter(user=rina, subject__contains="perkiraan: Waisak")
    assert told.get().url == LIST
    with time_machine.travel(waisak.date - datetime.timedelta(days=6), tick=False):
        estimated_days.run()
        assert told.count() == 2
        settle(client, waisak, daerah="contoh")
    with time_machine.travel(waisak.date - datetime.timedelta(days=1), tick=False):
        estimated_days.run()
    assert told.count() == 2
