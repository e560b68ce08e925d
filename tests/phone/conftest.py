"""A portal as in production (gunicorn, compressed static files) with cases of one family."""

import sys
from types import SimpleNamespace

import pytest
from portal import Portal

CASES = """
from imbportal.demo import people
from imbportal.demo.driver import Driver
budi = people.applicant("budi")
for state in ("DRAFT", "INCOMPLETE", "AWAITING_PAYMENT", "COLLECTED"):
    driver = Driver("contoh", budi)
    if state == "DRAFT":
        driver.open(); driver.half()
    else:
        driver.to(state)
    case = driver.fresh()
    print(state, case.pk, case.number or "-", case.secret or "-")
"""


@pytest.fixture(scope="session")
def family(tmp_path_factory):
    """Return the portal's address, and pk, number and secret of each case by its state."""
    folder = tmp_path_factory.mktemp("phone")
    own = {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "REDIS_URL": ""}
    with Portal(folder, **own, WEB_WORKERS="1") as portal:
        told = portal.run(sys.executable, "manage.py", "shell", "-v0", "-c", CASES)
        cases = {}
        for line in told.splitlines():
            state, pk, number, secret = line.split()
            cases[state] = SimpleNamespace(pk=pk, number=number, secret=secret)
        yield SimpleNamespace(url=portal.url, cases=cases, portal=portal, folder=folder)
