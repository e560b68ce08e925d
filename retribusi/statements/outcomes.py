"""What is done with a line of the bank: by whom, when and why; undone by a further record.

Every function locks the line's case, where there is one, then statement and line, last the payment,
and refuses as moves do: Barred, Conflict, Unmet. What was done by another in the meantime is named.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from applications.refusals import Conflict, Unmet
from imbportal.indonesia import rupiah
from retribusi import acts, ledger
from retribusi.models import (
    LineOutcome,
    LineReceipt,
    Payment,
    Skrd,
    StatementLine,
    Strd,
)
from retribusi.statements import holding, news, offers, receipts, refunds, verdicts
from retribusi.statements.kinds import Act, Kind

TITLE = "Titipan dari rekening koran"
BEFORE_PROOF = "Titipan menjadi pembayaran: buktinya diterima."


# -- Acts -------------------------------------------------------------------------------------
@transaction.atomic
def settle(line: StatementLine, reason: str = "", *, by: Any) -> LineOutcome:
    """Mark a line as the money of its bill's payment; a deposit that it was is booked back."""
    holding.capacity(by, line.daerah)
    line, _ = holding.held(line, by)
    standing = line.outcome
    holding.require_open(line.statement)
    if standing is None or standing.act != Act.DEPOSIT:
        holding.must_wait(line, Act.SETTLE)
    if line.kind == Kind.OTHER_DAY and not reason.strip():
        raise Unmet(["Tulis mengapa tanggal pada bukti berbeda dari rekening."])
    payment = holding.payment_of(line)
    if payment is None or payment.amount * 100 != line.sen:
        raise Unmet(["Belum ada pembayaran dengan jumlah ini. Konfirmasi buktinya dahulu."])
    holding.must_be_free(payment, line)
    if standing is not None:
        _undo(line, BEFORE_PROOF, by)
        line.kind = Kind.MATCHED
    return _done(line, Act.SETTLE, reason, by, payment=payment)


@transaction.atomic
def settle_cash(line: StatementLine, reason: str = "", *, by: Any) -> LineOutcome:
    """Mark a line as the cash of a counter: the money of all the receipts that it offers."""
    holding.capacity(by, line.daerah)
    line, _ = holding.held(line, by)
    holding.must_wait(line, Act.CASH)
    payments, strds = receipts.free(line)
    for one in [*payments, *strds]:
        holding._not_own(one.application, by)
    outcome = _done(line, Act.CASH, reason, by)
    LineReceipt.objects.bulk_create([
        *(LineReceipt(outcome=outcome, payment=payment) for payment in payments),
        *(LineReceipt(outcome=outcome, strd=strd) for strd in strds),
    ])  # fmt: skip
    return outcome


@transaction.atomic
def deposit(line: StatementLine, reason: str = "", *, by: Any) -> LineOutcome:
    """Keep the money of a line, or what it has too much, as a deposit; the applicant is told."""
    return _keep(line, Act.DEPOSIT, reason, by)


@transaction.atomic
def refund(line: StatementLine, reason: str = "", *, by: Any) -> LineOutcome:
    """Keep the money of a line as a deposit, and open its way back to who paid it."""
    outcome = _keep(line, Act.REFUND, reason, by)
    refunds.open_for(outcome, by=by)
    return outcome


@transaction.atomic
def note(line: StatementLine, reason: str, *, by: Any) -> LineOutcome:
    """Write down what a line is about, and tell the head."""
    line = holding.held_with_reason(line, by, Act.NOTE, reason)
    outcome = _done(line, Act.NOTE, reason, by)
    news.head(outcome)
    return outcome


@transaction.atomic
def aside(line: StatementLine, reason: str, *, by: Any) -> LineOutcome:
    """Say that a line has nothing to do with the retribution."""
    line = holding.held_with_reason(line, by, Act.ASIDE, reason)
    return _done(line, Act.ASIDE, reason, by)


@transaction.atomic
def assign(line: StatementLine, bill: Skrd | Strd | None, reason: str, *, by: Any) -> LineOutcome:
    """Say for which bill (of interest) a line is; it is judged anew, and not settled by it."""
    holding.capacity(by, line.daerah)
    if bill is None or bill.application.daerah != line.daerah:
        raise Unmet(["SKRD ini tidak ditemukan. Cari dengan nomor SKRD atau kode bayarnya."])
    line, _ = holding.held(line, by, bill)
    holding.must_wait(line, Act.ASSIGN)
    if not reason.strip():
        raise Unmet(["Tulis dari mana Anda tahu bahwa uang ini untuk SKRD itu."])
    why = reason.strip()
    if isinstance(bill, Strd):
        line.bill, line.strd, why = None, bill, f"STRD {bill.number}. {why}"
    else:
        line.bill, line.strd = bill, None
    line.assigned = True
    line.save(update_fields=["bill", "strd", "assigned"])
    verdicts.judge(line.statement, [line])
    return LineOutcome.objects.create(
        line=line, act=Act.ASSIGN, reason=why, bill=line.bill, by=by, at=timezone.now()
    )


@transaction.atomic
def undo(line: StatementLine, reason: str, *, by: Any) -> LineOutcome:
    """Take back what stands, by a further record; what it booked is booked back."""
    holding.capacity(by, line.daerah)
    line, case = holding.held(line, by)
    holding.require_open(line.statement)
    if line.outcome is None:
        raise Conflict("Tindak lanjut baris ini sudah diurungkan.")
    if not reason.strip():
        raise Unmet(["Tulis mengapa tindak lanjut ini diurungkan."])
    entry = line.outcome.entry
    if entry is not None and case is not None and refunds.takes(case, entry.amount):
        raise Conflict("Uang ini sedang dikembalikan. Batalkan pengembaliannya dahulu.")
    return _undo(line, reason, by)


# -- From the confirmation of a payment -----------------------------------------------------------
def on_payment(payment: Payment, *, by: Any) -> None:
    """Turn the deposit of a payment's money into the payment; its case is locked already."""
    line = StatementLine.objects.select_for_update(of=("self",)).filter(
        bill=payment.skrd, outcome__act=Act.DEPOSIT, sen=payment.amount * 100,
        kind__in=(Kind.UNPROVEN, Kind.IN_REVIEW), settles=None,
    ).order_by("pk").first()  # fmt: skip
    if line is not None:
        _undo(line, BEFORE_PROOF, by, told=False)
        line.kind, line.why = Kind.MATCHED, f"Sama dengan pembayaran SKRD {payment.skrd.number}."
        _done(line, Act.SETTLE, BEFORE_PROOF, by, payment=payment)


# -- Within -----------------------------------------------------------------------------------
def _keep(line: StatementLine, act: Act, reason: str, by: Any) -> LineOutcome:
    title = holding.capacity(by, line.daerah)
    line, case = holding.held(line, by)
    holding.must_wait(line, act)
    sen = offers.surplus(line)
    if sen <= 0 or sen % 100:
        raise Unmet(["Jumlahnya bukan rupiah penuh; catat dengan keterangan."])
    payment = holding.payment_of(line) if line.kind == Kind.OVER else None
    if payment is not None:
        holding.must_be_free(payment, line)
    entry = ledger.book(
        case, daerah=line.daerah, kind=ledger.Kind.DEPOSIT, lines=[("", TITLE, sen // 100)],
        paid_on=line.day, by=by, at=timezone.now(), bill=_bill(line),
        note=_origin(line),
    )[0]  # fmt: skip
    outcome = _done(line, act, reason, by, payment=payment, entry=entry)
    if case is not None:
        words = f"{rupiah(sen // 100)} dari rekening koran. {reason.strip()}".strip()
        acts.write(case, "hold_deposit", by, title, words, outcome.at)
        if act == Act.DEPOSIT:  # of a refund its own message tells
            news.applicant(outcome, case, sen // 100)
    return outcome


def _bill(line: StatementLine) -> Skrd | None:
    """Return the bill whose money a line is; of interest the bill on which it fell due."""
    return line.strd.skrd if line.strd is not None else line.bill


def _origin(line: StatementLine) -> str:
    return f"Rekening koran {line.statement.bank}, baris {line.row}: {line.text}"[:300]


def _done(
    line: StatementLine, act: Act, reason: str, by: Any, *, payment: Payment | None = None,
    entry: Any = None,
) -> LineOutcome:  # fmt: skip
    outcome = LineOutcome.objects.create(
        line=line, act=act, reason=reason.strip(), bill_id=line.bill_id, payment=payment,
        entry=entry, by=by, at=timezone.now(),
    )  # fmt: skip
    line.outcome, line.settles = outcome, payment
    line.save(update_fields=["outcome", "settles", "kind", "why"])
    return outcome


def _undo(line: StatementLine, reason: str, by: Any, told: bool = True) -> LineOutcome:
    """Write that what stands no longer does, and book back what it booked."""
    standing, now, entry = line.outcome, timezone.now(), None
    bill = _bill(line)
    case = bill.application if bill is not None else None
    if standing.entry is not None:
        was = standing.entry
        entry = ledger.book(
            case, daerah=line.daerah, kind=was.kind, lines=[(was.code, was.line, -was.amount)],
            paid_on=was.paid_on, by=by, at=now, bill=bill, reverses=was,
            note=reason.strip()[:300],
        )[0]  # fmt: skip
        if case is not None and told:
            words = f"{rupiah(was.amount)}. {reason.strip()}"
            title = holding.capacity(by, line.daerah)
            acts.write(case, "release_deposit", by, title, words, now)
    outcome = LineOutcome.objects.create(
        line=line, act=Act.UNDO, reason=reason.strip(), bill_id=line.bill_id, entry=entry,
        undoes=standing, by=by, at=now,
    )  # fmt: skip
    line.outcome = line.settles = None
    line.save(update_fields=["outcome", "settles"])
    return outcome
