"""The STRD on paper: the fields of the SKRD's form, its arithmetic, how to pay and by what."""

from __future__ import annotations

import datetime
from typing import Any

from applications import clock
from applications.models import Application
from applications.paper_parts import holder_name, letterhead, location
from documents.content import PaperContent, Section, Table
from documents.models import Paper
from imbportal import areas
from imbportal.daerah.interest import PAPER
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import angka, persen, rupiah, tanggal, terbilang
from retribusi.arrears.interest import of
from retribusi.arrears.owed import rules_of
from retribusi.billing import grouped
from retribusi.models import Strd

NO_ACCOUNT = "belum ditetapkan"
NO_BREAK = "\N{NO-BREAK SPACE}"
NOTES = (
    "Bayar dengan menyebut kode bayar, lalu unggah bukti pembayaran pada halaman permohonan, atau "
    "bayar kepada bendahara penerimaan. Jumlahnya harus sama persis.",
    "STRD ini menagih bunga keterlambatan saja; pokok retribusi tetap dibayar menurut SKRD. "
    "Penerbitan izin tidak menunggu STRD ini, melainkan pokok retribusinya.",
)
SAMPLE_NOTE = "Aturan bunga contoh, belum dikonfirmasi daerah."


def content(strd: Strd, at: datetime.datetime) -> PaperContent:
    """Return what an STRD prints where it is issued at this moment."""
    case, bill = strd.application, strd.skrd
    rules = rules_of(case)
    kind, rule = rules.paper[PAPER], strd.rule
    return PaperContent(
        **_hands(rules, case),
        title=kind.title,
        facts=_facts(strd),
        sections=(Section(table=_table(strd)),),
        closing=NOTES,
        basis=tuple(dict.fromkeys((*kind.basis, rule["cite"]))),
        copies=kind.copies,
        sample=strd.sample or kind.contoh,
        sample_note=SAMPLE_NOTE if strd.sample else "",
        holder=holder_name(case),
        purpose=f"Bunga keterlambatan {strd.count} bulan atas SKRD nomor {bill.number}",
        extra={
            "amount": strd.amount,
            "terbilang": f"{terbilang(strd.amount)} rupiah",
            "tear_off": True,
            "address": case.holder.address if case.holder else "",
            "due_date": due_date(strd, at).isoformat(),
            "payment_code": strd.payment_code,
        },
    )


def due_date(strd: Strd, at: datetime.datetime) -> datetime.date:
    """Return the day on which an STRD that is issued at this moment falls due."""
    days = datetime.timedelta(days=strd.rule["due_days"])
    return clock.local_date(strd.application, at) + days


def _hands(rules: Daerah, case: Application) -> dict[str, Any]:
    """Return head and signatory by the file that collects, which may be newer than the case's."""
    role = rules.paper[PAPER].signed_by or ""
    unit = rules.unit_of(role, case.kecamatan)
    named = dict(areas.kecamatan(rules.region_code)).get(unit.kecamatan, "")
    return {"letterhead": letterhead(rules, unit), "signer": rules.role[role].signed(named)}


def _facts(strd: Strd) -> tuple[tuple[str, str], ...]:
    case, bill = strd.application, strd.skrd
    issued = tanggal(clock.local_date(case, bill.issued_at))
    rows = (
        ("Nama", holder_name(case)),
        ("Alamat", case.holder.address if case.holder else ""),
        ("Permohonan", ", ".join(filter(None, (case.number, case.building_name)))),
        ("Lokasi", location(case)),
        ("Atas SKRD", f"nomor {bill.number} tanggal {issued}"),
        ("Jatuh tempo SKRD", tanggal(bill.due_date)),
        ("Pokok retribusi", rupiah(strd.principal)),
        ("Pokok belum dibayar", rupiah(strd.unpaid)),
        ("Bunga dihitung sampai", tanggal(strd.until)),
    )
    return tuple((label, value) for label, value in rows if value)


def _table(strd: Strd) -> Table:
    """Return the interest line by line; the whole is rounded once, before what was billed."""
    whole = of(strd.principal, strd.percent, strd.months)
    arithmetic = f"{strd.months} bulan × {persen(strd.percent)} × {rupiah(strd.principal)}"
    code = strd.code or NO_ACCOUNT
    rows = [(code, _label(strd), arithmetic, angka(whole, 2))]
    cites = [f"{strd.rule['cite']}; bagian dari bulan dihitung satu bulan"]
    if strd.before:
        was = f"bulan 1 sampai {strd.months_before}" if strd.months_before > 1 else "bulan 1"
        rows.append(("", "Telah ditagih dengan STRD terdahulu", was, f"-{angka(strd.before, 2)}"))
        cites.append("")
    return Table(
        head=("Kode rekening", "Uraian", "Dasar dan hitungan", "Rupiah"),
        rows=tuple(rows),
        align="lllr",
        foot=("Jumlah", "", "", angka(strd.amount, 2)),
        cites=tuple(cites),
    )


def _label(strd: Strd) -> str:
    months = f"bulan 1 sampai {strd.months}" if strd.months > 1 else "bulan 1"
    return f"Bunga keterlambatan, {months.replace(' ', NO_BREAK)}"


def advice(paper: Paper) -> str:
    """Return what the check page adds to an STRD that is void: nobody pays by it any more."""
    void = paper.status == Paper.Status.VOID
    return "Jangan dibayar: kode bayarnya tidak berlaku lagi." if void else ""


def shown(content: PaperContent) -> list[tuple[str, str]]:
    """Return the head of the paper as rows, for the page on which somebody confirms it."""
    extra = content.extra
    return [
        *content.facts,
        ("Jumlah yang harus dibayar", rupiah(extra["amount"])),
        ("Dengan huruf", extra["terbilang"]),
        ("Jatuh tempo STRD", tanggal(datetime.date.fromisoformat(extra["due_date"]))),
        ("Kode bayar", grouped(extra["payment_code"])),
        ("Penanda tangan", content.signer),
    ]
