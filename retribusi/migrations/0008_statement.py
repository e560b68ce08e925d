import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from imbportal.triggers import append_only

KINDS = [('cocok', 'Cocok'), ('kurang', 'Kurang'), ('lebih', 'Lebih'), ('ganda', 'Ganda'), ('tidak_dikenal', 'Tidak dikenal'), ('salah_ketik', 'Kode salah ketik'), ('skrd_batal', 'Untuk SKRD batal'), ('tanggal', 'Tanggal berbeda'), ('pembalikan', 'Pembalikan atau debit'), ('hilang', 'Tidak ada di rekening'), ('tanpa_bukti', 'Belum ada bukti'), ('menunggu', 'Bukti sedang diperiksa'), ('bukan_setoran', 'Bukan setoran'), ('menyusul', 'Menyusul di rekening')]
ACTS = [('cocok', 'Dicocokkan dengan pembayarannya'), ('titipan', 'Dicatat sebagai titipan'), ('kembali', 'Diteruskan ke pengembalian'), ('catat', 'Dicatat dan disampaikan kepada kepala'), ('bukan', 'Bukan setoran retribusi'), ('tetapkan', 'Ditetapkan untuk SKRD'), ('urungkan', 'Diurungkan')]
EVENTS = [('impor', 'Diimpor'), ('cocokkan', 'Dicocokkan lagi'), ('tandai', 'Baris yang cocok ditandai selesai'), ('selesai', 'Dinyatakan selesai'), ('buka', 'Dibuka kembali')]
PROTECT = django.db.models.deletion.PROTECT
USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    """The bank's statements; what the bank said and what was done is never changed."""

    dependencies = [
        ('retribusi', '0007_book_payments'),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        migrations.CreateModel(
            name='BankFormat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('daerah', models.CharField(max_length=40, verbose_name='daerah')),
                ('name', models.CharField(max_length=60, verbose_name='bank')),
                ('account', models.CharField(max_length=40, verbose_name='nomor rekening')),
                ('mapping', models.JSONField(verbose_name='susunan berkas')),
                ('changed_at', models.DateTimeField(verbose_name='diubah pada')),
                ('changed_by', models.ForeignKey(on_delete=PROTECT, related_name='+', to=USER, verbose_name='diubah oleh')),
            ],
            options={
                'verbose_name': 'format rekening koran',
                'verbose_name_plural': 'format rekening koran',
                'ordering': ['name', 'account'],
                'constraints': [models.UniqueConstraint(fields=('daerah', 'account', 'name'), name='one_bank_format')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('daerah', models.CharField(max_length=40, verbose_name='daerah')),
                ('bank', models.CharField(max_length=60, verbose_name='bank')),
                ('account', models.CharField(max_length=40, verbose_name='nomor rekening')),
                ('mapping', models.JSONField(verbose_name='susunan berkas')),
                ('name', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('file_sha256', models.CharField(max_length=64, verbose_name='SHA-256 berkas')),
                ('begins', models.DateField(verbose_name='dari tanggal')),
                ('ends', models.DateField(verbose_name='sampai tanggal')),
                ('opening', models.BigIntegerField(null=True, verbose_name='saldo awal (sen)')),
                ('closing', models.BigIntegerField(null=True, verbose_name='saldo akhir (sen)')),
                ('taken', models.PositiveIntegerField(verbose_name='baris diimpor')),
                ('taken_sum', models.BigIntegerField(verbose_name='jumlah yang diimpor (sen)')),
                ('known', models.PositiveIntegerField(verbose_name='baris yang sudah pernah diimpor')),
                ('known_sum', models.BigIntegerField(verbose_name='jumlah yang sudah pernah diimpor (sen)')),
                ('imported_at', models.DateTimeField(verbose_name='diimpor pada')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='selesai pada')),
                ('format', models.ForeignKey(on_delete=PROTECT, related_name='statements', to='retribusi.bankformat', verbose_name='format')),
                ('imported_by', models.ForeignKey(on_delete=PROTECT, related_name='+', to=USER, verbose_name='diimpor oleh')),
            ],
            options={
                'verbose_name': 'rekening koran',
                'verbose_name_plural': 'rekening koran',
                'indexes': [models.Index(fields=['daerah', 'ends', 'id'], name='statement_by_day')],
                'constraints': [models.UniqueConstraint(fields=('daerah', 'file_sha256'), name='one_statement_file')],
            },
        ),
        migrations.CreateModel(
            name='StatementEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=EVENTS, max_length=12)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=PROTECT, related_name='+', to=USER)),
                ('statement', models.ForeignKey(on_delete=PROTECT, related_name='events', to='retribusi.statement')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('daerah', models.CharField(max_length=40)),
                ('fingerprint', models.CharField(max_length=64)),
                ('row', models.PositiveIntegerField(verbose_name='baris')),
                ('place', models.PositiveIntegerField(verbose_name='baris dalam berkas')),
                ('of_bank', models.BooleanField(default=True)),
                ('day', models.DateField(verbose_name='tanggal')),
                ('sen', models.BigIntegerField(verbose_name='jumlah (sen)')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='referensi')),
                ('text', models.TextField(blank=True, verbose_name='keterangan')),
                ('kind', models.CharField(choices=KINDS, default='tidak_dikenal', max_length=14, verbose_name='temuan')),
                ('why', models.TextField(blank=True, verbose_name='alasan')),
                ('assigned', models.BooleanField(default=False)),
                ('proposals', models.JSONField(default=list)),
                ('bill', models.ForeignKey(null=True, on_delete=PROTECT, related_name='statement_lines', to='retribusi.skrd')),
                ('settles', models.OneToOneField(null=True, on_delete=PROTECT, related_name='statement_line', to='retribusi.payment')),
                ('statement', models.ForeignKey(on_delete=PROTECT, related_name='lines', to='retribusi.statement')),
            ],
            options={
                'verbose_name': 'baris rekening koran',
                'verbose_name_plural': 'baris rekening koran',
                'ordering': ['row'],
            },
        ),
        migrations.CreateModel(
            name='LineOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=ACTS, max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('bill', models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='retribusi.skrd')),
                ('by', models.ForeignKey(on_delete=PROTECT, related_name='+', to=USER)),
                ('entry', models.OneToOneField(null=True, on_delete=PROTECT, related_name='line_outcome', to='retribusi.ledgerentry')),
                ('line', models.ForeignKey(on_delete=PROTECT, related_name='outcomes', to='retribusi.statementline')),
                ('payment', models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='retribusi.payment')),
                ('undoes', models.OneToOneField(null=True, on_delete=PROTECT, related_name='undone_by', to='retribusi.lineoutcome')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='statementline',
            name='outcome',
            field=models.OneToOneField(null=True, on_delete=PROTECT, related_name='stands_for', to='retribusi.lineoutcome'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('daerah', 'fingerprint'), name='one_statement_line'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('statement', 'row'), name='one_statement_row'),
        ),
        *append_only('retribusi_statement', free=['closed_at']),
        *append_only('retribusi_statementevent'),
        *append_only('retribusi_statementline', free=['kind', 'why', 'bill_id', 'assigned', 'proposals', 'settles_id', 'outcome_id']),
        *append_only('retribusi_lineoutcome'),
    ]
