"""What the head of an office is told of its cash."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from accounts import contacts, postings
from imbportal.daerah import registry
from imbportal.indonesia import rupiah
from notifications import outbox
from retribusi.models import LedgerEntry

HOW = "email"


def corrected(made: LedgerEntry, code: str, by: Any) -> None:
    """Tell the head, by e-mail too, that a line was booked back, by whom and why."""
    rules = registry.current(made.daerah)
    number = made.bill.number if made.bill else ""
    where = f" Sebagai gantinya dibukukan pada kode rekening {code}." if code else ""
    outbox.send_each(
        [
            (f"kas:koreksi:{made.pk}:{head.pk}", head, contacts.channels(head, HOW))
            for head in postings.holders(made.daerah, rules.head)
        ],
        template="kas",
        context={
            "headline": "Buku penerimaan dikoreksi",
            "office": rules.office.name,
            "number": number,
            "detail": f"{by} membalik baris {made.reverses_id}, {made.line}, "
            f"{rupiah(-made.amount)}.{where}\nAlasan: {made.note}",
        },
        daerah=made.daerah,
        url=f"{reverse('admin:cash_book')}?{_only_corrections(made.daerah)}",
    )


def _only_corrections(daerah: str) -> str:
    return urlencode({"daerah": daerah, "macam": LedgerEntry.Kind.CORRECTION})
