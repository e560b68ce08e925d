"""Identities: what is missing, who may look, and the log of every look."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import contacts, walk_ins
from accounts.models import Identity, IdentityView, Mandate
from imbportal import uploads
from notifications import outbox

RECEIVED_STEP = 3
"""Number of the step "identity check" in the procedure that has one."""
Check = Callable[..., bool]
CHECKS: list[Check] = []
"""Filled by the layer that knows cases: ``check(user, identity, case) -> bool``."""


def register(check: Check) -> None:
    """Let officers look where ``check(user, identity, case)`` is true; case is a UUID or None."""
    CHECKS.append(check)


Keep = Callable[..., str]
KEEPS: list[Keep] = []
"""Filled by the layer that knows cases: ``keep(identity, nik, self_made) -> str``."""


def keep_nik(keep: Keep) -> None:
    """Let ``keep`` say, in words for the owner, why an identity may not take another NIK."""
    KEEPS.append(keep)


def kept(identity, nik: str, *, self_made: bool = True) -> str:
    """Return why this identity may not take this NIK, "" where it may.

    ``self_made``: the person changes it himself; the portal's admin corrects more than that.
    """
    if nik == identity.nik:
        return ""
    return next(filter(None, (keep(identity, nik, self_made) for keep in KEEPS)), "")


RENEWALS: list[Callable[[Identity], None]] = []
"""Filled by the layer that knows cases: told of each identity that its owner saved anew."""


def when_renewed(told: Callable[[Identity], None]) -> None:
    """Let ``told`` know of an identity whose card or data were saved, in that transaction."""
    RENEWALS.append(told)


def owned(user, identity) -> bool:
    """Whether the identity is the user's own, or of an owner for whom the user is the agent."""
    if identity.user_id:
        return identity.user_id == user.pk
    return Mandate.objects.in_force().filter(owner=identity, agent=user).exists()


def may_see(user, identity, case=None) -> bool:
    """Whether the user may see the KTP photo and the whole NIK: the owner, or a case's officer."""
    return owned(user, identity) or any(check(user, identity, case) for check in CHECKS)


def look(user, identity, what: str, case=None) -> None:
    """Record one look at ``ktp`` or ``nik``. PermissionDenied where the user may not."""
    if not may_see(user, identity, case):
        raise PermissionDenied
    IdentityView.objects.create(identity=identity, user=user, what=what, case=case)


def full_nik(user, identity, case=None) -> str:
    """Return the unmasked NIK for an officer who must compare it; recorded."""
    look(user, identity, "nik", case)
    return identity.nik or ""


def missing(identity) -> list[str]:
    """Return what an identity still lacks, in words for its owner."""
    found = [] if identity.nik else ["Isi NIK."]
    if identity.kind != Identity.Kind.PUBLIC:
        found += [] if identity.ktp else ["Unggah foto KTP."]
    return found


def ready(user) -> list[str]:
    """Return what the account lacks before an application may go out; empty where all is there."""
    found = []
    # Whom an officer saw in person needs no address that answers.
    if not (contacts.all_confirmed(user) or walk_ins.standing(user)):
        found.append("Konfirmasikan alamat surel atau nomor HP Anda.")
    own = Identity.objects.filter(user=user).first()
    return found + (missing(own) + unscanned(own) if own else ["Lengkapi data diri Anda."])


def unscanned(identity, mandate=None) -> list[str]:
    """Return what the virus scan still holds back of a person's files and the letter for him."""
    found = []
    if identity and identity.ktp_scan == uploads.WAITING:
        found.append(f"Foto KTP {identity.name} masih dipindai; coba beberapa menit lagi.")
    if mandate and mandate.letter_scan == uploads.WAITING:
        found.append("Surat kuasa masih dipindai; coba beberapa menit lagi.")
    if mandate and mandate.letter_scan == uploads.INFECTED:
        found.append("Surat kuasa mengandung virus. Akhiri kuasa itu dan unggah suratnya lagi.")
    return found


@transaction.atomic
def store(identity, *, ktp=None, tell=None) -> Identity:
    """Save an identity with an accepted KTP photo (or the old one), mark it checked, give notice.

    ``tell`` is the user to whom the notice of the identity check goes; None for owners of an
    agent. The replaced photo is deleted once the new one is safe.
    """
    old = identity.ktp.name if ktp and identity.ktp else ""
    if ktp:
        identity.ktp.save(ktp.content.name, ktp.content, save=False)
        identity.ktp_sha256, identity.ktp_scan = ktp.sha256, ktp.scan
    identity.checked_at = None if missing(identity) else timezone.now()
    identity.save()
    for told in RENEWALS:
        told(identity)
    if old:
        transaction.on_commit(lambda: identity.ktp.storage.delete(old))
    if tell and identity.checked_at:
        _give_notice(identity, tell)
    return identity


def _give_notice(identity, user):
    """Tell once per NIK and photo, however often the form is saved."""
    seen = f"{identity.nik_lookup[:16]}{identity.ktp_sha256[:16]}"
    outbox.send(
        template="identitas_diterima",
        key=f"identitas_diterima:{identity.pk}:{seen}",
        user=user,
        channels=contacts.channels(user, "email/sms"),
        context={"name": identity.name, "office": ""},
        step=RECEIVED_STEP,
        url="/identitas/",
    )
