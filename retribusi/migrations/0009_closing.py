import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from imbportal.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('retribusi', '0008_statement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CashClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('daerah', models.CharField(max_length=40, verbose_name='daerah')),
                ('number', models.PositiveIntegerField(verbose_name='nomor')),
                ('first', models.DateField(verbose_name='dari tanggal')),
                ('last', models.DateField(verbose_name='sampai tanggal')),
                ('opening', models.BigIntegerField(verbose_name='jumlah sebelumnya (Rp)')),
                ('balance', models.BigIntegerField(verbose_name='jumlah sampai penutupan ini (Rp)')),
                ('lines', models.PositiveIntegerField(verbose_name='baris')),
                ('receipts', models.PositiveIntegerField(verbose_name='penerimaan')),
                ('totals', models.JSONField(verbose_name='jumlah per kode rekening')),
                ('ways', models.JSONField(verbose_name='cara bayar')),
                ('seal', models.CharField(max_length=64, verbose_name='segel')),
                ('previous_hash', models.CharField(max_length=64, verbose_name='sidik sebelumnya')),
                ('hash', models.CharField(max_length=64, verbose_name='sidik')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('capacity', models.CharField(max_length=150, verbose_name='jabatan')),
                ('closed_at', models.DateTimeField(verbose_name='ditutup pada')),
                ('known_capacity', models.CharField(blank=True, max_length=150, verbose_name='jabatan yang mengetahui')),
                ('known_at', models.DateTimeField(null=True, verbose_name='diketahui pada')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditutup oleh')),
                ('known_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diketahui oleh')),
            ],
            options={
                'verbose_name': 'penutupan kas',
                'verbose_name_plural': 'penutupan kas',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['daerah', 'last'], name='closings_of')],
                'constraints': [models.UniqueConstraint(fields=('daerah', 'number'), name='one_closing_of_a_number'), models.UniqueConstraint(fields=('daerah', 'first'), name='one_closing_of_a_day'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='closing_of_days'), models.CheckConstraint(condition=models.Q(('lines', 0), ('last', models.F('first')), _connector='OR'), name='closed_together_only_if_nil')],
            },
        ),
        *append_only("retribusi_cashclosing", once=["known_by_id", "known_capacity", "known_at"]),
    ]
