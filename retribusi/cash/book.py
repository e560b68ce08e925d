"""The ledger as it is read: which lines an address asks for, and what each line says."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date

from imbportal.daerah import registry
from imbportal.indonesia import tanggal
from retribusi.cash.totals import KINDS
from retribusi.models import LedgerEntry

LONGEST = 80
CORRECTABLE = (
    LedgerEntry.Kind.PRINCIPAL, LedgerEntry.Kind.INTEREST, LedgerEntry.Kind.CORRECTION,
)  # fmt: skip
"""Deposits and refunds have procedures of their own, which book back what they booked."""
UNREAD = (
    "application__facts", "application__statements", "application__pickup_code",
    "application__holder__nik", "bill__snapshot",
)  # fmt: skip
"""Large or secret columns that no line shows."""


class Wanted(NamedTuple):
    """Which part of the ledger, as it stands in the address."""

    daerah: str
    since: datetime.date | None = None
    until: datetime.date | None = None
    code: str | None = None
    kind: str = ""
    text: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Return it as the address and an export's log keep it; what is not chosen is left out."""
        said = {
            "dari": self.since.isoformat() if self.since else "",
            "sampai": self.until.isoformat() if self.until else "",
            "macam": self.kind,
            "q": self.text,
        }
        code = {} if self.code is None else {"rekening": self.code}
        return {"daerah": self.daerah} | {key: value for key, value in said.items() if value} | code

    @property
    def words(self) -> str:
        """Return what was chosen, in words."""
        parts = [
            self._days,
            KINDS.get(self.kind, ""),
            f"kode rekening {self.code}" if self.code else "",
            "tanpa kode rekening" if self.code == "" else "",
            f"“{self.text}”" if self.text else "",
        ]
        return ", ".join(filter(None, parts)) or "semua baris"

    @property
    def _days(self) -> str:
        if self.since and self.since == self.until:
            return tanggal(self.since)
        since = f"sejak {tanggal(self.since)}" if self.since else ""
        until = f"sampai {tanggal(self.until)}" if self.until else ""
        return f"{since} {until}".strip()

    @property
    def rules(self) -> Any:
        return registry.current(self.daerah)


def wanted(given: Mapping[str, str], daerah: str) -> Wanted:
    """Read an address; what it says wrongly counts as not said."""
    kind, code = given.get("macam", ""), given.get("rekening")
    return Wanted(
        daerah,
        _day(given.get("dari", "")),
        _day(given.get("sampai", "")),
        None if code is None or code == EVERY_CODE else code[:40],
        kind if kind in KINDS else "",
        given.get("q", "").strip()[:LONGEST],
    )


EVERY_CODE = "semua"
"""What the choice of a form says for all codes: the empty one is a code like the others."""


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def lines(part: Wanted) -> QuerySet[LedgerEntry]:
    """Return the lines that are asked for, in no order."""
    found = LedgerEntry.objects.filter(daerah=part.daerah)
    if part.since:
        found = found.filter(day__gte=part.since)
    if part.until:
        found = found.filter(day__lte=part.until)
    if part.code is not None:
        found = found.filter(code=part.code)
    if part.kind:
        found = found.filter(kind=part.kind)
    return found.filter(_search(part.text)) if part.text else found


def _search(text: str) -> Q:
    """Find a bill's number, its payment code in any grouping, or a case's number."""
    found = Q(bill__number__icontains=text) | Q(application__number__icontains=text)
    digits = text.replace(" ", "")
    return found | Q(bill__payment_code=digits) if digits.isdecimal() else found


def with_all(found: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Return lines with what is shown beside them; as many queries for a thousand as for one."""
    related = ("application__holder", "bill", "by", "reverses", "reversed_by")
    return found.select_related(*related).defer(*UNREAD)


def codes(daerah: str) -> list[str]:
    """Return the codes that occur in the ledger."""
    every = LedgerEntry.objects.filter(daerah=daerah).order_by("code")
    return list(every.values_list("code", flat=True).distinct())


class Line(NamedTuple):
    """One line as a page shows it."""

    entry: LedgerEntry
    case: Any
    """None where the reader may not open it: his own, or none is known."""
    name: str
    reverses: int | None
    reversed_by: int | None

    @property
    def open(self) -> bool:
        """Return whether the line may be booked back: it stands, and no procedure does it."""
        return self.reversed_by is None and self.entry.kind in CORRECTABLE

    @property
    def kind(self) -> str:
        return str(self.entry.get_kind_display())


def shown(entries: Iterable[LedgerEntry], reader: Any) -> list[Line]:
    """Return lines as a page shows them to a reader."""
    return [_shown(entry, reader) for entry in entries]


def _shown(entry: LedgerEntry, reader: Any) -> Line:
    case = entry.application
    holder = case.holder if case is not None else None
    other = getattr(entry, "reversed_by", None)
    return Line(
        entry,
        case if case is not None and case.applicant_id != reader.pk else None,
        holder.name if holder else "",
        entry.reverses_id,
        other.pk if other else None,
    )
