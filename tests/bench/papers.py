# ruff: noqa: E501 - prose of papers
"""Papers to be measured: a bill as a case brings it, an annex of many lines, and one of each kind."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

from documents import codes
from documents.content import ENCLOSED, PaperContent, Section, Table
from documents.printout import Printout, Signature
from tests.documents.samples import HEAD, SAMPLES

AT = datetime.datetime(2026, 11, 16, 3, tzinfo=datetime.UTC)
DAY = "16 November 2026"
ACCOUNTS = Table(
    head=("No.", "Kode rekening", "Uraian", "Rincian (Rp)", "Jumlah (Rp)"),
    rows=(
        ("1.", "4.1.02.03.01.0001", "Retribusi bangunan gedung", "", "1.315.008"),
        ("", "", "Rumah tinggal dua lantai", "1.315.008,00", ""),
        ("", "", "Keringanan: tidak ada", "0,00", ""),
        ("2.", "4.1.02.03.01.0002", "Retribusi prasarana bangunan gedung", "", "117.600"),
        ("", "", "Pagar depan, pasangan bata", "72.000,00", ""),
        ("", "", "Tangki septik dengan resapan", "45.600,00", ""),
        ("", "", "Jumlah ketetapan pokok", "", "1.432.608"),
        ("", "", "Jumlah sanksi: a. bunga", "", "0"),
        ("", "", "b. kenaikan", "", "0"),
    ),
    align="lllrr",
    foot=("Jumlah keseluruhan", "", "", "", "1.432.608"),
    cites=(
        "",
        "120 m² × 0,632 × 1,00 × Rp17.340; It = fungsi 0,15 × klasifikasi 0,632 × waktu 1,00; lampiran baris 1 sampai 9",
        "", "",
        "24 m × 1,00 × 1,00 × Rp3.000",
        "1 unit × 1,00 × 1,00 × Rp45.600",
        "", "", "",
    ),
    styles=("main", "sub", "sub", "main", "sub", "sub", "sum", "sum", "sum"),
    widths=(6, 22, 40, 16, 16),
)  # fmt: skip
BILL = PaperContent(
    letterhead=HEAD,
    title="Surat Ketetapan Retribusi Daerah",
    facts=(
        ("Nama", "Budi Santosa"),
        ("Alamat", "Jl. Stadion 12, Kel. Bugih, Kec. Kota Contoh"),
        ("NPWP/NPWPD", "-"),
        ("Permohonan", "Rumah tinggal dua lantai, nomor IMB-990101-16112026-001"),
        ("Lokasi", "Jl. Stadion 12, Bugih, Kec. Kota Contoh"),
    ),
    sections=(Section(table=ACCOUNTS),),
    closing=(
        "Bayar sama persis dengan kode bayar 3528 0126 0000 31, lalu unggah buktinya pada halaman permohonan.",
        "Terlambat membayar dikenai bunga menurut peraturan yang berlaku pada tanggal jatuh tempo.",
        "Layanan perizinan tidak dipungut biaya selain retribusi ini.",
    ),
    basis=(
        "Peraturan Daerah tentang Pajak Daerah dan Retribusi Daerah",
        "Peraturan Bupati tentang Tata Cara Pemungutan Retribusi Daerah",
    ),
    holder="Budi Santosa",
    sample=True,
    extra={
        "amount": 1432608,
        "terbilang": "satu juta empat ratus tiga puluh dua ribu enam ratus delapan rupiah",
        "payment_code": "3528012600000031",
        "address": "Jl. Stadion 12, Kel. Bugih, Kec. Kota Contoh",
    },
)
"""The bill of a house with a fence and a septic tank, on one page."""


def annex(lines: int) -> Section:
    """Return a calculation of so many lines, every third with its basis below."""
    return Section(
        title="Lampiran perhitungan",
        paragraphs=("Dasar tarif: Peraturan Daerah tentang Retribusi.",),
        table=Table(
            head=("No.", "Uraian", "Hitungan", "Nilai"),
            rows=tuple(
                (str(n), f"Prasarana ke-{n}, pasangan bata", f"{n} m × 1,00 × Rp1.500", f"{n}.500,00")
                for n in range(1, lines + 1)
            ),
            align="lllr",
            foot=("", "Jumlah (Rp)", "", "1.432.608"),
            cites=tuple("Lampiran, baris 10" * (n % 3 == 0) for n in range(lines)),
        ),
    )  # fmt: skip


def long_bill(lines: int) -> PaperContent:
    """Return the bill with an annex on pages of its own."""
    return dataclasses.replace(BILL, sections=(*BILL.sections, annex(lines)))


def printout(kind: str, content: PaperContent, n: int) -> Printout:
    """Return a paper as its template gets it; each ``n`` has a number, token and holder of its own."""
    token = f"{n:032d}".translate(str.maketrans("0123456789", "abcdefghij"))
    address = f"https://izin.contoh.test/verifikasi/{token}/"
    bill = kind == "skrd"
    return Printout(
        kind=kind, template=kind, number=f"640/{n:04d}/XI/2026", date=DAY, issued_at=AT,
        content=dataclasses.replace(
            content, holder=f"{content.holder} {n}", enclosed=ENCLOSED.get(kind, "")
        ),
        signed=(Signature(title="Kepala Dinas", name="Made Wijaya", nip="19700101 199503 1 001", date=DAY),),
        check_url=address, check_page="izin.contoh.test/verifikasi/",
        token=" ".join(token[i : i + 4] for i in range(0, 32, 4)), qr=codes.picture(address),
        sample_note="Contoh: tarif belum dikonfirmasi daerah, tidak berlaku sebagai tagihan." if bill else "",
        amount="Rp1.432.608" if bill else "", due_date="16 Desember 2026" if bill else "",
        due_note="30 hari sejak tanggal SKRD" if bill else "",
        payment_code="3528 0126 0000 0031" if bill else "",
        serial=f"{n:04d}", month="November", year="2026",
    )  # fmt: skip


def mixed(count: int) -> Iterator[Printout]:
    """Yield papers of all kinds in turn."""
    contents = [("skrd", BILL), *SAMPLES.items()]
    for n in range(count):
        yield printout(*contents[n % len(contents)], n)
