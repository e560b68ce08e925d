"""What the applicant does with a request for relief: its documents, sending it, taking it back.

Every function locks the case, refuses as ``services.perform`` does, writes an event into the
case's chain, and raises ``version``.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from applications import casework
from applications.models import Application, DocumentVersion
from applications.refusals import Conflict, NotVisible, Unmet
from applications.services import check_version, locked
from documents import holds
from imbportal import uploads
from imbportal.daerah.reliefs import Relief as Rule
from retribusi import acts, assessment, relief_news, reliefs
from retribusi.models import Relief
from retribusi.relief_steps import ASKABLE, paid, void_bill, write_event

NOT_YOURS = "Hanya pemohon yang dapat mengajukan keringanan."


# -- The applicant --------------------------------------------------------------------------
def hindrance(application: Application, rule: Rule) -> str:
    """Return why a relief that fits cannot be asked for now, and what to do; "" where it can."""
    if waiting := reliefs.open_of(application):
        return f"Sudah ada permohonan yang menunggu keputusan {reliefs.holder_title(waiting)}."
    if reliefs.granted(application) is not None:
        return "Keringanan sudah dikabulkan dalam permohonan ini."
    if text := paid(application):
        return text
    if application.state not in ASKABLE:
        return (
            f"{rule.kind.capitalize()} diajukan setelah retribusi dihitung dan sebelum dibayar; "
            f"permohonan ini pada tahap {application.stage_label}."
        )
    if assessment.newest(application) is None:
        return "Retribusi belum dihitung. Kami memberi tahu bila sudah."
    return _billed(application, rule) if application.state == "AWAITING_PAYMENT" else ""


def _billed(application: Application, rule: Rule) -> str:
    """Return why the bill that waits stays as it is."""
    if application.reliefs.filter(code=rule.code, state=Relief.State.REFUSED).exists():
        return (
            f"Permohonan ini sudah diputus. {reliefs.decider(rule, application)} dapat meninjau "
            "keputusannya sebelum Anda membayar; hubungi kantor."
        )
    return ""


def rule_for(application: Application, code: str) -> Rule:
    """Return the relief that the applicant may ask for in this case. Raises NotVisible."""
    found = next((rule for rule in reliefs.offered(application) if rule.code == code), None)
    if found is None:
        raise NotVisible("Keringanan ini tidak berlaku untuk permohonan Anda.")
    return found


def upload(application: Application, code: str, document: str, file: Any, *, by: Any) -> Any:
    """Take a file for a document of a request. Raises UploadRefused with the reason.

    The file is parsed before the case is locked.
    """
    slot = _slot(application, code, document, by)
    accepted = uploads.accept(file, owner=application.applicant)
    with transaction.atomic():
        application = locked(application.pk, by)
        _slot(application, code, document, by)
        return casework.keep(application, slot, accepted, by)


def _slot(application: Application, code: str, document: str, by: Any) -> str:
    rule = _askable(application, code, by)
    found = [i for i in reliefs.attached(application, rule) if i.document.code == document]
    if not found or found[0].document.calculation:
        raise NotVisible("Dokumen ini tidak diminta.")
    return found[0].slot


def _askable(application: Application, code: str, by: Any) -> Rule:
    acts.as_applicant(application, by, NOT_YOURS)
    rule = rule_for(application, code)
    if text := hindrance(application, rule):
        raise Conflict(text)
    return rule


@transaction.atomic
def ask(
    application: Application, code: str, words: str = "", *, by: Any, version: int | None = None
) -> Relief:
    """Send a request for relief; a bill that waits for money is voided, and comes anew later."""
    case = locked(application.pk, by)
    check_version(case, version, by, "ask_relief")
    rule = _askable(case, code, by)
    attached = reliefs.attached(case, rule)
    if missing := reliefs.gaps(attached):
        raise Unmet(missing)
    if case.state == "AWAITING_PAYMENT":
        void_bill(case, f"{rule.kind.capitalize()} retribusi diminta pemohon; SKRD baru terbit "
                   "sesudah keputusannya.")  # fmt: skip
    now = timezone.now()
    relief = Relief(
        application=case, code=code, holder=rule.forwarded_by or rule.decided_by, since=now,
        words=words.strip(), asked_by=by, asked_at=now, assessment=assessment.newest(case),
        documents=[
            {"label": item.document.label, "version": str(item.version.pk) if item.version else ""}
            for item in attached
        ],
    )  # fmt: skip
    try:
        with transaction.atomic():
            relief.save()
    except IntegrityError:
        raise Conflict("Permohonan ini baru saja diajukan. Muat ulang halaman.") from None
    capacity = acts.as_applicant(case, by, NOT_YOURS)
    event = write_event(relief, "ask_relief", by, capacity, words.strip(), now)
    relief_news.asked(relief, event)
    return relief


@transaction.atomic
def withdraw(relief: Relief, *, by: Any, version: int | None = None) -> Relief:
    """Take a request back; the fee is then billed as calculated."""
    case, relief = acts.held(relief, by)
    capacity = acts.as_applicant(
        case, by, "Hanya pemohon yang dapat menarik permohonan keringanan."
    )
    check_version(case, version, by, "withdraw_relief")
    acts.must_wait(relief, reliefs.NAME)
    before, now = relief.holder, timezone.now()
    relief.withdraw()
    acts.over(relief, now)
    holds.end(case.pk, reliefs.rule_of(relief).paper or "")
    event = write_event(relief, "withdraw_relief", by, capacity, "", now)
    relief_news.withdrawn(relief, event, before)
    return relief


def end(application: Application, at: datetime.datetime) -> None:
    """Close the request of a case that is over; the move that ended it is its event."""
    waiting = reliefs.open_of(application)
    if waiting is not None:
        waiting.end()
        acts.over(waiting, at)


def end_unneeded(application: Application, at: datetime.datetime) -> None:
    """Close the request of a case whose track charges no building (any more), and tell of it."""
    waiting = reliefs.open_of(application)
    if waiting is None or reliefs.charges(application):
        return
    before = waiting.holder
    end(application, at)
    holds.end(application.pk, reliefs.rule_of(waiting).paper or "")
    relief_news.unneeded(waiting, before)


def document(version: DocumentVersion) -> tuple[str, str, bool, str] | None:
    """Return of a file that goes with a request what is told where it holds a virus."""
    case = version.document.application
    for rule in reliefs.offered(case):
        for item in reliefs.attached(case, rule):
            if item.version == version and item.own:
                page = relief_news.page(case, rule.code)
                task = "Putuskan tanpa berkas itu, atau minta pemohon mengajukan lagi."
                asked = reliefs.open_of(case) is not None
                mends = not hindrance(case, rule)
                return item.document.label, page, mends, task if asked else ""
    return None
