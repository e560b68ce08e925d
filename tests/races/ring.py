"""Runs one race in a process of its own, on the database that the environment names.

``ring.py NAME COUNT CONTROL``: a race of COUNT bouts with all guards, the invariants after it, then
CONTROL bouts with a guard switched off, which must show violations. Prints figures as JSON.
"""

import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "walk")]

import django  # noqa: E402

django.setup()

import bouts  # noqa: E402
import cash_race  # noqa: E402
import interest_bouts  # noqa: E402, F401
import kills  # noqa: E402
import numbers_race  # noqa: E402
import pairs  # noqa: E402
import refunds_race  # noqa: E402
import services_race  # noqa: E402
import statements_race  # noqa: E402
import survey_race  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from imbportal.daerah import registry  # noqa: E402
from imbportal.demo import people  # noqa: E402
from imbportal.demo.once import accepted_once  # noqa: E402
from notifications import jobs  # noqa: E402
from retribusi import invariants  # noqa: E402

SIDE_BY_SIDE = {"bills": 4}
"""Pairs of hands that press at the same time, each on cases of its own: eight clients."""


def prepare():
    people.applicants()
    for slug in registry.slugs():
        people.officers(slug)
    while jobs.run_one():  # what is made here may be an hour old when the last race begins
        pass
    return {}


def fight(name, count, control):
    """Race pairs of hands on cases, with guards and without."""
    setup_test_environment()  # lets the client see what a page was made of
    with accepted_once(), transaction.atomic():
        first, second = bouts.make(name, count), bouts.make(name, control, start=count)
    begin = time.monotonic()
    held = pairs.judge(first, pairs.race(first, pairs=SIDE_BY_SIDE.get(name, 1)))
    seconds = round(time.monotonic() - begin, 2)
    faults = [fault.text for fault in invariants.faults()]
    pairs.drop_constraints()
    open_ = pairs.judge(second, pairs.race(second, guarded=False))
    return {
        "count": count, "seconds": seconds, **held, "faults": faults,
        "control": {"count": control, **open_},
    }  # fmt: skip


def main(name, *arguments):
    if name == "prepare":
        return prepare()
    if name == "kills":
        return kills.figures(*map(int, arguments))
    if name == "numbers":
        return numbers_race.figures(*map(int, arguments))
    if name == "services":
        return services_race.figures(*map(int, arguments))
    if name == "cash":
        return cash_race.figures(*map(int, arguments))
    if name == "refunds":
        return refunds_race.figures(*map(int, arguments))
    if name == "statements":
        return statements_race.figures(*map(int, arguments))
    if name == "survey":
        return survey_race.figures(*map(int, arguments))
    return fight(name, *map(int, arguments))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:]), ensure_ascii=False) + "\n")
