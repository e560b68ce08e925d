"""Probolinggo's four tracks as walks: a cottage, a house, a shop, and a market that is heard."""

import time

from officer import PLAIN

from imbportal.demo import drawings

DAERAH = "Kota Probolinggo"
PLACE = {
    "Lokasi": (
        {"Kecamatan": "Mayangan"},
        {"Kelurahan": 1, "Alamat lokasi": "Jl. Pelabuhan 12"},
    ),
}
LAND = {"Bukti hak penguasaan atas tanah": "Sertifikat", "Nomor bukti hak": "SHM 771"}
PUBLIC = "Apakah bangunan gedung ini untuk kepentingan umum?"
STORE, PLANNER = "Apakah bangunannya gudang?", "Siapa yang membuat dokumen rencana teknis?"
WORK = {
    "Jenis kegiatan": "Membangun baru",
    "Kepemilikan bangunan": "Perorangan",
    STORE: "Tidak",
    "Tinggi bangunan": "5",
}
COTTAGE = {
    "land": "120",
    "plan": (
        {"Nama bangunan": "Rumah sehat", PUBLIC: "Tidak", "Fungsi bangunan": "Hunian sederhana",
         "Jumlah lantai": "1", "Luas seluruh lantai": "54"},
        {"Bentuk hunian": "Rumah tinggal tunggal"},
    ),
    "building": (WORK | {"Luas lantai dasar": "54"},),
}  # fmt: skip
HOUSE = {
    "land": "200",
    "plan": (
        {"Nama bangunan": "Rumah tinggal", PUBLIC: "Tidak",
         "Fungsi bangunan": "Hunian tidak sederhana", "Jumlah lantai": "1",
         "Luas seluruh lantai": "100"},
        {"Bentuk hunian": "Rumah tinggal tunggal"},
    ),
    "building": (WORK | {"Luas lantai dasar": "100", PLANNER: "Penyedia jasa"},),
}  # fmt: skip
SHOP = {
    "land": "10000",
    "plan": (
        {"Nama bangunan": "Gudang ikan", PUBLIC: "Tidak", "Fungsi bangunan": "Usaha",
         "Jumlah lantai": "1", "Luas seluruh lantai": "400"},
    ),
    "building": (
        WORK | {"Luas lantai dasar": "400", STORE: "Ya"}, {"Bahan utama konstruksi": "Baja"},
    ),
}  # fmt: skip
MARKET = {
    "land": "4000",
    "plan": (
        {"Nama bangunan": "Pasar ikan", PUBLIC: "Ya", "Fungsi bangunan": "Usaha",
         "Jumlah lantai": "1", "Luas seluruh lantai": "900"},
    ),
    "building": (
        WORK | {"Luas lantai dasar": "900", "Dokumen lingkungan": "UKL dan UPL"},
    ),
}  # fmt: skip
PUBLIC_MARKET = {
    "land": "4000",
    "plan": (
        {"Nama bangunan": "Pasar rakyat", PUBLIC: "Ya", "Fungsi bangunan": "Sosial dan budaya",
         "Jumlah lantai": "1", "Luas seluruh lantai": "900"},
    ),
    "building": (
        WORK | {"Kepemilikan bangunan": "Negara atau daerah", "Luas lantai dasar": "900",
                "Dokumen lingkungan": "UKL dan UPL"},
    ),
}  # fmt: skip
PBB, DRAWING = (
    "Tanda lunas SPPT PBB tahun terakhir",
    "Gambar rencana bangunan (bestek), skala 1:100",
)
ALWAYS = (
    PBB, "Bukti hak penguasaan atas tanah, diketahui pejabat yang berwenang",
    "Surat keterangan dari Lurah dan Camat", DRAWING,
)  # fmt: skip
SITE, PROOF = "Hasil penelitian lokasi", "Bukti keahlian dan pendaftaran perencana"
LAND_USE, LOCATION = "Ijin Perubahan Penggunaan Tanah (IPPT)", "Ijin lokasi"
STEEL = (
    "Perhitungan konstruksi", "Gambar konstruksi baja, skala 1:50 dan 1:5",
    "Pernyataan pertanggungjawaban konstruksi",
)  # fmt: skip
AGENCIES = "Persetujuan atau rekomendasi instansi terkait"
ENVIRONMENT, IMPACT = "UKL dan UPL", "Analisis Mengenai Dampak Lingkungan (AMDAL)"
EVERY = (*ALWAYS, SITE, PROOF, LAND_USE, LOCATION, *STEEL, ENVIRONMENT, IMPACT, AGENCIES)
KRK = {
    "Zona dan peruntukan": "Permukiman",
    "Fungsi yang diizinkan": "Hunian dan usaha",
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
MEETING = {
    "Pukul": "09:00",
    "Tempat bertemu": "Balai Kelurahan Mayangan",
    "Nama undangan 1": "Warga RT 03 RW 02",
    "Disampaikan langsung undangan 1": True,
    "Yang perlu disiapkan pemohon": "Maket atau gambar tapak",
}
HEARING = {
    "Yang hadir": "Pemohon\nKetua RT 03",
    "Keberatan dan pendapat": "Ketua RT: jalan masuk terlalu sempit\nWarga: bau ikan",
    "Jawaban atas keberatan": "Jalan masuk dilebarkan menjadi 6 m\nDibuat saluran tertutup",
    "Kesimpulan": "Rencana diperbaiki sesuai jawaban.",
}
ADVICE = "Tambahkan sumur resapan di sisi selatan."
ROLES = (
    "petugas_bpp", "bendahara_bpp", "kepala_bpp", "bendahara_kota", "tim_teknis", "tim_ahli",
    "kabid_penataan", "kadis_pu", "petugas_kecamatan", "camat", "walikota",
)  # fmt: skip
CARD, MANAGER_CARD = "Fotokopi KTP pemohon", "Fotokopi KTP penanggung jawab proyek"
ENCLOSED = (
    "Fotokopi bukti kepemilikan atau penguasaan tanah, dilegalisasi oleh pejabat yang berwenang",
    "Fotokopi SPPT PBB (Pajak Bumi dan Bangunan)", "Sketsa peta lokasi",
)  # fmt: skip
"""Beside the card, what goes with a request for relief; the calculation the portal encloses."""


def ask(applicant, office, building, clerk):
    """From the KRK to the application: the answers ask for their documents, and for no others."""
    land = {"Tanah": (LAND | {"Luas tanah": building["land"]},)}
    applicant.answer(PLACE | land | {"Rencana bangunan": building["plan"]})
    applicant.send("Kirim permohonan KRK")
    office.number = applicant.number
    office.at(clerk).record(KRK)
    office.move(clerk, "Terbitkan KRK")
    applicant.answer({"Bangunan": building["building"]})


def bring(applicant, office, wanted):
    applicant.home()
    applicant.follow("Berkas persyaratan")
    shown = {title for title in EVERY if applicant.has_slot(title)}
    assert shown == {*ALWAYS, *wanted}, shown
    for title in (*ALWAYS, *wanted):
        applicant.upload(title, "Lembar bertanda tangan")
    applicant.send("Kirim permohonan")


def accept(office):
    desk = office.at("petugas_bpp")
    desk.approve_documents()
    desk.record({"Isi": "Lengkap dan benar."}, "hasil pemeriksaan")
    office.move("petugas_bpp", "Nyatakan lengkap")


def approve(office):
    desk = office.at("tim_teknis")
    desk.approve_documents()
    desk.record(SHEET, "lembar penilaian")
    office.move("tim_teknis", "Setujui secara teknis")


def count(office):
    """The building is recorded and its fee calculated, of which relief may be asked."""
    office.at("petugas_bpp").record(PLAIN, "pendataan")
    office.at("petugas_bpp").press("Hitung retribusi")


def bill(office, move="Terbitkan SKRD"):
    office.move("petugas_bpp", "Ajukan SKRD")
    office.move("kepala_bpp", move)


def ask_relief(applicant, kind, card):
    """Article 9 paragraph (3), article 10 paragraph (2): asked with its five documents."""
    applicant.home()
    applicant.follow(f"Ajukan {kind}")
    applicant.sees("Perincian ini dihitung portal")
    for title in (card, *ENCLOSED):
        applicant.attach(applicant.slot(title), drawings.pdf("Lembar dilegalisasi", pages=1))
    applicant.follow("Lanjut")
    applicant.tick_all()
    applicant.press("Kirim permohonan")


def at_reliefs(office, role):
    desk = office.officers[role]
    desk.desk("Keringanan")
    desk.follow(office.number)
    return desk


def relieve(applicant, office):
    """Article 11 paragraph (1): a dwelling's relief, which the Walikota grants."""
    ask_relief(applicant, "keringanan", CARD)
    at_reliefs(office, "walikota").move("Kabulkan")


def exempt(applicant, office):
    """Article 11 paragraph (2): the permit office sends the request on to the Walikota."""
    ask_relief(applicant, "pembebasan", MANAGER_CARD)
    at_reliefs(office, "petugas_bpp").press("Teruskan kepada Walikota")
    at_reliefs(office, "walikota").move("Kabulkan")


def pay(applicant, office, cashier):
    """The applicant pays and hands in the proof himself; return what was paid."""
    amount = applicant.bill()
    applicant.report_payment()
    applicant.pay(amount)
    office.move(cashier, "Terima pembayaran")
    return amount


def pay_at(applicant, office, clerk, cashier, slip):
    """The applicant pays at another office, whose clerk hands the proof in; return the amount."""
    amount = applicant.bill()
    applicant.home()
    applicant.sees("Bayar di Kecamatan Mayangan")
    desk = office.officers[clerk]
    desk.desk("Pembayaran")
    desk.sees(office.number)
    desk.follow("Isi bukti")
    given = {"Bukti pembayaran": slip, "Jumlah yang dibayar": f"{amount:,}".replace(",", ".")}
    given |= {"Tanggal bayar": time.strftime("%Y-%m-%d"), "Nomor referensi": "KW-1"}
    desk.fill(given)
    desk.press("Teruskan bukti pembayaran")
    office.move(cashier, "Terima pembayaran")
    return amount


def sign(office, drawer, signer):
    office.move(drawer, "Teruskan")
    office.move(signer, "Terbitkan izin")


def collect(applicant, office, clerk):
    given = {"Kode pengambilan": applicant.pickup_code(), "Nama penerima": applicant.name}
    office.at(clerk).record(given | {"Penerima adalah": applicant.relation})
    office.move(clerk, "Serahkan izin")
    applicant.home()
    applicant.sees("Selesai")


# -- Article 6 ---------------------------------------------------------------------------------
def hear(applicant, office, day):
    """Review, hearing and advice, each of which returns once and goes on where it returned."""
    reviewed(applicant, office)
    meet(office, day)
    returned(applicant, office, "tim_teknis", "Jalan masuk belum 6 m seperti jawaban.")
    office.move("tim_teknis", "Teruskan")
    advised(applicant, office)


def hear_at_once(office, day):
    """The same where nothing has to be mended."""
    review(office)
    meet(office, day)
    office.move("tim_teknis", "Teruskan")
    advise(office)


def meet(office, day):
    office.at("tim_teknis").record(MEETING | {"Tanggal": day}, "jadwal dengar pendapat")
    office.move("tim_teknis", "Teruskan")
    office.at("tim_teknis").record(HEARING, "hasil dengar pendapat")
    office.move("tim_teknis", "Teruskan")
    office.move("kabid_penataan", "Teruskan")


def review(office):
    office.at("tim_teknis").record({"Isi": "Sesuai ketentuan."}, "kajian")
    office.move("tim_teknis", "Teruskan")


def advise(office):
    office.at("tim_ahli").record({"Isi": ADVICE}, "nasihat ahli")
    office.move("tim_ahli", "Teruskan")


def reviewed(applicant, office):
    office.at("tim_teknis").record({"Isi": "Skala belum tepat."}, "kajian")
    returned(applicant, office, "tim_teknis", "Skala gambar belum 1:100.")
    review(office)


def advised(applicant, office):
    office.at("tim_ahli").record({"Isi": ADVICE}, "nasihat ahli")
    returned(applicant, office, "tim_ahli", "Sumur resapan belum tergambar.")
    advise(office)


def returned(applicant, office, role, reason):
    """Send the drawing back; the applicant mends it, and it lies before the same hand again."""
    desk = office.at(role)
    desk.reject_document(DRAWING, reason)
    desk.move("Minta perbaikan teknis")
    applicant.mend(DRAWING, f"Bestek diperbaiki {role}", "Kirim perbaikan teknis")
    office.at(role)
