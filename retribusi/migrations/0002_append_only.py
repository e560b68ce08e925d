"""Calculations and payments are never changed; a bill is settled once and voided once."""

from django.db import migrations

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("retribusi", "0001_initial")]

    operations = [
        *append_only("retribusi_assessment"),
        *append_only("retribusi_skrd", once=["settled_at", "voided_at", "void_reason"]),
        *append_only("retribusi_payment"),
    ]
