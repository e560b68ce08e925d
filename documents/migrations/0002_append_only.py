"""A frozen paper keeps its content; its number, date and file are set once. A signature stands."""

from django.db import migrations

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        *append_only(
            "documents_paper",
            once=["number", "issued_at", "file", "file_sha256"],
            free=["status", "status_reason", "status_at", "replaced_by_id"],
            when='OLD."frozen_at" IS NOT NULL',
        ),
        *append_only("documents_papersignature", once=["voided_at"]),
    ]
