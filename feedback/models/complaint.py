"""A complaint, from wherever it came; who complains may stay unnamed."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from encrypted_fields.fields import EncryptedCharField

from accounts import postings
from applications.models import Application
from feedback.models.complaint_flow import ComplaintFlow
from imbportal.daerah import registry
from imbportal.daerah.models import DaerahVersion

USER = settings.AUTH_USER_MODEL
NEVER = datetime.date(9999, 12, 31)
"""Sorts the complaints without a term behind all others."""


class Channel(models.TextChoices):
    PORTAL = "portal", "Portal"
    COUNTER = "loket", "Datang langsung"
    BOX = "kotak", "Kotak saran"
    BOOK = "buku", "Buku pengaduan"
    PHONE = "telepon", "Telepon"
    SMS = "sms", "SMS"
    LETTER = "surat", "Surat atau faksimile"
    MAIL = "surel", "Surel"
    OTHER = "lain", "Saluran lain"


class Topic(models.TextChoices):
    TIME = "waktu", "Waktu atau keterlambatan"
    REQUIREMENTS = "syarat", "Persyaratan atau prosedur"
    COST = "biaya", "Biaya atau pungutan"
    CONDUCT = "petugas", "Sikap petugas"
    DECISION = "keputusan", "Isi keputusan atau surat"
    PORTAL = "portal", "Portal atau sarana"
    SUGGESTION = "saran", "Saran dan masukan"
    OTHER = "lain", "Lain-lain"


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, held):
        """Return the complaints of the daerah and kecamatan that the postings ``held`` cover."""
        seen = Q(pk__in=())
        for posting in held:
            if not handles(posting):
                continue
            here = Q(daerah=posting.daerah)
            unit = registry.current(posting.daerah).unit.get(posting.unit)
            if unit is not None and unit.kecamatan:
                here &= Q(case=None) | Q(case__kecamatan=unit.kecamatan)
            seen |= here
        return self.filter(seen)


def handles(posting):
    """Return whether a posting has to do with the complaints of its daerah, if only by reading."""
    rules = registry.current(posting.daerah)
    wanted = rules.complaint.roles or rules.role
    return posting.role in {*wanted, rules.head, postings.ADMIN, postings.AUDITOR}


class Complaint(ComplaintFlow):
    """One complaint. What was received stays as it is (trigger); names and words can be erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    daerah = models.CharField(max_length=40)
    version_used = models.ForeignKey(DaerahVersion, on_delete=models.PROTECT)
    """Rules by which its number and its term were given."""
    number = models.CharField("nomor pengaduan", max_length=80)
    token_lookup = models.CharField(max_length=64, unique=True)
    token = EncryptedCharField(max_length=40, blank=True, null=True)
    """Kept only where messages must lead to the answer; who is unnamed alone has his code."""
    version = models.PositiveIntegerField(default=0)
    """Raised by every change; a form that carries an older one is refused."""

    channel = models.CharField("saluran", max_length=10, choices=Channel, default=Channel.PORTAL)
    topic = models.CharField("hal", max_length=12, choices=Topic)
    case = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    case_number = models.CharField("nomor permohonan", max_length=80, blank=True)
    """As it was written; the case stays unknown where no such number was given."""
    name = models.CharField("nama", max_length=120, blank=True)
    email = models.CharField("surel", max_length=254, blank=True)
    phone = models.CharField("nomor HP", max_length=20, blank=True)
    text = models.TextField("isi pengaduan")

    received_on = models.DateField("tanggal diterima")
    """Day on which an officer or the portal received it: day 0 of the term."""
    created_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="entered_complaints"
    )
    """Officer who wrote down what came by another way than the portal."""
    promised_on = models.DateField("dijanjikan", null=True)
    """Last day for the first answer; null where no term runs."""
    answered_on = models.DateField("dijawab", null=True)
    """Day of the first answer."""
    due_at = models.DateField("batas", null=True)
    """The same of the answer that is owed now: a reopened one has its term anew."""
    due_key = models.GeneratedField(
        expression=Coalesce("due_at", models.Value(NEVER, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    handler = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="handled_complaints"
    )
    escalated_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    """When it last changed its state."""

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "pengaduan"
        verbose_name_plural = "pengaduan"
        constraints = [
            models.UniqueConstraint(fields=["daerah", "number"], name="complaint_number_once"),
        ]
        indexes = [
            models.Index(fields=["daerah", "state", "due_key", "id"], name="complaint_queue"),
            models.Index(fields=["daerah", "created_at", "id"], name="complaint_list"),
            models.Index(fields=["daerah", "received_on"], name="complaint_quarter"),
        ]

    def __str__(self):
        return self.number

    @property
    def rules(self):
        return registry.version(self.version_used_id)

    @property
    def unnamed(self):
        """Return whether nothing is known of who complains."""
        return not (self.name or self.email or self.phone)
