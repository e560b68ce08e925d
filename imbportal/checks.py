"""System checks: an installation with an unsafe setting does not start.

They run before every ``manage.py`` command and in Celery's worker; ``wsgi.py`` asks by itself.
"""

from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
"""Characters of a secret key."""
HELP = "Nilai yang benar: lihat deploy/portal.env.example."


def production_faults():
    """Yield (code, what is wrong) for each setting that must not reach production."""
    key, field_key = settings.SECRET_KEY, settings.SALT_KEY
    if key == settings.INSECURE_KEY or len(key) < SHORTEST_KEY:
        yield "key", f"SECRET_KEY memakai nilai bawaan atau kurang dari {SHORTEST_KEY} karakter."
    if field_key in ("", key, settings.INSECURE_KEY) or len(field_key) < SHORTEST_KEY:
        yield "field_key", "FIELD_KEY tidak ada, terlalu pendek, atau sama dengan SECRET_KEY."
    if settings.DEBUG:
        yield "debug", "DEBUG menyala."
    if settings.DEMO:
        yield "demo", "DEMO menyala."
    yield from _faults_of_doors()


def _faults_of_doors():
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield "sqlite", "DATABASE_URL harus menunjuk ke PostgreSQL."
    hosts = settings.ALLOWED_HOSTS
    if not hosts or "testserver" in hosts or any(host.startswith(("*", ".")) for host in hosts):
        yield "hosts", "ALLOWED_HOSTS harus menyebut nama host portal ini satu per satu."
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield "mail", "EMAIL_BACKEND harus mengirim melalui SMTP."
    if not settings.SMS_GATEWAY:
        yield "sms", "SMS_GATEWAY belum diisi; kode SMS tidak akan terkirim."
    yield from _faults_of_seals()
    if not settings.SITE_URL.startswith("https://"):
        yield "site", "SITE_URL harus diawali https://."
    if not settings.SECURE:
        yield "https", "HTTPS dimatikan; kuki sesi akan terkirim tanpa sandi."


def _faults_of_seals():
    if settings.SEAL not in ("", "lokal", "nasional"):
        yield "seal", "SEAL harus kosong, lokal, atau nasional."
    national = settings.SEAL == "nasional"
    if national and not (settings.SEAL_URL.startswith("https://") and settings.SEAL_USER):
        yield "seal_url", "SEAL_URL harus diawali https://, dan SEAL_USER harus diisi."


@register
def production_is_safe(app_configs, **kwargs):
    if not settings.PRODUCTION:
        return []
    return [
        Error(text, hint=HELP, id=f"portal.produksi.{code}") for code, text in production_faults()
    ]


@register
def distributions_do_not_clash(app_configs, **kwargs):
    """Two packages ship ``django_fsm`` and the last installed wins; Django prefers psycopg 3."""
    faults = []
    shippers = shippers_of_django_fsm()
    if shippers != ["django-fsm-2"]:
        faults.append(Error(f"django_fsm dibawa oleh {shippers}.", id="portal.paket.fsm"))
    if find_spec("psycopg"):
        faults.append(
            Error("psycopg 3 terpasang; hanya psycopg2-binary.", id="portal.paket.psycopg")
        )
    return faults


def shippers_of_django_fsm() -> list[str]:
    """Return the names of installed distributions that ship the package ``django_fsm``."""
    packages = Path(django.__file__).parents[1]
    found = map(Distribution.at, packages.glob("*fsm*.dist-info"))
    return sorted(
        one.name for one in found if any(file.parts[0] == "django_fsm" for file in one.files or ())
    )


def refuse_unsafe():
    """Raise ImproperlyConfigured, naming every fault, where production is set up unsafely."""
    if settings.PRODUCTION and (faults := [text for _, text in production_faults()]):
        raise ImproperlyConfigured("Portal tidak dijalankan: " + " ".join(faults))
