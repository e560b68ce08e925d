"""What all steps of a request for relief share: its bill that waits, and the event in the chain."""

from __future__ import annotations

import datetime
from typing import Any

from applications import services
from applications.models import Application, Event
from retribusi import acts, payments
from retribusi.billing import live_bill
from retribusi.models import Relief

ASKABLE = ("FEE", "AWAITING_PAYMENT")
"""States in which the fee is calculated and not yet paid, and nobody signs over it."""


def void_bill(case: Application, why: str) -> None:
    """Let *sistem* void the bill that waits, with a reason that the applicant reads."""
    services.follow("void_skrd", case, why)


def write_event(
    relief: Relief, name: str, by: Any, capacity: str, note: str, at: datetime.datetime, **data: Any
) -> Event:
    """Write what was done with a request into the chain of its case."""
    case = relief.application
    # Elsewhere the case does not wait for the request: its clock goes on with who is on turn.
    hand = {"hand": relief.holder} if relief.holder and case.state == "FEE" else {}
    return acts.write(case, name, by, capacity, note, at, relief=relief.code, **hand, **data)


def paid(application: Application) -> str:
    """Return what to do where the fee is paid, or being looked at; "" where it is not."""
    if application.state == "PAYMENT_REVIEW":
        return (
            "Pembayaran SKRD sedang diperiksa. Bila pembayaran itu tidak diterima, keringanan "
            "dapat diputus sesudahnya."
        )
    if _told(application):
        return (
            "Pemohon sudah memberi tahu bahwa SKRD ini dibayar. Bila pembayaran itu tidak "
            "diterima, keringanan dapat diputus sesudahnya."
        )
    if not payments.nothing_paid(application):
        return (
            "Retribusi sudah dibayar, jadi SKRD tidak diubah lagi. Pengembalian diminta pemohon "
            f"secara tertulis kepada {application.rules.office.name}."
        )
    return ""


def _told(application: Application) -> bool:
    """Tell whether money for the bill that waits is on its way: a proof, or word of it."""
    bill = live_bill(application)
    if bill is None or application.state != "AWAITING_PAYMENT":
        return False
    told = application.events.filter(move="report_payment", at__gte=bill.issued_at)
    return payments.proof_waiting(application) is not None or told.exists()
