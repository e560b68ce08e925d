"""An event is never changed or removed, not even at the SQL prompt."""

from django.db import migrations

from imbportal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = append_only("applications_event")
