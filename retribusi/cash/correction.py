"""A mistake in the ledger is booked back: by a treasurer, with a reason, before the head's eyes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from applications import rules
from applications.models import Application
from applications.refusals import Barred, Conflict, Unmet
from applications.services import locked
from imbportal.daerah import registry
from imbportal.indonesia import rupiah
from retribusi import acts, ledger
from retribusi.cash import news
from retribusi.cash.book import CORRECTABLE
from retribusi.models import LedgerEntry

Kind = LedgerEntry.Kind
MOVE = "correct_ledger"
LONGEST = 300


def codes(daerah: str) -> list[str]:
    """Return the codes of a daerah's tariffs, to which a line may be moved."""
    known = (code for tariff in registry.current(daerah).tariff
             for code in tariff.kode_rekening.values())  # fmt: skip
    return sorted(set(known) - {""})


@transaction.atomic
def reverse(
    entry: LedgerEntry, reason: str, *, by: Any, capacity: str, code: str = ""
) -> LedgerEntry:
    """Book a line back, once; with ``code`` the same sum is booked there in its place.

    Neither is a payment: what an applicant paid and owes stays as it was.
    """
    case = locked(entry.application_id, by) if entry.application_id else None
    if case is not None and rules.same_person(case, by):
        raise Barred("Baris dari permohonan Anda sendiri dikoreksi oleh bendahara lain.")
    entry = LedgerEntry.objects.select_for_update().get(pk=entry.pk)
    if newer := LedgerEntry.objects.filter(reverses=entry).first():
        raise Conflict(f"Baris {entry.pk} sudah dikoreksi dengan baris {newer.pk}.")
    if missing := _missing(entry, reason, code):
        raise Unmet(missing)
    reason, at = reason.strip(), timezone.now()
    about = {
        "kind": Kind.CORRECTION, "paid_on": entry.paid_on, "by": by, "at": at,
        "daerah": entry.daerah, "bill": entry.bill, "payment": entry.payment, "note": reason,
    }  # fmt: skip
    back = [(entry.code, entry.line, -entry.amount)]
    (made,) = ledger.book(case, lines=back, reverses=entry, **about)
    if code:
        ledger.book(case, lines=[(code, entry.line, entry.amount)], **about)
    if case is not None:
        _write(case, made, reason, code, by, capacity)
    news.corrected(made, code, by)
    return made


def _missing(entry: LedgerEntry, reason: str, code: str) -> list[str]:
    found = []
    if entry.kind not in CORRECTABLE:
        kind = str(entry.get_kind_display()).lower()
        found.append(f"Baris {kind} diurungkan pada halaman tempatnya dicatat, bukan di sini.")
    if not reason.strip():
        found.append("Tulis alasan koreksi.")
    if len(reason.strip()) > LONGEST:
        found.append(f"Alasan paling panjang {LONGEST} huruf.")
    if code and code not in codes(entry.daerah):
        found.append("Pilih kode rekening dari daftar tarif daerah.")
    if code and code == entry.code:
        found.append("Kode rekening yang baru sama dengan yang lama. Pilih kode lain.")
    return found


def _write(
    case: Application, made: LedgerEntry, reason: str, code: str, by: Any, capacity: str
) -> None:
    """Write the correction into the history of its case."""
    note = f"{made.line}, {rupiah(-made.amount)}, {told(made, code)}. Alasan: {reason}"
    acts.write(case, MOVE, by, capacity, note, made.at, line=made.pk)


def told(made: LedgerEntry, code: str) -> str:
    """Return what a correction did, in words."""
    if code:
        return f"dipindahkan dari {made.code or 'tanpa kode'} ke {code}"
    return "dikeluarkan dari buku penerimaan"
