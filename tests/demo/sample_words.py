"""What each kind of paper must say on its sheet, beside what all of them say."""

from imbportal.demo import driver, sample_scenes

WORDS = {
    "tanda_terima": ("Telah diterima pada", "Isi"),
    "tanda_terima_ippt": ("Telah diterima pada",),
    "krk": ("Koefisien dasar bangunan", "Petugas yang memeriksa", "Persyaratan administrasi"),
    "penolakan_krk": (driver.REASONS["refuse_krk"],),
    "surat_kekurangan": ("masih perlu dilengkapi", "Mohon"),
    "surat_kelengkapan": ("telah lengkap",),
    "surat_perbaikan": (driver.POINTS["request_revision"],),
    "persetujuan": ("disetujui secara tertulis", "Pemeriksaan"),
    "surat_permohonan_krk": ("Pernyataan pemohon",),
    "surat_permohonan_imb": ("Pernyataan pemohon",),
    "surat_permohonan_ippt": ("Pernyataan pemohon",),
    "surat_pengantar": ("Mohon pertimbangan teknis", "Dokumen"),
    "bapl": ("Hasil peninjauan", "Kesimpulan"),
    "berita_acara": ("Hasil peninjauan", "Kesimpulan"),
    "nota_hitung": ("Jumlah retribusi", "rupiah)"),
    "perhitungan_retribusi": ("Jumlah retribusi", "rupiah)"),
    "rekomendasi_teknis": ("secara teknis dapat disetujui", "menurut nota hitung"),
    "rekomendasi_penolakan": ("direkomendasikan untuk ditolak", "Alasan"),
    "rekomendasi_persetujuan": ("direkomendasikan untuk disetujui", "telah dibayar lunas"),
    "undangan_dengar": ("mengundang Saudara", "Waktu dan tempat"),
    "berita_acara_dengar": ("Keberatan, pendapat, dan jawaban", "mobil pemadam"),
    "nasihat_teknis": ("sumur resapan",),
    "skrd": ("Kode bayar", "Dengan huruf", "Tanda terima"),
    "ssrd": ("Nomor referensi (NTB/NTPD)", "Kode rekening", "Dengan huruf"),
    "pembatalan_skrd": (sample_scenes.VOIDED, "tidak berlaku lagi"),
    "strd": ("Bunga keterlambatan", "Dengan huruf"),
    "skrdlb": ("Lebih bayar yang dikembalikan", "Dengan huruf"),
    "pengantar_pembebasan": ("Bersama ini kami kirim berkas", "Lampiran", "Sketsa peta lokasi"),
    "keputusan_keringanan": ("mengabulkan keringanan retribusi", "Dilampiri"),
    "keputusan_pembebasan": ("mengabulkan pembebasan retribusi", "Dilampiri"),
    "tanda_terima_keberatan": ("Telah diterima keberatan", driver.OBJECTS),
    "keputusan_keberatan": ("menolak keberatan ini", sample_scenes.CONSIDERED),
    "izin": ("MEMUTUSKAN", "Menimbang", "Mengingat", "Pembekuan dan pencabutan"),
    "ippt": ("MEMUTUSKAN", "penggunaan dan pemanfaatan tanah"),
    "pengesahan_sppl": ("Mengesahkan surat pernyataan",),
    "lampiran_gambar": ("Tanda berkas", "versi "),
    "penolakan": (driver.REASONS["propose_rejection"], "Keberatan"),
    "lembar_register": ("Buku registrasi", "Data pemohon", "Form pendataan"),
    "lembar_arsip": ("Data pemohon", "Surat dalam berkas"),
    "lembar_kendali_imb": ("Perjalanan berkas", "Tinjau lokasi"),
    "lembar_kendali_ippt": ("Perjalanan berkas",),
    "plat_imb": ("Pemilik",),
    "kode_ambil": ("Kode pengambilan",),
    "tanda_antar": ("diantar ke", "Yang menyerahkan"),
    "serah_terima": ("diserahkan", "Yang menerima", "Yang menyerahkan"),
    "lembar_ikm": ("Lingkari satu jawaban", "Sangat sesuai", "Saran"),
    "jawaban_pengaduan": ("jadwal loket", "dibuka kembali satu kali"),
    "ikhtisar_rantai": ("Sidik ikhtisar ini", "manage.py periksa_rantai", "yang pertama"),
    "peringatan": ("diperingatkan",),
    "pembekuan": ("dibekukan",),
    "pencairan": ("dicairkan",),
    "pencabutan": ("dicabut",),
}
"""By kind. A kind that a file has and this table lacks is a test that fails."""
SIGNED_OTHERWISE = frozenset({"tanda_antar", "serah_terima", "plat_imb", "jawaban_pengaduan"})
"""Kinds whose foot has places of its own, or that whoever answers signs."""
SIGNS = frozenset({"plat_imb"})
"""Kinds that are fixed to a wall: one sheet without a number of pages."""
UNNAMED = "tidak memerlukan tanda tangan"
"""What stands where the portal itself issues a paper."""
