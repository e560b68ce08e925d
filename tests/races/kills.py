"""The web process is killed between a payment and the next state, at each named point in turn.

The process is gunicorn's, of the same options as everywhere; ``dying_wsgi`` is the portal with a
header that names the point. What lies in the database then must be all of the payment or none.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import requests
import twins
from abreast import aftermath
from django.conf import settings
from django.db import connections, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from applications.models import Application
from imbportal.demo import people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from notifications.models import Message
from retribusi import invariants
from retribusi.models import LedgerEntry, Payment

SLUG, MOVE = "malang", "confirm_payment"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BEFORE = (
    "before the case is locked", "the case is locked", "the proof is judged",
    "the payment is written", "the ledger is written", "the bill is settled",
    "papers and duty are written", "the event is written", "the state is saved",
    "the messages are written", "before the commit",
)  # fmt: skip
AFTER = ("after the commit", "before the answer")
POINTS = (*BEFORE, *AFTER)
HALVES = ("the payment is written", "the bill is settled")
"""Where a portal without one transaction would leave half of it."""
PATIENCE = 120


def figures(count, control):
    with accepted_once(), transaction.atomic():
        made = _paid(count + control)
    cases, spare = made[:count], made[count:]
    begin = time.monotonic()
    found = _killed(cases, POINTS)
    found["seconds"] = round(time.monotonic() - begin, 2)
    faults = aftermath()
    open_ = _killed(spare, HALVES, again=False, IN_PIECES="1")
    open_["faults"] = len(invariants.faults())
    return {"count": count, **found, "faults": faults, "control": {"count": control, **open_}}


def _paid(count):
    """Return cases whose proof waits for the cashier; they are twins up to the bill, not after."""
    driver = Driver(SLUG, people.applicant("budi"))
    first = driver.to("SKRD_SIGNING")
    found = []
    for driver.case in (first, *twins.of(first, count - 1)):
        found.append(driver.to("PAYMENT_REVIEW"))
    return found


def _killed(cases, points, again=True, **environment):
    """Kill the process in each case's payment, then let the cashier click again."""
    found: Counter[str] = Counter(killed=0, halves=0, doubles=0, done=0)
    cashier = _session()
    with _web(**environment) as url:
        for number, case in enumerate(cases):
            point, before = points[number % len(points)], _lies(case)
            found["killed"] += _press(url, cashier, case, point) is None
            after = _lies(case)
            whole = after == before if point in BEFORE else _is_paid(after, before)
            found["halves"] += not whole
            if not again:
                continue
            _answering(url)
            told = _press(url, cashier, case)
            right = told == (302 if point in BEFORE else 409)
            found["done"] += right and _is_paid(_lies(case), before)
            found["doubles"] += Payment.objects.filter(application=case.pk).count() > 1
    return dict(found)


def _lies(case):
    """Return what lies in the database of a payment."""
    row = Application.objects.get(pk=case.pk)
    bill = row.bills.get(voided_at=None)
    return {
        "state": row.state,
        "payments": Payment.objects.filter(application=row).count(),
        "booked": LedgerEntry.objects.filter(application=row).aggregate(s=Sum("amount"))["s"] or 0,
        "settled": bill.settled_at is not None,
        "proof": bill.proofs.get().status,
        "events": row.events.count(),
        "acts": row.acts.filter(gate="PAYMENT_REVIEW").count(),
        "duties": row.duties.filter(duty="bayar").count(),
        "messages": Message.objects.filter(case=row.pk).count(),
    }


def _is_paid(now, before):
    """Say whether all of the payment lies there, once."""
    return now["booked"] > 0 and now["messages"] > before["messages"] and now == before | {
        "state": "PERMIT_SIGNING", "payments": 1, "booked": now["booked"], "settled": True,
        "proof": "diterima", "events": before["events"] + 1, "acts": 1, "duties": 1,
        "messages": now["messages"],
    }  # fmt: skip


# -- The web process --------------------------------------------------------------------------
@contextmanager
def _web(**environment):
    """Run gunicorn until closed; a worker that dies is followed by another."""
    connections.close_all()
    port = _free_port()
    env = os.environ | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"} | environment
    env["PYTHONPATH"] = os.pathsep.join([str(settings.BASE_DIR), str(Path(__file__).parent)])
    config = str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "dying_wsgi:application", "--preload"]
    web = subprocess.Popen([*command, "--config", config], env=env, cwd=settings.BASE_DIR)
    try:
        url = f"http://127.0.0.1:{port}"
        _answering(url)
        yield url
    finally:
        web.terminate()
        web.wait(PATIENCE)


def _free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answering(url):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/sehat/", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the web process does not answer")


def _session():
    """Return the cookies of the cashier, logged in."""
    client = Client()
    client.force_login(people.officers(SLUG)["bendahara"], backend=BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: key, settings.CSRF_COOKIE_NAME: "a" * 32}


def _press(url, cookies, case, die_at=""):
    """Press the cashier's button; return the status, or None where nobody answered."""
    form = {"csrfmiddlewaretoken": "a" * 32, "version": case.version}
    headers = {"X-Die-At": die_at} if die_at else {}
    address = url + reverse("admin:move", args=[case.pk, MOVE])
    try:
        answer = requests.post(
            address, data=form, cookies=cookies, headers=headers, allow_redirects=False, timeout=30
        )
    except requests.ConnectionError:
        return None
    return answer.status_code
