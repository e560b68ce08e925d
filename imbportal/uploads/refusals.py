"""Why a file is not taken, in words that say what to do."""

from django.conf import settings

REPRINT = "Buka berkas itu, pilih Cetak lalu Simpan sebagai PDF, kemudian unggah hasilnya."


class UploadRefused(ValueError):
    """The file is not taken; ``message`` is for the person who sent it, ``code`` for tests."""

    def __init__(self, code: str, more: str = ""):
        """``more`` is a sentence about this very file, behind those of its code."""
        self.code = code
        self.message = MESSAGES[code].format(
            limit=settings.UPLOAD_LIMIT // 2**20,
            case=settings.CASE_LIMIT // 2**20,
            drafts=settings.DRAFTS_LIMIT // 2**20,
            pages=settings.PAGE_LIMIT,
        )
        self.message = f"{self.message} {more}".strip()
        super().__init__(self.message)


MESSAGES = {
    "empty": "Berkas ini kosong. Pilih berkas yang benar, lalu unggah lagi.",
    "size": "Ukuran berkas melebihi {limit} MB. Kecilkan berkasnya (misalnya pindai dengan 200 "
    "dpi) atau bagi menjadi beberapa berkas, lalu unggah lagi.",
    "type": "Jenis berkas ini tidak diterima. Unggah PDF, JPEG, atau PNG; dokumen Word atau gambar "
    "CAD disimpan dahulu sebagai PDF.",
    "heic": "Foto berformat HEIC tidak diterima. Di iPhone pilih Pengaturan > Kamera > Format > "
    "Paling Kompatibel, potret ulang, atau simpan fotonya sebagai JPEG.",
    "pdf_only": "Dokumen ini harus berupa PDF. " + REPRINT,
    "picture_only": "Gambar ini harus berupa PNG atau JPEG. Simpan atau ekspor dahulu SVG, PDF, "
    "CDR, atau AI sebagai PNG, lalu unggah PNG itu.",
    "locked": "PDF ini terkunci atau memakai kata sandi. " + REPRINT,
    "active": "PDF ini memuat skrip, formulir isian, atau lampiran yang dapat berjalan sendiri. "
    + REPRINT,
    "pages": "PDF ini lebih dari {pages} halaman. Bagi menjadi beberapa berkas, lalu unggah lagi.",
    "no_pages": "PDF ini tidak berisi halaman. Pilih berkas yang benar, lalu unggah lagi.",
    "complex": "Isi berkas ini terlalu besar atau terlalu rumit untuk dibuka. " + REPRINT,
    "pixels": "Ukuran gambar terlalu besar (lebih dari 40 megapiksel). Perkecil gambarnya, "
    "lalu unggah lagi.",
    "grown": "Berkas ini menjadi lebih dari {limit} MB setelah dibuka. Kecilkan dahulu (misalnya "
    "simpan gambarnya sebagai JPEG), lalu unggah lagi.",
    "broken": "Berkas ini rusak atau tidak dapat dibuka. Periksa apakah berkas terbuka di "
    "perangkat Anda, simpan ulang, lalu unggah lagi.",
    "blank": "Gambar ini kosong: seluruhnya putih atau tembus pandang. Pilih gambar yang lain.",
    "small": "Gambar ini terlalu kecil untuk dicetak dengan tajam. Pakai gambar yang lebih besar.",
    "infected": "Berkas ini mengandung virus dan tidak disimpan. Bersihkan perangkat Anda dengan "
    "antivirus, lalu unggah berkas lain.",
    "busy": "Sistem sedang memproses banyak berkas. Tunggu satu menit, lalu unggah lagi.",
    "too_many": "Anda sudah mengunggah sangat banyak berkas dalam satu jam ini. Coba lagi satu jam "
    "kemudian.",
    "quota": "Jatah unggahan Anda untuk hari ini sudah habis. Lanjutkan besok; yang sudah diunggah "
    "tetap tersimpan.",
    "case_full": "Berkas permohonan ini akan melebihi {case} MB seluruhnya. Perkecil berkas ini, "
    "lalu unggah lagi.",
    "drafts_full": "Berkas semua draf Anda sudah mencapai {drafts} MB. Ajukan atau hapus draf yang "
    "tidak dipakai lagi, lalu unggah lagi.",
}
