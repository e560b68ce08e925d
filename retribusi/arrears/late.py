"""The late bills of a daerah, the longest overdue first, each with what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from imbportal.daerah import calendar
from imbportal.daerah.interest import PAPER
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import rupiah, tanggal
from retribusi import office, slips, treasurers
from retribusi.arrears.owed import Owed, of_bill
from retribusi.arrears.steps import may, signatory, signer_title, treasurer
from retribusi.models import Skrd, Strd

SHOWN, READ = 100, 200
"""Lines of the list, and bills read at a time."""


def readable(request: Any) -> list[str]:
    """Return the daerah whose late bills the reader sees: who keeps money, signs, or oversees."""
    return treasurers.readable(request, signers)


def signers(rules: Daerah) -> list[str]:
    """Return the role that signs an STRD; none where the file has no such paper."""
    paper = rules.paper.get(PAPER)
    return [paper.signed_by] if paper and paper.signed_by else []


def shown(request: Any) -> bool:
    """Return whether the room has anything for the reader."""
    return bool(readable(request))


def bills(user: Any, slugs: list[str]) -> Any:
    """Return the bills of these daerah that are overdue or were paid late, earliest due first."""
    late = Q(pk__in=())
    for slug in slugs:
        unpaid = Q(payment=None, settled_at=None, due_date__lt=calendar.today(slug))
        late |= Q(application__daerah=slug) & (unpaid | Q(payment__paid_on__gt=F("due_date")))
    found = Skrd.objects.filter(late, voided_at=None, amount__gt=0)
    return (
        found.filter(application__in=office.of_others(user, slugs).values("pk"))
        .select_related("application__holder", "payment", "assessment")
        .prefetch_related("strds", "proofs")
        .order_by("due_date", "pk")
    )


def rows(user: Any, slugs: list[str]) -> list[dict[str, Any]]:
    """Return the lines of the list; a bill with nothing left to do is none."""
    found: list[dict[str, Any]] = []
    for owed in _owed(user, slugs):
        found.append(row(owed, user))
        if len(found) == SHOWN:
            break
    return found


def _owed(user: Any, slugs: list[str]) -> Iterator[Owed]:
    for bill in bills(user, slugs).iterator(READ):
        owed = of_bill(bill)
        if not owed.done:
            yield owed


def row(owed: Owed, user: Any) -> dict[str, Any]:
    """Return one line of the list: what a bill owes, and what is left to do with it."""
    text, mine = state(owed, user)
    return {"owed": owed, "bill": owed.bill, "case": owed.bill.application, "state": text,
            "mine": mine}  # fmt: skip


def state(owed: Owed, user: Any) -> tuple[str, bool]:
    """Return what has to be done with a late bill, and whether by the reader."""
    case, strd = owed.bill.application, owed.open
    keeps = may(case, user, treasurer)
    if strd is not None and strd.state == Strd.State.DRAFT:
        return f"Konsep STRD menunggu {signer_title(case)}", may(case, user, signatory)
    if strd is not None and slips.waiting(strd) is not None:
        return "Bukti pembayaran STRD menunggu diperiksa", keeps
    if strd is not None and strd.due_date is not None:
        return f"STRD {strd.number} jatuh tempo {tanggal(strd.due_date)}", False
    if owed.over:
        return f"Kelebihan bunga {rupiah(owed.over)}: dalam Pengembalian", False
    if owed.proof is not None:
        return "Bukti pembayaran pokok menunggu diperiksa", False
    if owed.left:
        return f"Bunga {rupiah(owed.left)} belum ditagih", keeps
    return "Pokok belum dibayar", False
