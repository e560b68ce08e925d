"""What pages say of objections and refunds: the applicant's cards, the desk's panel and queue."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from applications import clock, rules
from applications.models import Application
from applications.views import paper_files
from imbportal.indonesia import rupiah, tanggal
from retribusi import office
from retribusi.acts import title_of
from retribusi.corrections import objections, refunds, ruling
from retribusi.models import Objection, Refund, Strd

TONES = {
    "diajukan": "due", "diteruskan": "due", "dikabulkan": "good", "sebagian": "good",
    "terbuka": "due", "disetujui": "due", "dibayarkan": "good",
}  # fmt: skip


# -- The applicant ------------------------------------------------------------------------------
def correction_cards(application: Application, user: Any) -> list[dict[str, Any]]:
    """Return a card for each refund, for the newest objection, and for the way to object."""
    cards = [_of_refund(application, refund) for refund in application.refunds.order_by("-pk")]
    last = application.objections.order_by("-pk").first()
    if last is not None and last.state != Objection.State.ENDED:
        last.application = application
        cards.append(_of_objection(last))
    bill = objections.billed(application)
    if bill is None or objections.open_of(application) is not None:
        return cards
    if application.rules.objection is None:
        # Where to turn is said while there is something to object to: as long as it is unpaid.
        return [*cards, _nowhere(application)] if bill.settled_at is None else cards
    return cards if objections.hindrance(application) else [*cards, _offer(application, bill)]


def _offer(application: Application, bill: Any) -> dict[str, Any]:
    end = objections.last_day(application, bill)
    until = f"Paling lambat {tanggal(end)}. " if end else ""
    decider = title_of(application, objections.rule_of(application).decided_by)
    due = "" if bill.settled_at else (
        f" Keberatan tidak menunda jatuh tempo ({tanggal(bill.due_date)})."
    )  # fmt: skip
    return {
        "title": "Tidak setuju dengan SKRD ini?",
        "text": f"Ajukan keberatan kepada {decider}. {until}{due}".strip(),
        "url": reverse("retribusi:objection", args=[application.pk]),
        "button": "Ajukan keberatan",
    }


def _nowhere(application: Application) -> dict[str, Any]:
    return {
        "title": "Tidak setuju dengan SKRD ini?",
        "text": objections.in_words(application.rules),
    }


def _of_objection(objection: Objection) -> dict[str, Any]:
    case, waits = objection.application, objection.state in Objection.OPEN
    day = tanggal(clock.local_date(case, objection.since))
    if waits:
        text = f"Di tangan {title_of(case, objection.holder)} sejak {day}."
        if objection.due_on:
            text += f" Diputus paling lambat {tanggal(objection.due_on)}."
    else:
        text = f"{day}. {ruling.follows(objection) if objection.paper_id else ''}".strip()
    return {
        "title": f"Keberatan atas SKRD {objection.bill.number}",
        "badge": objection.get_state_display(),
        "tone": TONES.get(objection.state, "plain"),
        "text": text,
        "reason": objection.reason,
        "papers": _papers(case, objection.receipt_id, objection.paper_id),
        "withdraw": reverse("retribusi:objection_withdraw", args=[case.pk]) if waits else "",
    }


def _of_refund(case: Application, refund: Refund) -> dict[str, Any]:
    """Return where the money is, and what the applicant does next."""
    State = Refund.State
    day = tanggal(clock.local_date(case, refund.since))
    who = title_of(case, refund.holder)
    text = {
        State.OPEN: "Isi bank dan nomor rekening supaya dapat dibayarkan.",
        State.FILED: f"Menunggu persetujuan {who} sejak {day}.",
        State.APPROVED: f"Disetujui. Menunggu pembayaran oleh {who} sejak {day}.",
        State.PAID: f"Dibayarkan {tanggal(refund.paid_on) if refund.paid_on else day} ke "
        f"{refund.bank}, rekening {refund.account_masked}. Nomor referensi {refund.reference}.",
        State.REFUSED: f"Tidak disetujui {day}.",
        State.CANCELLED: f"Dibatalkan {day}.",
    }[refund.state]
    mine = refund.state == State.OPEN
    return {
        "title": f"Pengembalian {rupiah(refund.amount)}",
        "badge": refund.get_state_display(),
        "tone": TONES.get(refund.state, "plain"),
        "lead": f"{refund.get_cause_display()}.",
        "text": text,
        "reason": refund.reason,
        "papers": _papers(case, refund.paper_id),
        "slip": refund.slip_id,
        "mine": mine,
        "url": reverse("retribusi:refund", args=[case.pk, refund.pk]) if mine else "",
        "button": "Isi rekening" if mine else "",
    }


def _papers(case: Application, *pks: Any) -> list[dict[str, Any]]:
    wanted = {pk for pk in pks if pk}
    if not wanted:
        return []
    return [item for item in paper_files.listed(case) if item["paper"].pk in wanted]


# -- The desk -----------------------------------------------------------------------------------
def acts_now(row: Any, user: Any) -> bool:
    """Return whether an objection or a refund waits for the user himself."""
    case = row.application
    if not row.holder or rules.same_person(case, user):
        return False
    mine = rules.roles_of(case, user)
    if isinstance(row, Refund) and row.state == Refund.State.APPROVED:
        return bool(mine & {*refunds.payers(case)}) and row.approved_by_id != user.pk
    return row.holder in mine


def corrections_on_desk(case: Application, user: Any) -> list[dict[str, Any]]:
    """Return what there is of a case, newest first, each with whether the user acts on it."""
    rows = [*case.objections.order_by("-pk")[:3], *case.refunds.order_by("-pk")[:5]]
    return [_line(case, row, user) for row in rows]


def _line(case: Application, row: Any, user: Any) -> dict[str, Any]:
    row.application = case
    day, who = tanggal(clock.local_date(case, row.since)), title_of(case, row.holder)
    refund = isinstance(row, Refund)
    name = f"Pengembalian {rupiah(row.amount)}" if refund else f"Keberatan atas {row.bill}"
    if refund and row.state == Refund.State.OPEN:
        who = "pemohon"
    return {
        "name": name,
        "state": row.get_state_display(),
        "text": f"di tangan {who} sejak {day}" if who else day,
        "waits": bool(who),
        "mine": acts_now(row, user),
        "todo": "" if refund else ruling.task(row),
        "url": address(row),
    }


def opens_refund(case: Application, user: Any) -> bool:
    """Return whether a user may open a refund by hand: a keeper of the money, or the head."""
    paid = case.payments.exists() or case.strds.filter(state=Strd.State.PAID).exists()
    if rules.same_person(case, user) or not paid:
        return False
    return bool(rules.roles_of(case, user) & {*refunds.payers(case), case.rules.head})


def address(row: Any) -> str:
    """Return the page of the desk on which one is worked at."""
    return refunds.page(row) if isinstance(row, Refund) else objections.page(row.application)


def corrections_waiting(user: Any, daerah: str) -> list[dict[str, Any]]:
    """Return what waits for a user in a daerah, the oldest first."""
    found: list[Any] = []
    for model in (Objection, Refund):
        mine = office.mine(model, user, daerah)[: office.SHOWN]
        found += [row for row in mine if acts_now(row, user)]
    return [
        {
            "number": row.application.number,
            "name": row.application.holder.name if row.application.holder else "",
            "what": _line(row.application, row, user)["name"],
            "since": clock.local_date(row.application, row.since),
            "url": address(row),
        }
        for row in sorted(found, key=lambda row: row.since)
    ]
