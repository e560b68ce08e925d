"""What the office does with an objection: it forwards, grants (in part) or refuses it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from applications.refusals import Barred, Conflict, Unmet
from applications.sealing import Sealing
from applications.services import check_version
from imbportal.indonesia import rupiah, tanggal
from retribusi import acts, news
from retribusi.corrections import objections, refunds
from retribusi.models import Objection, Refund

GIVE_REASONS = "Tulis pertimbangannya; pemohon membacanya dalam surat keputusan."
LATE = frozenset({"ISSUED", "READY", "COLLECTED"})
"""States from which no move leads back to the fee: what was upheld goes back by hand."""
HOW = {"grant": "grant", "partly": "grant_in_part", "refuse": "refuse"}
"""Transition of each decision."""


@transaction.atomic
def forward(objection: Objection, *, by: Any, version: int | None = None) -> Objection:
    """Send an objection on to who decides."""
    case, objection = acts.held(objection, by)
    rule = objections.rule_of(case)
    capacity = acts.in_office(case, by, [rule.forwarded_by])
    check_version(case, version, by, "forward_objection")
    acts.must_wait(objection, objections.NAME)
    if objection.state != Objection.State.ASKED:
        raise Conflict(f"Sekarang di tangan {acts.title_of(case, objection.holder)}.")
    now = timezone.now()
    objection.forward()
    objection.holder, objection.since = rule.decided_by, now
    objection.save()
    event = acts.write(case, "forward_objection", by, capacity, "", now)
    who = acts.title_of(case, rule.decided_by)
    news.applicant(case, event, f"Keberatan atas SKRD diteruskan kepada {who}",
                   wish=rule.notify.get("pemohon"))  # fmt: skip
    news.office(
        case, event, [rule.decided_by], "Keberatan atas SKRD masuk",
        task="Putuskan keberatan ini.", url=objections.page(case),
        wish=rule.notify.get("kantor"),
    )  # fmt: skip
    return objection


@transaction.atomic
def decide(
    act: str, objection: Objection, reason: str, *, by: Any, version: int | None = None,
    amount: int | None = None, sealing: Sealing | None = None,
) -> Objection:  # fmt: skip
    """Decide (``grant``, ``partly`` or ``refuse``) with a reason: the numbered letter goes out.

    After the permit nothing is calculated anew: the ``amount`` by which the bill was too high goes
    back, and its refund opens with the decision. A letter that its signatory seals comes with him
    through ``signing.sign_beside`` (``sealing``).
    """
    case, objection = acts.held(objection, by)
    rule = objections.rule_of(case)
    capacity = acts.in_office(case, by, [rule.decided_by])
    check_version(case, version, by, f"{act}_objection")
    acts.must_wait(objection, objections.NAME)
    if objection.holder != rule.decided_by:
        raise Conflict(f"Keberatan ini masih di tangan {acts.title_of(case, objection.holder)}.")
    if text := objections.conflict_of(objection, by):
        raise Barred(text)
    if not reason.strip():
        raise Unmet([GIVE_REASONS])
    now = acts.moment(sealing)
    getattr(objection, HOW[act])()
    acts.decided(objection, reason.strip(), by=by, capacity=capacity, at=now)
    back = amount if amount is not None and returns(objection) else None
    objection.paper = acts.decision(
        case, rule.paper, rule.decided_by, now, by=by, capacity=capacity,
        note=rupiah(back) if back else "", seals=sealing,
    )  # fmt: skip
    objection.save()
    event = acts.write(
        case, f"{act}_objection", by, capacity, objection.reason, now,
        papers=[acts.named(objection.paper)],
    )  # fmt: skip
    if back is not None:
        refunds.open_refund(
            case, back, Refund.Cause.OBJECTION, by=by, key=f"keberatan:{objection.pk}",
            note=objection.reason, capacity=capacity, at=now,
        )  # fmt: skip
    _tell(objection, event)
    return objection


grant, partly, refuse = (partial(decide, act) for act in HOW)
"""The decisions, each as what is done with an objection."""


def returns(objection: Objection) -> int:
    """Return what of a paid bill could still go back by an objection after the permit, else 0."""
    case = objection.application
    if case.state not in LATE or objection.state == Objection.State.REFUSED:
        return 0
    return refunds.left(case, Refund.Cause.OBJECTION)


def _opened(objection: Objection) -> Refund | None:
    """Return the refund of what was upheld after the permit; one that was called off is none."""
    found = objection.application.refunds.filter(cause=Refund.Cause.OBJECTION)
    return found.exclude(state=Refund.State.CANCELLED).order_by("-pk").first()


def follows(objection: Objection, amount: str = "") -> str:
    """Return what comes of a decision, for the applicant; ``amount`` is to go back."""
    bill = objection.bill
    if objection.state not in Objection.UPHELD:
        paid = "SKRD tetap berlaku."
        return paid if bill.settled_at else f"{paid} Bayar paling lambat {tanggal(bill.due_date)}."
    if objection.application.state == "PAYMENT_REVIEW":
        return "Pembayaran Anda diperiksa dulu; sesudah itu retribusi dihitung ulang."
    if bill.settled_at is None:
        return (
            "SKRD dibatalkan dan retribusi dihitung ulang; SKRD baru dengan nomor baru "
            "disampaikan sesudahnya. Jangan membayar SKRD yang lama."
        )
    if objection.application.state in LATE:
        refund = _opened(objection)
        amount = amount or (rupiah(refund.amount) if refund else "Kelebihan yang sudah dibayar")
        return f"{amount} dikembalikan; isi rekeningnya pada halaman permohonan bila diminta."
    return "Retribusi dihitung ulang; kelebihan yang sudah dibayar dikembalikan."


def task(objection: Objection) -> str:
    """Return what the office must do after a decision, "" where nothing."""
    case, bill = objection.application, objection.bill
    if objection.state not in Objection.UPHELD or bill.voided_at is not None:
        return ""
    if case.state == "PAYMENT_REVIEW":
        return "Selesaikan pemeriksaan pembayaran, lalu hitung ulang retribusinya."
    if bill.settled_at is None:
        return f"{acts.title_of(case, case.rules.head)}: batalkan SKRD {bill.number}."
    if not objections.unsettled(case):
        return ""
    if case.state == "PERMIT_SIGNING":
        return "Kembalikan permohonan ke penilaian, lalu hitung ulang retribusinya."
    if case.state not in LATE or _opened(objection) is not None:
        return ""
    return "Buka pengembalian sebesar kelebihan menurut keputusan ini."


def _tell(objection: Objection, event: Any) -> None:
    case, rule = objection.application, objections.rule_of(objection.application)
    headline = f"Keberatan atas SKRD {objection.get_state_display().lower()}"
    number = f"{objection.paper.title} nomor {objection.paper.number}."
    news.applicant(
        case, event, headline, detail=f"{objection.reason}\n{number}", next_=follows(objection),
        wish=rule.notify.get("pemohon") or news.TOLD,
    )  # fmt: skip
    if what := task(objection):
        late = case.state in LATE or objection.bill.settled_at is None
        role = case.rules.head if late else case.turn_role
        news.office(case, event, [role], headline, task=what, url=objections.page(case))
