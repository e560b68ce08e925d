"""Photos of a site move from a slot that a requirement may be called by to one that none can."""

from django.db import migrations

OLD, NEW = "foto_lokasi", "lampiran:tinjau_lokasi"


def forwards(apps, schema_editor):
    documents = apps.get_model("applications", "Document").objects
    taken_by_officers = documents.filter(requirement=OLD, versions__uploaded_by__is_staff=True)
    for document in taken_by_officers.distinct():
        document.requirement = NEW
        document.save(update_fields=["requirement"])


def backwards(apps, schema_editor):
    apps.get_model("applications", "Document").objects.filter(requirement=NEW).update(
        requirement=OLD
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0011_draft_pictures")]

    operations = [migrations.RunPython(forwards, backwards)]
