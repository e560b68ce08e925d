"""The chapter of the money in a case's file: calculation, bills, slips, payments, ledger."""

from __future__ import annotations

from typing import Any

from applications.casefile import contents, naming
from applications.casefile.folder import Cell, Folder, Part, iso
from imbportal.indonesia import rupiah
from retribusi.models import LedgerEntry, PaymentProof, StrdProof


def register() -> None:
    contents.register(gather)


def gather(folder: Folder) -> None:
    part = folder.part("uang", "Retribusi")
    assessments(folder, part)
    bills(folder, part)
    slips(folder, part)
    payments(folder, part)
    strds(folder, part)
    requests(folder, part)
    refunds(folder, part)
    if folder.for_office:
        ledger(folder, part)


def assessments(folder: Folder, part: Part) -> None:
    """Add every calculation for the office; the applicant's stand in his bills."""
    if not folder.for_office:
        return
    table = part.table("Perhitungan", "Pada", "Jumlah", "Tarif", "Oleh")
    rows = folder.case.assessments.select_related("by").order_by("at", "pk")
    for number, row in enumerate(rows, start=1):
        path = folder.add_json(f"uang/perhitungan-{number:02d}.json", {
            "masukan": row.input, "hasil": row.result, "jumlah": row.total, "tarif": row.tariff,
            "contoh": row.sample, "oleh": str(row.by), "pada": iso(row.at),
        })  # fmt: skip
        table.add(Cell(folder.moment(row.at), path), rupiah(row.total), row.tariff, row.by)


def bills(folder: Folder, part: Part) -> None:
    table = part.table("Tagihan (SKRD)", "Nomor", "Jumlah", "Terbit", "Jatuh tempo", "Keadaan")
    for number, bill in enumerate(folder.case.bills.order_by("issued_at", "pk"), start=1):
        path = folder.add_json(f"uang/skrd-{number:02d}-{naming.safe(bill.number, 40)}.json", {
            "nomor": bill.number, "jumlah": bill.amount, "terbit": iso(bill.issued_at),
            "jatuh_tempo": bill.due_date, "kode_bayar": bill.payment_code,
            "hitungan": bill.snapshot, "lunas": iso(bill.settled_at), "batal": iso(bill.voided_at),
            "alasan_batal": bill.void_reason,
        })  # fmt: skip
        state = "batal" if bill.voided_at else "lunas" if bill.settled_at else "menunggu pembayaran"
        table.add(
            Cell(bill.number, path), rupiah(bill.amount), folder.moment(bill.issued_at),
            folder.day(bill.due_date), Cell(state, small=bill.void_reason),
        )  # fmt: skip


def slips(folder: Folder, part: Part) -> None:
    """Add the slips that were filed for bills and for STRD, each with what became of it."""
    table = part.table("Bukti pembayaran", "Bukti", "Jumlah", "Tanggal bayar", "Hasil")
    case, data = folder.case, []
    proofs = [
        *PaymentProof.objects.filter(skrd__application=case).order_by("filed_at", "pk"),
        *StrdProof.objects.filter(strd__application=case).order_by("filed_at", "pk"),
    ]
    for number, row in enumerate(proofs, start=1):
        what = f"{row.bank} {row.reference}".strip()
        ending = naming.ending("", row.file.name or "")
        name = naming.of_file(f"{number:02d}", f"{what}.pdf", ending)
        path = folder.add_stored(f"uang/bukti/{name}", row.file, row.file_sha256, what, row.scan)
        result = Cell(row.get_status_display(), small=row.reason)
        small = "" if path else "tidak dimuat"
        table.add(Cell(what, path, small), rupiah(row.amount), folder.day(row.paid_on), result)
        data.append({
            "bank": row.bank, "referensi": row.reference, "jumlah": row.amount,
            "tanggal_bayar": row.paid_on, "berkas": path, "sidik": row.file_sha256,
            "hasil": row.status, "alasan": row.reason, "diajukan": iso(row.filed_at),
            "diperiksa": iso(row.judged_at),
        })  # fmt: skip
    folder.add_json("uang/bukti-pembayaran.json", data)


def payments(folder: Folder, part: Part) -> None:
    head = ("SKRD", "Jumlah", "Tanggal bayar", "Diterima pada")
    table = part.table("Pembayaran", *head, *(["Diterima oleh"] if folder.for_office else []))
    rows = folder.case.payments.select_related("skrd", "confirmed_by").order_by("confirmed_at")
    data = []
    for row in rows:
        by = folder.name(row.confirmed_by)
        table.add(row.skrd.number, rupiah(row.amount), folder.day(row.paid_on),
                  folder.moment(row.confirmed_at), *([by] if by else []))  # fmt: skip
        data.append({"skrd": row.skrd.number, "jumlah": row.amount, "tanggal_bayar": row.paid_on,
                     "diterima": iso(row.confirmed_at), "oleh": by})  # fmt: skip
    folder.add_json("uang/pembayaran.json", data)


def strds(folder: Folder, part: Part) -> None:
    table = part.table("Bunga keterlambatan (STRD)", "Nomor", "Atas SKRD", "Bunga", "Keadaan")
    rows = folder.case.strds.select_related("skrd").order_by("pk")
    if not folder.for_office:
        rows = rows.exclude(issued_at=None)
    data = []
    for row in rows:
        state = Cell(row.get_state_display(), small=row.void_reason)
        table.add(row.number or "konsep", row.skrd.number, rupiah(row.amount), state)
        data.append({
            "nomor": row.number, "skrd": row.skrd.number, "pokok": row.principal,
            "bulan": row.months, "sampai": row.until, "persen": row.percent, "bunga": row.amount,
            "aturan": row.rule, "keadaan": row.state, "terbit": iso(row.issued_at),
            "lunas": iso(row.settled_at), "batal": iso(row.voided_at),
        })  # fmt: skip
    folder.add_json("uang/strd.json", data)


def requests(folder: Folder, part: Part) -> None:
    """Add what the applicant asked for: relief, and objections to a bill."""
    table = part.table("Keringanan dan keberatan", "Hal", "Diajukan", "Alasan", "Keputusan")
    case, data = folder.case, []
    asked = [
        *((_relief(case, row), row) for row in case.reliefs.order_by("pk")),
        *((f"Keberatan atas SKRD {row.bill.number}", row)
          for row in case.objections.select_related("bill").order_by("pk")),
    ]  # fmt: skip
    for what, row in asked:
        said = ", ".join(filter(None, (row.get_state_display(), folder.day(row.decided_at))))
        table.add(what, folder.moment(row.asked_at), row.words, Cell(said, small=row.reason))
        data.append({
            "hal": what, "diajukan": iso(row.asked_at), "alasan": row.words, "keadaan": row.state,
            "diputus": iso(row.decided_at), "jabatan": row.capacity, "keputusan": row.reason,
        })  # fmt: skip
    folder.add_json("uang/keringanan-dan-keberatan.json", data)


def _relief(case: Any, row: Any) -> str:
    rule = case.whole_rules.relief_by_code(row.code)
    return rule.name if rule else f"Keringanan {row.code}"


def refunds(folder: Folder, part: Part) -> None:
    """Add money that goes back; of the account, its last digits."""
    table = part.table("Pengembalian", "Sebab", "Jumlah", "Rekening", "Keadaan")
    data = []
    for row in folder.case.refunds.order_by("pk"):
        state = Cell(row.get_state_display(), small=row.reason)
        account = " ".join(filter(None, (row.bank, row.account_masked)))
        table.add(row.get_cause_display(), rupiah(row.amount), account, state)
        data.append({
            "sebab": row.cause, "jumlah": row.amount, "dibayar": row.paid, "seharusnya": row.owed,
            "keterangan": row.note, "rekening": account, "keadaan": row.state,
            "alasan": row.reason, "dibuka": iso(row.opened_at), "disetujui": iso(row.approved_at),
            "dibayarkan": row.paid_on, "referensi": row.reference,
        })  # fmt: skip
    folder.add_json("uang/pengembalian.json", data)
    if data:
        folder.leave("Nomor rekening pengembalian", "hanya empat angka terakhirnya dimuat")


def ledger(folder: Folder, part: Part) -> None:
    """Add the lines of the ledger that belong to the case."""
    table = part.table("Buku penerimaan", "Tanggal buku", "Kode rekening", "Uraian", "Jumlah")
    data = []
    rows = LedgerEntry.objects.filter(application=folder.case).select_related("by").order_by("pk")
    for row in rows:
        line = Cell(f"{row.line} ({row.get_kind_display()})", small=row.note)
        table.add(folder.day(row.day), row.code or "tanpa kode", line, rupiah(row.amount))
        data.append({
            "baris": row.pk, "jenis": row.kind, "kode": row.code, "uraian": row.line,
            "jumlah": row.amount, "tanggal_uang": row.paid_on, "tanggal_buku": row.day,
            "keterangan": row.note, "membalik": row.reverses_id, "oleh": str(row.by),
            "pada": iso(row.at),
        })  # fmt: skip
    folder.add_json("uang/buku-penerimaan.json", data)
