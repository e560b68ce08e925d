"""What became of a permit after its issue, on its case; decisions on papers, append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0013_one_scan"),
        ("documents", "0003_register_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="permit_status",
            field=models.CharField(
                blank=True,
                choices=[("dibekukan", "Dibekukan"), ("dicabut", "Dicabut")],
                default="",
                max_length=12,
                verbose_name="keadaan izin",
            ),
        ),
        migrations.CreateModel(
            name="SanctionAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("peringatan", "Diperingatkan"),
                            ("pembekuan", "Dibekukan"),
                            ("pencairan", "Dicairkan"),
                            ("pencabutan", "Dicabut"),
                            ("penggantian", "Diganti"),
                        ],
                        max_length=12,
                        verbose_name="keputusan",
                    ),
                ),
                ("reason", models.TextField(verbose_name="alasan")),
                ("basis", models.TextField(blank=True, verbose_name="dasar")),
                ("todo", models.TextField(blank=True, verbose_name="yang harus dilakukan")),
                ("until", models.DateField(null=True, verbose_name="paling lambat")),
                (
                    "object_until",
                    models.DateField(null=True, verbose_name="keberatan paling lambat"),
                ),
                ("also", models.JSONField(default=list, verbose_name="ikut")),
                ("capacity", models.CharField(max_length=150, verbose_name="jabatan")),
                ("at", models.DateTimeField(verbose_name="pada")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanction",
                        to="applications.event",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanction_told",
                        to="documents.paper",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="documents.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "keputusan atas surat",
                "verbose_name_plural": "keputusan atas surat",
                "ordering": ["pk"],
            },
        ),
        *append_only("applications_sanctionact"),
    ]
