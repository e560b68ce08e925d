"""KTP photos and letters of attorney that came while no virus scanner answered."""

from accounts.models import Identity, Mandate
from imbportal import uploads


def release() -> None:
    """Scan again what waits: clean files become visible, an infected photo has to be sent anew."""
    uploads.release(Identity.objects.all(), "ktp", "ktp_scan", infected=_drop_photo)
    uploads.release(Mandate.objects.all(), "letter", "letter_scan")


def _drop_photo(identity) -> None:
    name, storage = identity.ktp.name, identity.ktp.storage
    gone = Identity.objects.filter(pk=identity.pk, ktp=name).update(
        ktp="", ktp_scan="", ktp_sha256="", checked_at=None
    )
    if gone:
        storage.delete(name)
