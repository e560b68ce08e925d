"""What a refund is over never changes, what was paid out is written once, and none is deleted."""

from django.db import migrations

from imbportal.triggers import append_only

FREE = [
    "state", "holder", "since", "reason", "bank", "account", "account_holder", "filed_by_id",
    "filed_at", "approved_by_id", "approved_at", "capacity",
]  # fmt: skip
ONCE = ["paper_id", "paid_by_id", "paid_on", "paid_at", "reference", "slip_id"]


class Migration(migrations.Migration):
    dependencies = [("retribusi", "0011_corrections")]

    operations = append_only("retribusi_refund", once=ONCE, free=FREE)
