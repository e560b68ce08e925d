"""Money that names a bill of interest (STRD): its payment, too little, too much, or again; pure."""

from __future__ import annotations

from retribusi.statements.kinds import Kind
from retribusi.statements.known import Entry, Interest, Verdict
from retribusi.statements.rows import money

BRINGS = frozenset({Kind.INTEREST, Kind.IN_REVIEW, Kind.OVER})
"""A line of these kinds is the money of its bill of interest; any further one is a second."""


def judged(entry: Entry, owed: Interest, *, before: bool) -> Verdict:
    """Judge such money; ``before`` tells whether a line brought that bill's money already."""
    asked = f"STRD {owed.number} sebesar {money(owed.due)}"
    if owed.void:
        text = f"Menyebut kode bayar {asked}, yang sudah dibatalkan."
        return Verdict(Kind.VOIDED, text, strd=owed.pk)
    if before:
        return Verdict(Kind.DOUBLE, f"Uang untuk {asked} sudah masuk sebelumnya.", strd=owed.pk)
    if entry.sen == owed.due or (owed.paid and entry.sen == owed.came * 100):
        return _exact(entry, owed, asked)
    if entry.sen < owed.due:
        text = f"Kurang {money(owed.due - entry.sen)} dari {asked}."
        return Verdict(Kind.SHORT, text, strd=owed.pk)
    more = f"Lebih {money(entry.sen - owed.due)} dari {asked}."
    if owed.paid:
        return Verdict(Kind.OVER, more, strd=owed.pk)
    text = f"{more} Terima pembayarannya pada halaman SKRD-nya; kelebihannya dikembalikan."
    return Verdict(Kind.IN_REVIEW, text, strd=owed.pk)


def _exact(entry: Entry, owed: Interest, asked: str) -> Verdict:
    if not owed.paid:
        text = f"Bunga menurut {asked}. Terima pembayarannya pada halaman SKRD-nya."
        return Verdict(Kind.IN_REVIEW, text, strd=owed.pk)
    text = f"Bunga menurut {asked}, sudah diterima dan dibukukan."
    if entry.sen > owed.due:
        text += f" Kelebihan {money(entry.sen - owed.due)} sudah dibukukan sebagai titipan."
    return Verdict(Kind.INTEREST, text, strd=owed.pk)
