"""A statement with its findings and outcomes as a spreadsheet; texts stay texts."""

from __future__ import annotations

import io
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from applications.register import AMOUNT, AREA, DAY
from applications.register_file import PLAIN, Field, page
from imbportal.daerah import registry
from imbportal.indonesia import tanggal
from retribusi.models import Statement
from retribusi.statements import verdicts
from retribusi.statements.kinds import Kind

SEN = AREA
"""A number with two decimals, whatever it counts; ours are rupiah with their sen."""
LINES = (
    Field("Baris", AMOUNT, 7), Field("Tanggal", DAY, 12), Field("Jumlah (Rp)", SEN, 16),
    Field("Referensi", width=20), Field("Keterangan bank", width=44), Field("Temuan", width=20),
    Field("Penjelasan", width=40), Field("SKRD", width=24), Field("Pemohon", width=24),
    Field("Tagihan (Rp)", AMOUNT, 14), Field("Tindak lanjut", width=26),
    Field("Alasan", width=30), Field("Oleh", width=20), Field("Pada", DAY, 12),
)  # fmt: skip
SUMS = (
    Field("Temuan", width=26), Field("Baris", AMOUNT, 9), Field("Jumlah (Rp)", SEN, 18),
    Field("Selesai", AMOUNT, 9),
)  # fmt: skip


def made(statement: Statement, by: Any) -> bytes:
    """Return the file."""
    import xlsxwriter

    rules = registry.current(statement.daerah)
    zone = ZoneInfo(rules.timezone)
    data = io.BytesIO()
    now = timezone.now().astimezone(zone)
    origin = (
        f"{statement.bank} {statement.account}, {tanggal(statement.begins)} sampai "
        f"{tanggal(statement.ends)}. Dibuat {tanggal(now.date())} pukul {now:%H.%M} oleh {by}."
    )
    title = f"Rekening koran {rules.name}"
    sums = (
        (Kind(one["kind"]).label, one["count"], one["sen"] / 100, one["done"])
        for one in verdicts.sums(statement)
    )
    lines = statement.lines.select_related("bill__application__holder", "outcome__by")
    cells = (_line(one, zone) for one in lines.order_by("row"))
    with xlsxwriter.Workbook(data, {**PLAIN, "in_memory": True}) as book:
        page(book, "Ringkasan", title, origin, SUMS, sums)
        page(book, "Baris", title, origin, LINES, cells)
    return data.getvalue()


def _line(line: Any, zone: ZoneInfo) -> tuple[Any, ...]:
    bill, outcome = line.bill or line.strd, line.outcome
    holder = bill.application.holder if bill else None
    return (
        line.row, line.day, line.sen / 100, line.reference, line.text, line.get_kind_display(),
        line.why,
        bill.number if bill else "", holder.name if holder else "", bill.amount if bill else "",
        outcome.get_act_display() if outcome else "", outcome.reason if outcome else "",
        str(outcome.by) if outcome else "", outcome.at.astimezone(zone).date() if outcome else "",
    )  # fmt: skip
