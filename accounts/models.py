"""Users, who they are, for whom they act, and which posting they hold."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from encrypted_fields.fields import EncryptedCharField

from accounts.managers import IdentityQuerySet, PostingQuerySet, UserManager


class User(AbstractUser):
    """An account, opened by e-mail address or mobile number (E.164), at least one of them."""

    username = None
    first_name = None
    last_name = None
    name = models.CharField("nama", max_length=150)
    email = models.EmailField("surel", null=True, blank=True, unique=True)
    phone = models.CharField("nomor HP", max_length=20, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(default=False)
    nip = models.CharField("NIP", max_length=30, blank=True)
    is_system = models.BooleanField(default=False, editable=False)
    """The one user by whom the portal itself acts."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self):
        return self.name or self.email or self.phone or f"pengguna {self.pk}"


class Identity(models.Model):
    """Who an applicant or an owner is: a person, a legal entity or a public body."""

    class Kind(models.TextChoices):
        PERSON = "perorangan", "Perorangan"
        ENTITY = "badan_hukum", "Badan hukum"
        PUBLIC = "instansi", "Instansi pemerintah"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="identity"
    )
    """The account that this is; empty for an owner for whom an agent acts."""
    kind = models.CharField("jenis pemohon", max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField("nama", max_length=150)
    """The person's, entity's or body's name as printed on the permit."""
    nik = EncryptedCharField("NIK", max_length=16, blank=True)
    """NIK of the person, or of the entity's person in charge."""
    nik_lookup = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    address = models.CharField("alamat", max_length=300)
    nib = models.CharField("NIB", max_length=13, blank=True)
    npwp = models.CharField("NPWP", max_length=25, blank=True)
    in_charge = models.CharField("penanggung jawab", max_length=150, blank=True)
    position = models.CharField("jabatan penanggung jawab", max_length=150, blank=True)
    ktp = models.FileField("foto KTP", upload_to="ktp/", blank=True)
    ktp_sha256 = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    """When structure and photo were found in order; the notice of step 3 went out."""
    updated_at = models.DateTimeField(auto_now=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "identitas"
        verbose_name_plural = "identitas"

    def __str__(self):
        return self.name


class IdentityView(models.Model):
    """One look at a KTP photo or an unmasked NIK: by whom, when, in which case."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="views")
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    what = models.CharField(max_length=10, choices=[("ktp", "foto KTP"), ("nik", "NIK")])
    case = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.user} melihat {self.what} {self.identity}"


class Mandate(models.Model):
    """A power of attorney: ``agent`` acts for ``owner`` until it ends."""

    agent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    owner = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="mandates")
    letter = models.FileField("surat kuasa", upload_to="kuasa/")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "surat kuasa"
        verbose_name_plural = "surat kuasa"

    def __str__(self):
        return f"{self.agent} untuk {self.owner}"


class Posting(models.Model):
    """A role of a daerah's file that a user holds in a unit, for a time."""

    class Kind(models.TextChoices):
        DEFINITIF = "definitif", "Definitif"
        PLT = "plt", "Plt. (pelaksana tugas)"
        PLH = "plh", "Plh. (pelaksana harian)"
        AN = "an", "a.n. (atas nama)"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    daerah = models.CharField(max_length=40)
    unit = models.CharField(max_length=40, blank=True)
    """Unit of the file; empty only for the built-in roles admin and auditor."""
    role = models.CharField("peran", max_length=40)
    kind = models.CharField("sifat", max_length=10, choices=Kind, default=Kind.DEFINITIF)
    for_posting = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    """The posting whose holder is replaced; required unless definitive."""
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)
    """Last day, inclusive."""

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "penempatan"
        indexes = [models.Index(fields=["daerah", "role", "unit"], name="posting_role")]

    def __str__(self):
        return f"{self.user}: {self.role} {self.daerah}"
