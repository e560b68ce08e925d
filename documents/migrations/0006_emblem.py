"""Coats of arms and which of them was chosen when: both stay as they were written."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from imbportal.triggers import append_only

BY = {"on_delete": django.db.models.deletion.PROTECT, "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0005_last_status"),
    ]

    operations = [
        migrations.CreateModel(
            name="Emblem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("daerah", models.CharField(max_length=40, verbose_name="daerah")),
                ("file", models.FileField(upload_to="lambang/", verbose_name="berkas")),
                (
                    "sha256",
                    models.CharField(db_index=True, max_length=64, verbose_name="SHA-256"),
                ),
                ("width", models.PositiveSmallIntegerField(verbose_name="lebar")),
                ("height", models.PositiveSmallIntegerField(verbose_name="tinggi")),
                ("name", models.CharField(max_length=120, verbose_name="nama berkas")),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("bersih", "Bersih"),
                            ("karantina", "Sedang dipindai"),
                            ("berbahaya", "Berbahaya"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="diunggah pada")),
                ("by", models.ForeignKey(**BY)),
            ],
            options={"verbose_name": "lambang", "verbose_name_plural": "lambang"},
        ),
        migrations.CreateModel(
            name="EmblemChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("daerah", models.CharField(max_length=40, verbose_name="daerah")),
                ("number", models.PositiveIntegerField(verbose_name="pilihan ke")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="sejak")),
                ("by", models.ForeignKey(**BY)),
                (
                    "emblem",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="documents.emblem",
                    ),
                ),
            ],
            options={
                "verbose_name": "pilihan lambang",
                "verbose_name_plural": "pilihan lambang",
            },
        ),
        migrations.AddConstraint(
            model_name="emblemchoice",
            constraint=models.UniqueConstraint(
                fields=("daerah", "number"), name="emblem_choice_once"
            ),
        ),
        *append_only("documents_emblem", once=["scan:karantina"]),
        *append_only("documents_emblemchoice"),
    ]
