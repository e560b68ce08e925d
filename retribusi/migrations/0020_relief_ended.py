# Only the word for a state: no table changes.

import django_fsm
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('retribusi', '0019_line_receipts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='relief',
            name='state',
            field=django_fsm.FSMField(choices=[('diajukan', 'Diajukan'), ('diteruskan', 'Diteruskan'), ('dikabulkan', 'Dikabulkan'), ('ditolak', 'Tidak dikabulkan'), ('ditarik', 'Ditarik kembali'), ('gugur', 'Gugur tanpa diputus')], default='diajukan', max_length=50, protected=True, verbose_name='keadaan'),
        ),
    ]
