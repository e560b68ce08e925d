"""What a line of the bank's statement may turn out to be, and what may be done with it."""

from django.db import models


class Kind(models.TextChoices):
    """The verdict on one line; the words are those that the treasurer reads."""

    MATCHED = "cocok", "Cocok"
    SHORT = "kurang", "Kurang"
    OVER = "lebih", "Lebih"
    DOUBLE = "ganda", "Ganda"
    UNKNOWN = "tidak_dikenal", "Tidak dikenal"
    MISTYPED = "salah_ketik", "Kode salah ketik"
    VOIDED = "skrd_batal", "Untuk SKRD batal"
    OTHER_DAY = "tanggal", "Tanggal berbeda"
    REVERSED = "pembalikan", "Pembalikan atau debit"
    MISSING = "hilang", "Tidak ada di rekening"
    UNPROVEN = "tanpa_bukti", "Belum ada bukti"
    IN_REVIEW = "menunggu", "Bukti sedang diperiksa"
    ASIDE = "bukan_setoran", "Bukan setoran"
    INTEREST = "bunga_strd", "Bunga STRD"
    FOUND = "menyusul", "Menyusul di rekening"
    CASH = "kas_loket", "Setoran kas loket"


class Act(models.TextChoices):
    """What was done with a line."""

    SETTLE = "cocok", "Dicocokkan dengan pembayarannya"
    DEPOSIT = "titipan", "Dicatat sebagai titipan"
    REFUND = "kembali", "Diteruskan ke pengembalian"
    NOTE = "catat", "Dicatat dan disampaikan kepada kepala"
    ASIDE = "bukan", "Bukan setoran retribusi"
    ASSIGN = "tetapkan", "Ditetapkan untuk SKRD atau STRD"
    UNDO = "urungkan", "Diurungkan"
    CASH = "kas", "Dicocokkan dengan kas loket"


ALARMS = frozenset({
    Kind.SHORT, Kind.OVER, Kind.DOUBLE, Kind.UNKNOWN, Kind.MISTYPED, Kind.VOIDED, Kind.OTHER_DAY,
    Kind.REVERSED, Kind.MISSING,
})  # fmt: skip
"""What somebody has to look into."""
CLOSED = frozenset({Kind.ASIDE, Kind.INTEREST, Kind.FOUND})
"""What needs nobody's act."""
MAIN = frozenset({
    Kind.MATCHED, Kind.OTHER_DAY, Kind.SHORT, Kind.OVER, Kind.UNPROVEN, Kind.IN_REVIEW,
})  # fmt: skip
"""A line of these kinds is the money of its bill; any further one is a second."""
