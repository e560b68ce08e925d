"""What must hold of interest: its bills add up to it, one is open, what is paid is booked."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from applications.models import Application
from documents.models import Paper
from imbportal.indonesia import rupiah
from imbportal.invariants import Check, Fault
from retribusi.arrears.interest import months, of
from retribusi.arrears.owed import excess
from retribusi.models import LedgerEntry, Refund, Skrd, Strd

CHECK = "strd"


def sums() -> Iterator[Fault]:
    """Find bills whose STRD ask for another interest than the rule gives, or for a month twice."""
    bills = Strd.objects.filter(state__in=Strd.STANDING).order_by().values("skrd")
    found = (
        Skrd.objects.filter(pk__in=bills)
        .select_related("payment")
        .prefetch_related("strds")
        .order_by("pk")
    )
    for bill in found.iterator(200):
        standing = [strd for strd in bill.strds.all() if strd.state in Strd.STANDING]
        for text in _wrong(bill, standing):
            yield Fault(CHECK, bill.application_id, f"SKRD {bill.number}: {text}")


def _wrong(bill: Skrd, standing: list[Strd]) -> Iterator[str]:
    before = asked = 0
    for strd in standing:
        if strd.months_before != before or strd.before != asked:
            yield f"{strd} mulai sesudah bulan {strd.months_before}, seharusnya {before}"
        before, asked = strd.months, asked + strd.amount
        if strd.principal != bill.amount:
            yield f"{strd} atas pokok {rupiah(strd.principal)}, tagihan {rupiah(bill.amount)}"
        if strd.months > min(months(bill.due_date, strd.until), strd.rule["max_months"]):
            yield f"{strd} menagih {strd.months} bulan, lebih dari aturan"
    owed = of(bill.amount, standing[-1].percent, before)
    if asked != owed:
        yield f"STRD berjumlah {rupiah(asked)}, bunga {before} bulan {rupiah(owed)}"
    if bill.voided_at is not None and any(s.state == Strd.State.ISSUED for s in standing):
        yield "sudah batal, tetapi STRD-nya masih ditagih"
    payment = getattr(bill, "payment", None)
    last = standing[-1]
    if payment and last.state == Strd.State.ISSUED:
        if last.months > months(bill.due_date, payment.paid_on):
            yield f"{last} menagih bulan sesudah pokok dibayar"


def one_open() -> Iterator[Fault]:
    """Find bills with two open STRD, and STRD whose paper says another thing."""
    seen: set[int] = set()
    for strd in Strd.objects.filter(state__in=Strd.OPEN).order_by("skrd", "pk").iterator(200):
        if strd.skrd_id in seen:
            yield Fault(CHECK, strd.application_id, "dua STRD terbuka atas satu SKRD")
        seen.add(strd.skrd_id)
    for strd in Strd.objects.select_related("paper").order_by("pk").iterator(200):
        if strd.paper.status not in PAPERS[strd.state] or not _one_number(strd):
            text = f"{strd} {strd.get_state_display().lower()}, suratnya {strd.paper.status}"
            yield Fault(CHECK, strd.application_id, text)


def _one_number(strd: Strd) -> bool:
    """Tell whether paper and row bear one number; a concept that was dropped after its seal had
    failed leaves what it held on its void paper."""
    dropped = strd.state == Strd.State.VOID and not strd.number
    return dropped or (strd.paper.number or "") == strd.number


PAPERS = {
    Strd.State.DRAFT: {Paper.Status.DRAFT},
    Strd.State.ISSUED: {Paper.Status.VALID},
    Strd.State.PAID: {Paper.Status.VALID},
    Strd.State.VOID: {Paper.Status.VOID},
}


def booked() -> Iterator[Fault]:
    """Find paid STRD that the ledger tells otherwise, and lines in their name of no STRD."""
    for strd in Strd.objects.filter(state=Strd.State.PAID).select_related("entry").order_by("pk"):
        entry = strd.entry
        right = entry is not None and (entry.kind, entry.amount, entry.application_id) == (
            LedgerEntry.Kind.INTEREST, strd.amount, strd.application_id,
        )  # fmt: skip
        if not right:
            told = rupiah(entry.amount) if entry else "tidak dibukukan"
            yield Fault(CHECK, strd.application_id, f"{strd} {rupiah(strd.amount)}, buku: {told}")
    lines = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.INTEREST, note__startswith="STRD ")
    for line in lines.filter(strd=None, reverses=None, amount__gt=0).order_by("pk"):
        yield Fault(CHECK, line.application_id, f"{line} tanpa STRD")


def given_back() -> Iterator[Fault]:
    """Find cases that paid more interest than they owe, and get less of it back."""
    cases = Application.objects.filter(strds__state=Strd.State.PAID).distinct()
    for case in cases.order_by("pk"):
        bills = case.bills.select_related("payment", "assessment").prefetch_related("strds")
        over = sum(excess(bill) for bill in bills)
        known = case.refunds.filter(cause=Refund.Cause.INTEREST)
        known = known.exclude(state=Refund.State.CANCELLED)
        back = known.aggregate(sum=Sum("amount"))["sum"] or 0
        if over > back:
            text = f"bunga lebih dibayar {rupiah(over)}, pengembaliannya {rupiah(back)}"
            yield Fault(CHECK, case.pk, text)


CHECKS: tuple[Check, ...] = (sums, one_open, booked, given_back)
