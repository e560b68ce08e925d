"""What an applicant does with his case, at a browser or without one."""

import re
import time

from imbportal.demo import drawings


class Applicant:
    """What an applicant does with a case, at a window of a browser or without one."""

    case = ""

    # -- The case ---------------------------------------------------------------------------
    def open_case(self, daerah, **holder):
        self.go("/permohonan/")
        self.follow("Ajukan permohonan")
        self.fill({"Di kabupaten atau kota mana?": daerah} | holder)
        self.press("Mulai mengisi")
        found = re.search(r"/permohonan/[0-9a-f-]{36}/", self.url)
        assert found, f"{self.url}: {self.words[:900]}"
        self.case = found.group()

    @property
    def number(self):
        self.home()
        return re.search(r"\d{4}/[A-Z][\w-]*/\d{4}", self.words).group()

    def home(self):
        self.go(self.case)

    def answer(self, sections):
        for title, sheets in sections.items():
            self.home()
            self.follow(title)
            for answers in sheets:
                self.fill(answers)
                self.press("Simpan")

    def upload(self, title, words):
        """Put a drawing of three pages where a requirement asks for it."""
        if not self.url.split("#")[0].endswith("/berkas/"):
            self.home()
            self.follow("Berkas persyaratan")
        self.attach(self.slot(title), drawings.pdf(words, pages=3))
        assert "3 halaman" in self.words_of(self.slot(title)), self.words_of(self.slot(title))

    def send(self, name):
        self.home()
        self.follow("Periksa dan kirim")
        self.tick_all()
        self.press(name)

    def mend(self, title, words, name):
        """Replace the document of which an officer wrote, and send the case back to him."""
        self.home()
        self.follow("Jawab catatan petugas")
        self.attach(self.slot(title), drawings.pdf(words, pages=3))
        self.sees("Sudah dijawab")
        self.press(name)

    # -- Money and paper --------------------------------------------------------------------
    def bill(self):
        """Return the rupiah that the page asks for."""
        self.home()
        self.follow("Bayar atau unggah bukti")
        return int(re.search(r"Rp\s?([\d.]+)", self.words).group(1).replace(".", ""))

    def report_payment(self):
        self.bill()
        self.move("Saya sudah membayar")

    def pay(self, amount):
        self.bill()
        reference = f"NTB-{time.time_ns()}"
        self.fill(
            {
                "Bukti pembayaran": drawings.pdf(f"Bukti {reference}", pages=1),
                "Jumlah yang dibayar": f"{amount:,}".replace(",", "."),
                "Tanggal bayar": time.strftime("%Y-%m-%d"),
                "Bank atau tempat bayar": "Bank Daerah",
                "Nomor referensi": reference,
            }
        )
        self.press("Kirim bukti pembayaran")

    def pickup_code(self):
        self.home()
        self.follow("Lihat kode pengambilan")
        return re.search(r"Kode pengambilan (\d{3} ?\d{3})", self.words).group(1)
