"""What each move brings: papers, money and points, all in the move's transaction."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from django.utils import timezone

from applications import cards, handing, papers, parents, ports, since_letter
from applications.models import Act, Application
from applications.requirements import made
from applications.sealing import Sealing, seal_of
from applications.workflow import SAME, Move
from documents import holds, snapshot
from documents import services as documents
from documents.models import Paper
from imbportal.daerah.ways import Link

SENDS_POINTS = frozenset({"return_krk", "return_incomplete", "request_revision"})
"""Moves that send the office's points to the applicant."""
CLOSES_POINTS = {
    "issue_krk": "KRK_REQUESTED",
    "accept": "SUBMITTED",
    "approve_technical": "ASSESSMENT",
}


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
    if _leaves_cards(move, application) and (verdicts := cards.told(application)):
        brought["cards"] = verdicts
    if move.name in SENDS_POINTS:
        brought[since_letter.KEY] = since_letter.marks(application)
    if link is not None and link.duty:
        brought["duty"] = link.duty
    if short := move.despite(application):
        brought["despite"] = short
    return brought


def _leaves_cards(move: Move, application: Application) -> bool:
    """Return whether a move passes a case on from the hands that judge its cards."""
    return move.source == (cards.GATE,) or (move.target is SAME and application.state == cards.GATE)


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
        version=application.version_used_id,
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
    if (stood := _stands(application, kind, at)) is not None:
        act.papers.add(stood)
        return
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
        return _stands(application, kind, timezone.now()) is not None
    paper = documents.standing(application.pk, kind)
    return paper is not None and bool(paper.number)


def _stands(application: Application, kind: str, at: datetime.datetime) -> Any:
    """Return the paper of what has happened that outlived a return and still says what is on record
    now, None where there is none."""
    if kind not in application.rules.stand:
        return None
    paper = documents.standing(application.pk, kind)
    if paper is None or not paper.number:
        return None
    now = snapshot.plain(papers.content(application, kind, at=at))
    return paper if snapshot.sha256(now) == paper.content_sha256 else None


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
    if kind in application.rules.stand:
        for older in Paper.objects.filter(case=application.pk, kind=kind, status="berlaku"):
            documents.replace(older, paper, at=at)
    paper = documents.issue(paper, at=at, kecamatan=application.kecamatan, seal=seal)
    if act is not None:
        act.papers.add(paper)
    if kind == "skrd":
        ports.money.bill(application, paper, at)
    return paper
