"""A paper that was revoked or voided is never in force again, not even at the SQL prompt."""

from django.db import migrations

from imbportal.triggers import last


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_seal")]

    operations = last("documents_paper", "status", ["dicabut", "batal"])
