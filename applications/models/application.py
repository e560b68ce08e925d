"""The application itself, and its further buildings."""

import datetime
import secrets
import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from encrypted_fields.fields import EncryptedCharField

from accounts.models import Identity, Mandate
from applications.querysets import ApplicationQuerySet
from applications.workflow import FINAL, State, Workflow
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.models import DaerahVersion

USER = settings.AUTH_USER_MODEL
SANCTIONED = [
    (status.value, status.label) for status in (Paper.Status.FROZEN, Paper.Status.REVOKED)
]
NEVER = datetime.date(9999, 12, 31)
"""Sorts the cases without a deadline behind all others."""


def new_secret():
    """Return the ten-character secret with which a case is tracked without an account."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10))


def area(label):
    """Return a column for an area in m², unanswered while null."""
    return models.DecimalField(
        label,
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0"))],
    )


def count(label, most):
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(most)]
    )


class Application(Workflow):
    """One application for a permit. ``services.perform`` alone changes its state."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    daerah = models.CharField(max_length=40)
    version_used = models.ForeignKey(DaerahVersion, null=True, on_delete=models.PROTECT)
    """Rules by which the case runs, fixed at request_krk or submit; a draft follows the newest."""
    version_seen = models.ForeignKey(
        DaerahVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Rules of which the applicant of a draft knows; newer ones are told to him as changes."""
    track = models.CharField(max_length=40, blank=True)
    number = models.CharField("nomor permohonan", max_length=80, blank=True)
    secret = models.CharField(max_length=10, default=new_secret)
    turn = models.PositiveSmallIntegerField(default=0)
    turn_role = models.CharField(max_length=40, blank=True)
    """Role whose turn it is; empty where the applicant acts or nobody."""
    resume_turn = models.PositiveSmallIntegerField(default=0)
    """Link at which a technical revision resumes."""
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    """Raised by every change; a form that carries an older one is refused."""

    applicant = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="applications")
    mandate = models.ForeignKey(Mandate, null=True, blank=True, on_delete=models.PROTECT)
    holder = models.ForeignKey(Identity, null=True, blank=True, on_delete=models.PROTECT)
    """To whom the permit goes: the applicant's identity, or the owner of the mandate."""
    parent_permit = models.ForeignKey(
        Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    """The permit on which a service is asked for, where the portal issued it."""
    parent_number = models.CharField("nomor izin induk", max_length=80, blank=True)
    """Its number, also where it is older than the portal; empty where a new permit is asked for."""
    parent_date = models.DateField("tanggal izin induk", null=True, blank=True)
    claimed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="claimed"
    )
    filed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="filed"
    )
    """Officer who took the case at the counter for an applicant who came in person."""
    taken_over_at = models.DateTimeField(null=True)
    """When its applicant took such a case over; from then on the counter acts for him no more."""
    received_on = models.DateField("tanggal tanda terima kertas", null=True)
    """Day on which a dossier was taken on paper while the portal was away; clocks start there."""
    paper_number = models.CharField("nomor tanda terima kertas", max_length=60, blank=True)
    paper_reason = models.CharField("sebab diterima di kertas", max_length=300, blank=True)
    by_counter = False
    """Set on a case that was read for an officer of the counter, who acts for its applicant."""

    kecamatan = models.CharField("kecamatan", max_length=6, blank=True)
    """Six-digit code."""
    village = models.CharField("desa/kelurahan", max_length=80, blank=True)
    address = models.CharField("alamat lokasi", max_length=300, blank=True)
    building_name = models.CharField("nama bangunan", max_length=120, blank=True)
    work = models.CharField("jenis kegiatan", max_length=30, blank=True)
    function = models.CharField("fungsi bangunan", max_length=30, blank=True)
    ownership = models.CharField("kepemilikan bangunan", max_length=20, blank=True)
    land_right = models.CharField("status hak atas tanah", max_length=30, blank=True)
    land_document = models.CharField("nomor bukti hak", max_length=80, blank=True)
    land_owned = models.BooleanField("tanah milik pemohon", null=True, blank=True)
    land_area = area("luas tanah")
    footprint = area("luas lantai dasar")
    floor_area = area("luas seluruh lantai")
    green_area = area("luas daerah hijau")
    basement_area = area("luas basemen")
    floors = count("jumlah lantai", 200)
    basement_floors = count("jumlah lapis basemen", 20)
    height = models.DecimalField(
        "tinggi (m)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    front_setback = models.DecimalField(
        "jarak ke as jalan (m)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    facts = models.JSONField(default=dict)
    """The daerah's own facts by code."""
    statements = models.JSONField(default=dict)
    """When each statement was accepted, by code (ISO time)."""
    permit_status = models.CharField(
        "keadaan izin", max_length=12, blank=True, choices=SANCTIONED, default=""
    )
    """What became of the permit that was issued: empty while it is in force, and before."""
    pickup_code = EncryptedCharField(max_length=12, blank=True, null=True)

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateField(null=True)
    """Last day of the nearest running deadline; null where none runs or the applicant acts."""
    due_key = models.GeneratedField(
        expression=Coalesce("due_at", models.Value(NEVER, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    """``due_at`` without a null, kept by the database: lists go on by it, an index serves it."""
    entered_at = models.DateTimeField(null=True)
    """When the present turn began."""
    registered_at = models.DateTimeField(null=True)
    """When the case got its number: its place in the register."""

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan"
        verbose_name_plural = "permohonan"
        constraints = [
            models.CheckConstraint(
                condition=Q(parent_number="", parent_date=None, parent_permit=None)
                | Q(~Q(parent_number=""), parent_date__isnull=False),
                name="parent_has_number_and_date",
            ),
            models.UniqueConstraint(
                fields=["daerah", "number"],
                condition=~models.Q(number=""),
                name="application_number_once",
            ),
        ]
        # Each list of the desk goes on by (due_key, id) and has an index that begins with what
        # it asks for; "queue" with nothing more serves what is rare by walking on.
        indexes = [
            models.Index(fields=["daerah", "turn_role", "due_key", "id"], name="queue"),
            models.Index(fields=["daerah", "turn_role", "state", "due_key", "id"], name="by_stage"),
            models.Index(
                fields=["daerah", "turn_role", "kecamatan", "due_key", "id"], name="by_kecamatan"
            ),
            models.Index(
                fields=["daerah", "turn_role", "claimed_by", "due_key", "id"], name="by_claim"
            ),
            models.Index(fields=["daerah", "turn_role", "round"], name="by_round"),
            models.Index(fields=["daerah", "due_key", "id"], name="desk"),
            models.Index(fields=["daerah", "state", "due_key", "id"], name="by_state"),
            models.Index(fields=["daerah", "registered_at", "id"], name="register"),
            models.Index(fields=["applicant", "-created_at"], name="of_applicant"),
            models.Index(
                fields=["daerah", "-created_at"],
                condition=models.Q(filed_by__isnull=False),
                name="at_counter",
            ),
        ]

    def __str__(self):
        return self.number or f"draf {str(self.pk)[:8]}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("applications:detail", args=[self.pk])

    @property
    def rules(self):
        """Return the daerah's rules that this case runs by: those for its kind of application."""
        return self.whole_rules.sides[self.is_service]

    @property
    def whole_rules(self):
        """Return the same rules with all that concerns the other kind of application."""
        if self.version_used_id:
            return registry.version(self.version_used_id)
        return registry.current(self.daerah)

    @property
    def is_service(self):
        """Return whether a service on an existing permit is asked for, and no new permit."""
        return bool(self.parent_number)

    @property
    def chain(self):
        """Return the links of the gate in which the case stands; empty where it stands in none.

        Nobody has anything left to do about a permit that was revoked.
        """
        if self.permit_revoked:
            return ()
        return self.rules.chains(self.track).get(self.state, ()) if self.track else ()

    @property
    def link(self):
        """Return the link whose turn it is, or None."""
        chain = self.chain
        return chain[self.turn] if self.turn < len(chain) else None

    @property
    def permit_revoked(self):
        return self.permit_status == Paper.Status.REVOKED

    @property
    def is_over(self):
        """Return whether nothing more is done: the state is a last one, or the permit revoked."""
        return self.state in FINAL or self.permit_revoked

    @property
    def stage_label(self):
        """Return where the case stands in words; what became of its permit goes before."""
        if self.permit_status:
            return f"{self.rules.service.permit} {self.permit_status}"
        return State(self.state).label

    @property
    def badge(self):
        """Return the name by which style sheets colour where the case stands."""
        return f"izin-{self.permit_status}" if self.permit_status else self.state


class BuildingPart(models.Model):
    """A further building of the same application, beside the main one on the application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField("nama bangunan", max_length=120)
    function = models.CharField("fungsi bangunan", max_length=30)
    floor_area = models.DecimalField("luas seluruh lantai (m²)", max_digits=12, decimal_places=2)
    floors = models.PositiveSmallIntegerField("jumlah lantai", default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name
