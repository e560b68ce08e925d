"""What the public reads: how to object to a bill, and how money goes back."""

from __future__ import annotations

from typing import Any

from imbportal.daerah.schema import Daerah
from retribusi import treasurers
from retribusi.corrections import objections


def of(rules: Daerah) -> dict[str, Any]:
    """Return both rules of a daerah for its service standard; nothing where no fee is charged."""
    if not rules.tariff:
        return {}
    approver = rules.role[rules.refund.approved_by or rules.head].title
    payers = [rules.role[role].title for role in sorted(treasurers.roles(rules))]
    return {
        "objection": rules.objection,
        "objection_words": objections.in_words(rules),
        "refund": rules.refund,
        "refund_words": (
            "Kelebihan pembayaran, dan retribusi yang sudah dibayar bila permohonan ditolak, "
            f"dikembalikan: disetujui {approver}, dibayarkan {' atau '.join(payers)}. "
            "Pemohon mengisi rekeningnya pada halaman permohonan."
        ),
    }
