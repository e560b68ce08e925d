"""The 22 steps of Pamekasan's chart, each through the visible page of who makes it."""

from family import DOCUMENTS, HOUSE, NAME, PLOT
from officer import PLAIN

DAERAH = "Kabupaten Pamekasan"
HEAD = "Kepala DPMPTSP"
KRK = {
    "Zona dan peruntukan": "Permukiman",
    "Fungsi yang diizinkan": "Hunian",
    "KDB paling tinggi (%)": "60",
    "KLB paling tinggi (%)": "180",
    "KDH paling rendah (%)": "20",
    "GSB paling sedikit (m)": "5",
    "Jumlah lantai paling banyak": "3",
}
SHEET = {
    "Arsitektur": "Lengkap.",
    "Struktur": "Cukup.",
    "Utilitas (air, limbah, listrik)": "Ada.",
    "Kesimpulan": "Dapat disetujui.",
}
UPDATE = {"Nomor dalam daftar bangunan gedung": "BG-1", "Yang dimutakhirkan": "Sesuai izin."}


class Office:
    """The officers of the walk by role; each opens the case from the queue before he acts."""

    def __init__(self, officers):
        self.officers, self.number = officers, ""

    def at(self, role, menu="Antrian"):
        officer = self.officers[role]
        officer.open(self.number, menu)
        return officer

    def move(self, role, name, reason=""):
        self.at(role).move(name, reason)


BILL = 522_000
"""120 m² × Rp15.000 × (0,50 × 0,580 × 1,00), of which 0,580 is 0,10 + 0,20 + 0,06 + 0,075 + 0,07
+ 0,04 + 0,035: the national weights and indices for PLAIN."""


def walk_all_steps(family, office, deputise):
    ask_for_krk(family, office)
    apply(family, office)
    assess(family, office)
    assert pay(family, office) == BILL
    deputise()
    collect(family, office)


def ask_for_krk(family, office):
    """Steps 1 to 5."""
    family.register()  # 1, 2
    family.identify()  # 3
    family.open_case(DAERAH)
    family.answer(PLOT)
    family.send("Kirim permohonan KRK")  # 4
    office.number = family.number
    office.at("petugas").record(KRK)
    office.move("petugas", "Terbitkan KRK")  # 5


def apply(family, office):
    """Steps 6 to 10, with a return for completeness and a finding taken back by the head."""
    family.answer(HOUSE)
    for title in DOCUMENTS:  # 6
        family.upload(title, title)
    family.send("Kirim permohonan")  # 7, 8, 9
    desk = office.at("petugas")
    desk.reject_document("Bukti lunas PBB tahun terakhir", "Halaman kedua SPPT belum terbaca.")
    desk.move("Kembalikan untuk dilengkapi")
    family.mend("Bukti lunas PBB tahun terakhir", "SPPT PBB terbaca", "Kirim perbaikan")
    accept(office)  # 10
    office.at("kepala", "Semua permohonan").move(
        "Batalkan pernyataan lengkap", "SPPT perlu dicocokkan dengan sertifikat."
    )
    accept(office)


def accept(office):
    desk = office.at("petugas")
    desk.approve_documents()
    desk.move("Nyatakan lengkap")


def assess(family, office):
    """Steps 11 to 14, with a technical revision."""
    office.at("petugas").record(PLAIN)
    office.move("petugas", "Simpan pendataan dan teruskan")  # 11
    office.move("tim_teknis", "Teruskan")  # 12
    desk = office.at("tim_teknis")
    desk.reject_document("Gambar situasi dan rencana tapak", "Jarak ke as jalan belum tertulis.")
    desk.move("Minta perbaikan teknis")
    family.mend(
        "Gambar situasi dan rencana tapak", "Situasi dengan jarak", "Kirim perbaikan teknis"
    )
    desk = office.at("tim_teknis")
    desk.approve_documents()
    desk.record(SHEET)
    office.move("tim_teknis", "Teruskan")  # 13
    office.move("tim_teknis", "Setujui secara teknis")  # 14


def pay(family, office):
    """Steps 15 to 18, with a payment proof refused; return what was paid."""
    desk = office.at("petugas")
    desk.press("Hitung retribusi")
    office.move("petugas", "Ajukan SKRD")  # 15
    office.move("kepala", "Terbitkan SKRD")  # 16
    amount = family.bill()
    family.report_payment()  # 17
    family.pay(amount - 1000)
    office.move("bendahara", "Tolak bukti pembayaran", "Jumlah kurang Rp1.000.")
    family.pay(amount)  # 18
    office.move("bendahara", "Terima pembayaran")
    return amount


def collect(family, office):
    """Steps 19 to 22: the deputy signs, the family fetches."""
    office.move("plh", "Terbitkan izin")  # 19
    office.at("petugas").record(
        {"Nomor dalam daftar bangunan gedung": "BG-1", "Yang dimutakhirkan": "Sesuai izin."}
    )
    office.move("petugas", "Teruskan")  # 20
    office.move("petugas", "Kirim kode pengambilan")  # 21
    code = family.pickup_code()
    office.at("petugas").record(
        {"Kode pengambilan": code, "Nama penerima": NAME, "Penerima adalah": "Pemohon"}
    )
    office.move("petugas", "Serahkan izin")  # 22
    family.home()
    family.sees("Selesai: IMB sudah Anda terima")
