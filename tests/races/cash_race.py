"""Two treasurers close a day at the same moment while a third books into it, each by his own
connection; without the guard the line falls into a day that is closed."""

import datetime
import time
from contextlib import ExitStack
from functools import cache
from unittest import mock

import time_machine
from abreast import side_by_side, together
from django.db import transaction
from django.utils import timezone

from applications.refusals import Conflict
from imbportal.daerah import calendar
from imbportal.demo import people
from retribusi import ledger
from retribusi.cash import closing, days, invariants
from retribusi.models import CashClosing, LedgerEntry

SLUG = "contoh"
PAUSES, LATE = (0, 0.003, 0.01), 0.3
"""Seconds by which the line comes after the clicks, in turn; and where nothing guards."""
NOON = datetime.datetime(2030, 1, 1, 4, tzinfo=datetime.UTC)


def figures(count, control):
    begin = time.monotonic()
    held = _race(range(count), guarded=True)
    seconds = round(time.monotonic() - begin, 2)
    return {
        "count": count, "seconds": seconds, **held, "locked": 0,
        "control": {"count": control, **_race(range(count, count + control), guarded=False)},
    }  # fmt: skip


def _race(rounds, guarded):
    """Count what the checks find afterwards, and clicks that were answered oddly."""
    acts, barrier = (_close, _close, _book), together(3)
    answers = sum(side_by_side(_hand, [(act, rounds, guarded, barrier) for act in acts]), [])
    with time_machine.travel(NOON + datetime.timedelta(days=rounds[-1] + 3), tick=True):
        while closing.due(SLUG):
            _close(_seal())
        faults = [fault.text for check in invariants.CHECKS for fault in check()]
    closed = CashClosing.objects.filter(daerah=SLUG)
    booked = LedgerEntry.objects.filter(daerah=SLUG).count() - sum(one.lines for one in closed)
    odd = sum(answer not in ("tutup", "kalah", "buku") for answer in answers)
    return {
        "violations": len(faults) + odd + abs(booked), "doubles": len(faults),
        "winners": answers.count("buku"), "refused": answers.count("kalah"),
        "faults": faults[:3], "odd": sorted({a for a in answers if " " in a or "(" in a})[:3],
    }  # fmt: skip


def _hand(act, rounds, guarded, barrier):
    answers = []
    _treasurer()
    with ExitStack() as stack:
        if not guarded:
            stack.enter_context(mock.patch.object(days, "hold", lambda *_, **__: None))
            stack.enter_context(mock.patch.object(days, "open_day", lambda _, day: day))
        for number in rounds:
            with time_machine.travel(NOON + datetime.timedelta(days=number), tick=True):
                seen = _seal() if act is _close else PAUSES[number % 3] if guarded else LATE
                barrier.wait()
                answers.append(_try(act, seen))
                barrier.wait()
    return answers


def _try(act, seen):
    try:
        return act(seen)
    except Exception as error:  # what it was stands in the figures
        return repr(error)


def _seal():
    span = closing.due(SLUG)
    return closing.trial(SLUG, span, closing.newest(SLUG)).seal if span else ""


def _close(seal):
    try:
        closing.close(SLUG, seal, by=_treasurer(), capacity="Bendahara")
    except Conflict:
        return "kalah"
    return "tutup"


def _book(pause):
    time.sleep(pause)
    with transaction.atomic():
        ledger.book(
            None, daerah=SLUG, kind="titipan", lines=[("1", "Titipan", 1000)],
            paid_on=calendar.today(SLUG), by=_treasurer(), at=timezone.now(),
        )  # fmt: skip
    return "buku"


@cache
def _treasurer():
    return people.officers(SLUG)["bendahara"]
