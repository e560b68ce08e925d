"""A family that builds a house: what it types, chooses, uploads and presses, on a phone."""

import re
import time

from person import Person

from imbportal.demo import drawings

NAME, EMAIL, PHONE, NUMBER = (
    "Rahmat Hidayat",
    "rahmat@keluarga.test",
    "0812 7000 1234",
    "+6281270001234",
)
SECRET = "sawah dan sungai kecil"
NIK = "3528014507900001"
PLOT = {
    "Lokasi": (
        {"Kecamatan": "Pamekasan"},
        {
            "Desa atau kelurahan": 1,
            "Alamat lokasi": "Jl. Kesehatan 5",
            "Jalan di depan tanah": "Jalan kabupaten",
        },
    ),
    "Tanah": (
        {
            "Status hak atas tanah": "Hak milik",
            "Nomor bukti hak": "SHM 77",
            "Apakah tanah ini milik pemohon?": "Ya",
            "Luas tanah": "240",
        },
    ),
    "Rencana bangunan": (
        {
            "Jenis kegiatan": "Membangun baru",
            "Fungsi bangunan": "Hunian lainnya",
            "Jumlah lantai": "1",
            "Luas seluruh lantai": "120",
        },
    ),
}
HOUSE = {
    "Bangunan": ({"Nama bangunan": "Rumah tinggal", "Kepemilikan bangunan": "Perorangan"},),
    "Ukuran dan jarak": (
        {
            "Luas lantai dasar": "120",
            "Jumlah lapis basemen": "0",
            "Tinggi bangunan": "4,5",
            "Jarak dinding depan ke as jalan": "6",
            "Luas daerah hijau": "72",
        },
    ),
    "Bahan dan utilitas": (
        {
            "Rangka utama": "Beton bertulang",
            "Bahan dinding": "Bata merah",
            "Bahan atap": "Genteng",
            "Pembuangan air limbah": "Tangki septik sendiri",
        },
    ),
}
DOCUMENTS = (
    "Bukti hak atas tanah",
    "Bukti lunas PBB tahun terakhir",
    "Gambar situasi dan rencana tapak",
    "Gambar denah, tampak, dan potongan",
    "Gambar pondasi, struktur, dan atap",
)


def file(upload):
    """Return what a file input takes."""
    return {"name": upload.name, "mimeType": upload.content_type, "buffer": upload.read()}


class Family(Person):
    def __init__(self, context, base, post):
        super().__init__(context, base)
        self.post, self.case = post, ""

    # -- Steps 1 to 3 -----------------------------------------------------------------------
    def register(self):
        self.go("/")
        self.follow("Masuk", self.page.get_by_role("banner"))
        self.follow("Daftar dahulu")
        self.fill(
            {
                "Nama lengkap": NAME,
                "Alamat surel": EMAIL,
                "Nomor HP": PHONE,
                "Kata sandi": SECRET,
            }
        )
        self.press("Daftar")
        for address in (NUMBER, EMAIL):
            self.type_code(address)

    def type_code(self, address):
        self.sees("kode delapan angka", address)
        self.fill({"Kode (8 angka)": self.post.code(address)})
        self.press("Lanjut")

    def identify(self):
        self.sees("Data diri")
        card = file(drawings.card(NAME, NIK))
        self.fill({"Nama": NAME, "NIK": NIK, "Alamat": "Jl. Kesehatan 5", "Foto KTP": card})
        self.press("Simpan")
        assert NIK not in self.page.content()

    # -- The case ---------------------------------------------------------------------------
    def open_case(self, daerah):
        self.go("/permohonan/")
        self.follow("Ajukan permohonan")
        self.fill({"Di kabupaten atau kota mana?": daerah})
        self.press("Mulai mengisi")
        self.case = re.search(r"/permohonan/[0-9a-f-]{36}/", self.page.url).group()

    @property
    def number(self):
        self.home()
        return re.search(r"\d{4}/IMB/\d{4}", self.words).group()

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
        if not self.page.url.split("#")[0].endswith("/berkas/"):
            self.home()
            self.follow("Berkas persyaratan")
        self.attach(self.slot(title), words)
        assert "3 halaman" in self.slot(title).inner_text(), self.slot(title).inner_text()

    def attach(self, place, words):
        """Choose a drawing and send it: it is shown in place, or on the page that comes anew."""
        drawing = file(drawings.pdf(words, pages=3))
        place.get_by_label(re.compile("^Pilih berkas")).set_input_files(drawing)
        place.get_by_role("button", name="Unggah", exact=True).click()
        place.get_by_role("link", name=drawing["name"]).first.wait_for()
        self.page.wait_for_load_state()
        self.look()

    def slot(self, title):
        """Return the part of the page under the heading of a requirement, or of a note about it."""
        heading = self.page.get_by_role(
            "heading", name=re.compile(rf"{re.escape(title)}(, halaman \d+)?$")
        )
        return self.main.locator("section").filter(has=heading).last

    def send(self, name):
        self.home()
        self.follow("Periksa dan kirim")
        for box in self.main.get_by_role("checkbox").all():
            box.check()
        self.press(name)

    def mend(self, title, words, name):
        """Replace the document of which an officer wrote, and send the case back to him."""
        self.home()
        self.follow("Jawab catatan petugas")
        self.attach(self.slot(title), words)
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
        self.fill(
            {
                "Bukti pembayaran": file(drawings.pdf(f"Bukti {amount}", pages=1)),
                "Jumlah yang dibayar": f"{amount:,}".replace(",", "."),
                "Tanggal bayar": time.strftime("%Y-%m-%d"),
                "Bank atau tempat bayar": "Bank Daerah",
                "Nomor referensi": f"NTB-{amount}",
            }
        )
        self.press("Kirim bukti pembayaran")

    def paper(self, title):
        """Download a paper of the case by the beginning of its title."""
        self.home()
        return self.download(title)

    def pickup_code(self):
        self.home()
        self.follow("Lihat kode pengambilan")
        return re.search(r"Kode pengambilan (\d{3} ?\d{3})", self.words).group(1)
