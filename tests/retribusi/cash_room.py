"""The room "Kas" as its tests use it: lines booked, pages read, days closed."""

import datetime

from django.db import transaction
from django.utils import timezone

from imbportal.daerah import calendar
from imbportal.demo import people
from retribusi import ledger
from retribusi.cash import closing, invariants
from retribusi.models import CashClosing, LedgerEntry

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

SLUG, OTHER = "contoh", "pamekasan"
CODE, FEES = "4.1.02.03.01.0001", "4.1.02.99"
DAY = datetime.timedelta(days=1)


def book(amount=1000, day=None, code=CODE, daerah=SLUG, kind="titipan"):
    """Book a sum that belongs to no case, on a day."""
    day, today = day or calendar.today(daerah), calendar.today(daerah)
    at = timezone.now() + (day - today)
    by = people.officers(daerah)["bendahara"]
    with transaction.atomic():
        (made,) = ledger.book(
            None, daerah=daerah, kind=kind, lines=[(code, "Titipan", amount)], paid_on=day,
            by=by, at=at,
        )  # fmt: skip
    return made


def words(answer):
    """Return what an answer says, white space folded."""
    return " ".join(answer.content.decode().split())


def login(client, role, slug=SLUG):
    """Log an officer in, and return the client."""
    client.force_login(people.officers(slug)[role], backend=BACKEND)
    return client


def page(client, path="/admin/kas/", status=200):
    """Return what a page says. Fails where it answers otherwise."""
    answer = client.get(path)
    assert answer.status_code == status, words(answer)
    return words(answer)


def close(client, **changes):
    """Look at the days that are due, and close them."""
    made = client.get("/admin/kas/tutup/").context["made"]
    form = {"daerah": SLUG, "segel": made.seal if made else ""} | changes
    return client.post("/admin/kas/tutup/", form)


def close_all(client):
    """Close all days that are due; return the closings in their order."""
    while closing.due(SLUG):
        assert close(client).status_code == 302
    return list(CashClosing.objects.order_by("number"))


def faults():
    """Return what the invariants of the cash find."""
    return [fault.text for check in invariants.CHECKS for fault in check()]


def fill(count):
    """Write lines of two codes over many days behind the ledger's back, as a year would."""
    today, by = calendar.today(SLUG), people.officers(SLUG)["bendahara"]
    now = timezone.now()
    LedgerEntry.objects.bulk_create([
        LedgerEntry(
            daerah=SLUG, kind="titipan", code=(CODE, FEES)[n % 2], line="=1+1", amount=n + 1,
            paid_on=today - (n % 50) * DAY, day=today - (n % 50) * DAY, by=by, at=now,
            note="=HYPERLINK(1)",
        )
        for n in range(count)
    ], batch_size=500)  # fmt: skip
