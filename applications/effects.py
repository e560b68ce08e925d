"""What each move brings: papers, money, points, and messages, all in the move's transaction."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

from accounts import contacts, postings
from applications import clock, papers, ports
from applications.models import Act, Application, Event
from applications.workflow import Move
from documents import services as documents
from imbportal import indonesia
from imbportal.daerah.schema import Link
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
) -> dict[str, Any]:
    """Do what follows a move inside its transaction; return what the event keeps of it."""
    _points(move, application, at)
    _before_papers(move, application, by=by, note=note, at=at)
    issued = []
    if link is not None and act is not None:
        for kind in link.papers:
            _sign(application, kind, link, act, by=by, capacity=capacity, note=note, at=at)
        issued += [(kind, act) for kind in link.issue]
    issued += [
        (kind, None) for kind in application.rules.on_move(application.track, move.name).issue
    ]
    numbers = [_issue(application, kind, act, note=note, at=at) for kind, act in issued]
    brought: dict[str, Any] = {"papers": numbers} if numbers else {}
    if link is not None and link.duty:
        brought["duty"] = link.duty
    return brought


def _points(move: Move, application: Application, at: datetime.datetime) -> None:
    if move.name in SENDS_POINTS:
        application.points.filter(sent_at=None).update(sent_at=at)
    if gate := CLOSES_POINTS.get(move.name):
        application.points.filter(gate=gate, closed_at=None).update(closed_at=at)


def _before_papers(
    move: Move, application: Application, *, by: Any, note: str, at: datetime.datetime
) -> None:
    """Do what papers or messages of the move already show."""
    if move.name == "confirm_payment":
        ports.money.confirm(application, by, at)
    elif move.name == "refuse_payment":
        ports.money.refuse(application, by, note, at)
    elif move.name == "void_skrd":
        paper = documents.standing(application.pk, "skrd")
        ports.money.void_bill(application, note, at)
        if paper is not None:
            documents.void(paper, reason=note, at=at)
    elif move.name in ("issue_permit", "update_building"):
        application.pickup_code = application.pickup_code or f"{secrets.randbelow(10**6):06d}"


def _draft(application: Application, kind: str, *, note: str, at: datetime.datetime) -> Any:
    """Return the standing paper of a kind, its draft made anew where none is frozen."""
    standing = documents.standing(application.pk, kind)
    if standing is not None and (standing.frozen_at or standing.number):
        return standing
    return documents.draft(
        kind=kind,
        rules=application.rules,
        version=application.version_used,
        case=application.pk,
        content=papers.content(application, kind, note=note, at=at),
    )


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
    paper = _draft(application, kind, note=note, at=at)
    if link.act in ("paraf", "ttd"):
        documents.sign(paper, user=by, act=link.act, role=link.role, capacity=capacity, at=at)
        act.papers.add(paper)


def _issue(
    application: Application, kind: str, act: Act | None, *, note: str, at: datetime.datetime
) -> str:
    """Give a paper its number in this transaction; letters may be issued again and again."""
    paper = documents.standing(application.pk, kind)
    if paper is None or paper.number:
        paper = documents.draft(
            kind=kind,
            rules=application.rules,
            version=application.version_used,
            case=application.pk,
            content=papers.content(application, kind, note=note, at=at),
        )
    elif not paper.frozen_at:
        paper = _draft(application, kind, note=note, at=at)
    paper = documents.issue(paper, at=at, kecamatan=application.kecamatan)
    if act is not None:
        act.papers.add(paper)
    if kind == "skrd":
        ports.money.bill(application, paper, at)
    return f"{paper.title} {paper.number}"


# -- Messages -------------------------------------------------------------------------------
NEXT = {
    "KRK_INCOMPLETE": "Jawab setiap catatan lalu kirim ulang permohonan KRK.",
    "KRK_ISSUED": "Lengkapi isian dan unggah persyaratan, lalu kirim permohonan.",
    "INCOMPLETE": "Jawab setiap catatan, ganti dokumen yang diminta, lalu kirim perbaikan.",
    "REVISION": "Perbaiki rencana teknis sesuai catatan, lalu kirim perbaikan.",
    "AWAITING_PAYMENT": "Bayar retribusi sesuai SKRD, lalu unggah bukti pembayaran.",
    "READY": "Ambil izin di loket dengan membawa kode pengambilan.",
}
WAIT = "Tidak ada yang perlu Anda lakukan sekarang; kami memberi tahu bila giliran Anda."
CLOSED = frozenset({"COLLECTED", "REJECTED", "WITHDRAWN", "LAPSED"})


def tell(
    event: Event,
    application: Application,
    *,
    link: Link | None,
    move: Move,
    passed: Sequence[Move] = (),
) -> None:
    """Write the messages of a move: by the channels that the file says, and always the inbox.

    ``passed`` are the moves that *sistem* made through stages that the track lacks: their messages
    go out with this one, and the state that the reader finds is the one behind them.
    """
    ons = [application.rules.on_move(application.track, m.name) for m in (move, *passed)]
    wishes = dict(link.notify) if link else {}
    for on in ons:
        wishes |= on.notify
    step = next(iter(event.steps[-1:]), None)
    headline = ons[0].done or (link.done if link else "") or f"{move.label}."
    _tell_applicant(event, application, headline, wishes.get("pemohon"), step)
    _tell_office(event, application, headline, wishes.get("kantor"), step)


def _tell_applicant(
    event: Event, application: Application, headline: str, wish: str | None, step: int | None
) -> None:
    user = application.applicant
    outbox.send(
        template="langkah",
        key=f"event:{event.pk}:pemohon",
        user=user,
        channels=contacts.channels(user, wish) if wish else [],
        context=_context(event, application, headline),
        daerah=application.daerah,
        case=application.pk,
        step=step,
        url=application.get_absolute_url(),
    )


def _context(event: Event, application: Application, headline: str) -> dict[str, Any]:
    note = event.note.text if event.note_hash else ""
    points = application.points.filter(sent_at=event.at) if event.move in SENDS_POINTS else []
    details = [note, *(f"- {point.text}" for point in points)]
    state = application.state
    if state == "READY" and application.pickup_code:
        details.append(f"Kode pengambilan: {application.pickup_code}")
    return {
        "permit": application.rules.service.permit,
        "number": application.number,
        "place": application.address,
        "headline": headline.rstrip("."),
        "detail": "\n".join(line for line in details if line),
        "next": NEXT.get(state, "" if state in CLOSED else WAIT),
        "by_when": _by_when(application),
        "office": application.rules.office.name,
        "url": application.get_absolute_url(),
    }


def _by_when(application: Application) -> str:
    bill = ports.money.live_bill(application) if application.state == "AWAITING_PAYMENT" else None
    end = bill.due_date if bill else clock.lapse_end(application)
    return indonesia.tanggal(end) if end else ""


def _tell_office(
    event: Event, application: Application, headline: str, wish: str | None, step: int | None
) -> None:
    """Tell those whose turn it is; where the applicant acts, those who will check his act."""
    role = application.turn_role
    if not role and event.target == "AWAITING_PAYMENT" and wish:
        role = application.rules.chains(application.track)["PAYMENT_REVIEW"][0].role
    if not role or (
        event.turn_after == event.turn_before and event.source == event.target and not wish
    ):
        return
    link = application.link
    for officer in postings.holders(application.daerah, role, kecamatan=application.kecamatan):
        outbox.send(
            template="kantor",
            key=f"event:{event.pk}:kantor:{officer.pk}",
            user=officer,
            channels=contacts.channels(officer, wish) if wish else [],
            context=_context(event, application, headline)
            | {"task": link.label if link else "", "url": office_url(application)},
            daerah=application.daerah,
            case=application.pk,
            step=step,
            url=office_url(application),
        )


def office_url(application: Application) -> str:
    """Return the path of the case in the officers' site."""
    from django.urls import reverse

    return reverse("admin:case", args=[application.pk])
