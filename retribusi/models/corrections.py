"""Objections to a bill, and money that goes back."""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition
from encrypted_fields.fields import EncryptedCharField

from applications.models import Application, DocumentVersion
from documents.models import Paper
from imbportal.indonesia import rupiah
from retribusi.models.assessment import Assessment
from retribusi.models.bill import Skrd
from retribusi.models.request import Request

SHOWN_DIGITS = 4
"""Digits of an account number that lists and history show."""


class Objection(FSMModelMixin, Request):
    """An objection to one bill; at most one per case waits for its decision."""

    class State(models.TextChoices):
        ASKED = "diajukan", "Diajukan"
        FORWARDED = "diteruskan", "Diteruskan"
        GRANTED = "dikabulkan", "Dikabulkan seluruhnya"
        PARTLY = "sebagian", "Dikabulkan sebagian"
        REFUSED = "ditolak", "Ditolak"
        WITHDRAWN = "ditarik", "Ditarik kembali"
        ENDED = "gugur", "Gugur"

    OPEN = (State.ASKED, State.FORWARDED)
    UPHELD = (State.GRANTED, State.PARTLY)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="objections", verbose_name="permohonan"
    )
    bill = models.ForeignKey(
        Skrd, on_delete=models.PROTECT, related_name="objections", verbose_name="SKRD"
    )
    state = FSMField("keadaan", choices=State.choices, default=State.ASKED, protected=True)
    words = models.TextField("alasan pemohon")
    document = models.ForeignKey(
        DocumentVersion, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="lampiran",
    )  # fmt: skip
    receipt = models.OneToOneField(
        Paper, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="tanda terima"
    )
    due_on = models.DateField("diputus paling lambat", null=True)
    paper = models.OneToOneField(
        Paper, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="surat"
    )

    class Meta:
        verbose_name = "keberatan retribusi"
        verbose_name_plural = "keberatan retribusi"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["diajukan", "diteruskan"]),
                name="one_open_objection",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "since"], condition=~models.Q(holder=""), name="objection_waits"
            ),
        ]

    def __str__(self):
        return f"keberatan atas {self.bill} {self.get_state_display().lower()}"

    @transition("state", source=State.ASKED, target=State.FORWARDED)
    def forward(self):
        pass

    @transition("state", source=list(OPEN), target=State.GRANTED)
    def grant(self):
        pass

    @transition("state", source=list(OPEN), target=State.PARTLY)
    def grant_in_part(self):
        pass

    @transition("state", source=list(OPEN), target=State.REFUSED)
    def refuse(self):
        pass

    @transition("state", source=list(OPEN), target=State.WITHDRAWN)
    def withdraw(self):
        pass

    @transition("state", source=list(OPEN), target=State.ENDED)
    def end(self):
        pass


class Refund(FSMModelMixin, models.Model):
    """Whole rupiah that a daerah owes an applicant; the amount never changes.

    ``corrections.refunds`` opens and closes it, ``corrections.paying_back`` does the rest.
    """

    class State(models.TextChoices):
        OPEN = "terbuka", "Menunggu rekening pemohon"
        FILED = "diajukan", "Menunggu persetujuan"
        APPROVED = "disetujui", "Menunggu pembayaran"
        PAID = "dibayarkan", "Sudah dibayarkan"
        REFUSED = "ditolak", "Ditolak"
        CANCELLED = "batal", "Batal"

    class Cause(models.TextChoices):
        RECALCULATED = "hitung", "Retribusi yang dihitung ulang lebih kecil dari yang dibayar"
        REJECTED = "tolak", "Permohonan ditolak sesudah retribusi dibayar"
        OBJECTION = "keberatan", "Keberatan atas SKRD dikabulkan"
        SURPLUS = "lebih", "Pembayaran ganda atau lebih"
        INTEREST = "bunga", "Bunga yang dibayar melebihi yang terutang"

    WAITING = (State.OPEN, State.FILED, State.APPROVED)
    COUNTED = (*WAITING, State.PAID)
    """What takes of the money that came in: all but refused and cancelled ones."""
    APART = (Cause.SURPLUS, Cause.INTEREST)
    """Causes that take of other money than the principal's: of deposits, of interest."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="refunds", verbose_name="permohonan"
    )
    cause = models.CharField("sebab", max_length=10, choices=Cause)
    amount = models.PositiveBigIntegerField("jumlah (Rp)")
    paid = models.PositiveBigIntegerField("telah dibayar (Rp)")
    """What had come in as it was opened."""
    owed = models.PositiveBigIntegerField("seharusnya (Rp)")
    """What was owed as it was opened."""
    assessment = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="refunds",
        verbose_name="perhitungan",
    )  # fmt: skip
    note = models.TextField("keterangan", blank=True)
    key = models.CharField(max_length=80, unique=True)
    """What opened it, so that the same thing opens one."""
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name="dibuka oleh",
    )  # fmt: skip
    opened_at = models.DateTimeField("dibuka pada")

    state = FSMField("keadaan", choices=State.choices, default=State.OPEN, protected=True)
    holder = models.CharField("di tangan", max_length=40, blank=True)
    """Role that must act now; empty while the applicant must, and once it is over."""
    since = models.DateTimeField("sejak")
    reason = models.TextField("alasan", blank=True)
    """Why it was given back, refused or cancelled."""
    paper = models.OneToOneField(
        Paper, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="SKRDLB"
    )

    bank = models.CharField("bank", max_length=80, blank=True)
    account = EncryptedCharField("nomor rekening", max_length=40, null=True)
    account_holder = EncryptedCharField("atas nama", max_length=150, null=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="rekening diisi oleh",
    )  # fmt: skip
    filed_at = models.DateTimeField("rekening diisi pada", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="disetujui oleh",
    )  # fmt: skip
    approved_at = models.DateTimeField("disetujui pada", null=True)
    capacity = models.CharField("jabatan", max_length=150, blank=True)

    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="dibayarkan oleh",
    )  # fmt: skip
    paid_on = models.DateField("tanggal bayar", null=True)
    paid_at = models.DateTimeField("dicatat pada", null=True)
    reference = models.CharField("nomor referensi", max_length=80, blank=True)
    slip = models.ForeignKey(
        DocumentVersion, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="bukti",
    )  # fmt: skip

    class Meta:
        verbose_name = "pengembalian"
        verbose_name_plural = "pengembalian"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_of_something"),
            models.CheckConstraint(
                condition=models.Q(amount__lte=models.F("paid")), name="refund_of_what_was_paid"
            ),
            models.CheckConstraint(
                condition=models.Q(paid_by=None) | ~models.Q(paid_by=models.F("approved_by")),
                name="refund_by_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dibayarkan")
                | models.Q(paid_by__isnull=False, approved_by__isnull=False, paid_on__isnull=False),
                name="refund_paid_is_approved",
            ),
        ]
        indexes = [models.Index(fields=["state", "since"], name="refund_waits")]

    def __str__(self):
        return f"pengembalian {rupiah(self.amount)}"

    @property
    def account_masked(self) -> str:
        """The account number as every list shows it."""
        return f"•••• {self.account[-SHOWN_DIGITS:]}" if self.account else ""

    @transition("state", source=State.OPEN, target=State.FILED)
    def file(self):
        pass

    @transition("state", source=State.FILED, target=State.APPROVED)
    def approve(self):
        pass

    @transition("state", source=[State.FILED, State.APPROVED], target=State.OPEN)
    def give_back(self):
        pass

    @transition("state", source=State.APPROVED, target=State.PAID)
    def pay(self):
        pass

    @transition("state", source=[State.OPEN, State.FILED], target=State.REFUSED)
    def refuse(self):
        pass

    @transition("state", source=list(WAITING), target=State.CANCELLED)
    def cancel(self):
        pass
