"""What all acts beside the moves share: the lock, who may, the paper, the event in the chain.

Relief, interest, objections, refunds, deposits and corrections of the ledger are done so: the row
of the case is locked, the state is looked at again, the row is changed, and an event is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from accounts import postings
from applications import counter, events, papers, rules, sealing
from applications.holding import bump
from applications.models import Application, Event
from applications.refusals import Barred, Conflict
from applications.sealing import Sealing
from applications.services import locked
from documents import services as documents
from documents.models import Paper
from imbportal.daerah.schema import Daerah

APPLICANT = "Pemohon"
NOT_YOURS = "Langkah ini bukan wewenang Anda dalam permohonan ini."
OWN_CASE = "Anda pemohon dalam permohonan ini, jadi tidak boleh ikut memutuskannya."


def held(row: Any, by: Any) -> tuple[Application, Any]:
    """Return the case with its row locked, and a row that belongs to it as it now stands."""
    case = locked(row.application_id, by)
    fresh = type(row).objects.select_for_update().get(pk=row.pk)
    fresh.application = case
    return case, fresh


# -- Who ------------------------------------------------------------------------------------
def as_applicant(case: Application, by: Any, words: str) -> str:
    """Return in what capacity somebody acts for the applicant. Raises Barred with ``words``."""
    if not rules.acts_for_applicant(case, by):
        raise Barred(words)
    return APPLICANT if rules.is_applicant(case, by) else counter.CAPACITY


def in_office(
    case: Application, by: Any, roles: Iterable[str | None], *, known: Daerah | None = None,
    own: str = OWN_CASE,
) -> str:  # fmt: skip
    """Return the title in which an officer of one of these roles acts. Raises Barred.

    ``known`` is the file that gives the title, where it is not the case's own; ``own`` is said to
    the applicant himself.
    """
    found = (
        postings.holds(by, case.daerah, role, kecamatan=case.kecamatan) for role in roles if role
    )
    posting = next(filter(None, found), None)
    if posting is None:
        raise Barred(NOT_YOURS)
    if rules.same_person(case, by):
        raise Barred(own)
    return postings.capacity(posting, known or case.rules)


def one_person(first: Any, second: Any) -> bool:
    """Return whether two accounts are one person, by account or by NIK."""
    nik = rules.nik_of(first)
    return first == second or (bool(nik) and nik == rules.nik_of(second))


def title_of(case: Application, role: str | None) -> str:
    """Return the title of a role, "" where it is none."""
    known = case.rules.role.get(role or "")
    return known.title if known else ""


# -- What a request goes through --------------------------------------------------------------
def must_wait(row: Any, name: str) -> None:
    """Raise Conflict where a request (``name``, as "Keberatan") does not wait any more."""
    if row.state not in row.OPEN:
        raise Conflict(f"{name} ini sudah {row.get_state_display().lower()}.")


def over(row: Any, at: datetime.datetime) -> None:
    """Let a request lie in nobody's hands, and save it."""
    row.holder, row.since = "", at
    row.save()


def decided(row: Any, reason: str, *, by: Any, capacity: str, at: datetime.datetime) -> None:
    """Write down who decided a request, in which capacity and why; it lies in nobody's hands."""
    row.decided_by, row.decided_at, row.capacity, row.reason = by, at, capacity, reason
    over(row, at)


# -- What is left of it -----------------------------------------------------------------------
def moment(seals: Sealing | None) -> datetime.datetime:
    """Return the present moment; of an act whose papers were sealed, that of their seal."""
    return seals.at if seals is not None else timezone.now()


def issue(
    case: Application, kind: str, at: datetime.datetime, *, note: str = "",
    sign: Callable[[Paper], Any] | None = None, seals: Sealing | None = None,
) -> Paper:  # fmt: skip
    """Draw up a paper of the case and issue it; ``sign`` is handed its draft first."""
    paper = documents.draft(
        kind=kind, rules=case.rules, version=case.version_used, case=case.pk,
        content=papers.content(case, kind, note=note, at=at),
    )  # fmt: skip
    if sign is not None:
        sign(paper)
    return give_out(case, paper, at, seals)


def give_out(
    case: Application, paper: Paper, at: datetime.datetime, seals: Sealing | None
) -> Paper:
    """Issue a paper of the case under the seal that the file gives its kind.

    Raises Unmet where its signatory seals it, and does not come with that (``signing``).
    """
    seal = sealing.beside(paper, seals)
    paper = documents.issue(paper, at=at, kecamatan=case.kecamatan, seal=seal)
    if seals is not None:
        seals.issued(paper.kind, paper)
    return paper


def decision(
    case: Application, kind: str, role: str | None, at: datetime.datetime, *, by: Any,
    capacity: str, note: str = "", seals: Sealing | None = None,
) -> Paper:  # fmt: skip
    """Issue the letter with a decision, signed by who decides where its kind is signed at all."""

    def sign(paper: Paper) -> None:
        documents.sign(paper, user=by, act="ttd", role=role or "", capacity=capacity, at=at)

    signed = case.rules.paper[kind].signed_by is not None
    return issue(case, kind, at, note=note, sign=sign if signed else None, seals=seals)


def named(paper: Paper) -> str:
    """Return a paper as the event of a case names it: its title and its number."""
    return f"{paper.title} {paper.number}"


def write(
    case: Application, name: str, by: Any, capacity: str, note: str, at: datetime.datetime,
    **data: Any,
) -> Event:  # fmt: skip
    """Write what was done into the chain of a locked case, and raise its version."""
    event = events.append(
        case, note=note, move=name, source=case.state, target=case.state,
        turn_before=case.turn, turn_after=case.turn, actor=by, capacity=capacity,
        data=data, at=at,
    )  # fmt: skip
    bump(case)
    return event
