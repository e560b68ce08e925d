"""The verdicts on a statement's lines, from what the database knows of bills and payments."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Sum

from imbportal.daerah import registry
from imbportal.indonesia import rupiah, tanggal
from retribusi.models import (
    BankFormat,
    PaymentProof,
    Refund,
    Skrd,
    Statement,
    StatementLine,
    Strd,
    StrdProof,
)
from retribusi.statements import mapping, matching, receipts
from retribusi.statements.interest_lines import BRINGS
from retribusi.statements.kinds import CLOSED, MAIN, Kind
from retribusi.statements.known import STRD, Bill, Entry, Interest, Terms, Verdict

DAY = datetime.timedelta(days=1)
COLUMNS = ("kind", "why", "bill", "strd", "proposals")


def bills(daerah: str, besides: Iterable[int] = ()) -> list[Bill]:
    """Return every bill of a daerah that asks for money; lines ``besides`` are not yet money."""
    zone = ZoneInfo(registry.current(daerah).timezone)
    lines = StatementLine.objects.filter(daerah=daerah, kind__in=MAIN).exclude(bill=None)
    had: dict[int, int] = {}
    left_out, offered = set(besides), receipts.offered(daerah, besides)
    cash = receipts.standing().filter(payment__application__daerah=daerah)
    for bill, amount in cash.values_list("payment__skrd", "payment__amount"):
        had[bill] = had.get(bill, 0) + amount * 100
    for pk, bill, sen in lines.values_list("pk", "bill", "sen"):
        if pk not in left_out:
            had[bill] = had.get(bill, 0) + sen
    waiting = PaymentProof.objects.filter(skrd=OuterRef("pk"), status=PaymentProof.Status.FILED)
    found = Skrd.objects.filter(application__daerah=daerah, amount__gt=0).order_by("pk")
    rows = found.annotate(filed=Exists(waiting)).values_list(
        "pk", "payment_code", "number", "amount", "issued_at", "application__holder__name",
        "voided_at", "filed", "payment", "payment__paid_on", "payment__proof__reference",
        "payment__proof__bank", "payment__proof__filed_by", "application__applicant",
    )  # fmt: skip
    return [
        Bill(
            pk=pk, code=code, number=number, amount=amount, issued=at.astimezone(zone).date(),
            holder=holder or "", void=voided is not None, filed=filed, payment=payment,
            paid_on=paid_on, reference=reference or "", had=had.get(pk, 0),
            counter="" if by in (None, own) or pk in offered else _place(place),
        )
        for (pk, code, number, amount, at, holder, voided, filed, payment, paid_on, reference,
             place, by, own) in rows
    ]  # fmt: skip


def _place(name: str) -> str:
    return " ".join(name.split()) or "loket"


def interest(daerah: str, besides: Iterable[int] = ()) -> list[Interest]:
    """Return every bill of interest that was issued in a daerah."""
    zone = ZoneInfo(registry.current(daerah).timezone)
    lines = StatementLine.objects.filter(daerah=daerah, kind__in=BRINGS).exclude(strd=None)
    left_out, offered = set(besides), receipts.offered(daerah, besides)
    had = {strd for pk, strd in lines.values_list("pk", "strd") if pk not in left_out}
    had |= set(receipts.standing().exclude(strd=None).values_list("strd", flat=True))
    more = Refund.objects.filter(application__daerah=daerah, key__startswith="strd:")
    too_much = dict(more.values_list("key", "amount"))
    found = Strd.objects.filter(application__daerah=daerah).exclude(issued_at=None).order_by("pk")
    by_slip = StrdProof.objects.filter(strd=OuterRef("pk"), status=StrdProof.Status.CONFIRMED)
    rows = found.annotate(slip=Exists(by_slip)).values_list(
        "pk", "payment_code", "number", "amount", "state", "application__holder__name",
        "issued_at", "paid_on", "place", "slip",
    )  # fmt: skip
    return [
        Interest(
            pk, code, number, amount, paid=state == Strd.State.PAID, void=state == Strd.State.VOID,
            had=pk in had, came=amount + too_much.get(f"strd:{pk}", 0), holder=holder or "",
            issued=at.astimezone(zone).date(), paid_on=paid_on,
            counter="" if slip or not paid_on or f"{STRD}{pk}" in offered else _place(place),
        )
        for pk, code, number, amount, state, holder, at, paid_on, place, slip in rows
    ]  # fmt: skip


def weigh(statement: Statement, lines: list[StatementLine]) -> list[StatementLine]:
    """Set kind, reason, bill and proposals of lines that are not done, saved or not."""
    rules = mapping.of(statement.mapping)
    stored = [line.pk for line in lines if line.pk]
    known, strds = bills(statement.daerah, stored), interest(statement.daerah, stored)
    entries = [
        Entry(number, line.day, line.sen, line.text, line.reference,
              *((line.bill_id, line.strd_id) if line.assigned else ()))
        for number, line in enumerate(lines)
    ]  # fmt: skip
    terms = Terms(rules.out, rules.into, rules.tolerance)
    found = matching.match(entries, known, terms, strds)
    for number, line in enumerate(lines):
        _write(line, found[number])
    return lines


def judge(statement: Statement, lines: list[StatementLine]) -> None:
    """Judge stored lines that are not done, and store the verdicts."""
    judged = weigh(statement, lines)
    StatementLine.objects.bulk_update(judged, COLUMNS, batch_size=200)


def _write(line: StatementLine, verdict: Verdict) -> None:
    line.kind, line.why = verdict.kind, verdict.why
    line.bill_id, line.proposals = verdict.bill, list(verdict.proposals)
    line.strd_id = verdict.strd


def again(statement: Statement) -> None:
    """Judge anew all lines that nobody settled, and what the bank lacks."""
    waiting = list(statement.lines.filter(outcome=None, of_bank=True).order_by("row"))
    if waiting:
        judge(statement, waiting)
    seek_missing(statement)


def seek_missing(statement: Statement) -> None:
    """Write a line for each payment that the bank should show by now and does not.

    The last days of a statement are left to the next one: what is paid late in the day is booked
    on another. One that was found missing and came after all is closed.
    """
    for line in statement.lines.filter(of_bank=False, outcome=None, kind=Kind.MISSING):
        came = _covered(statement.daerah).filter(bill=line.bill_id).first()
        if came is not None:
            text = f"Ada pada {came.statement.bank}, {tanggal(came.day)}."
            StatementLine.objects.filter(pk=line.pk).update(kind=Kind.FOUND, why=text)
    begins, ends = _period(statement)
    lines = StatementLine.objects.filter(daerah=statement.daerah, of_bank=True)
    said = [
        (sen, Verdict(Kind(kind), "", bill, () if outcome else tuple(proposals)))
        for sen, kind, bill, proposals, outcome in lines.filter(
            day__gte=begins - 31 * DAY
        ).values_list("sen", "kind", "bill", "proposals", "outcome")
    ]  # fmt: skip
    lacking = matching.missing(said, bills(statement.daerah), begins, ends)
    told = set(StatementLine.objects.filter(
        daerah=statement.daerah, of_bank=False
    ).values_list("bill", flat=True))  # fmt: skip
    wanted = [b for b in lacking if b.pk not in told and _everywhere(statement, b.paid_on)]
    last = statement.lines.order_by("-row").values_list("row", flat=True).first() or 0
    StatementLine.objects.bulk_create([
        StatementLine(
            statement=statement, daerah=statement.daerah, fingerprint=f"hilang:{bill.pk}",
            row=last + number, place=0, of_bank=False, day=bill.paid_on, sen=0,
            kind=Kind.MISSING, bill_id=bill.pk,
            why=f"Pembayaran SKRD {bill.number} sebesar {rupiah(bill.amount)} sudah dikonfirmasi "
                f"untuk {tanggal(bill.paid_on)}, tetapi tidak ada di rekening.",
        )
        for number, bill in enumerate(sorted(wanted, key=lambda bill: bill.paid_on), start=1)
    ])  # fmt: skip


def _covered(daerah: str) -> Any:
    return StatementLine.objects.filter(daerah=daerah, of_bank=True, kind__in=MAIN)


def _period(statement: Statement) -> tuple[datetime.date, datetime.date]:
    """Return the days whose payments this statement must show.

    What the one before it left open belongs to this one.
    """
    cutoff = mapping.of(statement.mapping).cutoff * DAY
    earlier = Statement.objects.filter(
        daerah=statement.daerah, account=statement.account, ends__lt=statement.ends
    ).exclude(pk=statement.pk).order_by("-ends").first()  # fmt: skip
    begins = statement.begins
    if earlier is not None:
        left = earlier.ends - mapping.of(earlier.mapping).cutoff * DAY + DAY
        begins = min(begins, left)
    return begins, statement.ends - cutoff


def _everywhere(statement: Statement, day: datetime.date | None) -> bool:
    """Return whether every other account of the daerah was read beyond this day."""
    others = BankFormat.objects.filter(daerah=statement.daerah).exclude(account=statement.account)
    return all(
        Statement.objects.filter(
            daerah=statement.daerah, account=account, ends__gte=day + _left(stored)
        ).exists()
        for account, stored in others.values_list("account", "mapping")
        if day is not None
    )


def _left(stored: dict[str, Any]) -> datetime.timedelta:
    return mapping.of(stored).cutoff * DAY


def sums(statement: Statement) -> list[dict[str, Any]]:
    """Return for each kind how many lines there are, their sen, and how many are done."""
    rows = statement.lines.order_by().values("kind").annotate(
        count=Count("pk"), sen=Sum("sen"), done=Count("outcome")
    )  # fmt: skip
    found = {row["kind"]: row for row in rows}
    for kind in CLOSED & found.keys():
        found[kind]["done"] = found[kind]["count"]
    return [found[kind] for kind in Kind if kind in found]
