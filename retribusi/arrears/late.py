"""The late bills of a daerah, the longest overdue first, each with what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from accounts import postings
from applications.models import Application
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from imbportal.daerah.interest import PAPER
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import rupiah, tanggal
from retribusi import slips, treasurers
from retribusi.arrears.owed import Owed, of_bill
from retribusi.arrears.steps import may, signatory, signer_title, treasurer
from retribusi.models import Skrd, Strd

SHOWN, READ = 100, 200
"""Lines of the list, and bills read at a time."""


def desks(request: Any) -> list[Daerah]:
    """Return the daerah whose late bills the reader sees: who keeps money, signs, or oversees."""
    held = [posting for posting in postings_of(request) if posting.daerah in registry.slugs()]
    kept = {rules.slug for rules in treasurers.desks(request)}
    slugs = sorted({p.daerah for p in held if p.daerah in kept or _reads(p, held)})
    return [registry.current(slug) for slug in slugs]


def _reads(posting: Any, held: list[Any]) -> bool:
    paper = registry.current(posting.daerah).paper.get(PAPER)
    signs = paper is not None and paper.signed_by == posting.role
    return signs or postings.oversees(held, posting.daerah)


def shown(request: Any) -> bool:
    """Return whether the room has anything for the reader."""
    return bool(desks(request))


def bills(user: Any, slugs: list[str]) -> Any:
    """Return the bills of these daerah that are overdue or were paid late, earliest due first."""
    cases = Application.objects.visible_to(user).exclude(applicant=user)
    late = Q(pk__in=())
    for slug in slugs:
        unpaid = Q(payment=None, settled_at=None, due_date__lt=calendar.today(slug))
        late |= Q(application__daerah=slug) & (unpaid | Q(payment__paid_on__gt=F("due_date")))
    found = Skrd.objects.filter(late, voided_at=None, amount__gt=0)
    return (
        found.filter(application__in=cases.values("pk"))
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
