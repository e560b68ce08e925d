"""A digest and the heads that it keeps are never changed or removed."""

from django.db import migrations

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("applications", "0015_digest")]

    operations = [
        *append_only("applications_chaindigest"),
        *append_only("applications_chainhead"),
    ]
