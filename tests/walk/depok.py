"""Sleman's document as a walk: three products from one application, through the hands of Depok.

Every step through the visible page of who makes it, at a browser or without one. Each hand finds
the case in his own queue, or the walk stops there.
"""

from officer import PLAIN

DAERAH = "Kabupaten Sleman, Kecamatan Depok"
PLOT = {
    "Lokasi": (
        {"Kecamatan": "Depok"},
        {"Desa atau kelurahan": 1, "Alamat lokasi": "Gang Kenari 4"},
    ),
    "Tanah": (
        {
            "Status tanah menurut bukti hak": "Pekarangan",
            "Jenis hak atas tanah": "Hak milik",
            "Nomor bukti hak": "SHM 1204",
            "Luas tanah": "180",
            "Apakah tanah ini milik pemohon?": "Tidak",
        },
    ),
}
IRRIGATION = (
    "Apakah tanah atau bangunan berbatasan dengan saluran irigasi, menutupnya, atau memindahkannya?"
)
DRAINAGE = "Apakah bangunan menutup saluran drainase?"
TREES = "Apakah ada pohon milik Pemerintah Daerah yang perlu ditebang?"
RIVER = "Apakah rencana pembangunan berbatasan dengan sungai?"
PAVEMENT = "Apakah trotoar jalan pemerintah dibuka untuk jalan masuk?"
QUESTIONS = (IRRIGATION, DRAINAGE, TREES, RIVER, PAVEMENT)
ROAD = "Trotoar jalan apa yang dibuka?"
LETTERS = {
    IRRIGATION: ("Surat rekomendasi saluran irigasi", "DPUPKP"),
    DRAINAGE: ("Surat rekomendasi saluran drainase", "DPUPKP"),
    TREES: ("Surat penebangan pohon milik Pemerintah Daerah", "DLH"),
    RIVER: ("Surat rekomendasi sempadan sungai", "BBWSO"),
}
PAVEMENTS = {
    "Jalan nasional": (
        "Surat rekomendasi membuka trotoar jalan nasional",
        "Balai Pengawasan Jalan Nasional",
    ),
    "Jalan provinsi": ("Surat rekomendasi membuka trotoar jalan provinsi", "DPUP-ESDM"),
    "Jalan kabupaten": ("Surat rekomendasi membuka trotoar jalan kabupaten", "DPUPKP"),
}
"""The last letter, by the class of the road."""
HOUSE = {
    "Rencana bangunan": (
        {
            "Fungsi bangunan": "Rumah tinggal lainnya",
            "Apakah rumah sekaligus menjadi tempat usaha?": "Ya",
            "Jenis kegiatan": "Membangun baru",
            "Nama bangunan": "Rumah dan warung",
            "Kepemilikan bangunan": "Perorangan",
            "Jumlah lantai": "1",
            "Luas seluruh lantai": "84",
            "Tinggi bangunan": "5",
        },
        {"Luas bagian usaha": "40"},
    ),
}
ROOM = {
    "Luas lantai dasar": "84",
    "Luas daerah hijau": "50",
    "Luas lahan tertutup bangunan atau perkerasan": "118",
    "Jarak dinding depan ke as jalan": "6",
    "Jarak bangunan ke tepi sungai": "12",
    "Sempadan sungai menurut surat rekomendasi": "10",
    "Jarak bangunan ke tepi saluran irigasi": "5",
    "Sempadan saluran irigasi menurut surat rekomendasi": "3",
    "Jarak bangunan ke tepi saluran drainase": "2",
    "Sempadan saluran drainase menurut surat rekomendasi": "1",
}
WATER = (
    {
        "Isi sumur peresapan air hujan (SPAH)": "3",
        "Apakah ada tangki septik?": "Ya",
        "Apakah ada sumur peresapan air limbah (SPAL)?": "Ya",
        "Apakah ada menara air (water torn)?": "Ya",
    },
    {"Isi menara air": "1,5"},
)
SHORT_OF_WATER = (
    WATER[0]
    | {"Isi sumur peresapan air hujan (SPAH)": "1,5", "Apakah ada tangki septik?": "Tidak"},
    {"Isi menara air": "2,5"},
)
DRAWINGS = (
    "Denah lokasi", "Rencana tapak bangunan", "Denah bangunan", "Tampak depan", "Tampak belakang",
    "Tampak samping kiri", "Tampak samping kanan", "Potongan melintang", "Potongan membujur",
    "Rencana pondasi", "Rencana atap", "Rencana sanitasi dan air bersih",
    "Rencana pintu dan jendela", "Rencana instalasi listrik",
)  # fmt: skip
OTHERS = (
    "KTP-el pemilik tanah", "Surat perjanjian penggunaan dan pemanfaatan tanah",
    "Bukti kepemilikan hak atas tanah pekarangan",
    "Surat Pernyataan Pengelolaan Lingkungan Hidup (SPPL)",
)  # fmt: skip
PROXIES = (
    "Surat kuasa bermeterai permohonan IMB", "Surat kuasa bermeterai pengurusan IPPT Non Usaha",
)  # fmt: skip
VISIT = {
    "Tempat bertemu": "Gang Kenari 4, di pagar depan",
    "Nama undangan 1": "Slamet Riyadi",
    "Kedudukan undangan 1": "Ketua RT 04",
    "Surel atau nomor HP undangan 1": "rt04@dinas.test",
}
SHEET = {
    "Luas lantai dasar": "84",
    "Luas tanah": "180",
    "Luas daerah hijau": "50",
    "Luas seluruh lantai": "84",
    "Luas bagian usaha": "40",
    "Gambar dibanding keadaan di lokasi": "Sesuai",
    "Jarak bangunan ke jalan (sempadan jalan)": "Sesuai",
    "Temuan di lokasi": "Patok batas tanah terlihat jelas.",
}
DISINTEREST = (
    "Saya menyatakan tidak mempunyai kepentingan pribadi, keluarga, atau usaha dalam "
    "permohonan ini, dan tidak menerima apa pun dari pemohon."
)
MINUTES = {
    "Yang hadir": "Pemohon\nKetua RT",
    "Hasil peninjauan": "Keadaan di lokasi sesuai gambar.",
    "Kesimpulan": "Permohonan dapat diteruskan.",
}
BILL = 292_320
"""84 m² × Rp12.000 × (0,50 × 0,580 × 1,00): the national weights and indices for PLAIN."""
ROLES = ("petugas_administrasi", "kasi_pelayanan", "petugas_teknis", "sekcam", "camat", "bendahara")


def walk(applicant, office, day):
    """Go all thirteen steps with every trigger, and a return at every level; return the bill."""
    fill_in(applicant)
    ask_for_letters(applicant)
    send(applicant, office)
    check(applicant, office)
    visit(applicant, office, day)
    sign(office)
    amount = pay(applicant, office)
    hand_over(applicant, office)
    return amount


# -- Step 1 -------------------------------------------------------------------------------------
def fill_in(applicant):
    """Fill the form; figures that do not fit are told at once, with how much they miss."""
    applicant.answer(PLOT)
    applicant.answer({"Keadaan di sekitar tanah": (dict.fromkeys(QUESTIONS, "Tidak"),)})
    shows_letters(applicant, [])
    for question, letter in LETTERS.items():
        around(applicant, {question: "Ya"})
        shows_letters(applicant, [letter])
        around(applicant, {question: "Tidak"})
    for road, letter in PAVEMENTS.items():
        around(applicant, {PAVEMENT: "Ya"}, {ROAD: road})
        shows_letters(applicant, [letter])
    around(applicant, dict.fromkeys(LETTERS, "Ya"))
    applicant.answer(HOUSE)
    applicant.answer({"Ruang dan jarak": (ROOM | {"Luas lantai dasar": "104"},)})
    applicant.answer({"Air hujan dan air limbah": SHORT_OF_WATER})
    room(applicant)
    applicant.sees("57,78 %, paling banyak 50 %", "kurangi 14 m²")
    applicant.sees("1,5 m³, paling sedikit 3 m³", "tambah 1,5 m³", "Rencanakan tangki septik.")
    applicant.sees("2,5 m³, paling banyak 2 m³", "kurangi 0,5 m³")
    applicant.answer({"Ruang dan jarak": (ROOM,)})
    applicant.answer({"Air hujan dan air limbah": WATER})
    room(applicant)
    applicant.sees("46,67 %, paling banyak 50 %", "27,78 %, paling sedikit 20 %")
    applicant.sees("3 m³, paling sedikit 3 m³", "47,62 %, paling banyak 50 %")


def room(applicant):
    applicant.home()
    applicant.follow("Ruang dan jarak")


def around(applicant, *sheets):
    applicant.answer({"Keadaan di sekitar tanah": sheets})


def shows_letters(applicant, wanted):
    """The page of documents asks for exactly these letters, each of its agency."""
    applicant.home()
    applicant.follow("Berkas persyaratan")
    every = [*LETTERS.values(), *PAVEMENTS.values()]
    shown = [(title, who) for title, who in every if title in applicant.words]
    assert shown == wanted, f"{shown} instead of {wanted}"
    for title, who in wanted:
        assert who in applicant.words_of(applicant.slot(title)), (title, who)


def ask_for_letters(applicant):
    """Put each letter and every other document into its slot."""
    letters = [*LETTERS.values(), PAVEMENTS["Jalan kabupaten"]]
    for title in (*(title for title, _ in letters), *OTHERS, *DRAWINGS, *applicant.proxy):
        applicant.upload(title, "Lembar bertanda tangan")


def send(applicant, office):
    applicant.send("Kirim permohonan")
    office.number = applicant.number


# -- Steps 2 and 3 ------------------------------------------------------------------------------
def check(applicant, office):
    """The counter returns once, the Kasi once to the counter; then he orders the visit."""
    desk = office.at("petugas_administrasi")
    desk.reject_document("KTP-el pemilik tanah", "Foto KTP pemilik tanah kabur.")
    desk.move("Kembalikan untuk dilengkapi")
    applicant.mend("KTP-el pemilik tanah", "KTP pemilik terbaca", "Kirim perbaikan")
    receive(office)
    office.move("kasi_pelayanan", "Kembalikan satu tingkat", "Surat perjanjian belum dicocokkan.")
    receive(office)
    office.move("kasi_pelayanan", "Nyatakan lengkap")


def receive(office):
    desk = office.at("petugas_administrasi")
    desk.approve_documents()
    desk.approve_cards()
    office.move("petugas_administrasi", "Teruskan")


# -- Steps 4 and 5 ------------------------------------------------------------------------------
def visit(applicant, office, day):
    """The officer meets the applicant, finds a difference, ends after it is mended."""
    office.at("petugas_teknis").record({"Tanggal": day, "Pukul": "09:00", **VISIT}, "jadwal")
    office.move("petugas_teknis", "Teruskan")
    desk = office.at("petugas_teknis")
    desk.reject_document("Rencana tapak bangunan", "Pagar di lokasi belum digambar.")
    desk.move("Minta perbaikan teknis")
    applicant.mend("Rencana tapak bangunan", "Tapak dengan pagar", "Kirim perbaikan teknis")
    desk = office.at("petugas_teknis")
    desk.approve_documents()
    desk.record({DISINTEREST: True}, "pernyataan tanpa kepentingan")
    office.at("petugas_teknis").record(measured(), "lembar tinjau lokasi")
    office.at("petugas_teknis").record(MINUTES, "berita acara")
    office.move("petugas_teknis", "Setujui secara teknis")
    office.at("petugas_teknis").record(PLAIN, "pendataan")
    propose(office)


def measured():
    """Return what the officer measures: what was stated."""
    stated = {label: value for answers in (ROOM, *WATER) for label, value in answers.items()}
    del stated["Jarak dinding depan ke as jalan"]
    found = {label: value for label, value in stated.items() if "rekomendasi" not in label}
    return found | SHEET


def propose(office, calculate="Hitung retribusi"):
    office.at("petugas_teknis").press(calculate)
    office.move("petugas_teknis", "Ajukan SKRD")


# -- Steps 6 to 9 -------------------------------------------------------------------------------
def sign(office):
    """Each sends back exactly one level before the next time goes through."""
    office.move("kasi_pelayanan", "Kembalikan ke penetapan retribusi", "Luas belum dicocokkan.")
    office.at("petugas_teknis").record({}, "pendataan")
    propose(office, "Hitung ulang")
    office.move("kasi_pelayanan", "Teruskan")
    office.move("sekcam", "Kembalikan satu tingkat", "Paraf di lembar kedua belum ada.")
    office.move("kasi_pelayanan", "Teruskan")
    office.move("sekcam", "Teruskan")
    office.move("camat", "Kembalikan satu tingkat", "Nama jalan keliru.")
    office.move("sekcam", "Teruskan")
    office.move("camat", "Teruskan")
    office.move("petugas_administrasi", "Terbitkan SKRD")


# -- Steps 10 to 13 -----------------------------------------------------------------------------
def pay(applicant, office):
    amount = applicant.bill()
    applicant.report_payment()
    applicant.pay(amount)
    office.move("bendahara", "Terima pembayaran")
    return amount


def hand_over(applicant, office):
    office.move("petugas_administrasi", "Terbitkan izin")
    shown = {
        "Nama penerima": applicant.name, "Penerima adalah": applicant.relation,
        "Bukti penerimaan berkas ditunjukkan dan diarsipkan": True,
        "Bukti pembayaran retribusi ditunjukkan": True,
    }  # fmt: skip
    office.at("petugas_administrasi").record(shown, "data serah terima")
    office.move("petugas_administrasi", "Serahkan izin")
    applicant.home()
    applicant.sees("Selesai")
