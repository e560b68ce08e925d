"""A stored version of a daerah's file is never changed: cases and papers are judged by it."""

from django.db import migrations

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("daerah", "0001_initial")]

    operations = append_only("daerah_daerahversion")
