"""The ledger, and a closing, as spreadsheets: made by the worker as the register's are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from applications import register_file
from applications.keyset import Keyset
from applications.models import RegisterExport
from applications.register import AMOUNT, DAY
from applications.register_file import CHUNK, PLAIN, Field, Sheet
from imbportal.daerah import registry
from retribusi import treasurers
from retribusi.cash import book, closing, totals
from retribusi.cash.closing import Span
from retribusi.models import CashClosing, LedgerEntry

BOOK, CLOSING = "buku-penerimaan", "penutupan-kas"
LINES = (
    Field("Baris", AMOUNT, 9), Field("Tanggal buku", DAY, 12), Field("Tanggal uang", DAY, 12),
    Field("Kode rekening", width=22), Field("Uraian", width=34), Field("Jenis"),
    Field("SKRD", width=28), Field("Kode bayar", width=20), Field("Permohonan", width=22),
    Field("Pemohon", width=28), Field("Jumlah (Rp)", AMOUNT, 16),
    Field("Keterangan", width=34), Field("Membalik baris", AMOUNT, 10),
    Field("Dibukukan oleh", width=24),
)  # fmt: skip
SUMS = (
    Field("Kode rekening", width=22), Field("Uraian", width=48), Field("Baris", AMOUNT, 9),
    Field("Masuk (Rp)", AMOUNT, 16), Field("Keluar (Rp)", AMOUNT, 16),
    Field("Jumlah (Rp)", AMOUNT, 16),
)  # fmt: skip
FACTS = (Field("", width=36), Field("", width=72))


def write_book(path: str, export: RegisterExport) -> int:
    """Write the lines of the ledger that were asked for, and their sums; return how many."""
    import xlsxwriter

    part = book.wanted(export.filters, export.daerah)
    found = book.lines(part)
    title = f"Buku penerimaan {part.rules.name}, {part.words}"
    with xlsxwriter.Workbook(path, PLAIN) as made:
        written = _pages(made, title, export, found)
    return written


def write_closing(path: str, export: RegisterExport) -> int:
    """Write one closing: what it says, its sums, and its lines; return how many lines."""
    import xlsxwriter

    closed = CashClosing.objects.get(pk=export.filters["penutupan"], daerah=export.daerah)
    found = closing.lines(export.daerah, Span(closed.first, closed.last))
    title = f"Penutupan kas nomor {closed.number}, {closed.days}"
    with xlsxwriter.Workbook(path, PLAIN) as made:
        origin = _origin(export)
        register_file.page(made, "Penutupan", title, origin, FACTS, _facts(closed, export))
        written = _pages(made, title, export, found)
    return written


def _pages(made: Any, title: str, export: RegisterExport, found: Any) -> int:
    origin = _origin(export)
    mine = RegisterExport.objects.filter(pk=export.pk)
    mine.update(total=found.count(), written=0)
    written = register_file.page(made, "Buku", title, origin, LINES, _lines(found, mine))
    rows = totals.of(found)
    register_file.page(made, "Rekap", title, origin, SUMS, _sums(rows))
    return written


def _origin(export: RegisterExport) -> str:
    zone = ZoneInfo(registry.current(export.daerah).timezone)
    return register_file.made_by(export, zone)


def _lines(found: Any, mine: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each line, read in pieces, and tell how far it is."""
    written = 0
    for piece in Keyset("day", size=CHUNK).chunks(book.with_all(found)):
        for entry in piece:
            yield _cells(entry)
        written += len(piece)
        mine.update(written=written)


def _cells(entry: LedgerEntry) -> tuple[Any, ...]:
    bill, case = entry.bill, entry.application
    holder = case.holder if case else None
    return (
        entry.pk, entry.day, entry.paid_on, entry.code, entry.line, entry.get_kind_display(),
        bill.number if bill else "", bill.payment_code if bill else "",
        case.number if case else "", holder.name if holder else "", entry.amount, entry.note,
        entry.reverses_id, str(entry.by),
    )  # fmt: skip


def _sums(rows: list[totals.Row]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        code = row["kode"] or totals.NO_CODE
        yield (code, totals.words(row), row["baris"], row["masuk"], row["keluar"], row["jumlah"])
    sums = [sum(row[name] for row in rows) for name in ("baris", "masuk", "keluar", "jumlah")]
    yield ("Jumlah", "", *sums)


def _facts(closed: CashClosing, export: RegisterExport) -> Iterator[tuple[str, str]]:
    zone = ZoneInfo(registry.current(export.daerah).timezone)
    at = closed.closed_at.astimezone(zone)
    yield "Hari", closed.days
    yield "Ditutup oleh", f"{closed.closed_by}, {closed.capacity}, {at:%d/%m/%Y pukul %H.%M}"
    known = closed.known_at.astimezone(zone) if closed.known_at else None
    yield (
        "Diketahui oleh",
        f"{closed.known_by}, {closed.known_capacity}, {known:%d/%m/%Y pukul %H.%M}"
        if known else "belum",
    )  # fmt: skip
    yield "Catatan", closed.note
    yield "Sidik penutupan ini", closed.hash
    yield "Sidik penutupan sebelumnya", closed.previous_hash


SHEETS = {
    BOOK: Sheet("Buku penerimaan", "cash_book", write_book, treasurers.reads),
    CLOSING: Sheet("Penutupan kas", "cash_closings", write_closing, treasurers.reads),
}
