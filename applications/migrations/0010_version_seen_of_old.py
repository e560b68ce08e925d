"""Drafts of before: their applicants know the rules that stood when they last worked on them."""

from django.db import migrations


def fill(apps, editor):
    Application = apps.get_model("applications", "Application")
    Version = apps.get_model("daerah", "DaerahVersion")
    drafts = Application.objects.filter(state="DRAFT", version_seen=None)
    for draft in drafts.only("pk", "daerah", "updated_at").iterator():
        known = Version.objects.filter(slug=draft.daerah, loaded_at__lte=draft.updated_at)
        seen = known.order_by("-loaded_at").values_list("pk", flat=True).first()
        Application.objects.filter(pk=draft.pk).update(version_seen=seen)


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_version_seen")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
