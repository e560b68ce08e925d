"""The ledger is append-only; payments of the time before it are booked."""

from collections import Counter
from zoneinfo import ZoneInfo

from django.db import migrations

from imbportal.daerah import registry
from imbportal.triggers import append_only


def _zone(slug):
    known = slug in registry.slugs()
    return ZoneInfo(registry.current(slug).timezone if known else "Asia/Jakarta")


def book(apps, editor):
    """Book each payment over its bill's accounts, less what its case was booked before."""
    payment_model = apps.get_model("retribusi", "Payment")
    entry_model = apps.get_model("retribusi", "LedgerEntry")
    booked = {}
    rows = payment_model.objects.select_related("skrd", "application").order_by("pk")
    for payment in rows.iterator(200):
        before = booked.setdefault(payment.application_id, Counter())
        wanted = Counter()
        for item in payment.skrd.snapshot["result"]["rekening"]:
            wanted[item["kode"], item["baris"]] += item["jumlah"]
        slug = payment.application.daerah
        for key in {**wanted, **before}:
            amount = wanted[key] - before[key]
            before[key] = wanted[key]
            if amount:
                entry_model.objects.create(
                    daerah=slug, application=payment.application, bill=payment.skrd,
                    payment=payment, kind="pokok", code=key[0], line=key[1], amount=amount,
                    paid_on=payment.paid_on, by=payment.confirmed_by, at=payment.confirmed_at,
                    day=payment.confirmed_at.astimezone(_zone(slug)).date(),
                )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("retribusi", "0006_ledger")]

    operations = [
        migrations.RunPython(book, migrations.RunPython.noop),
        *append_only("retribusi_ledgerentry"),
    ]
