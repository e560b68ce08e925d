"""What each move brings: papers, money, points, and messages, all in the move's transaction."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

from accounts import contacts, postings, walk_ins
from applications import (
    clock,
    dossiers,
    handing,
    papers,
    parents,
    ports,
    rules,
    since_letter,
    sites,
)
from applications.models import Act, Application, Event
from applications.requirements import made
from applications.sealing import Sealing, seal_of
from applications.workflow import Move
from documents import holds
from documents import services as documents
from imbportal import indonesia
from imbportal.daerah.ways import Link
from notifications import outbox

SENDS_POINTS = frozenset({"return_krk", "return_incomplete", "request_revision"})
CLOSES_POINTS = {
    "issue_krk": "KRK_REQUESTED",
    "accept": "SUBMITTED",
    "approve_technical": "ASSESSMENT",
}


# -- Papers and money -----------------------------------------------------------------------
def bring(
    move: Move,
    application: Application,
    *,
    link: Link | None,
    act: Act | None,
    by: Any,
    capacity: str,
    note: str,
    at: datetime.datetime,
    sealing: Sealing | None = None,
) -> dict[str, Any]:
    """Do what follows a move inside its transaction; return what the event keeps of it."""
    new_findings = _points(move, application, at)
    _before_papers(move, application, by=by, note=note, at=at)
    issued = []
    if link is not None and act is not None:
        for kind in made(application, link.papers):
            _sign(application, kind, link, act, by=by, capacity=capacity, note=note, at=at)
        given = handing.receipts(application, link.issue)
        issued += [(kind, act) for kind in made(application, given)]
    brought_along = application.rules.on_move(application.track, move.name).issue
    issued += [(kind, None) for kind in made(application, brought_along)]
    issued = [(kind, act) for kind, act in issued if not kept(application, kind)]
    # Always in one order: two cases that take the same numbers cannot wait for each other.
    issued.sort(key=lambda item: item[0])
    numbers = []
    for kind, act in issued:
        paper = _issue(application, kind, act, note=note, at=at, seal=seal_of(link, kind))
        numbers.append(f"{paper.title} {paper.number}")
        if sealing is not None:
            sealing.issued(kind, paper)
    if move.name in ENDS:
        holds.end(application.pk)
    brought: dict[str, Any] = {"papers": numbers} if numbers else {}
    if move.name in UNSETTLES and (fallen := ports.money.fallen(application, at)):
        brought["voided"] = fallen
    if new_findings:
        brought["new_findings"] = new_findings
    if move.name in SENDS_POINTS:
        brought[since_letter.KEY] = since_letter.marks(application)
    if link is not None and link.duty:
        brought["duty"] = link.duty
    if short := move.despite(application):
        brought["despite"] = short
    return brought


def _points(move: Move, application: Application, at: datetime.datetime) -> int:
    """Send or close the points of a gate; return how many of those sent are new findings."""
    new = 0
    if move.name in SENDS_POINTS:
        waiting = application.points.filter(gate=move.source[0], sent_at=None)
        new = waiting.filter(new_finding=True).count()
        waiting.update(sent_at=at)
    if gate := CLOSES_POINTS.get(move.name):
        application.points.filter(gate=gate, closed_at=None).update(closed_at=at)
    return new


def _before_papers(
    move: Move, application: Application, *, by: Any, note: str, at: datetime.datetime
) -> None:
    """Do what papers or messages of the move already show."""
    if move.name == "confirm_payment":
        ports.money.confirm(application, by, at, note)
    elif move.name == "refuse_payment":
        ports.money.refuse(application, by, note, at)
    elif move.name in ("void_skrd", *ENDS):
        _void_open_bill(application, note or move.label, at)
        if move.name in ENDS:
            ports.money.end_relief(application, at)
    elif move.name in ("issue_permit", "update_building") and _by_code(application):
        application.pickup_code = application.pickup_code or f"{secrets.randbelow(10**6):06d}"


ENDS = frozenset({"withdraw", "lapse", "reject"})
"""Moves with which a case is over: nobody pays or answers any more."""


UNSETTLES = frozenset({"confirm_payment", "void_skrd", *ENDS})
"""Moves after which a bill of interest may no longer stand."""


def _by_code(application: Application) -> bool:
    return "kode" in application.rules.handover.shows


def _void_open_bill(application: Application, reason: str, at: datetime.datetime) -> None:
    """End the bill that still waits for money, so that nobody pays for a case that stopped."""
    bill = ports.money.live_bill(application)
    if bill is not None and bill.settled_at is None:
        ports.money.void_bill(application, reason, at)
        documents.void(bill.paper, reason=reason, at=at)


def draft(
    application: Application, kind: str, *, note: str, at: datetime.datetime, anew: bool = False
) -> Any:
    """Return the paper of a kind that is being prepared; a draft nobody signed is made anew.

    One that was issued in this round stays as it is, unless it is to be issued ``anew``: a paid
    bill of an earlier round, or a letter that goes out a second time.
    """
    paper = documents.standing(application.pk, kind)
    if paper is not None and not paper.number and paper.frozen_at:
        return paper
    if paper is not None and paper.number and not anew and _of_this_round(application, paper):
        return paper
    return documents.draft(
        kind=kind,
        rules=application.rules,
        version=application.version_used,
        case=application.pk,
        content=papers.content(application, kind, note=note, at=at),
    )


def _of_this_round(application: Application, paper: Any) -> bool:
    return application.acts.filter(voided_at=None, papers=paper).exists()


def _sign(
    application: Application,
    kind: str,
    link: Link,
    act: Act,
    *,
    by: Any,
    capacity: str,
    note: str,
    at: datetime.datetime,
) -> None:
    paper = draft(application, kind, note=note, at=at)
    if link.act in ("paraf", "ttd"):
        documents.sign(paper, user=by, act=link.act, role=link.role, capacity=capacity, at=at)
        act.papers.add(paper)


def kept(application: Application, kind: str) -> bool:
    """Return whether a paper is not issued: one that outlives a return, as the receipt, and is in
    the applicant's hand, or a bill that would ask for nothing and frees of nothing."""
    if kind == "skrd" and _nothing_to_bill(application):
        return True
    if kind not in application.rules.keep:
        return False
    paper = documents.standing(application.pk, kind)
    return paper is not None and bool(paper.number)


def _nothing_to_bill(application: Application) -> bool:
    """Return whether the track has no fee at all, or an earlier bill was paid and nothing is due.

    A bill of nothing is for who was freed of his fee.
    """
    money = ports.money
    paid = not (money.due(application) or money.nothing_paid(application))
    return paid or not application.rules.track[application.track].fee


def _issue(
    application: Application, kind: str, act: Act | None, *, note: str, at: datetime.datetime,
    seal: str,
) -> Any:  # fmt: skip
    """Give a paper its number in this transaction; letters may be issued again and again."""
    paper = draft(application, kind, note=note, at=at, anew=True)
    if kind == parents.KIND:
        parents.take_over(application, paper, at)
    paper = documents.issue(paper, at=at, kecamatan=application.kecamatan, seal=seal)
    if act is not None:
        act.papers.add(paper)
    if kind == "skrd":
        ports.money.bill(application, paper, at)
    return paper


# -- Messages -------------------------------------------------------------------------------
NEXT = {
    "KRK_INCOMPLETE": "Jawab setiap catatan lalu kirim ulang permohonan KRK.",
    "KRK_ISSUED": "Lengkapi isian dan unggah persyaratan, lalu kirim permohonan.",
    "INCOMPLETE": "Jawab setiap catatan, ganti dokumen yang diminta, lalu kirim perbaikan.",
    "REVISION": "Perbaiki rencana teknis sesuai catatan, lalu kirim perbaikan.",
    "AWAITING_PAYMENT": "Bayar retribusi sesuai SKRD, lalu unggah bukti pembayaran.",
    "REJECTED": "Baca alasan dan cara mengajukan keberatan dalam surat penolakan.",
    "LAPSED": "Hubungi kantor bila permohonan masih ingin diteruskan.",
    "COLLECTED": "",
    "WITHDRAWN": "",
}
ENDED = {
    "detail": "",
    "next": "Surat kuasa Anda sudah berakhir. Perbarui surat kuasa untuk membaca kabar ini.",
    "by_when": "",
}
"""Told to an agent whose letter of attorney has ended: that there is news, not which."""
WAIT = "Tidak ada yang perlu Anda lakukan sekarang; kami memberi tahu bila giliran Anda."


def tell(
    event: Event, application: Application, *, link: Link | None, move: Move,
    passed: Sequence[Move] = (),
) -> None:  # fmt: skip
    """Write the messages of a move: by the channels that the file says, and always the inbox.

    ``passed`` are the moves by which the portal then went through stages that the track lacks:
    hidden themselves, they lend this message what the file wishes of them.
    """
    on_move = application.rules.on_move
    wishes: dict[str, str] = {}
    for name in (*(item.name for item in reversed(passed)), move.name):
        wishes |= on_move(application.track, name).notify
    wishes = {**(link.notify if link else {}), **wishes}
    done = on_move(application.track, move.name).done or (link.done if link else "")
    step = next(iter(event.steps[-1:]), None)
    headline = (done or move.label).rstrip(".")
    if wishes.get("pemohon") or not internal(move):
        _tell_applicant(event, application, headline, wishes.get("pemohon"), step)
    _tell_office(event, application, headline, wishes.get("kantor"), step)
    if event.seq == 1 and application.received_on:
        dossiers.tell_head(event, application, office_url(application))


def internal(move: Move) -> bool:
    """Return whether a move goes to and fro within the office: its reason is no applicant's."""
    return move.reason and move.name not in TO_APPLICANT


TO_APPLICANT = frozenset(
    {"refuse_krk", "refuse_payment", "void_skrd", "undo_accept", "reopen", "withdraw",
     "ask_relief", "grant_relief", "refuse_relief", "void_strd", "refuse_strd_proof",
     "ask_objection", "grant_objection", "partly_objection", "refuse_objection", "open_refund",
     "return_refund", "refuse_refund", "cancel_refund", "warn_paper", "freeze_paper",
     "lift_paper", "revoke_paper", "replace_paper"}
)  # fmt: skip
"""Moves whose written reason is meant for the applicant, or is his own."""


def note_to_applicant(event: Event) -> str:
    """Return the words of an event that its applicant may read."""
    written = event.note.text if event.note_hash and hasattr(event, "note") else ""
    return written if event.move in TO_APPLICANT else ""


def _tell_applicant(
    event: Event, application: Application, headline: str, wish: str | None, step: int | None
) -> None:
    user, acts = application.applicant, rules.acts(application)
    news = {
        "detail": _detail(event, application, note_to_applicant(event)),
        "next": what_next(application),
        "by_when": _by_when(application),
    }
    outbox.send(
        template="langkah",
        key=f"event:{event.pk}:pemohon",
        user=user,
        channels=contacts.channels(user, wish) if wish else [],
        context=_context(event, application, headline if acts else "Ada kabar baru")
        | (news if acts else ENDED),
        daerah=application.daerah,
        case=application.pk,
        step=step,
        url=application.get_absolute_url(),
    )


def what_next(application: Application) -> str:
    """Return what the applicant must do now."""
    if application.state == "READY":
        return handing.what_next(application)
    if application.state == "AWAITING_PAYMENT" and (office := handing.paid_through(application)):
        return f"Bayar retribusi sesuai SKRD di {office}; kantor itu meneruskan buktinya."
    return NEXT.get(application.state, WAIT)


def _context(event: Event, application: Application, headline: str) -> dict[str, Any]:
    return {
        "permit": application.rules.service.permit,
        "number": application.number,
        "place": application.address,
        "headline": headline,
        "office": application.rules.office.name,
    }


def _detail(event: Event, application: Application, note: str) -> str:
    points = application.points.filter(sent_at=event.at) if event.move in SENDS_POINTS else []
    lines = [note, *(f"- {papers.point_line(application, point)}" for point in points)]
    lines.append(sites.announced(application, event))
    if application.state == "READY" and application.pickup_code:
        lines.append(_code(application))
        if late := clock.overdue(application):
            lines.append(late.text)
    return "\n".join(line for line in lines if line)


def _code(application: Application) -> str:
    """Return the line with the pick-up code; where no address is confirmed, where it is given."""
    if walk_ins.standing(application.applicant):
        return "Kode pengambilan diberikan di loket kepada pembawa tanda terima dan KTP."
    return f"Kode pengambilan: {application.pickup_code}"


def _by_when(application: Application) -> str:
    bill = ports.money.live_bill(application) if application.state == "AWAITING_PAYMENT" else None
    end = bill.due_date if bill else clock.lapse_end(application)
    return indonesia.tanggal(end) if end else ""


def _cashier(application: Application, *, begins: bool, wished: bool) -> str:
    """Return who is told while a bill waits: the paying office as it ``begins``, else, where the
    file wishes it, who will check the proof."""
    paying = application.rules.on_move(application.track, "submit_payment").role
    if paying and begins:
        return paying
    review = application.rules.chains(application.track)["PAYMENT_REVIEW"]
    return review[0].role if wished else ""


def _tell_office(
    event: Event, application: Application, headline: str, wish: str | None, step: int | None
) -> None:
    """Tell those whose turn it is; where the applicant acts, those who will check his act."""
    role, stays = application.turn_role, event.source == application.state
    if not role and application.state == "AWAITING_PAYMENT":
        role = _cashier(application, begins=not stays, wished=bool(wish))
    if not role or (stays and event.turn_after == event.turn_before and not wish):
        return
    link, path = application.link, office_url(application)
    written = event.note.text if event.note_hash else ""
    holders = postings.holders(application.daerah, role, kecamatan=application.kecamatan)
    outbox.send_each(
        [
            (
                f"event:{event.pk}:kantor:{officer.pk}",
                officer,
                contacts.channels(officer, wish) if wish else [],
            )
            for officer in holders
        ],
        template="kantor",
        context=_context(event, application, headline)
        | {
            "detail": written,
            "task": link.label if link else "",
            "by_when": indonesia.tanggal(application.due_at) if application.due_at else "",
        },
        daerah=application.daerah,
        case=application.pk,
        step=step,
        url=path,
    )


def office_url(application: Application) -> str:
    """Return the path of the case in the officers' site."""
    from django.urls import reverse

    return reverse("admin:case", args=[application.pk])
