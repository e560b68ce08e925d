"""``manage.py siapkan``: bring the data directory up to date, in one process as that is faster."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from applications import phrases

STAMP = ".stempel"
UNUSED = ["bootstrap/js", "bootstrap/css/bootstrap-*", "bootstrap/css/bootstrap.[cr]*"]
"""What no page asks for; only bootstrap.min.css is, and packing all of it takes half a minute."""
ACCOUNTS = "akun-demo.txt"


class Command(BaseCommand):
    help = "Siapkan basis data, cache, dan berkas statis; pada demo juga data contohnya."

    def handle(self, **options):
        for folder in (settings.DATA_DIR, settings.FILES_ROOT, settings.STATIC_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        settings.FILES_ROOT.chmod(0o700)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        phrases.seed()
        self.collect()
        if settings.DEMO:
            self.load_demo()

    def load_demo(self):
        if settings.SEAL == "lokal":
            from imbportal.demo import certificates

            certificates.prepare()
        call_command("muat_demo")
        with (settings.DATA_DIR / ACCOUNTS).open("w") as file:
            call_command("akun_demo", stdout=file)

    def collect(self):
        """Collect, hash and compress the static files, if they changed: it takes seconds."""
        stamp, digest = settings.STATIC_ROOT / STAMP, fingerprint()
        if stamp.exists() and stamp.read_text() == digest:
            return
        call_command(
            "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED
        )
        stamp.write_text(digest)


def fingerprint() -> str:
    """Return a hash over the name, size and time of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            modified = storage.get_modified_time(path).timestamp()
            digest.update(f"{path} {storage.size(path)} {modified}\n".encode())
    return digest.hexdigest()
