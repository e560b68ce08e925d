"""Why a paper was not sealed: what happened and what to do, in the words of the signing page.

None of these texts repeats what was typed, and none is raised ``from`` an error that might.
"""

KEPT = "Nomor surat tetap disimpan untuk percobaan berikutnya."


class SealFault(Exception):
    """Base of all; the text is for the reader, ``code`` for log and tests."""

    code = "gagal"
    words = "Surat tidak dapat ditandatangani secara elektronik. Coba lagi, atau hubungi admin."

    def __init__(self, words: str = ""):
        self.text = words or self.words
        super().__init__(f"{self.text} {KEPT}")


class WrongSecret(SealFault):
    code = "sandi"
    words = "Kata sandi atau kode tanda tangan tidak cocok. Periksa, lalu ketik lagi."


class UnknownSigner(SealFault):
    code = "penanda"
    words = (
        "Anda belum terdaftar sebagai penanda tangan elektronik. "
        "Minta admin mendaftarkan sertifikat Anda, lalu coba lagi."
    )


class Expired(SealFault):
    code = "kedaluwarsa"
    words = (
        "Sertifikat elektronik Anda tidak berlaku hari ini. "
        "Perbarui pada penerbit sertifikat, lalu coba lagi."
    )


class Unreachable(SealFault):
    code = "layanan"
    words = "Layanan tanda tangan elektronik tidak menjawab. Coba lagi beberapa menit lagi."


class Foreign(SealFault):
    """What came back is not what we sent with one signature added."""

    code = "asing"
    words = (
        "Layanan tanda tangan mengembalikan berkas yang bukan surat ini, jadi kami tolak. "
        "Coba lagi; bila terulang, laporkan kepada admin."
    )


class NotReady(SealFault):
    code = "pengaturan"
    words = "Tanda tangan elektronik belum disiapkan pada portal ini. Hubungi admin."
