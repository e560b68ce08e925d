"""Refunds of interest; the words of a choice alone change, no column does."""

from django.db import migrations, models

CAUSES = [
    ("hitung", "Retribusi yang dihitung ulang lebih kecil dari yang dibayar"),
    ("tolak", "Permohonan ditolak sesudah retribusi dibayar"),
    ("keberatan", "Keberatan atas SKRD dikabulkan"),
    ("lebih", "Pembayaran ganda atau lebih"),
    ("bunga", "Bunga yang dibayar melebihi yang terutang"),
]


class Migration(migrations.Migration):
    dependencies = [("retribusi", "0016_strd_proofs_append_only")]

    operations = [
        migrations.AlterField(
            model_name="refund",
            name="cause",
            field=models.CharField(choices=CAUSES, max_length=10, verbose_name="sebab"),
        ),
    ]
