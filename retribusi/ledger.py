"""The one door to the ledger: each rupiah in or out, by kode rekening, in its own transaction."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from applications.models import Application
from imbportal.daerah import registry
from retribusi.cash import days
from retribusi.models import LedgerEntry, Payment, Skrd

Kind = LedgerEntry.Kind
Line = tuple[str, str, int]
"""Kode rekening, label, whole rupiah; negative for money that goes out."""


def book(
    application: Application | None,
    *,
    kind: str,
    lines: Iterable[Line],
    paid_on: datetime.date,
    by: Any,
    at: datetime.datetime,
    daerah: str = "",
    bill: Skrd | None = None,
    payment: Payment | None = None,
    note: str = "",
    reverses: LedgerEntry | None = None,
) -> list[LedgerEntry]:
    """Write lines of one kind in the caller's transaction; a line of nothing is left out.

    ``daerah`` (slug) is asked only where no case is known, as of a deposit from nobody.
    ``reverses`` goes with exactly one line. The day is that of ``at`` in the daerah's time zone;
    where it was closed already, the first day that is open.
    """
    slug = application.daerah if application is not None else daerah
    days.hold(slug)
    day = days.open_day(slug, at.astimezone(ZoneInfo(registry.current(slug).timezone)).date())
    rows = [
        LedgerEntry(
            daerah=slug, application=application, bill=bill, payment=payment, kind=kind,
            code=code, line=label, amount=amount, paid_on=paid_on, day=day, note=note,
            reverses=reverses, by=by, at=at,
        )
        for code, label, amount in lines
        if amount
    ]  # fmt: skip
    return LedgerEntry.objects.bulk_create(rows)


def book_payment(payment: Payment) -> None:
    """Book a confirmed payment over the accounts of its bill."""
    book(
        payment.application, kind=Kind.PRINCIPAL, lines=shares(payment.skrd),
        paid_on=payment.paid_on, by=payment.confirmed_by, at=payment.confirmed_at,
        bill=payment.skrd, payment=payment,
    )  # fmt: skip


def shares(bill: Skrd) -> list[Line]:
    """Return what a bill asks for by account, in whole rupiah that add up to its amount."""
    return rest(bill.snapshot["result"], bill.application_id)


def rest(result: Mapping[str, Any], case: Any) -> list[Line]:
    """Return what a calculation still asks of a case (id) by account, less what was booked before.

    Where the later calculation gives an account less, its line is negative.
    """
    wanted: Counter[tuple[str, str]] = Counter()
    for item in result["rekening"]:
        wanted[item["kode"], item["baris"]] += item["jumlah"]
    # What a refund took of a bill's accounts (and not of a deposit) is to be asked for again.
    principal = Q(kind=Kind.PRINCIPAL) | Q(kind=Kind.REFUND, bill__isnull=False)
    booked = LedgerEntry.objects.filter(principal, application=case)
    for row in booked.order_by().values("code", "line").annotate(sum=Sum("amount")):
        wanted[row["code"], row["line"]] -= row["sum"]
    wanted.subtract(moved(case))
    return [(code, label, amount) for (code, label), amount in wanted.items()]


def moved(case: Any) -> Counter[tuple[str, str]]:
    """Return what corrections moved between the accounts of a case (id); it adds up to nothing.

    A line that was booked back for good is none of it: what was paid of a bill stays paid.
    """
    corrections = LedgerEntry.objects.filter(application=case, kind=Kind.CORRECTION)
    parts: dict[datetime.datetime, Counter[tuple[str, str]]] = {}
    for row in corrections:
        parts.setdefault(row.at, Counter())[row.code, row.line] += row.amount
    found: Counter[tuple[str, str]] = Counter()
    for part in parts.values():
        if not sum(part.values()):
            found.update(part)
    return found
