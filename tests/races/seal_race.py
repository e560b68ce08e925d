"""One paper signed electronically by two hands at the same moment, by two connections.

In turn two clicks of one signatory, and two signatories: on a bill, whose move seals it, and on an
STRD, which is sealed beside the moves.
"""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock
from uuid import uuid4

import bouts as cast
import interest_bouts
import pairs
import twins
from abreast import aftermath, side_by_side, together
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import timezone

from applications import clock, signing
from documents import holds, rendering
from documents.models import NumberHold, Paper
from documents.seal import chain, lokal
from imbportal import stored_files
from imbportal.demo import people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from notifications import jobs
from retribusi.arrears import strd

PHRASE, OFFICE, SLUG = "Merpati Kayu Jati 2819", "Kantor Contoh", "pamekasan"
MEETS = 20
"""Seconds in which the other hand of the control has sealed, too."""
SHARE = 5
"""One STRD on so many papers: its case has to be driven anew."""
TOLD = (signing.BUSY, "baru saja diubah oleh", "sudah tercatat", "baru saja berubah keadaannya",
        "pada tahap")  # fmt: skip


class Bout(NamedTuple):
    case: Any
    kind: str
    url: str
    form: dict
    hands: tuple


def figures(count, control):
    setup_test_environment()  # lets the client see what a page was made of
    with accepted_once(), transaction.atomic():
        made = _bills(count + control)
        first, second = made[:count], made[count:]
        first[::SHARE] = [_strd(n) for n in range(len(first[::SHARE]))]
    while jobs.run_one():  # the papers of a late bill are old, and should be printed
        pass
    _certify({hand for bout in (*first, *second) for hand in bout.hands})
    begin = time.monotonic()
    held = _judge(first, _race(first, guarded=True))
    seconds = round(time.monotonic() - begin, 2)
    faults = aftermath()
    faults += [f"orphan {name}" for name in stored_files.orphans(-1)]
    pairs.drop_constraints()
    with connection.schema_editor() as editor:
        (open_,) = (c for c in NumberHold._meta.constraints if c.name == "one_open_hold")
        editor.remove_constraint(NumberHold, open_)
    return {
        "count": count, "seconds": seconds, **held, "faults": faults,
        "control": {"count": control, **_judge(second, _race(second, guarded=False))},
    }  # fmt: skip


# -- Bouts ------------------------------------------------------------------------------------
def _bills(count):
    driver = Driver(SLUG, cast.budi())
    first = driver.to("SKRD_SIGNING")
    head, deputy = driver.actor(), people.deputy(SLUG, clock.today(first))
    cases = [first, *twins.of(first, count - 1)]
    hands = ((head, head), (head, deputy))
    return [_bill(case, hands[n % 2]) for n, case in enumerate(cases)]


def _bill(case, hands):
    url = reverse("admin:sign", args=[case.pk, "issue_skrd"])
    return Bout(case, "skrd", url, {"version": case.version}, hands)


def _strd(number):
    driver = Driver(cast.SLUG, cast.budi(), number=number)
    bill = interest_bouts.overdue(driver)
    drawn = strd.propose(bill, by=driver.officers["bendahara"])
    head, case = driver.officers["kepala"], driver.fresh()
    url = reverse("admin:arrear_act", args=[bill.pk, "terbitkan"])
    hands = (head, cast.colleague("kepala") if number % 2 else head)
    return Bout(case, "strd", url, {"version": case.version, "strd": drawn.pk}, hands)


def _certify(signatories):
    """Let papers be sealed from here on, each signatory by a certificate of his own."""
    settings.SEAL, settings.SEAL_FOLDER = "lokal", Path(settings.DATA_DIR, "segel")
    _, issuer = chain.make(OFFICE, timezone.now())
    for user in signatories:
        own = chain.end(str(user), OFFICE, timezone.now(), issuer)
        chain.write(settings.SEAL_FOLDER, f"{user.pk}.p12", own.p12(PHRASE))


# -- Hands ------------------------------------------------------------------------------------
def _race(bouts, guarded):
    """Return, for each bout, what either hand was told, and how many seals it set."""
    barrier, meet = together(), together()
    told = side_by_side(_hand, [(n, bouts, guarded, barrier, meet) for n in (0, 1)])
    return list(zip(*told, strict=True))


def _hand(number, bouts, guarded, barrier, meet):
    client, told, set_ = Client(raise_request_exception=False), [], []
    seal = lokal.Local.seal

    def counted(self, *args):
        set_.append(1)
        sealed = seal(self, *args)
        if not guarded:  # both have sealed, and both go on to the move
            meet.wait(MEETS)
        return sealed

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(lokal.Local, "seal", counted))
        if not guarded:
            _off(stack, bouts)
        for bout in bouts:
            set_.clear()
            client.force_login(bout.hands[number], backend=pairs.BACKEND)
            barrier.wait()
            answer = client.post(bout.url, bout.form | {"sandi": PHRASE})
            told.append((answer.status_code, _text(answer)[:300], len(set_)))
    return told


def _text(answer):
    """Return what a loser read; where the page fell over, by what."""
    if answer.status_code == 302:
        return ""
    fell = getattr(answer, "exc_info", None)
    if fell and answer.status_code == 500:
        return f"{fell[0].__name__}: {fell[1]}"
    return (answer.context or {}).get("text", "")


def _off(stack, bouts):
    """The control: no try keeps another waiting, none looks at version, lock or what was sealed."""
    stack.enter_context(pairs.guards_off({bout.case.pk: bout.case for bout in bouts}))
    stack.enter_context(mock.patch.object(holds, "claim", lambda hold: uuid4()))
    stack.enter_context(mock.patch.object(rendering, "mark_of", lambda page: ""))


# -- Judging ----------------------------------------------------------------------------------
def _judge(bouts, told):
    """Count bouts that left one sealed paper with the one number that was held, by one seal."""
    found = dict.fromkeys(("violations", "winners", "doubles", "twice", "rude", "locked"), 0)
    for bout, answers in zip(bouts, told, strict=True):
        papers = Paper.objects.filter(case=bout.case.pk, kind=bout.kind).exclude(number=None)
        numbers = NumberHold.objects.filter(case=bout.case.pk).values_list("paper", flat=True)
        one = len(papers) == 1 and bool(papers[0].sealed_sha256) and [*numbers] == [papers[0].pk]
        losers = [(status, text) for status, text, _ in answers if status != 302]
        rude = any(status != 409 or not any(words in text for words in TOLD)
                   for status, text in losers)  # fmt: skip
        seals = sum(count for *_, count in answers)
        right = one and len(losers) == 1 and seals == 1
        found["winners"] += right
        found["doubles"] += len(papers) > 1
        found["twice"] += seals > 1
        found["rude"] += rude
        found["locked"] += any("locked" in text for _, text in losers)
        found["violations"] += rude or not right
    return found | {"losers_told": [answer for pair in told for answer in pair][:4]}
