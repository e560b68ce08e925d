"""Users, who they are, for whom they act, and which posting they hold."""

import secrets
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from encrypted_fields.fields import EncryptedCharField

from accounts.managers import IdentityQuerySet, MandateQuerySet, PostingQuerySet, UserManager
from imbportal import crypto, indonesia
from imbportal.indonesia import mask_nik, telepon


def new_salt():
    """Return what all sessions of an account rest on; a new one ends them."""
    return secrets.token_hex(8)


class User(AbstractUser):
    """An account, opened by e-mail address or mobile number (E.164), at least one of them.

    ``email`` and ``phone`` are what one logs in with. An address counts as confirmed where
    allauth's EmailAddress says so, a number where ``phone_verified`` does.
    """

    class Notice(models.TextChoices):
        EMAIL = "email", "Surel"
        SMS = "sms", "SMS"

    username = None
    first_name = None
    last_name = None
    name = models.CharField("nama", max_length=150)
    email = models.EmailField("surel", null=True, blank=True, unique=True)
    phone = models.CharField("nomor HP", max_length=20, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField("nomor HP terkonfirmasi", default=False)
    notice = models.CharField(
        "kirim pemberitahuan lewat", max_length=8, choices=Notice, default=Notice.EMAIL
    )
    nip = models.CharField("NIP", max_length=30, blank=True)
    is_system = models.BooleanField(default=False, editable=False)
    """The one user by whom the portal itself acts."""
    session_salt = models.CharField(max_length=16, default=new_salt, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self):
        return self.name or self.email or telepon(self.phone or "") or f"pengguna {self.pk}"

    def save(self, *args, **kwargs):
        """Store a missing address as null: the unique columns take "" only once."""
        self.email = self.email or None
        self.phone = self.phone or None
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret=None):
        """Let a session stand on the salt beside the password, so that both can end it."""
        value = f"{self.password}{self.session_salt}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self):
        """End every session of this account at its next request."""
        self.session_salt = new_salt()
        self.save(update_fields=["session_salt"])


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
    nik = EncryptedCharField("NIK", max_length=16, blank=True, null=True)
    """NIK of the person, or of the entity's person in charge."""
    nik_lookup = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    address = models.CharField("alamat", max_length=300)
    """Address of the person, or of the entity's or body's seat."""
    nib = models.CharField("NIB", max_length=13, blank=True)
    npwp = models.CharField("NPWP", max_length=25, blank=True)
    in_charge = models.CharField("penanggung jawab", max_length=150, blank=True)
    position = models.CharField("jabatan penanggung jawab", max_length=150, blank=True)
    ktp = models.FileField("foto KTP", upload_to="ktp/", blank=True)
    ktp_sha256 = models.CharField(max_length=64, blank=True)
    ktp_scan = models.CharField(max_length=12, blank=True, editable=False)
    """bersih, or karantina while no virus scanner has answered."""
    checked_at = models.DateTimeField("lengkap sejak", null=True, blank=True)
    """When structure and photo were found in order; the notice of step 3 went out."""
    updated_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "identitas"
        verbose_name_plural = "identitas"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the look-up column beside the encrypted one."""
        self.nik_lookup = crypto.lookup(self.nik or "")
        fields = kwargs.get("update_fields")
        if fields and "nik" in fields:
            kwargs["update_fields"] = {*fields, "nik_lookup"}
        super().save(*args, **kwargs)

    @property
    def nik_masked(self) -> str:
        """The NIK as every page shows it, but where an officer must compare it."""
        return mask_nik(self.nik) if self.nik else ""

    nik_masked.fget.short_description = "NIK"  # type: ignore[attr-defined]


class WalkIn(models.Model):
    """Somebody whom an officer entered at the counter: seen in person, an account but no login.

    Closed once the person takes the applications over with an account of his own.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="walk_in")
    nik_lookup = models.CharField(max_length=64, editable=False)
    email = models.EmailField("surel", blank=True)
    phone = models.CharField("nomor HP", max_length=20, blank=True)
    """Told at the counter and never confirmed: news go there, codes and secrets never."""
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nik_lookup"],
                condition=models.Q(closed_at=None),
                name="one_walk_in_per_nik",
            ),
        ]

    def __str__(self):
        return str(self.user)


class IdentityView(models.Model):
    """One look at a KTP photo or an unmasked NIK: by whom, when, in which case."""

    identity = models.ForeignKey(
        Identity, on_delete=models.PROTECT, related_name="views", verbose_name="identitas"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="petugas")
    what = models.CharField(
        "yang dilihat", max_length=10, choices=[("ktp", "foto KTP"), ("nik", "NIK")]
    )
    case = models.UUIDField("permohonan", null=True)
    at = models.DateTimeField("pada", auto_now_add=True)

    class Meta:
        verbose_name = "akses identitas"
        verbose_name_plural = "akses identitas"

    def __str__(self):
        return f"{self.user} melihat {self.get_what_display()} {self.identity}"


class Mandate(models.Model):
    """A power of attorney: ``agent`` acts for ``owner`` until it ends."""

    agent = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="mandates", verbose_name="penerima kuasa"
    )
    owner = models.ForeignKey(
        Identity, on_delete=models.PROTECT, related_name="mandates", verbose_name="pemilik"
    )
    letter = models.FileField("surat kuasa", upload_to="kuasa/")
    letter_scan = models.CharField(max_length=12, blank=True, editable=False)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    """Last day, inclusive; empty until ended."""
    ended_at = models.DateTimeField("diakhiri pada", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "surat kuasa"
        verbose_name_plural = "surat kuasa"

    def __str__(self):
        return f"{self.agent} untuk {self.owner}"

    @property
    def is_in_force(self) -> bool:
        today = indonesia.today()
        return (
            self.ended_at is None
            and self.valid_from <= today
            and (self.valid_until is None or today <= self.valid_until)
        )


class Posting(models.Model):
    """A role of a daerah's file that a user holds in a unit, for a time."""

    class Kind(models.TextChoices):
        DEFINITIF = "definitif", "Definitif"
        PLT = "plt", "Plt. (pelaksana tugas)"
        PLH = "plh", "Plh. (pelaksana harian)"
        AN = "an", "a.n. (atas nama)"

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="postings", verbose_name="petugas"
    )
    daerah = models.CharField(max_length=40)
    unit = models.CharField(max_length=40, blank=True)
    """Unit of the file; empty only for the built-in roles admin and auditor."""
    role = models.CharField("peran", max_length=40)
    kind = models.CharField("sifat", max_length=10, choices=Kind, default=Kind.DEFINITIF)
    for_posting = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="delegations",
        verbose_name="menggantikan",
    )  # fmt: skip
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
        from accounts import postings

        return postings.seat_of(self)
