"""Bombana's chart as a walk: eighteen steps through nine hands, to the permit or to a refusal."""

from officer import PLAIN

from imbportal.demo import drawings

DAERAH = "Kabupaten Bombana"
PLOT = {
    "Lokasi": (
        {"Kecamatan": "Rumbia"},
        {"Desa atau kelurahan": 1, "Alamat lokasi": "Jl. Poros Rumbia 9"},
    ),
    "Tanah": (
        {
            "Bukti kepemilikan tanah": "Girik",
            "Nomor bukti kepemilikan": "G 118",
            "Luas tanah": "260",
            "Apakah tanah ini milik pemohon?": "Ya",
        },
    ),
    "Bangunan": (
        {
            "Nama bangunan": "Rumah tinggal",
            "Jenis kegiatan": "Pembangunan baru",
            "Fungsi bangunan": "Rumah tinggal lainnya",
            "Kepemilikan bangunan": "Perorangan",
            "Jumlah lantai": "1",
            "Luas lantai bangunan": "120",
            "Luas lantai dasar": "120",
            "Tinggi bangunan": "5",
        },
    ),
}
ALWAYS = (
    "Bukti kepemilikan tanah, dilegalisasi Lurah dan Camat", "Bukti pelunasan PBB tahun terakhir",
    "Persetujuan tetangga", "Gambar bangunan dan situasi letak bangunan",
)  # fmt: skip
LEASE = "Perjanjian sewa-menyewa atau surat persetujuan pemilik tanah"
BEGUN = "Dinding dan kolom bangunan"
SHEET = {
    "Gambar dibanding keadaan di lokasi": "Sesuai",
    "Jarak bangunan ke jalan (sempadan jalan)": "Sesuai",
    "Temuan di lokasi": "Dinding dan kolom sudah berdiri.",
}
SURVEY = {
    "Yang hadir": "Pemohon\nPetugas Dinas PU dan PR",
    "Hasil peninjauan": "Dinding dan kolom sudah berdiri; letak sesuai gambar.",
    "Pekerjaan yang sudah dimulai": BEGUN,
    "Kesimpulan": "Dapat disetujui.",
}
MINUTES, SPECIAL = "berita acara peninjauan lapangan", "data kertas khusus"
ATTACH = "Tambah lampiran"
PAPER = {
    "Nomor seri kertas": "PBG-000123",
    "Ditandatangani basah pada": "2026-07-01",
    "Sudah dicap basah": True,
    "Tempat arsip": "Rak 3, map 41",
}
BILL = 542_880
"""120 m² × Rp12.000 × (0,50 × 0,580 × 1,00) × 1,00 × 1,30, for walls and columns stand already."""
ROLES = (
    "front_office", "kasi_pelayanan", "back_office", "kabid_pelayanan", "kadis", "dinas_teknis",
    "bendahara", "sekretaris", "sekretariat",
)  # fmt: skip


def apply(applicant, office):
    """Steps 1 to 4, with the Kasi's return to the front office and its return to the applicant."""
    applicant.answer(PLOT)
    applicant.home()
    applicant.follow("Berkas persyaratan")
    assert not applicant.has_slot(LEASE)
    applicant.answer({"Tanah": ({"Apakah tanah ini milik pemohon?": "Tidak"},)})
    applicant.home()
    applicant.follow("Berkas persyaratan")
    for title in (*ALWAYS, LEASE, *applicant.proxy):
        applicant.upload(title, "Lembar bertanda tangan")
    applicant.send("Kirim permohonan")
    office.number = applicant.number
    office.move("front_office", "Teruskan")
    office.move("kasi_pelayanan", "Kembalikan satu tingkat", "PBB yang dilampirkan tahun lalu.")
    desk = office.at("front_office")
    desk.reject_document(ALWAYS[1], "PBB bukan tahun terakhir.")
    desk.move("Kembalikan untuk dilengkapi")
    applicant.mend(ALWAYS[1], "PBB tahun ini", "Kirim perbaikan")
    office.move("front_office", "Teruskan")
    desk = office.at("kasi_pelayanan")
    desk.approve_documents()
    desk.record({"Isi": "Lengkap."}, "hasil pemeriksaan")
    office.move("kasi_pelayanan", "Teruskan")
    office.move("back_office", "Nyatakan lengkap")


def survey(office):
    """Steps 5 to 9, up to the minutes."""
    for role in ("back_office", "kasi_pelayanan", "kabid_pelayanan", "kadis", "back_office"):
        office.move(role, "Teruskan")
    office.at("dinas_teknis").record(SHEET, "lembar tinjau lokasi")
    office.at("dinas_teknis").record(SURVEY, MINUTES)
    desk = office.at("dinas_teknis")
    desk.sees("Lampirkan bukti pekerjaan yang sudah dimulai")
    desk.record({ATTACH: drawings.pdf("Foto dinding dan kolom", pages=1)}, MINUTES)
    office.move("dinas_teknis", "Teruskan")


def permit(applicant, office):
    """Steps 9 to 18; return what was paid."""
    desk = office.at("dinas_teknis")
    desk.approve_documents()
    desk.move("Setujui secara teknis")
    desk = office.at("dinas_teknis")
    desk.follow("Isi pendataan")
    desk.sees(f"Pekerjaan yang sudah dimulai: {BEGUN} (menurut berita acara")
    desk.fill(PLAIN)
    desk.press("Simpan")
    office.at("dinas_teknis").press("Hitung retribusi")
    office.move("dinas_teknis", "Ajukan SKRD")
    office.move("kadis", "Terbitkan SKRD")
    amount = applicant.bill()
    applicant.report_payment()
    applicant.pay(amount)
    office.move("bendahara", "Terima pembayaran")
    for role in (
        "kadis", "kabid_pelayanan", "back_office", "kasi_pelayanan", "kabid_pelayanan",
        "sekretaris", "kadis",
    ):  # fmt: skip
        office.move(role, "Teruskan")
    office.move("sekretariat", "Terbitkan izin")
    print_on_special_paper(office)
    office.move("sekretariat", "Kirim kode pengambilan")
    code = applicant.pickup_code()
    given = {"Kode pengambilan": code, "Nama penerima": applicant.name}
    office.at("front_office").record(given | {"Penerima adalah": applicant.relation})
    office.move("front_office", "Serahkan izin")
    applicant.home()
    applicant.sees("Selesai")
    return amount


def print_on_special_paper(office):
    """Step 17: signed no earlier than the permit was, and the signed original is scanned."""
    desk = office.at("sekretariat")
    desk.follow(f"Isi {SPECIAL}")
    desk.fill(PAPER | {"Ditandatangani basah pada": "2026-06-30"})
    desk.press("Simpan", status=422)
    desk.sees("tanda tangan basah tidak dapat lebih awal")
    desk.fill(PAPER)
    desk.press("Simpan")
    office.at("sekretariat").sees("Lampirkan pindaian lembar asli")
    office.at("sekretariat").record({ATTACH: drawings.pdf("Lembar asli", pages=1)}, SPECIAL)


def refusal(applicant, office):
    """Steps 9 to 18 to a refusal, through the same hands."""
    office.move("dinas_teknis", "Usulkan penolakan", "Di dalam garis sempadan sungai.")
    for role in (
        "kadis", "kabid_pelayanan", "back_office", "kasi_pelayanan", "kabid_pelayanan",
        "sekretaris", "kadis", "sekretariat",
    ):  # fmt: skip
        office.move(role, "Teruskan")
    office.move("front_office", "Tolak permohonan")
    applicant.home()
    applicant.sees("ditolak")
