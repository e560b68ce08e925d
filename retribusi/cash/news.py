"""What the head of an office is told of its cash."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from imbportal.indonesia import rupiah
from retribusi import news
from retribusi.models import LedgerEntry


def corrected(made: LedgerEntry, code: str, by: Any) -> None:
    """Tell the head, by e-mail too, that a line was booked back, by whom and why."""
    where = f" Sebagai gantinya dibukukan pada kode rekening {code}." if code else ""
    news.head(
        made.daerah, f"kas:koreksi:{made.pk}", "kas", "Buku penerimaan dikoreksi",
        number=made.bill.number if made.bill else "",
        detail=f"{by} membalik baris {made.reverses_id}, {made.line}, "
        f"{rupiah(-made.amount)}.{where}\nAlasan: {made.note}",
        url=f"{reverse('admin:cash_book')}?{_only_corrections(made.daerah)}",
    )  # fmt: skip


def _only_corrections(daerah: str) -> str:
    return urlencode({"daerah": daerah, "macam": LedgerEntry.Kind.CORRECTION})
