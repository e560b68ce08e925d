import uuid

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

from imbportal.triggers import append_only

ONCE = (
    "number", "issued_by_id", "issued_at", "due_date", "paid_on", "place", "reference",
    "settled_by_id", "settled_at", "entry_id", "voided_by_id", "voided_at", "void_reason",
)  # fmt: skip
SCANS = [
    ("bersih", "Bersih"), ("karantina", "Sedang dipindai"), ("berbahaya", "Berbahaya"),
]  # fmt: skip
STATUSES = [
    ("diajukan", "Menunggu pemeriksaan"), ("diterima", "Diterima"), ("ditolak", "Tidak diterima"),
]  # fmt: skip
STATES = [
    ("konsep", "Konsep"), ("terbit", "Menunggu pembayaran"), ("lunas", "Lunas"), ("batal", "Batal"),
]  # fmt: skip
BY_DATES = (
    models.Q(state="konsep", issued_at=None, voided_at=None)
    | models.Q(state="terbit", issued_at__isnull=False, settled_at=None, voided_at=None)
    | models.Q(state="lunas", issued_at__isnull=False, settled_at__isnull=False, voided_at=None)
    | models.Q(state="batal", settled_at=None, voided_at__isnull=False)
)


def key(to, **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, **more)


def person(**more):
    return key(settings.AUTH_USER_MODEL, related_name="+", **more)


class Migration(migrations.Migration):
    """Bills of interest; a row is never changed but for what is set once, and its state by that."""

    dependencies = [
        ("applications", "0013_one_scan"),
        ("documents", "0003_register_index"),
        ("retribusi", "0009_closing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Strd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("state", django_fsm.FSMField(choices=STATES, default="konsep", max_length=50,
                                              protected=True, verbose_name="keadaan")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="nomor")),
                ("principal", models.PositiveBigIntegerField(verbose_name="pokok (Rp)")),
                ("unpaid", models.PositiveBigIntegerField(
                    verbose_name="pokok belum dibayar (Rp)")),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6,
                                                verbose_name="persen sebulan")),
                ("months_before", models.PositiveSmallIntegerField(
                    verbose_name="bulan yang sudah ditagih")),
                ("months", models.PositiveSmallIntegerField(verbose_name="sampai dengan bulan")),
                ("until", models.DateField(verbose_name="dihitung sampai")),
                ("before", models.PositiveBigIntegerField(
                    verbose_name="bunga yang sudah ditagih (Rp)")),
                ("amount", models.PositiveBigIntegerField(verbose_name="bunga (Rp)")),
                ("rule", models.JSONField(verbose_name="aturan")),
                ("sample", models.BooleanField(default=False, verbose_name="contoh")),
                ("code", models.CharField(blank=True, max_length=40,
                                          verbose_name="kode rekening")),
                ("payment_code", models.CharField(max_length=20, unique=True,
                                                  verbose_name="kode bayar")),
                ("drafted_at", models.DateTimeField(verbose_name="konsep pada")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="terbit pada")),
                ("due_date", models.DateField(null=True, verbose_name="jatuh tempo")),
                ("paid_on", models.DateField(null=True, verbose_name="tanggal bayar")),
                ("place", models.CharField(blank=True, max_length=80,
                                           verbose_name="tempat bayar")),
                ("reference", models.CharField(blank=True, max_length=80,
                                               verbose_name="nomor referensi")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="lunas pada")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="batal pada")),
                ("void_reason", models.TextField(blank=True, verbose_name="alasan batal")),
                ("application", key("applications.application", related_name="strds",
                                    verbose_name="permohonan")),
                ("drafted_by", person(verbose_name="konsep oleh")),
                ("entry", models.OneToOneField(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="strd",
                    to="retribusi.ledgerentry", verbose_name="baris buku penerimaan")),
                ("issued_by", person(null=True, verbose_name="ditandatangani oleh")),
                ("paper", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="strd",
                    to="documents.paper", verbose_name="surat")),
                ("settled_by", person(null=True, verbose_name="diterima oleh")),
                ("skrd", key("retribusi.skrd", related_name="strds", verbose_name="SKRD")),
                ("voided_by", person(null=True, verbose_name="dibatalkan oleh")),
            ],
            options={
                "verbose_name": "STRD",
                "verbose_name_plural": "STRD",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["konsep", "terbit"])),
                        fields=("skrd",), name="one_open_strd"),
                    models.CheckConstraint(condition=BY_DATES, name="strd_state_by_dates"),
                    models.CheckConstraint(
                        condition=models.Q(("months__gt", models.F("months_before"))),
                        name="strd_asks_for_a_month"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrdProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True,
                                        serialize=False)),
                ("file", models.FileField(upload_to="bukti/")),
                ("file_sha256", models.CharField(db_index=True, max_length=64)),
                ("scan", models.CharField(choices=SCANS, default="bersih", max_length=12)),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah dibayar (Rp)")),
                ("paid_on", models.DateField(verbose_name="tanggal bayar")),
                ("bank", models.CharField(max_length=80, verbose_name="bank atau tempat bayar")),
                ("reference", models.CharField(db_index=True, max_length=80,
                                               verbose_name="nomor referensi")),
                ("status", models.CharField(choices=STATUSES, default="diajukan", max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("filed_at", models.DateTimeField(auto_now_add=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("filed_by", person()),
                ("judged_by", person(null=True)),
                ("strd", key("retribusi.strd", related_name="proofs")),
            ],
        ),
        *append_only("retribusi_strd", once=ONCE, free=["state"]),
    ]  # fmt: skip
