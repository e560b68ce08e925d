"""Cases of before get their place in the register; what is handed over or taken along stays told."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from imbportal.triggers import append_only


def fill(apps, editor):
    Application = apps.get_model("applications", "Application")
    first = (
        apps.get_model("applications", "Event")
        .objects.filter(application=OuterRef("pk"), move__in=["request_krk", "submit", "resubmit"])
        .order_by("seq")
        .values("at")[:1]
    )
    Application.objects.exclude(number="").update(registered_at=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_queues_and_register")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        *append_only("applications_handover"),
        *append_only(
            "applications_registerexport",
            free=[
                "total", "written", "file", "file_sha256", "ready_at", "failed_at", "fetched_at",
                "removed_at",
            ],
        ),
    ]
