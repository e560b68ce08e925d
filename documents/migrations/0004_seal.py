"""Sealed papers: their file and hash are set once, and a held number is never let go."""

import django.db.models.deletion
from django.db import migrations, models

from imbportal.triggers import append_only

FREE = ["status", "status_reason", "status_at", "replaced_by_id"]
BEFORE = append_only(
    "documents_paper",
    once=["number", "issued_at", "file", "file_sha256"],
    free=FREE,
    when='OLD."frozen_at" IS NOT NULL',
)[0]
"""The guard of 0002: it comes off before SQLite remakes the table."""


class Migration(migrations.Migration):
    dependencies = [("daerah", "0001_initial"), ("documents", "0003_register_index")]

    operations = [
        migrations.RunPython(BEFORE._remove, BEFORE._install),
        migrations.AddField(
            model_name="paper",
            name="seal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Tanpa segel elektronik"),
                    ("ttd", "Tanda tangan elektronik"),
                    ("kantor", "Segel elektronik kantor"),
                ],
                default="",
                max_length=8,
                verbose_name="segel",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="sealed",
            field=models.FileField(
                blank=True, upload_to="surat/", verbose_name="berkas bersegel"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="sealed_sha256",
            field=models.CharField(
                db_index=True, max_length=64, null=True, verbose_name="SHA-256 berkas bersegel"
            ),
        ),
        migrations.CreateModel(
            name="NumberHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.UUIDField(verbose_name="permohonan")),
                ("kind", models.CharField(max_length=40, verbose_name="jenis")),
                ("series", models.CharField(max_length=160)),
                ("place", models.CharField(blank=True, max_length=13)),
                ("n", models.PositiveIntegerField()),
                ("at", models.DateTimeField(verbose_name="dipesan pada")),
                ("trial", models.UUIDField(null=True)),
                ("trial_until", models.DateTimeField(null=True)),
                (
                    "paper",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="documents.paper",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="daerah.daerahversion"
                    ),
                ),
            ],
            options={"verbose_name": "nomor dipesan", "verbose_name_plural": "nomor dipesan"},
        ),
        migrations.AddConstraint(
            model_name="numberhold",
            constraint=models.UniqueConstraint(fields=("series", "n"), name="number_held_once"),
        ),
        migrations.AddConstraint(
            model_name="numberhold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("paper", None)), fields=("case", "kind"), name="one_open_hold"
            ),
        ),
        *append_only(
            "documents_paper",
            once=["number", "issued_at", "file", "file_sha256", "seal", "sealed", "sealed_sha256"],
            free=FREE,
            when='OLD."frozen_at" IS NOT NULL',
        ),
        *append_only(
            "documents_numberhold", once=["paper_id"], free=["trial", "trial_until"]
        ),
    ]
