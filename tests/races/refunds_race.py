"""Two treasurers give the same money back at the same moment, by two connections.

Each bout has one paid case: both open a refund over all that was paid, each for a reason of his
own, and then both pay out one that was approved.
"""

import time
import uuid
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

import bouts as cast
from abreast import aftermath, side_by_side, together
from django.db import transaction

from applications import clock
from applications.models import Application
from applications.refusals import Barred, Conflict, Unmet
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from retribusi import acts
from retribusi.corrections import opening, paying_back, refunds
from retribusi.models import LedgerEntry, Refund
from tests.walk.apart import unguarded

SURPLUS = 7000


class Bout(NamedTuple):
    case: Any
    approved: Refund


def figures(count, control):
    with accepted_once(), transaction.atomic():
        first, second = ([_bout(n) for n in range(number)] for number in (count, control))
    hands = (cast.people.officers("contoh")["bendahara"], cast.colleague("bendahara"))
    begin = time.monotonic()
    held = _judge(first, _race(first, hands, guarded=True))
    seconds = round(time.monotonic() - begin, 2)
    faults = aftermath()
    _let_rows_change()
    open_ = _judge(second, _race(second, hands, guarded=False))
    return {
        "count": count, "seconds": seconds, **held, "faults": faults,
        "control": {"count": control, **open_},
    }  # fmt: skip


def _bout(number):
    driver = Driver("contoh", cast.budi(), number=number)
    case = driver.to("PERMIT_SIGNING")
    refund = opening.open_by_hand(
        case, cause="lebih", amount=SURPLUS, received_on=clock.today(case), reference="R",
        note="Ganda.", key="k", by=driver.officers["bendahara"],
    )  # fmt: skip
    paying_back.file_account(
        refund, bank="Bank", account="123456789", holder="Budi", by=driver.applicant
    )
    return Bout(driver.fresh(), paying_back.approve(refund, by=driver.officers["kepala"]))


def _race(bouts, hands, guarded):
    """Return, for each bout, what the two hands were told of each thing."""
    barrier = together()
    told = side_by_side(_hand, [(n, by, bouts, guarded, barrier) for n, by in enumerate(hands)])
    return list(zip(*told, strict=True))


def _hand(number, by, bouts, guarded, barrier):
    told = []
    for bout in bouts:
        case = Application.objects.get(pk=bout.case.pk)
        refund = Refund.objects.get(pk=bout.approved.pk)
        refund.application = case
        whole = refunds.received(case, "keberatan")
        with ExitStack() as stack:
            if not guarded:
                _off(stack, case, refund, whole)
            barrier.wait()
            opened = _try(
                refunds.open_refund, case, whole, "keberatan", by=by, key=f"{case.pk}:{number}"
            )
            barrier.wait()
            paid = _try(
                paying_back.pay_out, refund, paid_on=clock.today(case), reference="R", by=by
            )
        told.append((opened, paid))
    return told


def _try(act, *args, **kwargs):
    try:
        with transaction.atomic():
            act(*args, **kwargs)
    except (Barred, Conflict, Unmet) as refusal:
        return f"{refusal.status} {refusal.text or ''} {' '.join(refusal.missing)}"
    except Exception as error:
        return f"500 {type(error).__name__}: {error}"[:200]
    return "won"


def _off(stack, case, refund, whole):
    """Decide by what was read before the transaction, and lock nothing.

    The event's place in the chain would still catch the second hand, so none is written.
    """

    def event(*args, **data):
        return SimpleNamespace(pk=uuid.uuid4())

    for module, name, instead in (
        (refunds, "locked", lambda pk, by: case),
        (refunds, "left", lambda case, cause: whole),
        (acts, "held", lambda row, by: (case, refund)),
        (acts, "write", event),
    ):
        stack.enter_context(mock.patch.object(module, name, instead))


def _let_rows_change():
    """Take away the triggers that would still catch the second pay-out of one row."""
    unguarded("retribusi_refund")


def _judge(bouts, told):
    """Count bouts in which each was done once, and the loser read why."""
    found = dict.fromkeys(("violations", "winners", "doubles", "rude", "locked"), 0)
    for bout, answers in zip(bouts, told, strict=True):
        opened = Refund.objects.filter(application=bout.case.pk, cause="keberatan").count()
        went = LedgerEntry.objects.filter(application=bout.case.pk, kind="pengembalian")
        gone = -sum(line.amount for line in went)
        losers = [text for hand in answers for text in hand if text != "won"]
        polite = {"422": "paling banyak", "409": "sudah dibayarkan"}
        rude = any(polite.get(text[:3], "?") not in text for text in losers)
        right = (opened, gone) == (1, SURPLUS)
        found["winners"] += right
        found["doubles"] += (opened > 1) + (gone > SURPLUS)
        found["rude"] += rude
        found["locked"] += any("locked" in text for text in losers)
        found["violations"] += rude or not right
    return found | {"losers_told": [t for pair in told for hand in pair for t in hand][:4]}
