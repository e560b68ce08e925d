"""Runs each race in a process of its own, forked here as setting Django up takes two seconds.

Each line of the input is JSON: the folder and the database of a race, then NAME COUNT CONTROL. It
is a race of COUNT bouts with all guards, the invariants after it, then CONTROL bouts with a guard
switched off, which must show violations. Its figures are printed as JSON, then how it ended.
"""

import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "walk")]

import django  # noqa: E402

django.setup()

import bouts  # noqa: E402
import cash_race  # noqa: E402
import digest_race  # noqa: E402
import interest_bouts  # noqa: E402, F401
import kills  # noqa: E402
import numbers_race  # noqa: E402
import pairs  # noqa: E402
import refunds_race  # noqa: E402
import sanction_bouts  # noqa: E402, F401
import seal_race  # noqa: E402
import services_race  # noqa: E402
import statements_race  # noqa: E402
import survey_race  # noqa: E402
from abreast import FORK, aftermath  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from environ import Env  # noqa: E402

from imbportal.daerah import registry  # noqa: E402
from imbportal.demo import people  # noqa: E402
from imbportal.demo.once import accepted_once  # noqa: E402
from notifications import jobs  # noqa: E402

BEGUN_IN = settings.DATA_DIR
PATIENCE = 1800
"""Seconds that one race may take."""
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
    faults = aftermath()
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
    if name == "seals":
        return seal_race.figures(*map(int, arguments))
    if name == "services":
        return services_race.figures(*map(int, arguments))
    if name == "cash":
        return cash_race.figures(*map(int, arguments))
    if name == "digests":
        return digest_race.figures(*map(int, arguments))
    if name == "refunds":
        return refunds_race.figures(*map(int, arguments))
    if name == "statements":
        return statements_race.figures(*map(int, arguments))
    if name == "survey":
        return survey_race.figures(*map(int, arguments))
    return fight(name, *map(int, arguments))


def move(folder, url):
    """Let this process work in another folder, on another database of the same kind."""
    os.environ |= {"DATA_DIR": folder, "DATABASE_URL": url}
    connection.settings_dict["NAME"] = Env.db_url_config(url)["NAME"]
    for name in ("DATA_DIR", "FILES_ROOT", "STATIC_ROOT", "FILE_UPLOAD_TEMP_DIR"):
        inside = getattr(settings, name).relative_to(BEGUN_IN)
        setattr(settings, name, Path(folder, inside))
    settings.STORAGES["default"]["OPTIONS"]["location"] = settings.FILES_ROOT
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)


def say(answer):
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def one(folder, url, name, *arguments):
    move(folder, url)
    say(main(name, *arguments))


def serve():
    for line in sys.stdin:
        child = FORK.Process(target=one, args=json.loads(line))
        child.start()
        child.join(PATIENCE)
        if child.is_alive():
            child.kill()
            child.join()
        say({"ended": child.exitcode})


if __name__ == "__main__":
    serve()
