"""The decisions themselves: each with its reason, its letter, its event and its messages.

Each locks the case, refuses as ``services.perform`` does (404, 403, 409, 422), writes one event
into the case's chain, and raises ``version``. None of it moves the case.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from applications import clock, events
from applications import papers as writing
from applications.holding import bump
from applications.models import Application, Event, SanctionAct
from applications.refusals import Conflict, Unmet
from applications.sanctions import letters, news, papers
from applications.sanctions.hindrances import Words, hindrance, lacking
from applications.sealing import SIGN_ON_PAGE, Sealing
from applications.services import check_version, locked, take_duty
from documents import services as documents
from documents.models import Paper
from imbportal.daerah import calendar, registry

Kind, Status = SanctionAct.Kind, Paper.Status
EVENTS = {
    Kind.WARN: "warn_paper", Kind.FREEZE: "freeze_paper", Kind.LIFT: "lift_paper",
    Kind.REVOKE: "revoke_paper", Kind.REPLACE: "replace_paper",
}  # fmt: skip


@dataclass(frozen=True)
class Ready:
    """A decision that nothing hinders: case and paper, locked, and in which post it is made."""

    kind: str
    case: Application
    paper: Paper
    words: Words
    by: Any
    role: str
    capacity: str


@transaction.atomic
def decide(
    kind: str, paper: Paper, words: Words, *, by: Any, version: int | None = None,
    sealing: Sealing | None = None,
) -> SanctionAct:  # fmt: skip
    """Warn of a paper, freeze, release, revoke or replace it; what tells so goes out numbered.

    What its maker signs electronically comes with him through ``sanctions.signing`` (``sealing``).
    """
    ready = checked(kind, paper, words, by=by, version=version)
    if sealing is None and seal_of(ready.paper) == Paper.Seal.HAND:
        raise Unmet([SIGN_ON_PAGE])
    at = sealing.at if sealing else timezone.now()
    act, others = prepared(
        kind, ready.case, ready.paper, words, at, capacity=ready.capacity, by=by
    )  # fmt: skip
    kept = papers.staying(ready.case, ready.paper) if kind == Kind.REPLACE else []
    _hold(ready.case, others)
    letter = _issue(ready, act)
    if sealing is not None:
        sealing.issued(letter.kind, letter)
    changed, renewed = _change(act, letter, others)
    return _write(act, letter, changed, renewed, kept)


def checked(kind: str, paper: Paper, words: Words, *, by: Any, version: int | None) -> Ready:
    """Return a decision with its rows locked; raise a refusal else."""
    case = locked(paper.case, by)
    role = papers.role_for(kind, case, paper)
    capacity = papers.capacity(case, by, role)
    if kind == Kind.REPLACE and papers.decides(case, paper):
        take_duty(case, by, "keputusan")
    check_version(case, version, by, EVENTS[Kind(kind)])
    found = Paper.objects.select_for_update().get(pk=paper.pk)
    if text := hindrance(kind, case, found):
        raise Conflict(text)
    if missing := lacking(kind, case, found, words):
        raise Unmet(missing)
    return Ready(kind, case, found, words, by, role, capacity)


def prepared(
    kind: str, case: Application, paper: Paper, words: Words, at: datetime.datetime, *,
    capacity: str, by: Any,
) -> tuple[SanctionAct, list[Paper]]:  # fmt: skip
    """Return a decision with its dates, not saved, and what goes along: what its letter says."""
    until, others = words.until, going_along(kind, case, paper)
    rule, today = papers.rule_of(case), clock.local_date(case, at)
    if rule is not None and rule.warning is not None and kind == Kind.WARN:
        until = calendar.deadline_end(case.daerah, today, rule.warning)
    term = rule.objection if rule else None
    objects = term is not None and kind not in (Kind.LIFT, Kind.REPLACE)
    told = [one for one in others if kind != Kind.REPLACE or one.case != case.pk]
    act = SanctionAct(
        application=case, paper=paper, kind=kind, reason=words.reason, basis=words.basis,
        todo=words.todo, until=until, by=by, capacity=capacity, at=at,
        object_until=calendar.deadline_end(case.daerah, today, term) if objects else None,
        also=[str(one.pk) for one in told],
    )  # fmt: skip
    return act, others


def going_along(kind: str, case: Application, paper: Paper) -> list[Paper]:
    """Return what a decision takes along: only what was frozen with a paper is released with it.

    A replacement takes along copies, and what is issued anew as nobody signs it, as the plate;
    what another officer signed stays, and is his to issue anew.
    """
    if kind == Kind.WARN:
        return []
    if kind == Kind.REPLACE:
        kept = papers.staying(case, paper)
        return [one for one in papers.along(case, paper, Status.VALID) if one not in kept]
    others = papers.along(case, paper, *documents.ALTERED[papers.BRINGS[Kind(kind)]])
    if kind != Kind.LIFT:
        return others
    return [one for one in others if str(one.pk) in _frozen_with(paper)]


def _frozen_with(paper: Paper) -> set[str]:
    """Return the ids of what went along when the paper was frozen: these alone are released."""
    last = paper.sanctions.filter(kind=Kind.FREEZE).order_by("-pk").first()
    return set(last.also) if last is not None else set()


def _hold(case: Application, others: list[Paper]) -> None:
    """Lock the cases of copies before their papers: every hand takes them in this order."""
    foreign = {one.case for one in others} - {case.pk}
    list(Application.objects.select_for_update(of=("self",)).filter(pk__in=foreign).order_by("pk"))


# -- The letter, or the paper that takes a place --------------------------------------------
def draft(act: SanctionAct) -> Paper:
    """Return the draft of what tells of a decision: a letter by the file of today, or the paper
    that takes the place of another, by the file of its case."""
    case = act.application
    if act.kind == Kind.REPLACE:
        return documents.draft(
            kind=act.paper.kind, rules=case.rules, version=case.version_used, case=case.pk,
            content=anew(act),
        )  # fmt: skip
    return documents.draft(
        kind=act.kind, rules=papers.rules_of(case), version=registry.current_version(case.daerah),
        case=case.pk, content=letters.content(act),
    )  # fmt: skip


def anew(act: SanctionAct) -> Any:
    """Return the content of the paper that takes a place: the case as it stands, and why."""
    case = act.application
    content = writing.content(case, act.paper.kind, at=act.at)
    return replace(content, sections=(*content.sections, letters.superseding(act)))


def _issue(ready: Ready, act: SanctionAct) -> Paper:
    letter = draft(act)
    documents.sign(
        letter, user=ready.by, act="ttd", role=ready.role, capacity=ready.capacity, at=act.at
    )
    return documents.issue(
        letter, at=act.at, kecamatan=ready.case.kecamatan, seal=seal_of(ready.paper)
    )


def seal_of(paper: Paper) -> str:
    """Return whose seal a paper bears that speaks of another, or takes its place: the same.

    Where the other one has none, or this installation seals nothing, it is signed wet as well.
    """
    return paper.seal if settings.SEAL else Paper.Seal.NONE


# -- What it changes ------------------------------------------------------------------------
def _change(
    act: SanctionAct, letter: Paper, others: list[Paper]
) -> tuple[list[Paper], Sequence[str]]:
    """Bring the paper, and what goes along with it, to its new state.

    Return what went along, and the names of what was issued anew.
    """
    if act.kind == Kind.WARN:
        return [], ()
    if act.kind == Kind.REPLACE:
        copies = [one for one in others if one.case != act.application.pk]
        for older in (act.paper, *copies):
            documents.replace(older, letter, at=act.at)
        own = [one for one in others if one.case == act.application.pk]
        return copies, _renewed(act.application, own, act.at)
    status = papers.BRINGS[Kind(act.kind)]
    for one in (act.paper, *others):
        documents.alter(one, status, reason=act.reason, at=act.at)
    return others, ()


def _renewed(case: Application, others: list[Paper], at: datetime.datetime) -> list[str]:
    """Issue anew what names the old number; return the names."""
    names = []
    for older in others:
        newer = documents.draft(
            kind=older.kind, rules=case.rules, version=case.version_used, case=case.pk,
            content=writing.content(case, older.kind, at=at),
        )  # fmt: skip
        newer = documents.issue(newer, at=at, kecamatan=case.kecamatan, seal=seal_of(older))
        documents.replace(older, newer, at=at)
        names.append(f"{newer.title} {newer.number}")
    return names


def _write(
    act: SanctionAct, letter: Paper, changed: list[Paper], renewed: Sequence[str],
    kept: list[Paper],
) -> SanctionAct:  # fmt: skip
    """Write event and row, let the cases know what became of their permits, and tell the holder.

    Who signed what is ``kept`` is told that its permit is another one now.
    """
    case = act.application
    act.letter = letter
    act.event = event = _event(case, act, act.paper, renewed)
    act.save()
    _mark(case)
    for copy in changed:
        if copy.case != case.pk:
            other = Application.objects.get(pk=copy.case)
            _event(other, act, copy)
            _mark(other)
            news.copy(act, other, copy)
    news.tell(act, event)
    news.signers(act, event, kept)
    return act


def _event(case: Application, act: SanctionAct, paper: Paper, renewed: Sequence[str] = ()) -> Event:
    told = f"{act.letter.title} {act.letter.number}"
    return events.append(
        case, note=act.reason, move=EVENTS[Kind(act.kind)], source=case.state, target=case.state,
        turn_before=case.turn, turn_after=case.turn, actor=act.by, capacity=act.capacity, at=act.at,
        data={"surat": f"{paper.title} nomor {paper.number}", "paper": str(paper.pk),
              "letter": str(act.letter.pk), "papers": [told, *renewed]},
    )  # fmt: skip


def _mark(case: Application) -> None:
    """Keep on the case what became of its permit, and whose turn it is after that."""
    permit = papers.permit_of(case)
    ended = permit is not None and permit.status in (Status.FROZEN, Status.REVOKED)
    case.permit_status = permit.status if permit is not None and ended else ""
    case.turn_role = case.link.role if case.link else ""
    case.due_at = clock.due(case)
    bump(case)
