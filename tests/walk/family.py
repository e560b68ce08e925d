"""A family that builds a house: what it types, chooses, uploads and presses, on a phone."""

from applicant import Applicant
from person import Person

from imbportal.demo import drawings
from imbportal.indonesia import telepon

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


class Household(Applicant):
    """An applicant from registration on; ``post`` is where the codes come."""

    name, relation, proxy = NAME, "Pemohon", ()
    post = None

    # -- Steps 1 to 3 -----------------------------------------------------------------------
    def register(self):
        self.go("/")
        self.follow("Masuk", self.banner)
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
        self.sees("kode delapan angka", telepon(address))
        self.fill({"Kode (8 angka)": self.post.code(address)})
        self.press("Lanjut")

    def identify(self):
        self.sees("Data diri")
        card = drawings.card(NAME, NIK)
        self.fill({"Nama": NAME, "NIK": NIK, "Alamat": "Jl. Kesehatan 5", "Foto KTP": card})
        self.press("Simpan")
        assert NIK not in self.source


class Family(Household, Person):
    """A household at a browser."""

    def __init__(self, context, base, post):
        super().__init__(context, base)
        self.post = post

    def paper(self, title):
        """Download a paper of the case by the beginning of its title."""
        self.home()
        return self.download(title)
