"""Issued papers: their numbers, frozen content, signatures, files and standing; their emblems."""

import base64
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from imbportal import uploads


def new_token():
    """Return a 160-bit token for a paper's check page: 32 lower-case letters and digits 2 to 7.

    Base 32 has no 0, 1, 8 and no two cases, so that a person can type it from paper.
    """
    return base64.b32encode(secrets.token_bytes(20)).decode().lower()


class Counter(models.Model):
    """The last number given in one series; its row is locked until the transaction ends."""

    key = models.CharField(max_length=160, unique=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.key}: {self.value}"


class NumberHold(models.Model):
    """A number that waits for its paper's seal: taken at the first try, borne by what is issued.

    A try that failed leaves it to the next one. ``trial`` is the try that is under way.
    """

    case = models.UUIDField("permohonan")
    kind = models.CharField("jenis", max_length=40)
    version = models.ForeignKey("daerah.DaerahVersion", on_delete=models.PROTECT)
    series = models.CharField(max_length=160)
    """Key of the counter."""
    place = models.CharField(max_length=13, blank=True)
    """Kecamatan of the number."""
    n = models.PositiveIntegerField()
    at = models.DateTimeField("dipesan pada")
    trial = models.UUIDField(null=True)
    trial_until = models.DateTimeField(null=True)
    paper = models.OneToOneField("Paper", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "n"], name="number_held_once"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(paper=None), name="one_open_hold"
            ),
        ]
        verbose_name = "nomor dipesan"
        verbose_name_plural = "nomor dipesan"

    def __str__(self):
        return f"{self.series}: {self.n}"


class Paper(models.Model):
    """One paper of a case. Content never changes once frozen; number and file hash are set once."""

    class Seal(models.TextChoices):
        NONE = "", "Tanpa segel elektronik"
        HAND = "ttd", "Tanda tangan elektronik"
        OFFICE = "kantor", "Segel elektronik kantor"

    class Status(models.TextChoices):
        DRAFT = "konsep", "Konsep"
        VALID = "berlaku", "Berlaku"
        FROZEN = "dibekukan", "Dibekukan"
        REVOKED = "dicabut", "Dicabut"
        VOID = "batal", "Batal"
        REPLACED = "diganti", "Diganti"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("jenis", max_length=40)
    daerah = models.CharField("daerah", max_length=40)
    version = models.ForeignKey(
        "daerah.DaerahVersion", on_delete=models.PROTECT, verbose_name="versi berkas daerah"
    )
    case = models.UUIDField("permohonan", db_index=True)
    title = models.CharField("judul", max_length=200)
    content = models.JSONField("isi")
    """Everything that the template prints except number, dates and signatures."""
    content_sha256 = models.CharField("SHA-256 isi", max_length=64, blank=True)
    frozen_at = models.DateTimeField("dikunci pada", null=True)
    number = models.CharField("nomor", max_length=80, null=True)
    issued_at = models.DateTimeField("terbit pada", null=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    status_reason = models.TextField("alasan status", blank=True)
    status_at = models.DateTimeField("status sejak", null=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    file = models.FileField("berkas", upload_to="surat/", blank=True)
    file_sha256 = models.CharField("SHA-256 berkas", max_length=64, null=True, db_index=True)
    seal = models.CharField("segel", max_length=8, choices=Seal, default=Seal.NONE, blank=True)
    """By whom it is sealed: only then is ``sealed`` what is given out."""
    sealed = models.FileField("berkas bersegel", upload_to="surat/", blank=True)
    sealed_sha256 = models.CharField(
        "SHA-256 berkas bersegel", max_length=64, null=True, db_index=True
    )
    replaced_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, verbose_name="diganti oleh"
    )
    sample = models.BooleanField("contoh", default=False)
    """Rests on a sample figure: printed as such, never outside the demo."""
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["daerah", "kind", "number"], name="number_once"),
            models.CheckConstraint(
                condition=Q(number=None, issued_at=None)
                | Q(number__isnull=False, issued_at__isnull=False, frozen_at__isnull=False),
                name="numbered_is_issued",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "kind"], name="paper_of_case"),
            models.Index(fields=["daerah", "kind", "issued_at", "id"], name="paper_register"),
        ]
        verbose_name = "surat"
        verbose_name_plural = "surat"

    def __str__(self):
        return f"{self.title} {self.number or '(tanpa nomor)'}"

    def get_absolute_url(self):
        """Return the public check page, to which the QR code leads."""
        return reverse("documents:paper", args=[self.token])

    @property
    def given(self):
        """The file that is given out: the sealed one where the paper has a seal."""
        return self.sealed if self.seal else self.file

    @property
    def given_sha256(self) -> str | None:
        return self.sealed_sha256 if self.seal else self.file_sha256

    @property
    def check_url(self) -> str:
        """The check page with its host, as the QR code holds it."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"


class PaperSignature(models.Model):
    """A paraf or signature on a paper, with the capacity in which it was given."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    act = models.CharField("tindakan", max_length=12)
    """paraf or ttd."""
    role = models.CharField("peran", max_length=40)
    name = models.CharField("nama", max_length=150)
    title = models.CharField("jabatan", max_length=150)
    """Capacity as printed: "Kepala Dinas" or "Plh. Kepala Dinas"."""
    nip = models.CharField("NIP", max_length=30, blank=True)
    at = models.DateTimeField("pada")
    voided_at = models.DateTimeField("dibatalkan pada", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "act", "role"],
                condition=models.Q(voided_at=None),
                name="one_standing_signature",
            ),
        ]
        verbose_name = "tanda tangan"
        verbose_name_plural = "tanda tangan"

    def __str__(self):
        return f"{self.act} {self.title}"


class Emblem(models.Model):
    """A coat of arms that an office handed in, as its papers print it.

    The file is named by its hash and never goes: papers name it by that hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    daerah = models.CharField("daerah", max_length=40)
    file = models.FileField("berkas", upload_to="lambang/")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    width = models.PositiveSmallIntegerField("lebar")
    height = models.PositiveSmallIntegerField("tinggi")
    name = models.CharField("nama berkas", max_length=120)
    """The sender's, cleaned; only ever shown."""
    scan = models.CharField(max_length=12, choices=uploads.Scan)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField("diunggah pada", auto_now_add=True)

    class Meta:
        verbose_name = "lambang"
        verbose_name_plural = "lambang"

    def __str__(self):
        return self.name


class EmblemChoice(models.Model):
    """What the new papers of a daerah print from a moment on: an emblem, or the neutral mark."""

    daerah = models.CharField("daerah", max_length=40)
    number = models.PositiveIntegerField("pilihan ke")
    """Counts from 1 in each daerah."""
    emblem = models.ForeignKey(Emblem, null=True, on_delete=models.PROTECT, related_name="choices")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField("sejak", auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["daerah", "number"], name="emblem_choice_once"),
        ]
        verbose_name = "pilihan lambang"
        verbose_name_plural = "pilihan lambang"

    def __str__(self):
        return f"{self.daerah} {self.number}: {self.emblem or 'tanda netral'}"
