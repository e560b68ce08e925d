"""What the applicant does with an objection: he sends it with its document, and takes it back."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from applications import casework, clock
from applications.models import Application, DocumentVersion
from applications.refusals import Conflict, Unmet
from applications.services import check_version, locked
from documents import holds
from imbportal import uploads
from imbportal.daerah import calendar
from imbportal.indonesia import tanggal
from retribusi import acts, news
from retribusi.corrections import objections
from retribusi.models import Objection

MARK = "keberatan:"
"""Begins the slots of these documents, as no code of a requirement can."""
NOT_YOURS = "Hanya pemohon yang dapat mengajukan keberatan."
GIVE_REASONS = "Tulis alasannya: apa yang keliru pada SKRD, dan berapa yang menurut Anda benar."


def ask(
    application: Application, words: str, file: Any = None, *, by: Any, version: int | None = None
) -> Objection:
    """Send an objection to the bill that stands; the receipt is numbered at once.

    Raises UploadRefused for the file, which is parsed before the case is locked.
    """
    words = words.strip()
    check_version(application, version, by, "ask_objection")
    _may(application, by)
    if not words:
        raise Unmet([GIVE_REASONS])
    accepted = uploads.accept(file, owner=by) if file else None
    with transaction.atomic():
        case = locked(application.pk, by)
        check_version(case, version, by, "ask_objection")
        capacity = _may(case, by)
        return _write(case, words, accepted, by, capacity)


def _may(case: Application, by: Any) -> str:
    capacity = acts.as_applicant(case, by, NOT_YOURS)
    objections.rule_of(case)
    if text := objections.hindrance(case):
        raise Conflict(text)
    return capacity


def _write(case: Application, words: str, accepted: Any, by: Any, capacity: str) -> Objection:
    rule, bill, now = objections.rule_of(case), objections.billed(case), timezone.now()
    slot = f"{MARK}{bill.pk}" if bill else MARK
    attached = casework.keep(case, slot, accepted, by) if accepted else None
    objection = Objection(
        application=case, bill=bill, holder=rule.forwarded_by or rule.decided_by, since=now,
        words=words, document=attached, asked_by=by, asked_at=now, due_on=_due(case, now),
    )  # fmt: skip
    try:
        with transaction.atomic():
            objection.save()
    except IntegrityError:
        raise Conflict("Keberatan ini baru saja diajukan. Muat ulang halaman.") from None
    objection.receipt = acts.issue(case, rule.receipt, now)
    objection.save()
    printed = [acts.named(objection.receipt)]
    event = acts.write(case, "ask_objection", by, capacity, words, now, papers=printed)
    _tell(objection, event)
    return objection


def _due(case: Application, now: datetime.datetime) -> datetime.date | None:
    answer = objections.rule_of(case).answer
    if answer is None:
        return None
    return calendar.deadline_end(case.daerah, clock.local_date(case, now), answer)


def _tell(objection: Objection, event: Any) -> None:
    case, rule = objection.application, objections.rule_of(objection.application)
    who = acts.title_of(case, objection.holder)
    until = f" Diputus paling lambat {tanggal(objection.due_on)}." if objection.due_on else ""
    news.applicant(
        case, event, "Keberatan atas SKRD diterima",
        detail=f"Tanda terima nomor {objection.receipt.number}. Sekarang di tangan {who}.{until}",
        next_=STILL_DUE.format(day=tanggal(objection.bill.due_date))
        if objection.bill.settled_at is None else "Kami memberi tahu keputusannya.",
        wish=rule.notify.get("pemohon"),
    )  # fmt: skip
    task = "Putuskan keberatan ini." if objection.holder == rule.decided_by else (
        f"Periksa, lalu teruskan kepada {acts.title_of(case, rule.decided_by)}."
    )  # fmt: skip
    news.office(
        case, event, [objection.holder], "Keberatan atas SKRD masuk", task=task,
        url=objections.page(case), wish=rule.notify.get("kantor"),
    )  # fmt: skip


STILL_DUE = (
    "Keberatan tidak menunda jatuh tempo: bayar paling lambat {day}. Bila dikabulkan, "
    "kelebihannya dikembalikan."
)


@transaction.atomic
def withdraw(objection: Objection, *, by: Any, version: int | None = None) -> Objection:
    """Take an objection back; the bill stands as it is."""
    case, objection = acts.held(objection, by)
    capacity = acts.as_applicant(case, by, "Hanya pemohon yang dapat menarik keberatan.")
    check_version(case, version, by, "withdraw_objection")
    acts.must_wait(objection, objections.NAME)
    before, now = objection.holder, timezone.now()
    objection.withdraw()
    acts.over(objection, now)
    holds.end(case.pk, objections.rule_of(case).paper)
    event = acts.write(case, "withdraw_objection", by, capacity, "", now)
    news.office(
        case, event, [before], "Keberatan atas SKRD ditarik kembali oleh pemohon", task="",
        url=objections.page(case), wish=objections.rule_of(case).notify.get("kantor"),
    )  # fmt: skip
    return objection


def end(application: Application, at: datetime.datetime) -> None:
    """Close the objection whose bill is void or whose case is over; the move is its event."""
    waiting = objections.open_of(application)
    if waiting is not None:
        waiting.end()
        acts.over(waiting, at)
        holds.end(application.pk, objections.rule_of(application).paper)


def document(version: DocumentVersion) -> tuple[str, str, bool, str] | None:
    """Return of a file that goes with an objection or a pay-out what is told of a virus in it."""
    slot, case = version.document.requirement, version.document.application
    if not slot.startswith(MARK):
        return None
    task = "Putuskan tanpa berkas itu, atau minta pemohon menyampaikannya lagi."
    waits = objections.open_of(case) is not None
    return "lampiran keberatan", case.get_absolute_url(), False, task if waits else ""
