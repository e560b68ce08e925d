import getpass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from documents.seal import chain, lokal


class Command(BaseCommand):
    help = (
        "Pasang sertifikat (PKCS#12) seorang penanda tangan, atau kantor, untuk SEAL=lokal. "
        "Kata sandinya hanya diperiksa, tidak disimpan."
    )

    def add_arguments(self, parser):
        parser.add_argument("siapa", help='surel akun penanda tangan, atau "kantor"')
        parser.add_argument("berkas", type=Path, help="berkas .p12 dari penerbit sertifikat")

    def handle(self, *, siapa, berkas, **options):
        key = lokal.OFFICE if siapa == lokal.OFFICE else self._key(siapa)
        content = berkas.read_bytes()
        phrase = (
            settings.SEAL_OFFICE_PASSPHRASE if key == lokal.OFFICE else getpass.getpass("Sandi: ")
        )
        try:
            private, certificate, _ = pkcs12.load_key_and_certificates(content, phrase.encode())
        except ValueError:
            raise CommandError("Berkas atau kata sandinya tidak cocok.") from None
        if private is None or certificate is None:
            raise CommandError("Berkas ini tidak memuat kunci dan sertifikat.")
        chain.write(Path(settings.SEAL_FOLDER), f"{key}.p12", content)
        until = certificate.not_valid_after_utc
        self.stdout.write(
            f"Terpasang: {certificate.subject.rfc4514_string()}, sampai {until:%d-%m-%Y}"
        )

    def _key(self, email):
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Tidak ada akun dengan surel {email}.")
        return str(user.pk)
