"""A statement with its findings and outcomes as a spreadsheet; texts stay texts."""

from __future__ import annotations

import io
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils import timezone

from applications.register import AMOUNT, DAY, TEXT
from applications.register_file import FORMATS, PLAIN, WRITERS
from imbportal.daerah import registry
from imbportal.indonesia import tanggal
from retribusi.models import Statement
from retribusi.statements import verdicts
from retribusi.statements.kinds import Kind

SEN = "sen"
HEAD_ROWS = 4
LINES = (
    ("Baris", AMOUNT, 7), ("Tanggal", DAY, 12), ("Jumlah (Rp)", SEN, 16), ("Referensi", TEXT, 20),
    ("Keterangan bank", TEXT, 44), ("Temuan", TEXT, 20), ("Penjelasan", TEXT, 40),
    ("SKRD", TEXT, 24), ("Pemohon", TEXT, 24), ("Tagihan (Rp)", AMOUNT, 14),
    ("Tindak lanjut", TEXT, 26), ("Alasan", TEXT, 30), ("Oleh", TEXT, 20), ("Pada", DAY, 12),
)  # fmt: skip
SUMS = (("Temuan", TEXT, 26), ("Baris", AMOUNT, 9), ("Jumlah (Rp)", SEN, 18),
        ("Selesai", AMOUNT, 9))  # fmt: skip


def made(statement: Statement, by: Any) -> bytes:
    """Return the file."""
    rules = registry.current(statement.daerah)
    zone = ZoneInfo(rules.timezone)
    data = io.BytesIO()
    now = timezone.now().astimezone(zone)
    origin = (
        f"{statement.bank} {statement.account}, {tanggal(statement.begins)} sampai "
        f"{tanggal(statement.ends)}. Dibuat {tanggal(now.date())} pukul {now:%H.%M} oleh {by}."
    )
    options = {**PLAIN, "in_memory": True, "constant_memory": False}
    with xlsxwriter.Workbook(data, options) as book:
        formats = {kind: book.add_format(how) for kind, how in FORMATS.items()}
        formats[SEN] = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        title = f"Rekening koran {rules.name}"
        sums = (
            (Kind(one["kind"]).label, one["count"], one["sen"], one["done"])
            for one in verdicts.sums(statement)
        )
        _page(book, "Ringkasan", title, origin, SUMS, sums, formats)
        lines = statement.lines.select_related(
            "bill__application__holder", "strd__application__holder", "outcome__by"
        ).order_by("row")  # fmt: skip
        _page(book, "Baris", title, origin, LINES, (_line(one, zone) for one in lines), formats)
    return data.getvalue()


def _line(line: Any, zone: ZoneInfo) -> tuple[Any, ...]:
    bill, outcome = line.bill or line.strd, line.outcome
    holder = bill.application.holder if bill else None
    return (
        line.row, line.day, line.sen, line.reference, line.text, line.get_kind_display(), line.why,
        bill.number if bill else "", holder.name if holder else "", bill.amount if bill else "",
        outcome.get_act_display() if outcome else "", outcome.reason if outcome else "",
        str(outcome.by) if outcome else "", outcome.at.astimezone(zone).date() if outcome else "",
    )  # fmt: skip


def _page(
    book: Any, name: str, title: str, origin: str, columns: Any, rows: Any, formats: Any
) -> None:
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for at, (_, _, width) in enumerate(columns):
        sheet.set_column(at, at, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROWS - 1)
    sheet.freeze_panes(HEAD_ROWS, 0)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, origin)
    for at, (label, _, _) in enumerate(columns):
        sheet.write_string(HEAD_ROWS - 1, at, label, heading)
    for row, values in enumerate(rows, start=HEAD_ROWS):
        for at, ((_, kind, _), value) in enumerate(zip(columns, values, strict=True)):
            if value not in (None, ""):
                _write(sheet, kind, row, at, value, formats[kind])


def _write(sheet: Any, kind: str, row: int, at: int, value: Any, how: Any) -> None:
    if kind == SEN:
        sheet.write_number(row, at, value / 100, how)
    else:
        WRITERS[kind](sheet, row, at, value, how)
