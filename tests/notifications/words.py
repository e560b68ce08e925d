"""What a message says: as usual, and at its longest."""

STEP = {
    "permit": "IMB",
    "number": "0042/IMB/2026",
    "place": "Jl. Trunojoyo 5",
    "headline": "Dokumen lengkap",
    "detail": "Semua persyaratan sudah kami terima.",
    "next": "Tunggu hasil penilaian teknis.",
    "by_when": "20 November 2026",
    "office": "DPMPTSP",
}

LONG = {
    "permit": "IMB",
    "number": "640/1234/IMB/432.402/XI/2026",
    "place": "Jl. Raya Panglima Sudirman Gang Melati " * 3,
    "headline": "Permohonan perlu dilengkapi",
    "detail": "- Gambar tampak belum ada.\n- Luas di formulir lain dengan gambar.\n" * 4,
    "next": "Jawab setiap catatan, ganti dokumen yang diminta, lalu kirim perbaikan.",
    "task": "Periksa kelengkapan dokumen yang dikirim ulang oleh pemohon, satu per satu.",
    "by_when": "20 November 2026",
    "office": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Contoh",
    "code": "12345678",
    "minutes": 10,
    "purpose": "ganti",
    "change": "Kata sandi akun Anda dibuat ulang.",
    "ending": "789",
    "file": "Gambar tapak, denah, tampak, dan potongan seluruh bangunan",
    "page": f"https://perizinan.kabupaten-contoh.go.id/survei/{'x' * 22}/",
    "until": "20 November 2026",
    "site": "perizinan.contohkab.go.id",
}
