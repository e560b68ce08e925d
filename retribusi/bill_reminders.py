"""Reminders of a bill's due date, and the word on the day after it: each is sent once.

The days and the words are the tariff's. While these speak, those of the case's own limit
(``applications.reminders``) are silent, so that nobody is told of two ends at once.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from accounts import contacts
from applications import clock, rules, telling
from applications.models import Application
from imbportal import indonesia
from imbportal.daerah.tariffs import Reminders
from notifications import outbox, periodic
from retribusi import billing, due_dates
from retribusi.models import Skrd

KIND, EVERY = "pengingat_skrd", 3600
STATE = "AWAITING_PAYMENT"
"""In no other state does the applicant owe anything: a filed slip waits for the cashier."""
CATCH_UP = 7
"""Days after the due date on which the word of its passing still goes out, after a standstill."""


def register() -> None:
    """Let worker and beat run this once an hour."""
    periodic.register(KIND, EVERY, run)


def run() -> None:
    """Remind of every bill that waits and whose due date comes near, or has just passed."""
    waiting = Skrd.objects.filter(
        voided_at=None, settled_at=None, amount__gt=0, application__state=STATE
    )
    for bill in waiting.select_related("application", "assessment").iterator(chunk_size=200):
        policy = _policy(bill)
        if policy is None or not _speaks(bill):
            continue
        left = (bill.due_date - clock.today(bill.application)).days
        if -CATCH_UP <= left < 0:
            _send(bill, policy, "lewat", left)
        elif left >= 0 and (days := [n for n in policy.days if left <= n]):
            _send(bill, policy, str(min(days)), left)


def reminds(application: Application) -> bool:
    """Tell whether the reminders of the open bill speak today, so that no other one does."""
    bill = billing.live_bill(application)
    if bill is None or bill.settled_at is not None or not _policy(bill) or not _speaks(bill):
        return False
    return clock.today(application) <= bill.due_date + datetime.timedelta(days=1)


def _policy(bill: Skrd) -> Reminders | None:
    return due_dates.tariff_of(bill.application, bill.assessment).remind


def _speaks(bill: Skrd) -> bool:
    """Tell whether the due date comes before the end at which the case itself would lapse."""
    end = clock.lapse_end(bill.application)
    return end is None or end > bill.due_date + datetime.timedelta(days=1)


@transaction.atomic
def _send(bill: Skrd, policy: Reminders, which: str, left: int) -> None:
    """Write one reminder of a bill; ``which`` makes it the only one of its kind."""
    held = Application.objects.select_for_update().filter(pk=bill.application_id, state=STATE)
    case = held.first()
    if case is None or billing.live_bill(case) != bill or not rules.acts(case):
        return
    outbox.send(
        template=KIND,
        key=f"{KIND}:{bill.pk}:{which}",
        user=case.applicant,
        channels=contacts.channels(case.applicant, _wish(case)),
        context={
            "permit": case.rules.service.permit,
            "number": case.number,
            "place": case.address,
            "bill": bill.number,
            "amount": indonesia.rupiah(bill.amount),
            "code": billing.grouped(bill.payment_code),
            "by_when": indonesia.tanggal(bill.due_date),
            "left": left,
            "next": telling.what_next(case),
            "late": policy.late if left < 0 else "",
            "office": case.rules.office.name,
        },
        daerah=case.daerah,
        case=case.pk,
        url=case.get_absolute_url() + "bayar/",
    )


def _wish(case: Application) -> str:
    """Return the channels by which the file has the bill itself announced."""
    links = case.rules.chains(case.track).get("SKRD_SIGNING", ())
    said = [link.notify.get("pemohon") for link in links]
    said.append(case.rules.on_move(case.track, "issue_skrd").notify.get("pemohon"))
    return next((wish for wish in reversed(said) if wish), "email/sms")
