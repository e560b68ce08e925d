"""The chain of events, the clocks, reminders and lapse."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from accounts.models import User
from applications import casework, clock, events, reminders, services
from applications.models import EventNote
from applications.refusals import Conflict, Unmet
from imbportal.daerah import calendar
from notifications.models import Message


def later(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=True)


def test_a_walked_case_has_an_intact_chain_that_leads_to_its_state(drive):
    case = drive("COLLECTED").case
    assert events.broken(case) == []
    assert events.replayed_state(case) == "COLLECTED"


@pytest.mark.parametrize("change", ["UPDATE {} SET target = 'ISSUED'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_an_event(drive, change):
    drive("SUBMITTED")
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(change.format("applications_event"))


def test_a_note_can_be_erased_without_breaking_the_chain(drive):
    driver = drive("RECORDING")
    driver.sideways("undo_accept")
    notes = EventNote.objects.filter(event__application=driver.case)
    assert notes.exists()
    notes.delete()
    assert events.broken(driver.case) == []


def test_a_changed_note_is_seen(drive):
    driver = drive("RECORDING")
    driver.sideways("undo_accept")
    EventNote.objects.filter(event__application=driver.case).update(text="Lain sekali")
    assert any("catatan" in fault for fault in events.broken(driver.case))


def test_an_old_page_is_refused_and_told_who_was_faster(drive):
    driver = drive("SUBMITTED")
    seen = driver.case.version
    driver.act()
    with pytest.raises(Conflict, match="Petugas Pelayanan"):
        casework.add_note(driver.case, "boleh", by=driver.actor())
        services.perform("accept", driver.fresh(), by=driver.actor(), version=seen)


def test_the_total_stands_still_while_the_applicant_must_act(drive):
    driver = drive("SUBMITTED")
    history = lambda: list(driver.case.events.order_by("seq"))  # noqa: E731
    before = clock.totals(driver.fresh(), history())[0].end
    driver.sideways("return_incomplete")
    with later(14):
        driver.sideways("resubmit")
        running = clock.totals(driver.fresh(), history())[0]
        slug, start = driver.slug, running.start
        stopped = calendar.days_between(
            slug, start, clock.today(driver.case), running.deadline.unit
        )
        assert running.stopped == stopped > 0
        assert running.end > before
        assert "di tangan pemohon" in running.arithmetic


def test_no_deadline_runs_while_the_applicant_must_act(drive):
    assert drive("SUBMITTED").case.due_at is not None
    assert drive("INCOMPLETE").case.due_at is None


def test_a_link_has_its_own_deadline_from_its_turn(drive):
    driver = drive("RECORDING", "pamekasan")
    own = clock.of_link(driver.case)
    assert own.end == own.start + timedelta(days=1)
    assert driver.case.due_at == own.end


def test_days_per_hand_name_the_applicant_and_each_role(drive):
    driver = drive("INCOMPLETE")
    with later(7):
        hands = clock.hands(driver.fresh(), list(driver.case.events.order_by("seq")))
    days = {hand.holder: hand.days for hand in hands}
    assert days["Anda"] >= 4
    assert "Petugas Pelayanan" in days


def test_a_reminder_goes_out_once_before_the_limit_and_lapse_comes_after_it(drive):
    driver = drive("INCOMPLETE")
    end = clock.lapse_end(driver.case)
    left = (end - clock.today(driver.case)).days
    for _ in range(2):
        with later(left - 1):
            reminders.run()
    assert Message.objects.filter(template="pengingat", channel="kotak").count() == 1
    with later(left + 2):
        reminders.run()
    assert driver.fresh().state == "LAPSED"


def test_nothing_lapses_where_the_file_sets_no_limit(drive):
    driver = drive("INCOMPLETE", "pamekasan")
    with later(400), pytest.raises(Unmet, match="Tidak ada batas"):
        services.perform("lapse", driver.fresh(), by=User.objects.sistem())


def test_points_reach_the_applicant_only_with_the_letter(drive):
    driver = drive("SUBMITTED")
    casework.add_point(driver.fresh(), "Denah belum berskala.", by=driver.actor())
    casework.add_note(driver.fresh(), "Rahasia kantor.", by=driver.actor())
    bodies = Message.objects.filter(user=driver.applicant).values_list("body", flat=True)
    assert not any("Denah" in body or "Rahasia" in body for body in bodies)
    services.perform("return_incomplete", driver.fresh(), by=driver.actor())
    assert any("Denah belum berskala." in body for body in bodies.all())
    assert not any("Rahasia" in body for body in bodies.all())
