"""KTP photos and letters of attorney that came while no virus scanner answered."""

import tempfile

from accounts.models import Identity, Mandate
from imbportal import uploads

CLEAN, WAITING = "bersih", "karantina"
EVERY = 120
"""Seconds between two attempts."""
TEXT = "File ini masih menunggu pemeriksaan virus. Coba lagi beberapa menit lagi."


def release() -> None:
    """Scan again what waits: clean files become visible, an infected photo has to be sent anew."""
    for identity in Identity.objects.filter(ktp_scan=WAITING):
        verdict = scan(identity.ktp)
        if verdict == CLEAN:
            Identity.objects.filter(pk=identity.pk).update(ktp_scan=CLEAN)
        elif verdict != WAITING:
            identity.ktp.delete(save=False)
            Identity.objects.filter(pk=identity.pk).update(
                ktp="", ktp_scan="", ktp_sha256="", checked_at=None
            )
    for mandate in Mandate.objects.filter(letter_scan=WAITING):
        Mandate.objects.filter(pk=mandate.pk).update(letter_scan=scan(mandate.letter))


def scan(field_file) -> str:
    """Return the verdict on a stored file, by way of a copy: the storage may be remote."""
    with tempfile.NamedTemporaryFile() as copy, field_file.open("rb") as source:
        for chunk in source.chunks():
            copy.write(chunk)
        copy.flush()
        return uploads.scan(copy.name)
