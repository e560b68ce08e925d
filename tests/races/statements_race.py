"""Two treasurers settle one payment from two of the bank's statements, each by his own connection:
one marks all that matches, the other the one line. Without the lock on the payment, the second
falls over the constraint of the database and reads an error page."""

import re
import time
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

import bouts as cast
from abreast import side_by_side, together
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import clock
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from retribusi import invariants
from retribusi.models import BankFormat, Payment, Statement, StatementLine
from retribusi.statements import mapping, outcomes, reconciling

PAUSE = 0.05
"""Seconds between looking and writing."""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LOCK = QuerySet.select_for_update


class Bout(NamedTuple):
    payment: Any
    lines: tuple


def figures(count, control):
    with accepted_once(), transaction.atomic():
        first, second = ([_bout(n) for n in range(number)] for number in (count, control))
    hands = (cast.people.officers(cast.SLUG)["bendahara"], cast.colleague("bendahara"))
    begin = time.monotonic()
    held = _judge(first, _race(first, hands, guarded=True))
    seconds = round(time.monotonic() - begin, 2)
    faults = [fault.text for fault in invariants.faults() if fault.check == "rekening koran"]
    open_ = _judge(second, _race(second, hands, guarded=False))
    return {
        "count": count, "seconds": seconds, **held, "faults": faults,
        "control": {"count": control, **open_},
    }  # fmt: skip


def _bout(number):
    driver = Driver(cast.SLUG, cast.budi(), number=number)
    payment = Payment.objects.get(application=driver.to("PERMIT_SIGNING"))
    form, _ = BankFormat.objects.get_or_create(
        daerah=cast.SLUG, name="Bank Uji", account="1",
        defaults={"mapping": mapping.Mapping(kind="mt940").model_dump(),
                  "changed_by": driver.officers["bendahara"], "changed_at": timezone.now()},
    )  # fmt: skip
    return Bout(payment, tuple(_line(form, payment, half) for half in (1, 2)))


def _line(form, payment, half):
    day, sen, mark = clock.today(payment.application), payment.amount * 100, f"{payment.pk}-{half}"
    statement = Statement.objects.create(
        daerah=cast.SLUG, format=form, bank=form.name, account=form.account, mapping=form.mapping,
        name=mark, file_sha256=mark, begins=day, ends=day, taken=1, taken_sum=sen, known=0,
        known_sum=0, imported_by=form.changed_by, imported_at=timezone.now(),
    )  # fmt: skip
    return StatementLine.objects.create(
        statement=statement, daerah=cast.SLUG, fingerprint=mark, row=1, place=1, day=day, sen=sen,
        kind="cocok", bill=payment.skrd,
    )  # fmt: skip


def _race(bouts, hands, guarded):
    barriers = together(), together()
    told = side_by_side(_hand, [(n, by, bouts, guarded, *barriers) for n, by in enumerate(hands)])
    return list(zip(*told, strict=True))


def _hand(number, by, bouts, guarded, barrier, looked):
    client, told = Client(raise_request_exception=False), []
    client.force_login(by, backend=BACKEND)
    met = set()
    """Lines whose hand has met the other between looking and writing."""

    def now():
        if guarded or connection.vendor == "sqlite" or line in met:
            time.sleep(PAUSE)
        else:
            met.add(line)
            looked.wait()
        return timezone.now()

    with ExitStack() as stack:
        for module in (reconciling, outcomes):
            stack.enter_context(mock.patch.object(module, "timezone", SimpleNamespace(now=now)))
        if not guarded:
            stack.enter_context(mock.patch.object(QuerySet, "select_for_update", _unlocked))
        for bout in bouts:
            line = bout.lines[number]
            whole = reverse("admin:statement_act", args=[line.statement_id, "tandai"])
            one = reverse("admin:statement_line_act", args=[line.statement_id, 1, "cocok"])
            barrier.wait()
            answer = client.post((whole, one)[number])
            told.append(f"{answer.status_code} {_said(answer)}")
    return told


def _said(answer):
    """Return what a page of refusal says."""
    found = re.search(r"Pembayaran ini sudah [^<]+", answer.content.decode())
    return " ".join(found[0].split()) if found else ""


def _unlocked(rows, **options):
    return rows if rows.model is Payment else LOCK(rows, **options)


def _judge(bouts, told):
    """Count payments that one line settles, and hands that read something else than why."""
    found = dict.fromkeys(("violations", "winners", "rude"), 0)
    for bout, answers in zip(bouts, told, strict=True):
        right = StatementLine.objects.filter(settles=bout.payment).count() == 1
        rude = any(
            not answer.startswith("302") and "sudah dicocokkan oleh" not in answer
            for answer in answers
        )
        found["winners"] += right
        found["rude"] += rude
        found["violations"] += rude or not right
    return found | {"told": sorted({text for pair in told for text in pair})[:4]}
