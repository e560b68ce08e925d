"""KTP photos and letters of attorney that came while no virus scanner answered."""

from django.db import transaction
from django.urls import reverse

from accounts import contacts
from accounts.models import Identity, Mandate
from imbportal import uploads
from notifications import outbox


def release() -> None:
    """Scan again what waits: clean files become visible, an infected photo has to be sent anew."""
    uploads.release(Identity.objects.all(), "ktp", "ktp_scan", infected=_drop_photo)
    uploads.release(Mandate.objects.all(), "letter", "letter_scan", infected=_tell_agent)


def _drop_photo(identity) -> None:
    name, storage = identity.ktp.name, identity.ktp.storage
    gone = Identity.objects.filter(pk=identity.pk, ktp=name).update(
        ktp="", ktp_scan="", ktp_sha256="", checked_at=None
    )
    if not gone:
        return
    transaction.on_commit(lambda: storage.delete(name))
    if identity.user is not None:
        _tell(identity.user, "foto KTP", name, "Kirim foto KTP lain.", "identity")
        return
    for mandate in Mandate.objects.in_force().filter(owner=identity).select_related("agent"):
        _tell(mandate.agent, f"foto KTP {identity.name}", name, "Kirim foto KTP lain.", "mandates")


def _tell_agent(mandate) -> None:
    text = "Perbarui surat kuasa dengan berkas lain."
    _tell(mandate.agent, f"surat kuasa dari {mandate.owner}", mandate.letter.name, text, "mandates")


def _tell(user, file: str, name: str, todo: str, page: str) -> None:
    outbox.send(
        template="berkas_berbahaya",
        key=f"virus:{name}:{user.pk}",
        user=user,
        channels=contacts.channels(user, "email/sms"),
        context={"file": file, "next": todo},
        url=reverse(page),
    )
