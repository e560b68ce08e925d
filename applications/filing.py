"""Filing at the counter: an officer opens a case for somebody who came in person."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts import contacts, identity, postings, walk_ins
from accounts.models import User
from applications import casework, counter, rules
from applications.dossiers import Paper, wrong_day
from applications.holding import bump
from applications.models import Application
from applications.parents import Parent
from applications.refusals import Barred, Conflict, Unmet
from applications.services import check_version, locked
from imbportal.indonesia import tanggal
from notifications import outbox

SELF = (
    "Petugas tidak mendaftarkan permohonannya sendiri di loket. Ajukan lewat halaman Permohonan "
    "saya, atau minta rekan yang bertugas."
)


def may_file(by: Any, slug: str) -> bool:
    """Return whether an officer stands at the counter of a daerah."""
    return any(counter.at_counter(posting) for posting in postings.of(by, slug))


@transaction.atomic
def begin(
    person: User, slug: str, *, by: Any, key: Any = None, paper: Paper | None = None,
    parent: Parent | None = None,
) -> Application:  # fmt: skip
    """Open a draft at the counter for a person's account, and tell him; with ``parent`` it is for a
    service on that permit.

    The ``key`` of the page makes a second click find the draft of the first.
    """
    if not may_file(by, slug):
        raise Barred("Permohonan di loket diterima oleh petugas loket daerah itu.")
    if is_self(by, person):
        raise Barred(SELF)
    if paper and (text := wrong_day(slug, paper.received_on)):
        raise Unmet([text])
    # Who takes the account over at this moment has it then: its cases would be lost to him.
    there = User.objects.select_for_update().filter(pk=person.pk, is_active=True)
    if there.values_list("pk", flat=True).first() is None:
        raise Conflict("Pemohon ini baru saja memakai akun sendiri. Ketik NIK-nya sekali lagi.")
    application = casework.create(person, slug, key=key, parent=parent)
    if application.filed_by_id:
        return application
    application.filed_by = by
    _note(application, paper)
    application.save()
    _tell(application, paper)
    return application


def is_self(by: Any, person: User) -> bool:
    """Return whether officer and applicant are one person, by account or by NIK."""
    nik = rules.nik_of(by)
    return person.pk == by.pk or bool(nik) and nik == rules.nik_of(person)


def _note(application: Application, paper: Paper | None) -> None:
    application.received_on = paper.received_on if paper else None
    application.paper_number = paper.number if paper else ""
    application.paper_reason = paper.reason if paper else ""


def _tell(application: Application, paper: Paper | None) -> None:
    user, office = application.applicant, application.rules
    outbox.send(
        template="loket",
        key=f"loket:{application.pk}",
        user=user,
        channels=contacts.channels(user, "email/sms"),
        context={
            "permit": office.service.permit,
            "office": office.office.name,
            "received": tanggal(paper.received_on) if paper else "",
            "login": "" if walk_ins.standing(user) else "ya",
        },
        daerah=application.daerah,
        case=application.pk,
        url=application.get_absolute_url(),
    )


@transaction.atomic
def reach(application: Application, *, email: str, phone: str, ktp: Any, by: Any) -> None:
    """Put right how somebody without a login is reached, and the photo of his card."""
    application = locked(application.pk, by)
    if not rules.at_counter(application, by):
        raise Barred("Kontak pemohon diubah oleh petugas loket.")
    walk_in = walk_ins.held(application.applicant)
    if walk_in is None:
        raise Conflict("Pemohon ini punya akun sendiri; ia mengubah kontaknya di sana.")
    walk_ins.reach(walk_in, email=email, phone=phone)
    if ktp:
        identity.store(walk_in.user.identity, ktp=ktp)


@transaction.atomic
def note_paper(
    application: Application, paper: Paper | None, *, by: Any, version: int | None = None
) -> Application:
    """Put the paper receipt of a draft right, or say that there is none."""
    application = locked(application.pk, by)
    if not rules.at_counter(application, by):
        raise Barred("Berkas kertas dicatat oleh petugas loket.")
    if application.state != "DRAFT":
        raise Conflict("Permohonan sudah dikirim; tanggal berkas kertasnya tidak berubah lagi.")
    check_version(application, version)
    if paper and (text := wrong_day(application.daerah, paper.received_on)):
        raise Unmet([text])
    _note(application, paper)
    return bump(application)
