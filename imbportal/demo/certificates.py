"""The demo's certificate chain below DATA_DIR; the demo's password opens each signatory's."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from documents.seal import chain, lokal
from documents.seal.secret import Secret
from imbportal.demo.people import PASSWORD

OFFICE = "Kantor Contoh"


def prepare() -> None:
    """Make root, issuer and the office's certificate where there are none yet."""
    folder = _folder()
    if lokal.path(lokal.OFFICE).exists():
        return
    now = timezone.now()
    root, issuer = chain.make(OFFICE, now)
    office = chain.end(f"Segel {OFFICE}", OFFICE, now, issuer)
    chain.write(folder, f"{chain.ROOT}.pem", root.pem())
    chain.write(folder, f"{chain.ISSUER}.pem", issuer.pem())
    chain.write(folder, f"{chain.ISSUER}.p12", issuer.p12(PASSWORD))
    chain.write(folder, f"{lokal.OFFICE}.p12", office.p12(settings.SEAL_OFFICE_PASSPHRASE))


def hold(officer) -> None:
    """Give an officer of the demo his certificate, where he has none yet."""
    if settings.SEAL != "lokal" or lokal.path(str(officer.pk)).exists():
        return
    issuer = chain.read(_folder(), chain.ISSUER, PASSWORD)
    own = chain.end(str(officer), OFFICE, timezone.now(), issuer)
    chain.write(_folder(), f"{officer.pk}.p12", own.p12(PASSWORD))


def secret() -> Secret:
    return Secret(PASSWORD)


def _folder() -> Path:
    return Path(settings.SEAL_FOLDER)
