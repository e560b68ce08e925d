"""Run the marked tests once per mutation, each in a fork of one process that has collected them.

Tests that need no database come first; only a mutation that they do not see goes on to the others,
for which the database is made once and copied with the process (SQLite, in memory).
"""

import gc
import importlib
import json
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol

from tests.kewajiban import mutating, obligations

ELSEWHERE = {"services", "browser", "panjang"}
"""Marks of tests that run in other processes, or too long for this."""
WALK = "walk/"
PATIENCE = 600
"""Seconds after which a try that hangs is given up, and counts as no test's failure."""
SEEN, REFUSED, SURVIVED, BROKEN = "tes gagal", "ditolak pemuat", "SELAMAT", "RUSAK"


class Verdict(NamedTuple):
    id: str
    mutation: str
    result: str
    detail: str
    good: bool


class MutationRun:
    """A plugin whose loop takes the place of pytest's own."""

    def __init__(self, ids, *, instead=(), draw=None):
        self.ids, self.instead, self.draw = ids, instead, draw
        """``instead``: mutations to try in place of those of the data files; ``draw``: the number
        by which one of each obligation is drawn, without those that only a driven case sees
        (``long``); None tries all."""
        self.verdicts: list[Verdict] = []

    def pytest_runtestloop(self, session):
        if session.testsfailed:
            raise session.Interrupted(f"{session.testsfailed} errors while collecting")
        session.config._tmp_path_factory.getbasetemp()  # one for all forks
        self.session, self.items = session, by_id(session.items)
        self.complain()
        known = obligations.every()
        chosen = [known[name] for name in self.ids]
        pending = [(one, mutation) for one in chosen for mutation in self.tried(one)]
        for with_database in (False, True):
            if with_database and pending:
                make_database(session.config)
            self.controls([one for one, _ in pending], with_database)
            pending = [task for task in pending if self.survives(*task, with_database)]
        return True

    def tried(self, one):
        if self.instead or self.draw is None:
            return self.instead or one.mutate
        short = [mutation for mutation in one.mutate if not mutation.get("long")]
        return random.Random(f"{self.draw} {one.id}").sample(short, min(1, len(short)))

    def complain(self):
        """The marks that were read must be those that pytest sees."""
        read = {name for mark in obligations.marked() for name in mark.ids}
        lost = {name for name in self.ids if name in read and name not in self.items}
        if lost:
            raise pytest.UsageError(f"marked, but no test that can run here: {sorted(lost)}")

    # -- What is tried ------------------------------------------------------------------------
    def controls(self, chosen, with_database):
        """Nothing changed: every test of the chosen ids must pass, or the rest says nothing."""
        for slug in dict.fromkeys(one.slug for one in chosen):
            names = dict.fromkeys(one.id for one in chosen if one.slug == slug)
            items = dict.fromkeys(item for name in names for item in self.items.get(name, ()))
            wanted = [item for item in items if needs_database(item) == with_database]
            found = self.fork(slug, mutating.CONTROL, wanted)
            found["good"] = found["result"] == SURVIVED
            self.tell(slug, mutating.CONTROL, found)

    def survives(self, one, mutation, with_database):
        """Try a mutation; return whether it must go on to the tests with a database."""
        items = self.items.get(one.id, [])
        wanted = [item for item in items if needs_database(item) == with_database]
        more = not with_database and len(wanted) < len(items)
        found = self.fork(one.slug, mutation, wanted)
        if more and found["result"] == SURVIVED:
            return True
        enforced = found["result"] == REFUSED and mutation.get("enforced", False)
        found["good"] = enforced or found["result"] == SEEN
        self.tell(one.id, mutation, found)
        return False

    def tell(self, name, mutation, found):
        verdict = Verdict(name, mutating.title(mutation), **found)
        self.verdicts.append(verdict)
        detail = f" ({verdict.detail})" if verdict.detail else ""
        sign = " " if verdict.good else "!"
        line = f"{sign} {name}  {verdict.mutation}: {verdict.result}{detail}\n"
        sys.stdout.write(line)

    # -- One try ------------------------------------------------------------------------------
    def fork(self, slug, mutation, items):
        """Return what a copy of this process found."""
        reading, writing = os.pipe()
        sys.stdout.flush()
        gc.freeze()  # a collection in the copy would copy every page
        pid = os.fork()
        if not pid:
            os.close(reading)
            try:
                found = self.attempt(slug, mutation, items)
            except BaseException as error:  # said, never swallowed: the verdict is bad
                found = {"result": BROKEN, "detail": f"{type(error).__name__}: {error}"}
            os.write(writing, json.dumps(found).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            said = answer.read()
        _, status = os.waitpid(pid, 0)
        return json.loads(said) if said else {"result": BROKEN, "detail": f"status {status}"}

    def attempt(self, slug, mutation, items):
        signal.alarm(PATIENCE)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        from django.conf import settings

        from imbportal.daerah import loader, registry

        with tempfile.TemporaryDirectory(prefix="mutasi-") as folder:
            mutating.apply(mutation, slug, Path(registry.FOLDER), Path(folder))
            if "code" not in mutation:
                registry.FOLDER = settings.DAERAH_FOLDER = Path(folder)
                registry.forget()
                try:
                    registry.current(slug)
                except loader.DaerahError as error:
                    return {"result": REFUSED, "detail": error.problems[0]}
            for module in {item.module: None for item in items}:
                importlib.reload(module)  # what it read from the rules at import
            return first_failure(items)


def first_failure(items):
    for item, following in zip_longest(items, items[1:]):
        for report in runtestprotocol(item, log=False, nextitem=following):
            if report.failed and report.when != "teardown":
                file, setup = item.path.name, " saat disiapkan" if report.when == "setup" else ""
                return {"result": SEEN, "detail": f"{file}::{item.name}{setup}"}
    return {"result": SURVIVED, "detail": f"{len(items)} tes lulus"}


def by_id(items):
    """Return the tests of each id that can run here, in this process."""
    found: dict[str, list] = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        if marks & ELSEWHERE or WALK in item.nodeid:
            continue
        for mark in item.iter_markers(obligations.MARK):
            for name in mark.args:
                found.setdefault(name, []).append(item)
    return found


def needs_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def make_database(config):
    """Make the test database here, once; in the forks pytest-django finds it made."""
    import django.test.utils
    import tables
    from django.db import connection
    from pytest_django.plugin import blocking_manager_key

    full = tables.sqlite_memory(connection.creation._get_test_db_name())
    with config.stash[blocking_manager_key].unblock(), closing(full):
        made = django.test.utils.setup_databases(verbosity=0, interactive=False)
    django.test.utils.setup_databases = lambda *_, **__: made
    django.test.utils.teardown_databases = lambda *_, **__: None


def summary(verdicts, seconds) -> dict:
    """Return the figures of a run: how many mutations, and how each was seen."""
    controls = [verdict for verdict in verdicts if "-" not in verdict.id]
    tried = [verdict for verdict in verdicts if "-" in verdict.id]
    return {
        "kewajiban": len({verdict.id for verdict in tried}),
        "mutasi": len(tried),
        **Counter(verdict.result for verdict in tried),
        "kontrol": [control.result for control in controls],
        "gagal": [f"{v.id} {v.mutation}: {v.result}" for v in verdicts if not v.good],
        "detik": round(seconds, 1),
    }
