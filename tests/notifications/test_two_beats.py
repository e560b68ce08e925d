"""Two clocks at once, and none for an hour: reminders go out once, late ones are made up for."""

import itertools
import time

import pytest

from tests.notifications.gateway import Gateway
from tests.notifications.postbox import Postbox
from tests.notifications.processes import PATIENCE, THREADS_PANJANG, wait

CASE = """
from datetime import timedelta
from django.utils import timezone
from accounts import contacts
from accounts.models import User
from applications import clock
from applications.models import Application
"""
ANA = """
ana = User.objects.create_user("ana@contoh.test", None, "x", name="Ana")
contacts.confirm(ana)
now = timezone.now()
Application.objects.create(applicant=ana, daerah="contoh", state="INCOMPLETE", entered_at=now)
"""
AGE = """
case = Application.objects.get()
left = lambda: (clock.lapse_end(case) - clock.today(case)).days
while left() > {left}:
    case.entered_at -= timedelta(hours=12)
Application.objects.update(entered_at=case.entered_at)
"""
hours = itertools.count(1)


@pytest.fixture
def portal(start):
    """A case of the model daerah that waits for its applicant; reminders go out by e-mail."""
    with Gateway() as gateway, Postbox() as postbox:
        portal = start(gateway=gateway, postbox=postbox)
        portal.shell(CASE + ANA)
        yield portal


def let_days_pass(portal, left):
    """Leave the applicant so many days."""
    portal.shell(CASE + AGE.format(left=left))


def let_an_hour_pass(portal):
    """Make the runs of this hour those of an earlier one."""
    portal.sql(
        f"UPDATE notifications_job SET key = key || ':{next(hours)}' WHERE ref = 'tenggat_pemohon'"
    )


def two_of_all(portal):
    return [portal.beat(), portal.beat(), portal.worker(), portal.worker()]


def runs(portal):
    where = "ref = 'tenggat_pemohon' AND status = 'selesai'"
    return portal.sql(f"SELECT COUNT(*) FROM notifications_job WHERE {where}")[0][0]


def after_runs(portal, number):
    """Wait for so many runs in all, and for what they send; return the reminders received."""
    assert wait(lambda: runs(portal) == number and portal.left() == 0, PATIENCE)
    time.sleep(1)
    assert runs(portal) == number
    subjects = [str(mail["Subject"]) for mail in portal.postbox.received]
    return sum(subject.startswith("Pengingat") for subject in subjects)


@THREADS_PANJANG
def test_two_beats_remind_once_and_make_up_for_what_they_missed(portal):
    let_days_pass(portal, 12)
    first = two_of_all(portal)
    assert after_runs(portal, 1) == 0
    for child in filter(None, first):
        portal.kill(child)
    let_days_pass(portal, 5)  # the reminder of seven days was due while nothing ran
    let_an_hour_pass(portal)
    two_of_all(portal)
    assert after_runs(portal, 2) == 1
    let_an_hour_pass(portal)
    assert after_runs(portal, 3) == 1
    # Negative control: with its key forgotten the reminder goes out again, and is seen.
    portal.sql("UPDATE notifications_message SET key = key || ':lupa' WHERE template = 'pengingat'")
    let_an_hour_pass(portal)
    assert after_runs(portal, 4) == 2
