"""The portal as gunicorn serves it, but for a header that names the point at which to die.

With ``IN_PIECES=1`` a move is no transaction any more: the negative control.
"""

import functools
import os
import signal
import threading

from imbportal.wsgi import application as portal  # first of all: it sets Django up

# isort: split
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from applications import effects, events, ports, services, telling
from applications.models import Application
from retribusi import ledger, slips
from retribusi.cash import days

AT = threading.local()
POINTS = {
    "before the case is locked": (services, "locked", "before"),
    "the case is locked": (services, "locked", "after"),
    "the proof is judged": (slips, "judge", "after"),
    "the payment is written": (ledger, "book_payment", "before"),
    "the ledger is written": (ledger, "book_payment", "after"),
    "the bill is settled": (ports.money, "confirm", "after"),
    "papers and duty are written": (effects, "bring", "after"),
    "the event is written": (events, "append", "after"),
    "the state is saved": (Application, "save", "after"),
    "the messages are written": (telling, "tell", "after"),
    "before the commit": (BaseDatabaseWrapper, "commit", "before"),
    "after the commit": (BaseDatabaseWrapper, "commit", "after"),
}
ANSWER = "before the answer"


def die(*, at):
    if getattr(AT, "name", None) == at:
        os.kill(os.getpid(), signal.SIGKILL)


def deadly(owner, attribute, name, when):
    """Wrap a function so that the process dies before or after it, where a request asks for it."""
    function = getattr(owner, attribute)

    @functools.wraps(function)
    def wrapped(*words, **more):
        if when == "before":
            die(at=name)
        answer = function(*words, **more)
        if when == "after":
            die(at=name)
        return answer

    setattr(owner, attribute, wrapped)


def armed(view):
    """Arm the point only for the move itself: sessions are committed in the same request."""

    @functools.wraps(view)
    def perform(*words, **more):
        AT.name = getattr(AT, "asked", None)
        try:
            return view(*words, **more)
        finally:
            AT.name = None

    return perform


for name, (owner, attribute, when) in POINTS.items():
    deadly(owner, attribute, name, when)
if os.environ.get("IN_PIECES"):
    services.perform = services.perform.__wrapped__
    # What refuses to work outside of a transaction would answer with an error page and never die.
    days.hold = lambda daerah, **options: None
    QuerySet.select_for_update = lambda self, **options: self
services.perform = armed(services.perform)


def application(environ, start_response):
    AT.asked = environ.get("HTTP_X_DIE_AT")
    answer = portal(environ, start_response)
    if AT.asked == ANSWER:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
