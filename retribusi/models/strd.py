"""Bills of interest on a late payment (STRD), and the slips that are filed for them."""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from applications.models import Application
from documents.models import Paper
from retribusi.models.bill import Skrd
from retribusi.models.ledger import LedgerEntry
from retribusi.models.slip import Slip


class Strd(FSMModelMixin, models.Model):
    """Interest that was asked for by itself; ``retribusi.arrears`` alone moves it.

    Never edited: voided with a reason and made anew. At most one of a bill is open.
    """

    class State(models.TextChoices):
        DRAFT = "konsep", "Konsep"
        ISSUED = "terbit", "Menunggu pembayaran"
        PAID = "lunas", "Lunas"
        VOID = "batal", "Batal"

    OPEN = (State.DRAFT, State.ISSUED)
    STANDING = (State.ISSUED, State.PAID)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="strds", verbose_name="permohonan"
    )
    skrd = models.ForeignKey(
        Skrd, on_delete=models.PROTECT, related_name="strds", verbose_name="SKRD"
    )
    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, related_name="strd", verbose_name="surat"
    )
    state = FSMField("keadaan", choices=State.choices, default=State.DRAFT, protected=True)
    number = models.CharField("nomor", max_length=80, blank=True)
    principal = models.PositiveBigIntegerField("pokok (Rp)")
    unpaid = models.PositiveBigIntegerField("pokok belum dibayar (Rp)")
    percent = models.DecimalField("persen sebulan", max_digits=6, decimal_places=3)
    months_before = models.PositiveSmallIntegerField("bulan yang sudah ditagih")
    months = models.PositiveSmallIntegerField("sampai dengan bulan")
    until = models.DateField("dihitung sampai")
    before = models.PositiveBigIntegerField("bunga yang sudah ditagih (Rp)")
    amount = models.PositiveBigIntegerField("bunga (Rp)")
    rule = models.JSONField("aturan")
    """The row of the file by which it was calculated."""
    sample = models.BooleanField("contoh", default=False)
    code = models.CharField("kode rekening", max_length=40, blank=True)
    payment_code = models.CharField("kode bayar", max_length=20, unique=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name="konsep oleh",
    )  # fmt: skip
    drafted_at = models.DateTimeField("konsep pada")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="ditandatangani oleh",
    )  # fmt: skip
    issued_at = models.DateTimeField("terbit pada", null=True)
    due_date = models.DateField("jatuh tempo", null=True)
    paid_on = models.DateField("tanggal bayar", null=True)
    place = models.CharField("tempat bayar", max_length=80, blank=True)
    reference = models.CharField("nomor referensi", max_length=80, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="diterima oleh",
    )  # fmt: skip
    settled_at = models.DateTimeField("lunas pada", null=True)
    entry = models.OneToOneField(
        LedgerEntry, null=True, on_delete=models.PROTECT, related_name="strd",
        verbose_name="baris buku penerimaan",
    )  # fmt: skip
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="dibatalkan oleh",
    )  # fmt: skip
    voided_at = models.DateTimeField("batal pada", null=True)
    void_reason = models.TextField("alasan batal", blank=True)

    class Meta:
        verbose_name = "STRD"
        verbose_name_plural = "STRD"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["skrd"],
                condition=models.Q(state__in=["konsep", "terbit"]),
                name="one_open_strd",
            ),
            models.CheckConstraint(
                condition=models.Q(state="konsep", issued_at=None, voided_at=None)
                | models.Q(state="terbit", issued_at__isnull=False, settled_at=None, voided_at=None)
                | models.Q(state="lunas", issued_at__isnull=False, settled_at__isnull=False,
                           voided_at=None)
                | models.Q(state="batal", settled_at=None, voided_at__isnull=False),
                name="strd_state_by_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(months__gt=models.F("months_before")),
                name="strd_asks_for_a_month",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"STRD {self.number or '(konsep)'}"

    @property
    def count(self) -> int:
        """Return for how many months it asks."""
        return self.months - self.months_before

    @transition("state", source=State.DRAFT, target=State.ISSUED)
    def issue(self):
        pass

    @transition("state", source=State.ISSUED, target=State.PAID)
    def settle(self):
        pass

    @transition("state", source=list(OPEN), target=State.VOID)
    def void(self):
        pass


class StrdProof(Slip):
    """A slip for an STRD; the treasurer judges it."""

    strd = models.ForeignKey(Strd, on_delete=models.PROTECT, related_name="proofs")
