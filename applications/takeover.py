"""Taking a case over from the counter: by claim, or by who has a login already."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import contacts, identity, postings, walk_ins
from accounts.models import Identity, WalkIn
from applications import rules
from applications.models import Application, Takeover
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from imbportal import crypto
from notifications import outbox

OTHER_NIK = (
    "Data diri akun ini memakai NIK lain. Permohonan dari loket hanya dapat diklaim oleh akun "
    "pemohonnya sendiri."
)
OFFICER = "Akun petugas tidak dapat mengklaim permohonan orang lain."
UNREACHABLE = "Konfirmasikan dahulu alamat surel atau nomor HP akun Anda."


def find(number: str, secret: str) -> Application | None:
    """Return the case of this number and secret, or None."""
    secret = secret.strip().upper().replace(" ", "").replace("-", "")
    found = None
    for application in Application.objects.filter(number__iexact=number.strip()).exclude(number=""):
        if constant_time_compare(application.secret, secret):
            found = application
    return found


@transaction.atomic
def claim(number: str, secret: str, nik: str, *, by: Any) -> Application | None:
    """Move a person from the account of the counter to his own; return the case that he named.

    None where number, secret and NIK do not all fit a case that waits for its applicant at the
    counter: which of them is wrong, nobody learns. Raises Barred where this account cannot have it.
    """
    _may_claim(by, nik)
    case = find(number, secret)
    if case is None:
        return None
    if case.applicant_id == by.pk and case.filed_by_id:
        return case
    walk_in = walk_ins.held(case.applicant)
    if walk_in is None or not constant_time_compare(walk_in.nik_lookup, crypto.lookup(nik)):
        return None
    _move(walk_in, by)
    return Application.objects.get(pk=case.pk)


def _may_claim(by: Any, nik: str) -> None:
    if not contacts.all_confirmed(by):
        raise Barred(UNREACHABLE)
    own = Identity.objects.filter(user=by).first()
    if own is None and postings.of(by).exists():
        raise Barred(OFFICER)
    if own is not None and own.nik != nik:
        raise Barred(OTHER_NIK)
    if own is None and (text := identity.kept(Identity(user=by), nik, self_made=False)):
        raise Barred(text)


def _move(walk_in: WalkIn, by: Any) -> None:
    """Give identity and cases of a locked walk-in to his login; the counter has no more to do."""
    was, entered = walk_in.user, walk_in.user.identity
    told = contacts.channels(was, "email/sms")
    cases = list(Application.objects.select_for_update().filter(applicant=was).order_by("pk"))
    person, now = walk_ins.close(walk_in, by=by), timezone.now()
    for case in cases:
        if case.holder_id == entered.pk:
            case.holder = person
        case.applicant, case.taken_over_at = by, now
        case.version += 1
        case.save()
        if case.number:
            Takeover.objects.create(application=case, giver=was, receiver=by)
    if person.pk != entered.pk:
        walk_ins.blank(entered)
    _tell(walk_in, cases, told, by)


def _tell(walk_in: WalkIn, cases: list[Application], told: Any, by: Any) -> None:
    """Tell who has the cases now, and the address that was told at the counter."""
    numbers = ", ".join(case.number for case in cases if case.number)
    first = next(case for case in cases if case.number)
    outbox.send(
        template="klaim_loket",
        key=f"klaim_loket:{walk_in.pk}",
        user=by,
        channels=told,
        context={"numbers": numbers, "office": first.rules.office.name},
        daerah=first.daerah,
        case=first.pk,
        url=first.get_absolute_url(),
    )


@transaction.atomic
def take_over(application: Application, *, by: Any) -> Application:
    """Let an applicant who has a login look after a counter case himself from now on."""
    case = Application.objects.select_for_update().filter(pk=application.pk).first()
    if case is None or case.applicant_id != by.pk:
        raise NotVisible()
    if not rules.is_applicant(case, by):
        raise Barred("Hanya pemohon yang dapat mengambil alih permohonan ini.")
    if case.filed_by_id is None:
        raise Unmet(["Permohonan ini tidak didaftarkan di loket."])
    if case.taken_over_at is not None:
        raise Conflict("Permohonan ini sudah Anda urus sendiri.")
    case.taken_over_at = timezone.now()
    case.version += 1
    case.save()
    if case.number:
        Takeover.objects.create(application=case, giver=by, receiver=by)
    return case
