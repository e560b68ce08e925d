"""A signatory's electronic act: numbers reserved, papers sealed, then the move.

What he types goes from the form to the key and nowhere else: no row, no job, no log has it.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from applications import effects, sealing, services
from applications.models import Application, Event
from applications.refusals import Conflict, Unmet
from applications.sealing import Performance, Rehearsal, Sealed
from applications.workflow import BY_NAME
from documents import holds, rendering
from documents.printout import Printout
from documents.seal import ways
from documents.seal.faults import NotReady, SealFault, WrongSecret
from documents.seal.secret import Secret
from imbportal.limits import Limit

logger = logging.getLogger(__name__)
TRIES = Limit("segel", most=10, window=900)
"""Wrong ones of one person; ten passphrases in a quarter of an hour are no slips of the finger."""
CODES = Limit("segel_kode", most=5, window=900)
BUSY = "Surat ini sedang ditandatangani pada halaman lain. Tunggu sebentar, lalu muat ulang."
TOO_MANY = "Terlalu banyak percobaan tanda tangan. Tunggu 15 menit, lalu coba lagi."


class Plan(NamedTuple):
    """What one try to sign has reserved."""

    at: datetime.datetime
    version: int
    trials: tuple[uuid.UUID, ...]
    prints: dict[str, Printout]


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
    if TRIES.reached(by.pk):
        raise Unmet([TOO_MANY])
    way = ways.current()
    if way is None:
        raise NotReady()
    plan = _reserve(name, application, by, version, note)
    try:
        files = {
            kind: _sealed(way, page, plan.at, by, secret) for kind, page in plan.prints.items()
        }
        return _perform(name, application, by, note, plan, files)
    except SealFault as fault:
        if isinstance(fault, WrongSecret):
            TRIES.count(by.pk)
        logger.warning("seal of %s by user %s failed: %s", application.pk, by.pk, fault.code)
        raise
    finally:
        for trial in plan.trials:
            holds.release(trial)


@transaction.atomic
def _reserve(name: str, application: Application, by: Any, version: int | None, note: str) -> Plan:
    """Take numbers and snapshots for the papers of a move, in a transaction of their own."""
    move = BY_NAME[name]
    case = services.checked(move, application, by, version, note)
    kinds = tuple(k for k in sealing.kinds(case, move) if not effects.kept(case, k))
    at, seen = timezone.now(), case.version
    trials = tuple(_hold(case, kind, note, at) for kind in kinds)
    rehearsal = Rehearsal(at, kinds)
    try:
        with transaction.atomic():
            services.carry_out(move, case, by, note.strip(), rehearsal)
            raise _Rehearsed
    except _Rehearsed:
        return Plan(at, seen, trials, rehearsal.prints)


class _Rehearsed(Exception):
    """Takes back all that the rehearsal wrote."""


def _hold(case: Application, kind: str, note: str, at: datetime.datetime) -> uuid.UUID:
    """Keep a number for a paper, and a row whose code it will bear; one try at a time."""
    draft = effects.draft(case, kind, note=note, at=at, anew=True)
    try:
        return holds.claim(holds.reserve(draft, at=at, kecamatan=case.kecamatan))
    except holds.Busy:
        raise Conflict(BUSY) from None


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


def _perform(
    name: str, application: Application, by: Any, note: str, plan: Plan, files: dict[str, Sealed]
) -> Event:
    """Make the move with its sealed papers; what was written for it goes where it fails."""
    performance = Performance(plan.at, files)
    try:
        return services.perform(
            name, application, by=by, version=plan.version, note=note, sealing=performance
        )
    except BaseException:
        performance.forget()
        raise
