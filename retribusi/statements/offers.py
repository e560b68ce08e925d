"""What may be done with a line, and what keeps a statement from being declared reconciled."""

from __future__ import annotations

from django.db.models import Sum

from retribusi.models import Payment, Statement, StatementLine, Strd
from retribusi.statements.kinds import CLOSED, Act, Kind
from retribusi.statements.rows import money

BY_KIND = {
    Kind.MATCHED: (Act.SETTLE,),
    Kind.OTHER_DAY: (Act.SETTLE, Act.NOTE),
    Kind.SHORT: (Act.DEPOSIT,),
    Kind.OVER: (Act.REFUND, Act.DEPOSIT),
    Kind.DOUBLE: (Act.REFUND, Act.DEPOSIT),
    Kind.VOIDED: (Act.REFUND, Act.DEPOSIT),
    Kind.UNKNOWN: (Act.ASSIGN, Act.DEPOSIT, Act.ASIDE),
    Kind.MISTYPED: (Act.ASSIGN, Act.DEPOSIT, Act.ASIDE),
    Kind.REVERSED: (Act.NOTE, Act.ASIDE),
    Kind.MISSING: (Act.NOTE,),
    Kind.UNPROVEN: (Act.DEPOSIT,),
    Kind.IN_REVIEW: (),
    Kind.ASIDE: (Act.ASSIGN, Act.DEPOSIT),
    Kind.INTEREST: (),
    Kind.FOUND: (),
    Kind.CASH: (Act.CASH, Act.DEPOSIT, Act.ASIDE),
}
ADVICE = {
    Kind.MATCHED: "Uangnya sudah ada di rekening. Tandai selesai.",
    Kind.OTHER_DAY: "Bandingkan tanggal pada bukti. Tandai selesai dengan alasan, atau catat.",
    Kind.SHORT: "Catat sebagai titipan. Pemohon diberi tahu berapa yang masih kurang.",
    Kind.OVER: "Teruskan kelebihannya ke pengembalian, atau simpan sebagai titipan.",
    Kind.DOUBLE: "Teruskan ke pengembalian, atau simpan sebagai titipan.",
    Kind.VOIDED: "SKRD ini tidak berlaku lagi. Teruskan ke pengembalian, atau simpan sebagai "
    "titipan sampai SKRD barunya terbit.",
    Kind.UNKNOWN: "Cari SKRD-nya, simpan sebagai titipan, atau nyatakan bukan setoran retribusi.",
    Kind.MISTYPED: "Bandingkan dengan tagihan yang diusulkan, lalu tetapkan.",
    Kind.REVERSED: "Tanyakan kepada bank, lalu catat. Kepala diberi tahu.",
    Kind.MISSING: "Periksa buktinya dan tanyakan kepada bank, lalu catat. Kepala diberi tahu.",
    Kind.UNPROVEN: "Catat sebagai titipan. Pemohon diminta mengunggah buktinya; begitu kasir "
    "menerimanya, titipan ini menjadi pembayaran.",
    Kind.IN_REVIEW: "Periksa buktinya pada permohonan, lalu tekan “Cocokkan lagi”.",
    Kind.ASIDE: "Tidak ada yang perlu dikerjakan.",
    Kind.INTEREST: "Tidak ada yang perlu dikerjakan.",
    Kind.FOUND: "Tidak ada yang perlu dikerjakan.",
    Kind.CASH: "Bandingkan penerimaan di samping dengan slip setoran loket, lalu cocokkan.",
}
SHORT_BUT_PAID = "Pembayarannya sudah dikonfirmasi penuh. Catat; kepala diberi tahu."


def acts(line: StatementLine) -> tuple[Act, ...]:
    """Return what may be done with a line that nobody settled, the usual first."""
    if line.kind == Kind.SHORT and is_paid(line):
        return (Act.NOTE,)
    if line.kind == Kind.OVER and not is_paid(line):
        return (Act.DEPOSIT,)
    return BY_KIND[Kind(line.kind)]


def advice(line: StatementLine) -> str:
    """Return what to do with a line, in a sentence."""
    if line.kind == Kind.SHORT and is_paid(line):
        return SHORT_BUT_PAID
    return ADVICE[Kind(line.kind)]


def is_paid(line: StatementLine) -> bool:
    """Return whether the bill of a line has its payment."""
    if line.strd is not None:
        return line.strd.state == Strd.State.PAID
    return Payment.objects.filter(skrd=line.bill_id).exists() if line.bill_id else False


def surplus(line: StatementLine) -> int:
    """Return the sen of a line that are no payment: all, but of too much only what is too much."""
    payment = Payment.objects.filter(skrd=line.bill_id).first() if line.bill_id else None
    owed = payment or line.strd
    if line.kind == Kind.OVER and owed is not None:
        return line.sen - owed.amount * 100
    return line.sen


def unfinished(statement: Statement) -> list[str]:
    """Return why a statement cannot be declared reconciled yet."""
    missing = []
    if waiting := statement.lines.filter(outcome=None).exclude(kind__in=CLOSED).count():
        missing.append(f"{waiting} baris belum ditindaklanjuti.")
    return missing + unbalanced(statement)


def unbalanced(statement: Statement) -> list[str]:
    """Return what is wrong with a statement's sums."""
    wrong = []
    lines = statement.lines.filter(of_bank=True).aggregate(sum=Sum("sen"))["sum"] or 0
    if lines != statement.taken_sum:
        wrong.append(
            f"Jumlah baris {money(lines)}, seharusnya {money(statement.taken_sum)} seperti ketika "
            "diimpor."
        )
    if statement.opening is not None and statement.closing is not None:
        reached = statement.opening + lines + statement.known_sum
        if reached != statement.closing:
            wrong.append(
                f"Saldo awal dan mutasi menjadi {money(reached)}, saldo akhir menurut bank "
                f"{money(statement.closing)}."
            )
    return wrong
