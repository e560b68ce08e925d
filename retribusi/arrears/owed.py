"""What a late bill owes beside its principal: interest by the rule, and what of it was billed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from applications import clock
from applications.models import Application
from imbportal.daerah import interest as file
from imbportal.daerah import registry
from imbportal.daerah.interest import Interest as Rule
from imbportal.daerah.schema import Daerah
from retribusi.arrears.interest import Interest, interest, of
from retribusi.models import PaymentProof, Skrd, Strd

WARNING = "warn_bill"
"""The event by which a warning (surat teguran) stands on the record."""


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One bill on one day. ``until`` is the day of its payment, else today."""

    bill: Skrd
    until: datetime.date
    paid: bool
    rule: Rule | None
    interest: Interest | None
    standing: tuple[Strd, ...]
    """The STRD that were issued and not voided, in their order."""
    open: Strd | None
    proof: PaymentProof | None
    """A slip for the principal that waits for the treasurer."""

    @property
    def days(self) -> int:
        return max(0, (self.until - self.bill.due_date).days)

    @property
    def late(self) -> bool:
        return self.days > 0 and self.bill.amount > 0 and self.bill.voided_at is None

    @property
    def unpaid(self) -> int:
        return 0 if self.paid else self.bill.amount

    @property
    def amount(self) -> int:
        return self.interest.amount if self.interest else 0

    @property
    def months(self) -> int:
        return self.interest.months if self.interest else 0

    @property
    def months_billed(self) -> int:
        return max((strd.months for strd in self.standing), default=0)

    @property
    def billed(self) -> int:
        return sum(strd.amount for strd in self.standing)

    @property
    def collected(self) -> int:
        return sum(strd.amount for strd in self.standing if strd.state == Strd.State.PAID)

    @property
    def months_left(self) -> int:
        return max(0, self.months - self.months_billed)

    @property
    def left(self) -> int:
        """Return the interest that no STRD asks for yet; what is over is no demand."""
        return max(0, self.amount - self.billed) if self.months_left else 0

    @property
    def over(self) -> int:
        """Return what was asked for beyond the interest: the principal came earlier than known."""
        return max(0, self.billed - self.amount) if self.months_billed > self.months else 0

    @property
    def done(self) -> bool:
        """Return whether nothing is left to do: all paid, principal and interest.

        What was paid too much has its refund, which waits in its own room.
        """
        return self.paid and not self.left and self.open is None


def rules_of(application: Application) -> Daerah:
    """Return the file by which money is collected: the daerah's present one.

    The law in force at the due date counts, and it stands in the newest file, whatever the file
    was by which the case itself is decided.
    """
    return registry.current(application.daerah)


def of_bill(bill: Skrd, *, today: datetime.date | None = None) -> Owed:
    """Return what a bill owes, by what is known today. ``bill.application`` is its case."""
    case, strds = bill.application, list(bill.strds.all())
    payment = getattr(bill, "payment", None)
    until = payment.paid_on if payment else today or clock.today(case)
    rule = file.on(rules_of(case), bill.due_date)
    return Owed(
        bill=bill,
        until=until,
        paid=payment is not None,
        rule=rule,
        interest=interest(bill.amount, bill.due_date, until, rule) if rule else None,
        standing=tuple(strd for strd in strds if strd.state in Strd.STANDING),
        open=next((strd for strd in strds if strd.state in Strd.OPEN), None),
        proof=None if payment else _waiting(bill),
    )


def excess(bill: Skrd) -> int:
    """Return the interest that was paid and is not owed: its months were over, or its bill void."""
    owed = of_bill(bill)
    if bill.voided_at is not None:
        return owed.collected
    return min(owed.over, owed.collected) if owed.paid else 0


def _waiting(bill: Skrd) -> PaymentProof | None:
    filed = [p for p in bill.proofs.all() if p.status == PaymentProof.Status.FILED]
    return max(filed, key=lambda proof: proof.filed_at, default=None)


def if_paid(bill: Skrd, day: datetime.date) -> Interest | None:
    """Return the interest that arises where the principal was paid on this day."""
    rule = file.on(rules_of(bill.application), bill.due_date)
    return interest(bill.amount, bill.due_date, day, rule) if rule else None


def account(bill: Skrd) -> str:
    """Return the kode rekening of interest, "" where the file does not say it yet."""
    tariffs = rules_of(bill.application).tariff
    same = (tariff for tariff in tariffs if tariff.id == bill.assessment.tariff)
    tariff = next(same, tariffs[-1] if tariffs else None)
    return tariff.kode_rekening.get("bunga", "") if tariff else ""


def warned(bill: Skrd) -> Any:
    """Return the event of the last warning of this bill, or None."""
    told = bill.application.events.filter(move=WARNING, data__skrd=bill.number)
    return told.order_by("-seq").first()


def next_amount(owed: Owed) -> int:
    """Return what an STRD over all months not billed yet asks for.

    The whole is rounded once: what was billed before is taken off it, so that the STRD of a bill
    add up to the interest by the rule.
    """
    if owed.interest is None:
        return 0
    return of(owed.bill.amount, owed.interest.percent, owed.months) - owed.billed
