"""Malang's document as a walk: five steps, fourteen days from complete, its own price list."""

from officer import PLAIN

DAERAH = "Kabupaten Malang"
RIVER = "Apakah bangunan memanfaatkan tanah tepi sungai?"
IPPT = "Apakah luas dan ketentuan usahanya mewajibkan IPPT?"
CALCULATION = "Apakah konstruksinya memerlukan perhitungan?"
PLOT = {
    "Lokasi": (
        {"Kecamatan": "Kepanjen"},
        {"Desa atau kelurahan": 1, "Alamat lokasi": "Jl. Panji 40"},
    ),
}
LAND = {
    "Bukti kepemilikan tanah": "Petok D",
    "Nomor bukti kepemilikan": "C 441",
    "Luas tanah": "300",
    RIVER: "Tidak",
}
BUILDING = {
    "Nama bangunan": "Rumah toko",
    "Lingkup pembangunan": "Pembangunan baru",
    "Fungsi bangunan": "Hunian lainnya",
    "Kepemilikan bangunan": "Perorangan",
    "Jumlah lantai": "1",
    "Luas seluruh lantai": "200",
    "Luas lantai dasar": "100",
    "Tinggi bangunan": "8",
}
ALWAYS = (
    "Surat pernyataan para tetangga, diketahui Lurah dan Camat", "NPWPD",
    "Bukti kepemilikan tanah", "Pelunasan Pajak Bumi dan Bangunan (PBB)",
    "Gambar bangunan lengkap, skala 1:100",
    "Gambar situasi tanah dan bangunan, skala 1:125 atau 1:500",
    "Gambar detail atau bagian konstruksi yang penting",
)  # fmt: skip
PROXY = "Surat kuasa"
SETBACK, LAND_USE, STRUCTURE = "Izin sempadan sungai", "IPPT", "Perhitungan konstruksi"
FENCE = {"2211 Pagar": "60"}
SHEET = {
    "Arsitektur": "Lengkap.",
    "Struktur": "Cukup.",
    "Utilitas (air, limbah, listrik)": "Ada.",
    "Kesimpulan": "Dapat disetujui.",
}
BILL = 1_921_000
"""200 m² × Rp4.000 × (4,00 × 0,580 × 1,00) + 60 m² of fence × Rp1.000 + Rp5.000 for the form."""
ROLES = ("customer_service", "bidang", "tim_teknis", "bendahara", "kepala")


def walk(applicant, office):
    """Go the five steps with a return, a revision and a refused proof; return the bill."""
    fill_in(applicant)
    for title in (*ALWAYS, *applicant.proxy, SETBACK, LAND_USE, STRUCTURE):
        applicant.upload(title, "Lembar bertanda tangan")
    applicant.send("Kirim permohonan")  # 1
    office.number = applicant.number
    receive(applicant, office)  # 2
    process(applicant, office)  # 3
    amount = pay(applicant, office)  # 4
    office.move("kepala", "Terbitkan izin")
    code = applicant.pickup_code()
    given = {"Kode pengambilan": code, "Nama penerima": applicant.name}
    office.at("customer_service").record(given | {"Penerima adalah": applicant.relation})
    office.move("customer_service", "Serahkan izin")  # 5
    applicant.home()
    applicant.sees("Selesai")
    return amount


def fill_in(applicant):
    """Each condition of the document asks for its paper, and for that alone."""
    applicant.answer(PLOT)
    applicant.answer({"Tanah": (LAND,), "Bangunan": (BUILDING, {CALCULATION: "Tidak"})})
    asks_for(applicant, [])
    applicant.answer({"Bangunan": ({CALCULATION: "Ya"},)})
    asks_for(applicant, [STRUCTURE])
    applicant.answer({"Bangunan": ({CALCULATION: "Tidak"},), "Tanah": ({RIVER: "Ya"},)})
    asks_for(applicant, [SETBACK])
    applicant.answer({"Tanah": ({RIVER: "Tidak"},), "Bangunan": ({"Jumlah lantai": "2"},)})
    asks_for(applicant, [STRUCTURE])
    mixed = {"Fungsi bangunan": "Ganda"}
    applicant.answer({"Bangunan": (mixed, {IPPT: "Tidak"})})
    asks_for(applicant, [STRUCTURE])
    applicant.answer({"Bangunan": ({IPPT: "Ya"},), "Tanah": ({RIVER: "Ya"},)})
    asks_for(applicant, [SETBACK, LAND_USE, STRUCTURE])


def asks_for(applicant, wanted):
    applicant.home()
    applicant.follow("Berkas persyaratan")
    shown = [title for title in (SETBACK, LAND_USE, STRUCTURE) if applicant.has_slot(title)]
    assert shown == wanted, f"{shown} instead of {wanted}"
    for title in (*ALWAYS, *applicant.proxy):
        applicant.slot(title)


def receive(applicant, office):
    desk = office.at("customer_service")
    desk.reject_document("NPWPD", "Kartu NPWPD kabur.")
    desk.move("Kembalikan untuk dilengkapi")
    applicant.mend("NPWPD", "NPWPD terbaca", "Kirim perbaikan")
    desk = office.at("customer_service")
    desk.approve_documents()
    desk.move("Nyatakan lengkap")


def process(applicant, office):
    office.at("bidang").record(PLAIN | FENCE)
    office.move("bidang", "Simpan pendataan dan teruskan")
    desk = office.at("tim_teknis")
    desk.reject_document(ALWAYS[-1], "Detail sambungan balok belum ada.")
    desk.move("Minta perbaikan teknis")
    applicant.mend(ALWAYS[-1], "Detail sambungan", "Kirim perbaikan teknis")
    desk = office.at("tim_teknis")
    desk.approve_documents()
    desk.record(SHEET)
    office.move("tim_teknis", "Setujui secara teknis")
    office.at("bidang").press("Hitung retribusi")
    office.move("bidang", "Ajukan SKRD")
    office.move("kepala", "Terbitkan SKRD")


def pay(applicant, office):
    amount = applicant.bill()
    applicant.report_payment()
    applicant.pay(amount - 1000)
    office.move("bendahara", "Tolak bukti pembayaran", "Jumlah kurang Rp1.000.")
    applicant.pay(amount)
    office.move("bendahara", "Terima pembayaran")
    return amount
