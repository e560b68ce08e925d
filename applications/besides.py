"""What happens to a case beside its moves and still belongs into its history.

Such an event stays where the case is (source and target are its state) and stands in the same
chain; ``data["hand"]`` names the role in whose hands the case lies from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from applications.workflow import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from applications.models import Application, Event

LABELS = {
    "warn_paper": "Peringatan atas",
    "freeze_paper": "Pembekuan",
    "lift_paper": "Pencairan pembekuan",
    "revoke_paper": "Pencabutan",
    "replace_paper": "Penggantian",
    "ask_relief": "Permohonan diajukan",
    "forward_relief": "Permohonan diteruskan",
    "grant_relief": "Dikabulkan",
    "refuse_relief": "Tidak dikabulkan",
    "withdraw_relief": "Permohonan ditarik kembali",
    "hold_deposit": "Uang dari rekening koran dicatat sebagai titipan",
    "release_deposit": "Titipan dari rekening koran diurungkan",
    "correct_ledger": "Buku penerimaan dikoreksi",
    "warn_bill": "Surat teguran atas SKRD",
    "propose_strd": "Konsep STRD dibuat atas SKRD",
    "issue_strd": "STRD terbit",
    "void_strd": "STRD dibatalkan",
    "file_strd_proof": "Bukti pembayaran STRD dikirim",
    "refuse_strd_proof": "Bukti pembayaran STRD tidak diterima",
    "pay_strd": "STRD dibayar",
    "ask_objection": "Keberatan atas SKRD diajukan",
    "forward_objection": "Keberatan atas SKRD diteruskan",
    "grant_objection": "Keberatan atas SKRD dikabulkan seluruhnya",
    "partly_objection": "Keberatan atas SKRD dikabulkan sebagian",
    "refuse_objection": "Keberatan atas SKRD ditolak",
    "withdraw_objection": "Keberatan atas SKRD ditarik kembali",
    "open_refund": "Kelebihan pembayaran ditetapkan untuk dikembalikan",
    "file_refund": "Rekening pengembalian diisi",
    "approve_refund": "Pengembalian disetujui",
    "return_refund": "Rekening pengembalian dikembalikan untuk diperbaiki",
    "refuse_refund": "Pengembalian tidak disetujui",
    "pay_refund": "Pengembalian dibayarkan",
    "cancel_refund": "Pengembalian dibatalkan",
}
"""By what was done; behind what was done with a request for relief stands its name, behind what
concerns a late bill its number."""


NAMED = ("surat", "strd", "skrd")
"""Where an event keeps the paper that it concerns."""


def label(name: str) -> str:
    """Return what a move, or something done beside the moves, is called."""
    return LABELS.get(name) or BY_NAME[name].label


def last_move(events: Sequence[Event]) -> Event | None:
    """Return the last of some events that was a move: what came beside it later ended nothing."""
    return next((event for event in reversed(events) if event.move not in LABELS), None)


def headline(application: Application, event: Event) -> str:
    """Return what was done beside the moves, with its name in the daerah's file; "" of a move."""
    if event.move not in LABELS:
        return ""
    relief = application.whole_rules.relief_by_code(event.data.get("relief", ""))
    words = LABELS[event.move]
    if number := next(filter(None, map(event.data.get, NAMED)), ""):
        return f"{words} {number}"
    return f"{words}: {relief.name[:1].lower()}{relief.name[1:]}" if relief else words
