"""What a slip for an STRD says never changes, and its judgement is given once, as with any slip."""

from django.db import migrations

from imbportal.triggers import append_only

JUDGED = ["status:diajukan", "reason", "judged_by_id", "judged_at"]


class Migration(migrations.Migration):
    dependencies = [("retribusi", "0015_statement_interest")]

    operations = append_only("retribusi_strdproof", once=JUDGED, free=["scan", "file"])
