"""Why a file is not taken, in words that say what to do."""

from django.conf import settings

REPRINT = "Buka file itu, pilih Cetak lalu Simpan sebagai PDF, kemudian unggah hasilnya."


class UploadRefused(ValueError):
    """The file is not taken; ``message`` is for the person who sent it, ``code`` for tests."""

    def __init__(self, code: str):
        self.code = code
        self.message = MESSAGES[code].format(
            limit=settings.UPLOAD_LIMIT // 2**20,
            case=settings.CASE_LIMIT // 2**20,
            drafts=settings.DRAFTS_LIMIT // 2**20,
            pages=settings.PAGE_LIMIT,
        )
        super().__init__(self.message)


MESSAGES = {
    "empty": "File ini kosong. Pilih file yang benar, lalu unggah lagi.",
    "size": "Ukuran file melebihi {limit} MB. Kecilkan filenya (misalnya pindai dengan 200 dpi) "
    "atau bagi menjadi beberapa file, lalu unggah lagi.",
    "type": "Jenis file ini tidak diterima. Unggah PDF, JPEG, atau PNG; dokumen Word atau gambar "
    "CAD disimpan dahulu sebagai PDF.",
    "heic": "Foto berformat HEIC tidak diterima. Di iPhone pilih Pengaturan > Kamera > Format > "
    "Paling Kompatibel, potret ulang, atau simpan fotonya sebagai JPEG.",
    "pdf_only": "Dokumen ini harus berupa PDF. " + REPRINT,
    "locked": "PDF ini terkunci atau memakai kata sandi. " + REPRINT,
    "active": "PDF ini memuat skrip, formulir isian, atau lampiran yang dapat berjalan sendiri. "
    + REPRINT,
    "pages": "PDF ini lebih dari {pages} halaman. Bagi menjadi beberapa file, lalu unggah lagi.",
    "no_pages": "PDF ini tidak berisi halaman. Pilih file yang benar, lalu unggah lagi.",
    "complex": "Isi file ini terlalu besar atau terlalu rumit untuk dibuka. " + REPRINT,
    "pixels": "Ukuran gambar terlalu besar (lebih dari 40 megapiksel). Perkecil gambarnya, "
    "lalu unggah lagi.",
    "grown": "File ini menjadi lebih dari {limit} MB setelah dibuka. Kecilkan dahulu (misalnya "
    "simpan gambarnya sebagai JPEG), lalu unggah lagi.",
    "broken": "File ini rusak atau tidak dapat dibuka. Periksa apakah file terbuka di perangkat "
    "Anda, simpan ulang, lalu unggah lagi.",
    "infected": "File ini mengandung virus dan tidak disimpan. Bersihkan perangkat Anda dengan "
    "antivirus, lalu unggah file lain.",
    "busy": "Sistem sedang memproses banyak file. Tunggu satu menit, lalu unggah lagi.",
    "too_many": "Anda sudah mengunggah sangat banyak file dalam satu jam ini. Coba lagi satu jam "
    "kemudian.",
    "quota": "Jatah unggahan Anda untuk hari ini sudah habis. Lanjutkan besok; yang sudah diunggah "
    "tetap tersimpan.",
    "case_full": "Berkas permohonan ini akan melebihi {case} MB seluruhnya. Perkecil file ini, "
    "lalu unggah lagi.",
    "drafts_full": "Berkas semua draf Anda sudah mencapai {drafts} MB. Ajukan atau hapus draf yang "
    "tidak dipakai lagi, lalu unggah lagi.",
}
