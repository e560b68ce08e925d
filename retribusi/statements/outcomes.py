"""What is done with a line of the bank: by whom, when and why; undone by a further record.

Every function locks the line's case, where there is one, then statement and line, last the payment,
and refuses as moves do: Barred, Conflict, Unmet. What was done by another in the meantime is named.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import postings
from applications import rules
from applications.models import Application
from applications.refusals import Barred, Conflict, Unmet
from applications.services import locked
from imbportal.daerah import registry
from imbportal.indonesia import rupiah
from retribusi import acts, ledger, treasurers
from retribusi.models import (
    LineOutcome,
    LineReceipt,
    Payment,
    Skrd,
    Statement,
    StatementEvent,
    StatementLine,
    Strd,
)
from retribusi.statements import news, offers, receipts, refunds, verdicts
from retribusi.statements.kinds import Act, Kind

ONLY_KEEPERS = "Rekening koran ditindaklanjuti oleh bendahara penerimaan daerah ini."
CLOSED = "Rekening koran ini sudah dinyatakan selesai{}. Buka kembali dahulu, dengan alasannya."
TITLE = "Titipan dari rekening koran"
BEFORE_PROOF = "Titipan menjadi pembayaran: buktinya diterima."


def capacity(by: Any, daerah: str) -> str:
    """Return the title in which somebody keeps the money of a daerah. Raises Barred."""
    known = registry.current(daerah)
    for role in sorted(treasurers.roles(known)):
        if found := [p for p in postings.of(by, daerah) if p.role == role]:
            return postings.capacity(found[0], known)
    raise Barred(ONLY_KEEPERS)


# -- Acts -------------------------------------------------------------------------------------
@transaction.atomic
def settle(line: StatementLine, reason: str = "", *, by: Any) -> LineOutcome:
    """Mark a line as the money of its bill's payment; a deposit that it was is booked back."""
    capacity(by, line.daerah)
    line, _ = _held(line, by)
    standing = line.outcome
    require_open(line.statement)
    if standing is None or standing.act != Act.DEPOSIT:
        _waits(line, Act.SETTLE)
    if line.kind == Kind.OTHER_DAY and not reason.strip():
        raise Unmet(["Tulis mengapa tanggal pada bukti berbeda dari rekening."])
    payment = _payment_of(line)
    if payment is None or payment.amount * 100 != line.sen:
        raise Unmet(["Belum ada pembayaran dengan jumlah ini. Konfirmasi buktinya dahulu."])
    _is_free(payment, line)
    if standing is not None:
        _undo(line, BEFORE_PROOF, by)
        line.kind = Kind.MATCHED
    return _done(line, Act.SETTLE, reason, by, payment=payment)


@transaction.atomic
def settle_cash(line: StatementLine, reason: str = "", *, by: Any) -> LineOutcome:
    """Mark a line as the cash of a counter: the money of all the receipts that it offers."""
    capacity(by, line.daerah)
    line, _ = _held(line, by)
    _waits(line, Act.CASH)
    payments, strds = receipts.free(line)
    for one in [*payments, *strds]:
        _not_own(one.application, by)
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
    line = _plain(line, by, Act.NOTE, reason)
    outcome = _done(line, Act.NOTE, reason, by)
    news.head(outcome)
    return outcome


@transaction.atomic
def aside(line: StatementLine, reason: str, *, by: Any) -> LineOutcome:
    """Say that a line has nothing to do with the retribution."""
    line = _plain(line, by, Act.ASIDE, reason)
    return _done(line, Act.ASIDE, reason, by)


@transaction.atomic
def assign(line: StatementLine, bill: Skrd | Strd | None, reason: str, *, by: Any) -> LineOutcome:
    """Say for which bill (of interest) a line is; it is judged anew, and not settled by it."""
    capacity(by, line.daerah)
    if bill is None or bill.application.daerah != line.daerah:
        raise Unmet(["SKRD ini tidak ditemukan. Cari dengan nomor SKRD atau kode bayarnya."])
    line, _ = _held(line, by, bill)
    _waits(line, Act.ASSIGN)
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
    capacity(by, line.daerah)
    line, case = _held(line, by)
    require_open(line.statement)
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
def _held(
    line: StatementLine, by: Any, other: Skrd | Strd | None = None
) -> tuple[StatementLine, Application | None]:
    """Return the line with its row locked, its case (and that of the ``other`` bill) before it:
    payments lock in this order."""
    known = StatementLine.objects.select_related("bill", "strd").get(pk=line.pk)
    own = known.bill or known.strd
    wanted = {bill.application_id for bill in (own, other) if bill is not None}
    cases = {pk: locked(pk, by) for pk in sorted(wanted)}
    for one in cases.values():
        _not_own(one, by)
    case = cases[own.application_id] if own is not None else None
    list(Statement.objects.select_for_update().filter(pk=known.statement_id))
    fresh = StatementLine.objects.select_for_update(of=("self",)).select_related(
        "statement", "bill__application", "strd__application", "strd__skrd", "outcome__by"
    ).get(pk=line.pk)  # fmt: skip
    if (fresh.bill_id, fresh.strd_id) != (known.bill_id, known.strd_id):
        raise Conflict("Baris ini baru saja ditetapkan untuk SKRD lain. Muat ulang.")
    return fresh, case


def _not_own(case: Application, by: Any) -> None:
    if rules.same_person(case, by):
        raise Barred("Uang ini menyangkut permohonan Anda sendiri; mintalah bendahara lain.")


def require_open(statement: Statement) -> None:
    if statement.closed_at is None:
        return
    last = statement.events.filter(act=StatementEvent.Act.CLOSE).order_by("-pk").first()
    raise Conflict(CLOSED.format(f" oleh {last.by}" if last else ""))


def _waits(line: StatementLine, act: Act) -> None:
    """Raise Conflict where the line is done, or such an act is none for it."""
    require_open(line.statement)
    if line.outcome is not None:
        raise Conflict(
            f"Baris ini sudah ditindaklanjuti oleh {line.outcome.by}: "
            f"{line.outcome.get_act_display().lower()}."
        )
    if act not in offers.acts(line):
        raise Conflict(f"Tindak lanjut ini bukan untuk temuan “{line.get_kind_display()}”.")


def _plain(line: StatementLine, by: Any, act: Act, reason: str) -> StatementLine:
    capacity(by, line.daerah)
    line, _ = _held(line, by)
    _waits(line, act)
    if not reason.strip():
        raise Unmet(["Tulis alasannya; kepala dan auditor membacanya."])
    return line


def _payment_of(line: StatementLine) -> Payment | None:
    """Return the payment of a line's bill with its row locked: two statements may want it."""
    if line.bill_id is None:
        return None
    return Payment.objects.select_for_update(of=("self",)).filter(skrd=line.bill_id).first()


def _is_free(payment: Payment, line: StatementLine) -> None:
    rows = StatementLine.objects.select_related("statement", "outcome__by")
    other = rows.filter(settles=payment).exclude(pk=line.pk).first()
    if other is None and (cash := receipts.standing().filter(payment=payment).first()):
        other = cash.outcome.line
    if other is not None:
        who = f" oleh {other.outcome.by}" if other.outcome else ""
        raise Conflict(
            f"Pembayaran ini sudah dicocokkan{who} dengan baris lain: "
            f"baris {other.row}, {other.statement}. Muat ulang, lalu “Cocokkan lagi”."
        )


def _keep(line: StatementLine, act: Act, reason: str, by: Any) -> LineOutcome:
    title = capacity(by, line.daerah)
    line, case = _held(line, by)
    _waits(line, act)
    sen = offers.surplus(line)
    if sen <= 0 or sen % 100:
        raise Unmet(["Jumlahnya bukan rupiah penuh; catat dengan keterangan."])
    payment = _payment_of(line) if line.kind == Kind.OVER else None
    if payment is not None:
        _is_free(payment, line)
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
            title = capacity(by, line.daerah)
            acts.write(case, "release_deposit", by, title, words, now)
    outcome = LineOutcome.objects.create(
        line=line, act=Act.UNDO, reason=reason.strip(), bill_id=line.bill_id, entry=entry,
        undoes=standing, by=by, at=now,
    )  # fmt: skip
    line.outcome = line.settles = None
    line.save(update_fields=["outcome", "settles"])
    return outcome
