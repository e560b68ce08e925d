"""``manage.py akun_demo``: print the accounts of the demo and their one password."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imbportal.demo import people


class Command(BaseCommand):
    help = "Tampilkan akun demo dan kata sandinya."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Akun contoh hanya ada pada portal demo (DEMO=1).")
        rows = people.accounts()
        width = max(len(address) for address, _ in rows)
        self.stdout.write(f"Kata sandi semua akun: {people.PASSWORD}")
        for address, what in rows:
            self.stdout.write(f"  {address:<{width}}  {what}")
