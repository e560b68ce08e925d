"""What the office does with interest: it warns, proposes, signs and voids an STRD.

Each function locks the case, refuses as ``services.perform`` does, writes an event into the case's
chain, and raises ``version``. None of it moves the case: the permit waits for the principal alone.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from applications.refusals import Conflict, Unmet
from applications.sealing import Sealing
from applications.services import check_version
from documents import holds
from documents import services as documents
from imbportal.daerah import registry
from imbportal.daerah.interest import PAPER
from imbportal.indonesia import tanggal
from retribusi import acts
from retribusi.arrears import news, paper
from retribusi.arrears.owed import Owed, account, next_amount, of_bill, rules_of, warned
from retribusi.arrears.steps import (
    held,
    may,
    open_strd,
    signatory,
    treasurer,
    write_event,
)
from retribusi.billing import check_digit
from retribusi.models import Skrd, Strd, StrdProof

State, Status = Strd.State, StrdProof.Status
RECKONED_ANEW = "Pokok sudah dibayar; bunga dihitung ulang sampai hari pembayarannya."
WITH_BILL = "SKRD-nya dibatalkan: {}"
LATER_BY = 50
"""Codes of STRD count from here behind those of the bills over the same calculation."""


# -- Why not --------------------------------------------------------------------------------
def hindrance(owed: Owed) -> list[str]:
    """Return why no STRD can be proposed over a bill now, and what to do; nothing where it can."""
    case, bill, rule = owed.bill.application, owed.bill, owed.rule
    if bill.voided_at is not None:
        return ["SKRD ini sudah batal, jadi tidak berbunga."]
    if not owed.late:
        return ["SKRD ini tidak terlambat dibayar."]
    if rule is None:
        day = tanggal(bill.due_date)
        return [f"Tidak ada aturan bunga untuk SKRD yang jatuh tempo {day}."]
    if owed.proof is not None:
        return ["Bukti pembayaran pokok menunggu pemeriksaan. Putuskan dulu bukti itu."]
    if owed.open is not None:
        return [_of_open(owed.open)]
    if not owed.left:
        return ["Tidak ada bunga yang belum ditagih."]
    other = case.strds.filter(state=State.DRAFT).exclude(skrd=bill).first()
    missing = [] if other is None else [
        f"Masih ada konsep STRD atas SKRD {other.skrd.number}. Tanda tangani atau batalkan dulu."
    ]  # fmt: skip
    if rule.warn and warned(bill) is None:
        missing.append("Sampaikan surat teguran dulu; aturan bunga ini memintanya.")
    return missing + unbillable(owed)


def _of_open(strd: Strd) -> str:
    if strd.state == State.DRAFT:
        return "Konsep STRD sudah ada dan menunggu tanda tangan."
    return f"STRD {strd.number} belum dibayar. Tagih lagi sesudah dibayar, atau batalkan dulu."


def unbillable(owed: Owed) -> list[str]:
    """Return why no STRD may rest on what the file says: a sample is for the demo only."""
    case, missing = owed.bill.application, []
    if PAPER not in rules_of(case).paper:
        missing.append(
            "Berkas daerah belum memuat surat STRD (paper.strd). Minta admin daerah melengkapinya."
        )
    if settings.DEMO:
        return missing
    if owed.rule is not None and owed.rule.contoh:
        missing.append(
            "Aturan bunga masih contoh, belum dikonfirmasi daerah. Minta admin daerah mengisi "
            "[[interest]] beserta dasarnya."
        )
    if not account(owed.bill):
        missing.append(
            "Kode rekening bunga belum ditetapkan. Minta admin daerah mengisi kode_rekening.bunga."
        )
    return missing


# -- Acts -----------------------------------------------------------------------------------
@transaction.atomic
def warn(bill: Skrd, *, by: Any, version: int | None = None) -> None:
    """Send a warning (surat teguran) and keep it on the record of the case."""
    case, owed = held(bill, by)
    capacity = treasurer(case, by)
    check_version(case, version, by, "warn_bill")
    if not owed.late or owed.paid:
        raise Conflict("SKRD ini sudah dibayar atau belum lewat jatuh tempo; tidak perlu teguran.")
    if owed.proof is not None:
        raise Conflict("Bukti pembayaran menunggu pemeriksaan. Putuskan dulu bukti itu.")
    event = write_event(owed.bill, "warn_bill", by, capacity, "", timezone.now())
    news.warned(owed, event)


@transaction.atomic
def propose(bill: Skrd, *, by: Any, version: int | None = None) -> Strd:
    """Draw up an STRD over the months that were not billed yet; who signs it is told."""
    case, owed = held(bill, by)
    capacity = treasurer(case, by)
    check_version(case, version, by, "propose_strd")
    if missing := hindrance(owed):
        raise Unmet(missing)
    now = timezone.now()
    strd = drafted(owed, by, now)
    try:
        with transaction.atomic():
            strd.paper = _write(strd, now)
            strd.save()
    except IntegrityError:
        raise Conflict("Konsep STRD baru saja dibuat. Muat ulang halaman.") from None
    event = write_event(owed.bill, "propose_strd", by, capacity, "", now)
    news.proposed(strd, event)
    return strd


def drafted(owed: Owed, by: Any, at: datetime.datetime) -> Strd:
    """Return the STRD that would be proposed now, not saved; nobody types an amount."""
    bill, rule = owed.bill, owed.rule
    if rule is None:
        raise LookupError("no rule of interest for this due date")
    return Strd(
        application=bill.application, skrd=bill, principal=bill.amount, unpaid=owed.unpaid,
        percent=rule.percent, months_before=owed.months_billed, months=owed.months,
        until=owed.until, before=owed.billed, amount=next_amount(owed),
        rule=json.loads(rule.model_dump_json()), sample=rule.contoh, code=account(bill),
        payment_code=_code(bill), drafted_by=by, drafted_at=at,
    )  # fmt: skip


@transaction.atomic
def issue(
    bill: Skrd, pk: Any, *, by: Any, version: int | None = None, sealing: Sealing | None = None
) -> Strd:
    """Sign a concept: it gets its number and date, and the applicant is told.

    One that its signatory seals comes with him through ``signing.sign_beside`` (``sealing``).
    """
    case, owed = held(bill, by)
    capacity = signatory(case, by)
    check_version(case, version, by, "issue_strd")
    strd = open_strd(owed, pk, State.DRAFT)
    if missing := outdated(strd, owed) + unbillable(owed):
        raise Unmet(missing)
    now = acts.moment(sealing)
    printed = _write(strd, now)
    role = rules_of(case).paper[PAPER].signed_by or ""
    documents.sign(printed, user=by, act="ttd", role=role, capacity=capacity, at=now)
    printed = acts.give_out(case, printed, now, sealing)
    strd.issue()
    strd.number, strd.issued_by, strd.issued_at = printed.number or "", by, now
    strd.due_date = paper.due_date(strd, now)
    strd.save(update_fields=["state", "number", "issued_by", "issued_at", "due_date"])
    name = f"{printed.title} {printed.number}"
    event = write_event(
        owed.bill, "issue_strd", by, capacity, "", now, strd=strd.number, papers=[name]
    )
    news.issued(strd, event)
    return strd


def outdated(strd: Strd, owed: Owed) -> list[str]:
    """Return why a concept cannot be signed as it stands; nothing where it can."""
    if owed.proof is not None:
        return ["Bukti pembayaran pokok menunggu pemeriksaan. Putuskan dulu bukti itu."]
    same = (strd.unpaid, strd.before) == (owed.unpaid, owed.billed)
    if strd.months > owed.months or not same:
        return ["Bunga berubah sejak konsep ini dibuat. Batalkan, lalu buat konsep baru."]
    return []


@transaction.atomic
def void(bill: Skrd, pk: Any, reason: str, *, by: Any, version: int | None = None) -> Strd:
    """Void an STRD that is not paid, for a reason; another one gets another number.

    A concept may be dropped by whoever may draw it up or sign it, an issued one by who signs.
    """
    case, owed = held(bill, by)
    concept = owed.open is not None and owed.open.state == State.DRAFT
    check = treasurer if concept and may(case, by, treasurer) else signatory
    capacity = check(case, by)
    check_version(case, version, by, "void_strd")
    strd = open_strd(owed, pk, State.DRAFT, State.ISSUED)
    if not reason.strip():
        raise Unmet(["Tulis alasan pembatalannya; pemohon membacanya."])
    now = timezone.now()
    _end(strd, reason.strip(), by, now)
    event = write_event(owed.bill, "void_strd", by, capacity, reason.strip(), now, strd=strd.number)
    if strd.number:
        news.voided(strd, event)
    return strd


def fallen(application: Application, at: datetime.datetime) -> list[str]:
    """Void, in the transaction of a move, each open STRD that no longer stands after it.

    Its bill was voided, or the principal turned out to be paid before the months that it asks for;
    a concept is drawn up anew once the principal is paid. Returns the papers that fell, for the
    event of the move.
    """
    sistem, names = User.objects.sistem(), []
    for strd in application.strds.filter(state__in=Strd.OPEN).select_related("skrd__assessment"):
        bill = strd.skrd
        strd.application = bill.application = application
        if bill.voided_at is not None:
            reason = WITH_BILL.format(bill.void_reason)
        elif _overtaken(strd, of_bill(bill)):
            reason = RECKONED_ANEW
        else:
            continue
        _end(strd, reason, sistem, at)
        if strd.number:
            names.append(f"{strd.paper.title} {strd.number}")
            news.fell(strd)
    return names


def _overtaken(strd: Strd, owed: Owed) -> bool:
    return strd.months > owed.months or (strd.state == State.DRAFT and strd.unpaid != owed.unpaid)


def _end(strd: Strd, reason: str, by: Any, at: datetime.datetime) -> None:
    """Void the row and its paper; a slip that waits for the treasurer is refused with it."""
    strd.void()
    strd.voided_by, strd.voided_at, strd.void_reason = by, at, reason
    strd.save(update_fields=["state", "voided_by", "voided_at", "void_reason"])
    documents.void(strd.paper, reason=reason, at=at)
    holds.end(strd.application_id, PAPER)
    strd.proofs.filter(status=Status.FILED).update(
        status=Status.REFUSED, reason=f"STRD dibatalkan. {reason}", judged_at=at
    )


def _write(strd: Strd, at: datetime.datetime) -> Any:
    case = strd.application
    return documents.draft(
        kind=PAPER, rules=rules_of(case), version=registry.current_version(case.daerah),
        case=case.pk, content=paper.content(strd, at),
    )  # fmt: skip


def _code(bill: Skrd) -> str:
    """Return fifteen digits of this STRD alone, behind those of the bills over one calculation."""
    region = bill.application.rules.region_code.replace(".", "")
    known = Strd.objects.filter(skrd__assessment=bill.assessment_id).count()
    digits = f"{region}{bill.assessment_id:08d}{LATER_BY + known:02d}"
    return digits + check_digit(digits)
