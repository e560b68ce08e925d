"""Many connections take numbers of one series at once, over the turn of the year."""

import datetime
import threading
import time
from contextlib import ExitStack
from unittest import mock
from zoneinfo import ZoneInfo

from abreast import FORK, side_by_side, together
from django.db import connection, connections, transaction
from django.utils import timezone

from documents import numbering
from documents.models import Counter
from imbportal.daerah import registry
from imbportal.daerah.paper_kinds import PaperKind

PROCESSES = 8
THREADS = {"sqlite": 1, "postgresql": 4}
"""Connections of each process: 8 on SQLite, 32 on PostgreSQL."""
KIND = "uji"
TABLE = "race_number"


class Thrown(Exception):
    """A transaction that took a number and fails afterwards."""


def figures(count, control):
    begin = time.monotonic()
    held = _series(count)
    seconds = round(time.monotonic() - begin, 2)
    return {
        "count": count, "seconds": seconds, "per_second": round(count / seconds), **held,
        "connections": PROCESSES * THREADS[connection.vendor],
        "control": {"count": control, **_series(control, guarded=False)},
    }  # fmt: skip


def _series(count, guarded=True):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} (number varchar(40))")
    Counter.objects.filter(key__contains=f":{KIND}:").delete()
    threads = THREADS[connection.vendor]
    share = count // (PROCESSES * threads)
    errors, rolled_back = _run(threads, share, guarded)
    return _judge(share * PROCESSES * threads, errors, rolled_back)


def _run(threads, share, guarded):
    tickets, barrier = FORK.Value("i", 0), together(PROCESSES)
    told = side_by_side(_worker, [(threads, share, guarded, barrier, tickets)] * PROCESSES)
    return [error for errors, _ in told for error in errors], sum(thrown for _, thrown in told)


def _worker(threads, share, guarded, barrier, tickets):
    rules, errors, thrown = _rules(), [], []
    midnight = datetime.datetime(2027, 1, 1, tzinfo=ZoneInfo(rules.timezone))
    half = share * threads * PROCESSES // 2

    def now():
        """Tick once a look, for all workers together: the year turns when half is taken."""
        with tickets.get_lock():
            tickets.value += 1
            return midnight + datetime.timedelta(milliseconds=tickets.value - half)

    def work():
        for n in range(share):
            try:
                _take(rules, throw=n % 10 == 9, guarded=guarded)
            except Thrown:
                thrown.append(n)
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}"[:120])
        connections.close_all()

    barrier.wait()
    with ExitStack() as stack:
        stack.enter_context(mock.patch("django.utils.timezone.now", now))
        if not guarded:
            stack.enter_context(mock.patch.object(numbering, "count", _unlocked))
        hands = [threading.Thread(target=work) for _ in range(threads)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    return errors, len(thrown)


def _take(rules, *, throw, guarded):
    """Take one number and write it down, in one transaction."""
    at = timezone.now()
    if not guarded:
        SEEN.value = _early(rules, at)
    with transaction.atomic():
        number = numbering.take(rules, KIND, at)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} VALUES (%s)", [number])
        if throw:
            raise Thrown


def _rules():
    rules = registry.current("contoh")
    paper = {KIND: PaperKind(title="Uji", pattern="{n}/{year}")}
    return rules.model_copy(update={"paper": paper})


# -- Negative control -----------------------------------------------------------------------
SEEN = threading.local()


def _early(rules, at):
    """Read the counter before the transaction: on SQLite, IMMEDIATE leaves no other way to err."""
    if connection.vendor == "postgresql":
        return None
    day = at.astimezone(ZoneInfo(rules.timezone)).date()
    counter = Counter.objects.filter(key=numbering.series(rules, KIND, day)).first()
    return counter.value if counter else 0


def _unlocked(key):
    """Count on from a value that nobody keeps locked."""
    Counter.objects.get_or_create(key=key)
    counter = Counter.objects.get(key=key)
    counter.value = (counter.value if SEEN.value is None else SEEN.value) + 1
    counter.save(update_fields=["value"])
    return counter.value


# -- Judging --------------------------------------------------------------------------------
def _judge(taken, errors, rolled_back):
    """Hold the numbers that were written against their counters; every gap or double counts."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {TABLE}")
        printed = [row[0].split("/") for row in cursor.fetchall()]
    gaps = doubles = 0
    years = {}
    for counter in Counter.objects.filter(key__contains=f":{KIND}:"):
        year = counter.key.rsplit(":", 1)[1]
        numbers = [int(n) for n, of in printed if of == year]
        gaps += len(set(range(1, counter.value + 1)) ^ set(numbers))
        doubles += len(numbers) - len(set(numbers))
        years[year] = len(numbers)
    lost = taken - rolled_back - len(errors) - sum(years.values())
    return {
        "taken": taken, "rolled_back": rolled_back, "years": years, "gaps": gaps,
        "doubles": doubles, "errors": errors[:3], "locked": sum("locked" in e for e in errors),
        "violations": gaps + doubles + len(errors) + lost,
    }  # fmt: skip
