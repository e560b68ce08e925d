"""What is held and looked at before a line of the bank is acted upon.

The case is locked before its statement, the statement before its line, the payment last.
"""

from __future__ import annotations

from typing import Any

from accounts import postings
from applications import rules
from applications.models import Application
from applications.refusals import Barred, Conflict, Unmet
from applications.services import locked
from imbportal.daerah import registry
from retribusi import treasurers
from retribusi.models import Payment, Skrd, Statement, StatementEvent, StatementLine, Strd
from retribusi.statements import offers, receipts
from retribusi.statements.kinds import Act

ONLY_KEEPERS = "Rekening koran ditindaklanjuti oleh bendahara penerimaan daerah ini."
CLOSED = "Rekening koran ini sudah dinyatakan selesai{}. Buka kembali dahulu, dengan alasannya."


def capacity(by: Any, daerah: str) -> str:
    """Return the title in which somebody keeps the money of a daerah. Raises Barred."""
    known = registry.current(daerah)
    for role in sorted(treasurers.roles(known)):
        if found := [p for p in postings.of(by, daerah) if p.role == role]:
            return postings.capacity(found[0], known)
    raise Barred(ONLY_KEEPERS)


def held(
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
    """Raise Conflict where a statement was declared reconciled, and say by whom."""
    if statement.closed_at is None:
        return
    last = statement.events.filter(act=StatementEvent.Act.CLOSE).order_by("-pk").first()
    raise Conflict(CLOSED.format(f" oleh {last.by}" if last else ""))


def must_wait(line: StatementLine, act: Act) -> None:
    """Raise Conflict where the line is done, or such an act is none for it."""
    require_open(line.statement)
    if line.outcome is not None:
        raise Conflict(
            f"Baris ini sudah ditindaklanjuti oleh {line.outcome.by}: "
            f"{line.outcome.get_act_display().lower()}."
        )
    if act not in offers.acts(line):
        raise Conflict(f"Tindak lanjut ini bukan untuk temuan “{line.get_kind_display()}”.")


def held_with_reason(line: StatementLine, by: Any, act: Act, reason: str) -> StatementLine:
    """Return the line, held, for an act that needs a reason. Raises Unmet without one."""
    capacity(by, line.daerah)
    line, _ = held(line, by)
    must_wait(line, act)
    if not reason.strip():
        raise Unmet(["Tulis alasannya; kepala dan auditor membacanya."])
    return line


def payment_of(line: StatementLine) -> Payment | None:
    """Return the payment of a line's bill with its row locked: two statements may want it."""
    if line.bill_id is None:
        return None
    return Payment.objects.select_for_update(of=("self",)).filter(skrd=line.bill_id).first()


def must_be_free(payment: Payment, line: StatementLine) -> None:
    """Raise Conflict where another line of the bank settles a payment already."""
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
