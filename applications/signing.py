"""A signatory's electronic act: numbers reserved, papers sealed, then the move or the other act.

What he types goes from the form to the key and nowhere else: no row, no job, no log has it.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from applications import effects, sealing, services
from applications.models import Application, Event
from applications.refusals import Conflict, Unmet
from applications.sealing import Performance, Rehearsal, Sealed
from applications.workflow import BY_NAME
from documents import holds, rendering, snapshot
from documents import services as documents
from documents.content import PaperContent
from documents.models import Paper
from documents.printout import Printout
from documents.seal import ways
from documents.seal.faults import NotReady, SealFault, WrongSecret
from documents.seal.secret import Secret
from imbportal.daerah import registry
from imbportal.limits import Limit

logger = logging.getLogger(__name__)
TRIES = Limit("segel", most=10, window=900)
"""Wrong ones of one person; ten passphrases in a quarter of an hour are no slips of the finger."""
CODES = Limit("segel_kode", most=5, window=900)
BUSY = "Surat ini sedang ditandatangani pada halaman lain. Tunggu sebentar, lalu muat ulang."
TOO_MANY = "Terlalu banyak percobaan tanda tangan. Tunggu 15 menit, lalu coba lagi."
Beside = Callable[..., Any]
"""An act beside the moves; it takes the case's ``version`` and ``sealing``, and locks the case."""


class Plan(NamedTuple):
    """What one try to sign has reserved."""

    at: datetime.datetime
    version: int
    trials: tuple[uuid.UUID, ...]
    prints: dict[str, Printout]


# -- Two doors --------------------------------------------------------------------------------
@sensitive_variables("secret")
def sign(
    name: str,
    application: Application,
    *,
    by: Any,
    secret: Secret,
    version: int | None = None,
    note: str = "",
) -> Event:
    """Make a move whose papers its maker seals.

    Raises what ``services.perform`` does, and SealFault: then the numbers wait for his next try.
    """

    def move(plan: Plan, performance: Performance) -> Event:
        return services.perform(
            name, application, by=by, version=plan.version, note=note, sealing=performance
        )

    plan = partial(_reserve, name, application, by, version, note)
    event: Event = _sealed_first(application, by, secret, plan, move)
    return event


@sensitive_variables("secret")
def sign_beside(
    act: Beside, application: Application, *, by: Any, secret: Secret, version: int | None = None
) -> Any:
    """Do an act beside the moves whose papers its maker seals; return what it returns.

    Raises what the act does, and SealFault as ``sign``.
    """

    def done(plan: Plan, performance: Performance) -> Any:
        return act(version=plan.version, sealing=performance)

    plan = partial(_reserve_beside, act, application, by, version)
    return _sealed_first(application, by, secret, plan, done)


def look(act: Beside, version: int | None) -> list[PaperContent]:
    """Return the papers that an act beside the moves would have its maker seal; nothing stands.

    Raises what the act does.
    """
    seen = _rehearsed(partial(act, version=version), timezone.now())
    return [page.content for _, page in sorted(seen.prints.items())]


@sensitive_variables("secret")
def _sealed_first(
    application: Application, by: Any, secret: Secret, reserve: Callable[[], Plan],
    do: Callable[[Plan, Performance], Any],
) -> Any:  # fmt: skip
    """Reserve, seal outside of any transaction, then do it with what was sealed."""
    if TRIES.reached(by.pk):
        raise Unmet([TOO_MANY])
    way = ways.current()
    if way is None:
        raise NotReady()
    plan = reserve()
    try:
        files = {
            kind: _sealed(way, page, plan.at, by, secret) for kind, page in plan.prints.items()
        }
        return _done(do, plan, Performance(plan.at, files))
    except SealFault as fault:
        if isinstance(fault, WrongSecret):
            TRIES.count(by.pk)
        logger.warning("seal of %s by user %s failed: %s", application.pk, by.pk, fault.code)
        raise
    finally:
        for trial in plan.trials:
            holds.release(trial)


def _done(do: Callable[[Plan, Performance], Any], plan: Plan, performance: Performance) -> Any:
    """Do it with its sealed papers; what was written for it goes where it fails."""
    try:
        return do(plan, performance)
    except BaseException:
        performance.forget()
        raise


# -- What is reserved -------------------------------------------------------------------------
@transaction.atomic
def _reserve(name: str, application: Application, by: Any, version: int | None, note: str) -> Plan:
    """Take numbers and snapshots for the papers of a move, in a transaction of their own."""
    move = BY_NAME[name]
    case = services.checked(move, application, by, version, note)
    kinds = tuple(k for k in sealing.kinds(case, move) if not effects.kept(case, k))
    at, seen = timezone.now(), case.version
    drafts = [effects.draft(case, kind, note=note, at=at, anew=True) for kind in kinds]
    trials = _claimed(drafts, at, case.kecamatan)

    def rehearse(sealing: Rehearsal) -> None:
        services.carry_out(move, case, by, note.strip(), sealing)

    return Plan(at, seen, trials, _rehearsed(rehearse, at).prints)


@transaction.atomic
def _reserve_beside(act: Beside, application: Application, by: Any, version: int | None) -> Plan:
    """Do the same for an act: a first rehearsal tells its papers, a second one what they print
    with their numbers."""
    case, at = services.locked(application.pk, by), timezone.now()
    rehearse = partial(act, version=version)
    first = _rehearsed(rehearse, at)
    drafts = [_drafted(paper) for _, paper in sorted(first.papers.items())]
    trials = _claimed(drafts, at, case.kecamatan)
    return Plan(at, case.version, trials, _rehearsed(rehearse, at).prints)


class _Rehearsed(Exception):
    """Takes back all that a rehearsal wrote."""


def _rehearsed(act: Callable[..., Any], at: datetime.datetime) -> Rehearsal:
    rehearsal = Rehearsal(at)
    try:
        with transaction.atomic():
            act(sealing=rehearsal)
            raise _Rehearsed
    except _Rehearsed:
        return rehearsal


def _drafted(paper: Paper) -> Paper:
    """Write down as a draft what a rehearsal was about to issue."""
    rules = registry.version(paper.version_id)
    return documents.draft(
        kind=paper.kind, rules=rules, version=paper.version_id, case=paper.case,
        content=snapshot.load(paper.content),
    )  # fmt: skip


def _claimed(drafts: list[Paper], at: datetime.datetime, kecamatan: str) -> tuple[uuid.UUID, ...]:
    """Keep a number for each paper; one try at a time seals it."""
    try:
        return tuple(
            holds.claim(holds.reserve(draft, at=at, kecamatan=kecamatan)) for draft in drafts
        )
    except holds.Busy:
        raise Conflict(BUSY) from None


# -- What is sealed ---------------------------------------------------------------------------
@sensitive_variables("secret")
def _sealed(
    way: ways.Way, page: Printout, at: datetime.datetime, by: Any, secret: Secret
) -> Sealed:
    printed = rendering.pdf(page)
    order = rendering.order(page, printed, at)
    return Sealed(rendering.mark_of(page), printed, way.seal(order, signatory(by, page), secret))


def signatory(user: Any, page: Printout | None = None) -> ways.Signatory:
    """Return who signs, as the paper names him and as services know him."""
    own = getattr(user, "identity", None)
    title = page.signed[-1].title if page and page.signed else ""
    return ways.Signatory(
        name=str(user), title=title, key=str(user.pk), nik=(own.nik if own else "") or "",
        email=user.email or "",
    )  # fmt: skip
