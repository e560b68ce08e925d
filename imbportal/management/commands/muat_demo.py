"""``manage.py muat_demo``: load the demonstration data; what is loaded already stays as it is."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imbportal.demo import loading


class Command(BaseCommand):
    help = "Muat data contoh: akun, dan permohonan pada setiap tahap di setiap daerah."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Data contoh hanya dimuat pada portal demo (DEMO=1).")
        for slug, number in loading.load().items():
            self.stdout.write(f"{slug}: {number} permohonan contoh dimuat.")
