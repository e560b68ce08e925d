"""The bank's statements: how each bank writes them, their lines, and what became of each line."""

import uuid

from django.conf import settings
from django.db import models

from retribusi.models.bill import Payment, Skrd
from retribusi.models.ledger import LedgerEntry
from retribusi.models.strd import Strd
from retribusi.statements.kinds import CLOSED, Act, Kind
from retribusi.statements.rows import money

BY = {"on_delete": models.PROTECT, "related_name": "+"}


class BankFormat(models.Model):
    """How one bank writes the statements of one account of a daerah."""

    daerah = models.CharField("daerah", max_length=40)
    name = models.CharField("bank", max_length=60)
    account = models.CharField("nomor rekening", max_length=40)
    mapping = models.JSONField("susunan berkas")
    """As ``statements.mapping.Mapping`` reads it; each statement keeps a copy."""
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="diubah oleh", **BY)
    changed_at = models.DateTimeField("diubah pada")

    class Meta:
        verbose_name = "format rekening koran"
        verbose_name_plural = "format rekening koran"
        ordering = ["name", "account"]
        constraints = [
            models.UniqueConstraint(fields=["daerah", "account", "name"], name="one_bank_format"),
        ]

    def __str__(self):
        return f"{self.name} {self.account}"


class Statement(models.Model):
    """One imported file. Amounts are sen, as banks print them; never changed but for its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    daerah = models.CharField("daerah", max_length=40)
    format = models.ForeignKey(
        BankFormat, on_delete=models.PROTECT, related_name="statements", verbose_name="format"
    )
    bank = models.CharField("bank", max_length=60)
    account = models.CharField("nomor rekening", max_length=40)
    mapping = models.JSONField("susunan berkas")
    """The format as it stood when the file was read."""
    name = models.CharField("nama berkas", max_length=120)
    file_sha256 = models.CharField("SHA-256 berkas", max_length=64)
    begins = models.DateField("dari tanggal")
    ends = models.DateField("sampai tanggal")
    opening = models.BigIntegerField("saldo awal (sen)", null=True)
    closing = models.BigIntegerField("saldo akhir (sen)", null=True)
    taken = models.PositiveIntegerField("baris diimpor")
    taken_sum = models.BigIntegerField("jumlah yang diimpor (sen)")
    known = models.PositiveIntegerField("baris yang sudah pernah diimpor")
    known_sum = models.BigIntegerField("jumlah yang sudah pernah diimpor (sen)")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="diimpor oleh", **BY)
    imported_at = models.DateTimeField("diimpor pada")
    closed_at = models.DateTimeField("selesai pada", null=True)
    """When it was declared reconciled; empty again where it was opened again."""

    class Meta:
        verbose_name = "rekening koran"
        verbose_name_plural = "rekening koran"
        constraints = [
            models.UniqueConstraint(fields=["daerah", "file_sha256"], name="one_statement_file"),
        ]
        indexes = [models.Index(fields=["daerah", "ends", "id"], name="statement_by_day")]

    def __str__(self):
        return f"{self.bank} {self.account}, {self.begins} sampai {self.ends}"


class StatementEvent(models.Model):
    """What was done with a statement as a whole; append-only."""

    class Act(models.TextChoices):
        IMPORT = "impor", "Diimpor"
        MATCH = "cocokkan", "Dicocokkan lagi"
        SETTLE = "tandai", "Baris yang cocok ditandai selesai"
        CLOSE = "selesai", "Dinyatakan selesai"
        REOPEN = "buka", "Dibuka kembali"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=12, choices=Act)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.get_act_display()


class StatementLine(models.Model):
    """A line of the bank, or (``of_bank`` false, sum 0) a payment that the bank does not show.

    What the bank said never changes; the verdict on it may, until there is an outcome.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    daerah = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    """Account, date, sum, reference and running number: the same line in two files is one."""
    row = models.PositiveIntegerField("baris")
    place = models.PositiveIntegerField("baris dalam berkas")
    of_bank = models.BooleanField(default=True)
    day = models.DateField("tanggal")
    sen = models.BigIntegerField("jumlah (sen)")
    reference = models.CharField("referensi", max_length=80, blank=True)
    text = models.TextField("keterangan", blank=True)
    kind = models.CharField("temuan", max_length=14, choices=Kind, default=Kind.UNKNOWN)
    why = models.TextField("alasan", blank=True)
    bill = models.ForeignKey(
        Skrd, null=True, on_delete=models.PROTECT, related_name="statement_lines"
    )
    strd = models.ForeignKey(
        Strd, null=True, on_delete=models.PROTECT, related_name="statement_lines"
    )
    """The bill of interest whose money this is; then there is no ``bill``."""
    assigned = models.BooleanField(default=False)
    """Whether somebody chose the bill."""
    proposals = models.JSONField(default=list)
    """Keys of bills that it may be for, the likeliest first; nobody takes them but by hand."""
    settles = models.OneToOneField(
        Payment, null=True, on_delete=models.PROTECT, related_name="statement_line"
    )
    """The payment whose money this line is."""
    outcome = models.OneToOneField(
        "LineOutcome", null=True, on_delete=models.PROTECT, related_name="stands_for"
    )
    """What stands; empty while nothing was done, or it was undone."""

    class Meta:
        verbose_name = "baris rekening koran"
        verbose_name_plural = "baris rekening koran"
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["daerah", "fingerprint"], name="one_statement_line"),
            models.UniqueConstraint(fields=["statement", "row"], name="one_statement_row"),
        ]

    def __str__(self):
        return f"baris {self.row}"

    @property
    def sum(self) -> str:
        return money(self.sen)

    @property
    def is_done(self) -> bool:
        return self.outcome_id is not None or self.kind in CLOSED


class LineOutcome(models.Model):
    """What somebody did with a line, and why; append-only, undone by a further one."""

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="outcomes")
    act = models.CharField(max_length=10, choices=Act)
    reason = models.TextField(blank=True)
    bill = models.ForeignKey(Skrd, null=True, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(
        LedgerEntry, null=True, on_delete=models.PROTECT, related_name="line_outcome"
    )
    """The line of the ledger that it wrote."""
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.get_act_display()


class LineReceipt(models.Model):
    """A receipt of the counter (payment or interest) whose money a line brought; append-only.

    It counts until its outcome is undone.
    """

    outcome = models.ForeignKey(LineOutcome, on_delete=models.PROTECT, related_name="receipts")
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="line_receipts"
    )
    strd = models.ForeignKey(
        Strd, null=True, on_delete=models.PROTECT, related_name="line_receipts"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(payment=None) ^ models.Q(strd=None), name="receipt_of_one_kind"
            ),
        ]

    def __str__(self):
        return str(self.payment or self.strd)
