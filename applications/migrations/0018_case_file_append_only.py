"""Who took which case's file along stays told; how far its making is may change."""

from django.db import migrations

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("applications", "0017_case_file")]

    operations = append_only(
        "applications_casefile",
        once=["ready_at", "failed_at", "removed_at", "file_sha256"],
        free=["total", "written", "file", "why", "fetched_at"],
    )
