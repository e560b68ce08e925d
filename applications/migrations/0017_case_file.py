import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0016_digest_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[('kantor', 'Kantor'), ('pemohon', 'Pemohon')], max_length=8)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('written', models.PositiveBigIntegerField(default=0)),
                ('file', models.FileField(blank=True, upload_to='berkas-digital/')),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('ready_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_files', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'berkas digital',
                'verbose_name_plural': 'berkas digital',
                'indexes': [models.Index(fields=['application', 'by', '-created_at'], name='case_files_of'), models.Index(fields=['removed_at', 'created_at'], name='case_files_to_remove')],
            },
        ),
    ]
