"""What a slip says never changes, and its judgement is given once; its file may be moved or locked."""

from django.db import migrations

from imbportal.triggers import append_only

JUDGED = ["status:diajukan", "reason", "judged_by_id", "judged_at"]


class Migration(migrations.Migration):
    dependencies = [("retribusi", "0013_trial")]

    operations = append_only("retribusi_paymentproof", once=JUDGED, free=["scan", "file"])
