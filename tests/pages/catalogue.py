"""All scenes in their order; the sample of the ordinary suite; what cannot be shown, and why."""

import matrix
import scenes_account
import scenes_applicant
import scenes_complaints
import scenes_corrections
import scenes_office
import scenes_public
import scenes_sanctions
import scenes_statements
import scenes_trials
from addresses import named
from portal import ROOT

ROOMS = (
    scenes_public, scenes_account, scenes_applicant, scenes_office, scenes_complaints,
    scenes_statements,
    scenes_corrections,
    scenes_trials,
    scenes_sanctions,
)  # fmt: skip
SAMPLE = frozenset(
    """
beranda standar-pamekasan hitung-pamekasan hitung-malang hitung-salah hitung-berubah
periksa-skrd-salah periksa-skrd-menunggu-berlaku lacak lacak-salah
lacak-ASSESSMENT verifikasi verifikasi-berlaku galat-400 galat-403 galat-404 galat-409 galat-422
galat-429 galat-500 galat-503 galat-csrf blanko alur-daftar daftar masuk-salah masuk-nonaktif
akun-terkunci lupa-sandi lupa-sandi-selesai alur-lupa-sandi alur-nomor alur-pengaman akun
akun-nomor-surel akun-sandi-salah akun-surel identitas keluar kuasa kuasa-akhiri kuasa-pemilik
kuasa-perbarui kuasa-tambah-salah pesan pesan-demo permohonan permohonan-baru hapus cabut
kirim-pamekasan-DRAFT isian-bangunan-lain-pamekasan-DRAFT isian-pamekasan-KRK_ISSUED-rencana
isian-salah berkas-pamekasan-DRAFT berkas-salah pilah
perbaikan-INCOMPLETE bayar-batal bayar-ditolak bayar-salah ambil
surat-disiapkan berkas-ditahan perkara-pamekasan-COLLECTED perkara-pamekasan-READY
perkara-pamekasan-RECORDING perkara-pamekasan-REVISION antrian-petugas.pamekasan antrian-kosong
semua kantor-serahkan isian-didahului isian-dipulihkan register register-ekspor pesan-gagal
ikhtisar-rantai berkas-digital kantor-berkas-digital
temuan-baru kantor-pamekasan-SUBMITTED-0 kantor-pamekasan-ASSESSMENT-0 kantor-pamekasan-FEE-0
tanda-tangan tanda-tangan-strd kantor-pamekasan-READY-0 kantor-sleman-SKRD_SIGNING-2
catatan-sleman-ASSESSMENT-0-jadwal_tinjau
catatan-sleman-ASSESSMENT-1-tinjau_lokasi catatan-sleman-READY-0-serah_terima kantor-ktp
catatan-pamekasan-RECORDING-0-pendataan catatan-salah catatan-lampiran data-induk
data-accounts_user data-accounts_posting-tambah data-accounts_user-nomor data-documents_paper-satu
data-daerah_holiday data-daerah_holiday-hapus data-daerah_holiday-riwayat data-induk-aplikasi
perkara-janji perkara-keringanan keringanan keringanan-kirim keringanan-tarik antrian-keringanan
kantor-keringanan-daftar kantor-keringanan kantor-perkara-keringanan
perkara-keberatan keberatan-tarik keberatan antrian-keberatan kantor-keberatan-daftar
kantor-keberatan kantor-perkara-keberatan perkara-pengembalian pengembalian
kantor-pengembalian-daftar kantor-pengembalian kantor-pengembalian-baru
standar-malang layanan-izin-lama layanan layanan-izin layanan-diajukan
penagihan penagihan-satu penagihan-usul bunga perkara-bunga kantor-terlambat
loket loket-orang-salah loket-kertas loket-formulir loket-bukti loket-perkara-DRAFT perkara-loket
loket-kontak klaim-salah pembayaran pembayaran-kosong pembayaran-bukti pembayaran-salah
survei-salah survei-sudah kepuasan
kas kas-buku kas-bulan kas-tutup kas-penutupan kas-penutupan-satu kas-koreksi-salah
uji-tarif uji-tarif-baru uji-tarif-salah uji-tarif-dampak uji-tarif-berkas
pengaduan-cari pengaduan-salah pengaduan-diterima pengaduan-ANSWERED kantor-pengaduan-terbuka
kantor-pengaduan-catat-salah kantor-pengaduan-IN_HAND kantor-pengaduan-jawab
rekening-koran rekening-koran-unggah-salah rekening-koran-satu rekening-koran-baris-tidak_dikenal
rekening-koran-format rekening-koran-format-lihat
surat surat-bekukan-salah surat-bekukan-lihat perkara-dibekukan
lambang-salah lambang-lihat lambang
""".split()
)
"""Renders every template."""
UNSEEN_TEMPLATES = {
    "account/password_set.html": "only for an account without a password, which nobody has",
    "account/signup_closed.html": "sign-up is open everywhere",
}
FILES = frozenset(
    """
favicon robots health applications:file applications:page_picture applications:paper identity_ktp
applications:form_filled applications:form_blank
mandate_letter mfa_download_recovery_codes retribusi:proof admin:preview admin:jsi18n
admin:autocomplete admin:register_fetch admin:complaint_file admin:statement_sheet
admin:arrear_preview admin:draft_page complaints:letter
admin:trial_file admin:digest applications:case_file_fetch admin:emblem_head admin:emblem_sample
""".split()
)
"""Answer with a file or with data, not with a page."""


def scenes():
    yield from (scene for room in ROOMS for scene in room.SCENES)
    yield from (scene for room in ROOMS for scene in room.LAST)


def run(tour, chosen=()):
    """Play every scene, or those of these names."""
    for scene in scenes():
        if not chosen or scene.__name__ in chosen:
            scene(tour)


def own_templates():
    """Return the names of all templates that become pages."""
    folder = ROOT / "templates"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    return {name for name in names if not name.startswith("pdf/")}


def unvisited(routes):
    """Return the names of addresses that show somebody a page and that no scene opened."""
    answers = matrix.expected()
    pages = {name for name in named() if 200 in answers.get(name, {}).get("GET", ())}
    return pages - set(routes) - FILES
