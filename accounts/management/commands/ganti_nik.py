"""``manage.py ganti_nik EMAIL NIK``: put right a NIK that its owner may not change himself."""

from django.core.management.base import BaseCommand, CommandError

from accounts import identity
from accounts.models import Identity
from imbportal import nik


class Command(BaseCommand):
    help = "Correct the NIK of an account after the card was compared; two persons stay two."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("nik")

    def handle(self, *, email, **options):
        found = Identity.objects.filter(user__email=email.lower()).first()
        if found is None:
            raise CommandError(f"Tidak ada data diri pada akun {email}.")
        number = nik.clean(options["nik"])
        try:
            nik.parse(number)
        except ValueError as error:
            raise CommandError(str(error)) from None
        if text := identity.kept(found, number, self_made=False):
            raise CommandError(text)
        found.nik = number
        identity.store(found)
        self.stdout.write(f"NIK {found} sekarang {found.nik_masked}.")
