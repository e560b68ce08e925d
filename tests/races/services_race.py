"""Two services that would replace one permit are signed at the same moment, by two connections."""

import time
from contextlib import ExitStack
from typing import Any, NamedTuple
from unittest import mock

from abreast import aftermath, side_by_side, together
from django.db import connection, transaction

from applications import parents, services
from applications.models import Application
from applications.refusals import Unmet
from documents import services as documents
from documents.models import Paper
from imbportal.demo import people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once

SLUG, SERVICE = "malang", "perubahan_data"


class Bout(NamedTuple):
    permit: Paper
    cases: tuple[Any, Any]


def figures(count, control):
    with accepted_once(), transaction.atomic():
        first, second = ([_bout() for _ in range(number)] for number in (count, control))
    begin = time.monotonic()
    held = _judge(first, _race(first, guarded=True))
    seconds = round(time.monotonic() - begin, 2)
    faults = aftermath()
    open_ = _judge(second, _race(second, guarded=False))
    return {
        "count": count, "seconds": seconds, **held, "faults": faults,
        "control": {"count": control, **open_},
    }  # fmt: skip


def _bout():
    """Return a collected permit, and two changes of its data before the last signature."""
    permitted = Driver(SLUG, people.applicant("budi"))
    permitted.to("COLLECTED")
    changes = [
        Driver(SLUG, permitted.applicant, service=SERVICE, on=permitted).to("PERMIT_SIGNING")
        for _ in range(2)
    ]
    return Bout(parents.permit(permitted.case), tuple(changes))


def _race(bouts, guarded):
    """Return, for each bout, what the two hands were told."""
    barrier = together()
    told = side_by_side(_hand, [(n, bouts, guarded, barrier) for n in (0, 1)])
    return list(zip(*told, strict=True))


def _hand(number, bouts, guarded, barrier):
    head, told = people.officers(SLUG)["kepala"], []
    with ExitStack() as stack:
        if not guarded:
            _off(stack)
        for bout in bouts:
            case = Application.objects.get(pk=bout.cases[number].pk)
            barrier.wait()
            told.append(_sign(case, head))
    return told


def _sign(case, head):
    try:
        services.perform("issue_permit", case, by=head)
    except Unmet as refusal:
        return f"422 {refusal}"
    except Exception as error:
        return f"500 {type(error).__name__}: {error}"[:200]
    return "won"


def _off(stack):
    """Leave the permit's row unlocked; SQLite lets in one at a time, so there the look too."""
    for module, name in ((parents, "_hold"), (documents, "_lock")):
        stack.enter_context(mock.patch.object(module, name, lambda paper: None))
    if connection.vendor == "sqlite":
        stack.enter_context(mock.patch.object(parents, "lacking", lambda case: []))
        stack.enter_context(mock.patch.object(parents.documents, "replace", _unasked))


def _unasked(older, by, *, at):
    Paper.objects.filter(pk=older.pk).update(status="diganti", status_at=at, replaced_by=by)


def _judge(bouts, told):
    """Count bouts in which one permit took the place of the older one, and the loser read why."""
    found = dict.fromkeys(("violations", "winners", "doubles", "rude", "locked"), 0)
    for bout, answers in zip(bouts, told, strict=True):
        older = Paper.objects.get(pk=bout.permit.pk)
        issued = [paper for case in bout.cases if (paper := parents.permit(case))]
        losers = [answer for answer in answers if answer != "won"]
        right = len(issued) == 1 and older.replaced_by == issued[0]
        rude = any("422 " not in text or "sudah diganti dengan" not in text for text in losers)
        found["winners"] += right
        found["doubles"] += len(issued) > 1
        found["rude"] += rude
        found["locked"] += any("locked" in answer for answer in losers)
        found["violations"] += rude or not right
    return found | {"losers_told": [text for pair in told for text in pair if text != "won"][:2]}
