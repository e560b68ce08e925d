"""Which receipts of a counter a line of the bank brought; the words of two choices alone change."""

import django.db.models.deletion
from django.db import migrations, models

from imbportal.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('retribusi', '0018_slips'),
    ]

    operations = [
        migrations.AlterField(
            model_name='lineoutcome',
            name='act',
            field=models.CharField(choices=[('cocok', 'Dicocokkan dengan pembayarannya'), ('titipan', 'Dicatat sebagai titipan'), ('kembali', 'Diteruskan ke pengembalian'), ('catat', 'Dicatat dan disampaikan kepada kepala'), ('bukan', 'Bukan setoran retribusi'), ('tetapkan', 'Ditetapkan untuk SKRD atau STRD'), ('urungkan', 'Diurungkan'), ('kas', 'Dicocokkan dengan kas loket')], max_length=10),
        ),
        migrations.AlterField(
            model_name='statementline',
            name='kind',
            field=models.CharField(choices=[('cocok', 'Cocok'), ('kurang', 'Kurang'), ('lebih', 'Lebih'), ('ganda', 'Ganda'), ('tidak_dikenal', 'Tidak dikenal'), ('salah_ketik', 'Kode salah ketik'), ('skrd_batal', 'Untuk SKRD batal'), ('tanggal', 'Tanggal berbeda'), ('pembalikan', 'Pembalikan atau debit'), ('hilang', 'Tidak ada di rekening'), ('tanpa_bukti', 'Belum ada bukti'), ('menunggu', 'Bukti sedang diperiksa'), ('bukan_setoran', 'Bukan setoran'), ('bunga_strd', 'Bunga STRD'), ('menyusul', 'Menyusul di rekening'), ('kas_loket', 'Setoran kas loket')], default='tidak_dikenal', max_length=14, verbose_name='temuan'),
        ),
        migrations.CreateModel(
            name='LineReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='retribusi.lineoutcome')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='line_receipts', to='retribusi.payment')),
                ('strd', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='line_receipts', to='retribusi.strd')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('payment', None), ('strd', None), _connector='XOR'), name='receipt_of_one_kind')],
            },
        ),
        *append_only('retribusi_linereceipt'),
    ]
