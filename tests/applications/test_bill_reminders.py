"""Reminders of a bill: at the days of the file, once each, and never two for one end."""

import datetime

import pytest
import time_machine

from applications import reminders
from applications.models import Application
from notifications import periodic
from notifications.models import Message
from retribusi import bill_reminders
from retribusi import services as money

pytestmark = pytest.mark.usefixtures("files_drawn_once")
HEADS = {7: "Pengingat", 1: "Pengingat", -1: "Lewat jatuh tempo"}


def told(template="pengingat_skrd", channel="kotak"):
    return Message.objects.filter(template=template, channel=channel).order_by("created_at")


def test_a_bill_is_reminded_of_at_its_days_once_and_the_case_only_after_it(drive):
    driver = drive("AWAITING_PAYMENT")  # the model file lets the case lapse after ninety days
    bill = money.live_bill(driver.case)
    assert periodic.TASKS[bill_reminders.KIND].function is bill_reminders.run
    days = {}
    for left in (8, 7, 6, 1, 0, -1, -2, -29, -30, -53, -59, -61):
        day = bill.due_date - datetime.timedelta(days=left)
        with time_machine.travel(datetime.datetime(*day.timetuple()[:3], 5, tzinfo=datetime.UTC)):
            before = told().count(), told("pengingat").count()
            for _ in range(2):
                bill_reminders.run()
                reminders.run()
            after = told().count(), told("pengingat").count()
            if after != before:
                days[left] = after[0] - before[0], after[1] - before[1]
    assert days == {7: (1, 0), 1: (1, 0), -1: (1, 0), -30: (0, 1), -53: (0, 1), -59: (0, 1)}
    assert driver.fresh().state == "LAPSED"
    assert [m.subject.partition(":")[0] for m in told()] == [*HEADS.values()]
    last = told().last()
    assert "dikenai bunga menurut peraturan yang berlaku" in last.body
    assert f"Kode bayar: {bill.payment_code[:4]} " in last.body
    assert last.url.endswith("/bayar/")
    sms = told(channel="sms")
    assert all(len(m.body) <= 160 and "Kode bayar" in m.body for m in sms)
    assert len(sms) + len(told(channel="email")) >= 3


def test_nobody_is_reminded_while_his_slip_waits_or_once_his_bill_is_void(drive):
    driver = drive("PAYMENT_REVIEW")
    bill = money.live_bill(driver.case)
    near, past = (bill.due_date + datetime.timedelta(days=n) for n in (-1, 1))
    with time_machine.travel(datetime.datetime(*near.timetuple()[:3], 5, tzinfo=datetime.UTC)):
        bill_reminders.run()
        assert not told()
        # Negative control: the same bill, its case put back to waiting, is reminded of.
        Application.objects.update(state="AWAITING_PAYMENT", turn_role="")
        bill_reminders.run()
        assert told().count() == 1
    money.void_bill(driver.fresh(), "Salah luas", bill.issued_at)
    with time_machine.travel(datetime.datetime(*past.timetuple()[:3], 5, tzinfo=datetime.UTC)):
        bill_reminders.run()
    assert told().count() == 1
