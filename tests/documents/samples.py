# ruff: noqa: E501 - prose of letters
"""Plausible invented contents, one for each kind of paper."""

from dataclasses import replace

from documents.content import Letterhead, PaperContent, Section, Table

HEAD = Letterhead(
    government="Pemerintah Kabupaten Contoh",
    office="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    address="Jl. Pemuda 12, Kota Contoh 69317",
    contact="Telepon (0324) 322 000 · dpmptsp@contoh.test",
    place="Kota Contoh",
)
FACTS = (
    ("Nomor permohonan", "IMB-990101-16112026-001"),
    ("Pemohon", "Budi Santosa"),
    ("Alamat pemohon", "Jl. Stadion 12, Kel. Bugih"),
    ("Lokasi", "Jl. Stadion 12, Bugih, Kec. Kota"),
    ("Bangunan", "Rumah tinggal dua lantai"),
    ("Luas seluruh lantai", "120 m²"),
)


def paper(title, **more):
    defaults = {
        "letterhead": HEAD,
        "title": title,
        "facts": FACTS,
        "holder": "Budi Santosa",
        "purpose": "Rumah tinggal 120 m², Jl. Stadion 12",
    }
    return PaperContent(**(defaults | more))


LINES = Table(
    head=("Kode rekening", "Uraian", "Dasar dan hitungan", "Rupiah"),
    rows=(
        (
            "4.1.02.03.01",
            "Retribusi bangunan gedung",
            "120 m² × 0,50 × 0,580 × 1,00 × Rp4.000",
            "139.200,00",
        ),
        ("4.1.02.03.01", "Pagar depan", "24 m × 1,00 × 1,00 × Rp1.500", "36.000,00"),
        ("", "Keringanan", "tidak ada", "0,00"),
    ),
    align="lllr",
    foot=("Jumlah", "", "", "175.200"),
    cites=(
        "It = fungsi 0,50 × klasifikasi 0,580 × waktu 1,00; lampiran baris 1 sampai 9",
        "Lampiran, baris 10",
        "",
    ),
)
ANNEX = Section(
    title="Rincian penghitungan",
    table=Table(
        head=("No.", "Parameter", "Indeks", "Bobot", "Nilai"),
        rows=tuple(
            (str(n), name, "0,70", "0,25", "0,175")
            for n, name in enumerate(
                (
                    "Kompleksitas",
                    "Permanensi",
                    "Risiko kebakaran",
                    "Zonasi gempa",
                    "Lokasi",
                    "Ketinggian",
                    "Kepemilikan",
                )
                * 6,
                start=1,
            )
        ),
        align="llrrr",
        foot=("", "Jumlah", "", "1,00", "0,580"),
    ),
)
REQUIREMENTS = (
    "Kartu tanda penduduk pemohon",
    "Bukti hak atas tanah",
    "Gambar rencana arsitektur",
    "Perhitungan struktur",
    "Surat pernyataan tetangga",
)

SAMPLES: dict[str, PaperContent] = {
    "tanda_terima": paper(
        "Tanda Terima Dokumen",
        sections=(
            Section(
                paragraphs=("Telah diterima pada 16 November 2026 dokumen permohonan berikut:",)
            ),
            Section(
                table=Table(
                    head=("No.", "Dokumen", "Isi"),
                    rows=tuple(
                        (str(n), r, f"{n + 1} halaman") for n, r in enumerate(REQUIREMENTS, 1)
                    ),
                    align="lll",
                )
            ),
        ),
        closing=(
            "Simpan tanda terima ini. Kemajuan permohonan dapat dilihat pada halaman Lacak dengan nomor dan kode rahasia.",
        ),
    ),
    "krk": paper(
        "Keterangan Rencana Kabupaten (KRK)",
        sections=(
            Section(
                title="Ketentuan rencana kota untuk lokasi ini",
                table=Table(
                    head=("Ketentuan", "Nilai"),
                    rows=(
                        ("Zona dan peruntukan", "Perumahan kepadatan sedang"),
                        ("Koefisien dasar bangunan (KDB) paling tinggi", "60 %"),
                        ("Garis sempadan bangunan (GSB) paling sedikit", "5 m"),
                    ),
                    align="ll",
                ),
            ),
            Section(title="Persyaratan administrasi dan teknis", items=REQUIREMENTS),
        ),
        basis=(
            "Peraturan Daerah tentang Bangunan Gedung",
            "Peraturan Daerah tentang Rencana Tata Ruang Wilayah",
        ),
    ),
    "surat_kelengkapan": paper(
        "Surat Pemberitahuan Kelengkapan Persyaratan",
        recipient=("Budi Santosa", "Jl. Stadion 12, Kel. Bugih"),
        sections=(
            Section(
                paragraphs=(
                    "Dengan ini diberitahukan bahwa persyaratan administrasi dan persyaratan teknis permohonan Saudara telah lengkap.",
                )
            ),
        ),
    ),
    "surat_kekurangan": paper(
        "Surat Pemberitahuan Kekurangan Dokumen",
        recipient=("Budi Santosa",),
        sections=(
            Section(paragraphs=("Setelah diperiksa, permohonan Saudara masih perlu dilengkapi:",)),
            Section(
                items=(
                    "Bukti hak atas tanah: halaman kedua tidak terbaca.",
                    "Gambar rencana arsitektur: skala belum ditulis.",
                )
            ),
        ),
    ),
    "surat_perbaikan": paper(
        "Surat Permintaan Perbaikan Teknis",
        sections=(Section(items=("Tambahkan denah pondasi.",)),),
    ),
    "persetujuan": paper(
        "Persetujuan Teknis",
        sections=(
            Section(
                paragraphs=("Dokumen rencana teknis telah dinilai dan disetujui secara tertulis.",)
            ),
            Section(
                table=Table(
                    head=("Pemeriksaan", "Nilai", "Hasil"),
                    rows=(
                        ("KDB", "50 % dari paling tinggi 60 %", "Sesuai"),
                        ("GSB", "5,5 m dari paling sedikit 5 m", "Sesuai"),
                    ),
                )
            ),
        ),
    ),
    "skrd": paper(
        "Surat Ketetapan Retribusi Daerah",
        subtitle="Masa retribusi 2026",
        sections=(Section(table=LINES),),
        closing=(
            "Terlambat membayar dikenai bunga menurut peraturan yang berlaku. Layanan perizinan tidak dipungut biaya selain retribusi ini.",
        ),
        extra={
            "amount": 175200,
            "terbilang": "seratus tujuh puluh lima ribu dua ratus rupiah",
            "due_date": "2026-12-16",
            "payment_code": "3528 0126 0000 31",
        },
        sample=True,
    ),
    "izin": paper(
        "Izin Mendirikan Bangunan",
        facts=(),
        sections=(
            Section(
                label="Membaca",
                paragraphs=(
                    "Permohonan Budi Santosa nomor IMB-990101-16112026-001 tanggal 16 November 2026.",
                ),
            ),
            Section(
                label="Menimbang",
                items=("bahwa persyaratan telah lengkap;", "bahwa rencana teknis telah disetujui;"),
            ),
            Section(
                label="Mengingat",
                items=(
                    "Peraturan Daerah tentang Bangunan Gedung;",
                    "Peraturan Daerah tentang Retribusi;",
                ),
            ),
            Section(
                label="Memperhatikan",
                paragraphs=("Persetujuan tertulis atas dokumen rencana teknis.",),
            ),
            Section(label="MEMUTUSKAN"),
            Section(
                label="KESATU",
                paragraphs=(
                    "Memberikan Izin Mendirikan Bangunan kepada Budi Santosa untuk rumah tinggal dua lantai di Jl. Stadion 12.",
                ),
                table=Table(
                    head=("Data bangunan", ""),
                    rows=(
                        ("Luas tanah", "200 m²"),
                        ("Luas seluruh lantai", "120 m²"),
                        ("Jumlah lantai", "2"),
                    ),
                    align="ll",
                ),
            ),
            Section(
                label="KEDUA",
                paragraphs=(
                    "Retribusi sebesar Rp175.200 (seratus tujuh puluh lima ribu dua ratus rupiah) telah dibayar lunas.",
                ),
            ),
            Section(
                label="KETIGA",
                paragraphs=(
                    "Lampiran merupakan bagian yang tidak terpisahkan dari keputusan ini.",
                ),
            ),
            Section(
                label="KEEMPAT", paragraphs=("Keputusan ini berlaku sejak tanggal ditetapkan.",)
            ),
        ),
        copies=("Dinas Perumahan dan Kawasan Permukiman", "Arsip"),
        extra={"annex": (Section(table=LINES), ANNEX)},
        letterhead=replace(HEAD, page_size="F4"),
    ),
    "penolakan": paper(
        "Surat Penolakan Permohonan",
        sections=(
            Section(paragraphs=("Dengan menyesal permohonan Saudara tidak dapat dikabulkan.",)),
            Section(label="Alasan", paragraphs=("Lokasi berada di sempadan sungai.",)),
        ),
    ),
    "kode_ambil": paper(
        "Slip Pengambilan Izin",
        sections=(
            Section(
                paragraphs=(
                    "Izin Anda siap diambil di loket. Tunjukkan slip ini dan kartu identitas.",
                )
            ),
        ),
        extra={"code": "482915"},
    ),
    "serah_terima": paper(
        "Tanda Terima Penyerahan Izin",
        sections=(
            Section(
                paragraphs=(
                    "Pada 23 November 2026 telah diserahkan dokumen izin kepada Budi Santosa.",
                )
            ),
        ),
        extra={"receiver": "Siti Aminah"},
    ),
}
