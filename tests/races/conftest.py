"""A database of each race's own: append-only tables cannot be emptied between tests."""

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse

import psycopg2
import pytest
import tables
from _processes import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
RING = Path(__file__).with_name("ring.py")
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = SERVER.startswith("postgres")


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]
)
def ring(request, tmp_path_factory):
    """Return a function that runs one race on a fresh copy of a migrated database."""
    vendor = request.param
    if vendor == "sqlite" and ON_POSTGRES:
        pytest.skip("runs where the suite runs on SQLite")
    if vendor == "postgresql" and not ON_POSTGRES:
        pytest.fail("DATABASE_URL must name a running PostgreSQL: use script/test")
    folder = tmp_path_factory.mktemp(vendor)
    databases = (OnSqlite if vendor == "sqlite" else OnPostgres)(folder)
    with databases.first() as template, Ring(folder, template) as ring:
        ring.run(folder / "template", template, "prepare")
        databases.template = template

        def race(name, count, control):
            with databases.fresh() as url:
                own = folder / f"{name}-{count}"
                shutil.copytree(folder / "template", own)  # the files that its rows name
                figures = ring.run(own, url, name, count, control)
            return write(name, {"database": vendor} | figures)

        yield race


class OnSqlite:
    """Files; a copy is a file's copy."""

    template = None

    def __init__(self, folder):
        self.folder = folder

    @contextmanager
    def first(self):
        path = self.folder / "tabel.sqlite3"
        tables.sqlite_file(path)
        yield f"sqlite:///{path}"

    @contextmanager
    def fresh(self):
        path = self.folder / f"{secrets.token_hex(4)}.sqlite3"
        source = sqlite3.connect(self.template.removeprefix("sqlite:///"))
        with sqlite3.connect(path) as copy:
            source.backup(copy)
        source.close()
        yield f"sqlite:///{path}"


class OnPostgres:
    """Databases on the server that DATABASE_URL names; dropped when they have served."""

    template = None

    def __init__(self, folder):
        self.folder = folder

    @contextmanager
    def first(self):
        with self._copy(tables.postgresql_template(SERVER)) as url:
            yield url

    @contextmanager
    def fresh(self):
        with self._copy(urlparse(self.template).path[1:]) as url:
            yield url

    @contextmanager
    def _copy(self, source):
        name = f"race_{secrets.token_hex(4)}"
        administer(f"CREATE DATABASE {name} TEMPLATE {source}")
        try:
            yield urlparse(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            administer(f"DROP DATABASE {name} WITH (FORCE)")


def administer(statement):
    connection = psycopg2.connect(SERVER)
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


class Ring:
    """The process in which each race is forked."""

    def __init__(self, folder, url):
        (folder / "static").mkdir()  # whitenoise warns where there is none
        self.log = folder / "ring.log"
        env = os.environ | {
            "DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1", "TESTING": "1",
            "DJANGO_SETTINGS_MODULE": "imbportal.settings", "REDIS_URL": "",
        }  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(RING)], cwd=ROOT, env=env, stderr=log, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=die_with_parent,
            )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def run(self, folder, url, name, *arguments):
        """Run a race in a process of its own and return what it printed."""
        folder.mkdir(exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
        self.process.stdin.write(json.dumps([str(folder), url, name, *arguments]) + "\n")
        self.process.stdin.flush()
        said = [{}]
        for line in self.process.stdout:
            said.append(json.loads(line))
            if "ended" in said[-1]:
                break
        assert said[-1] == {"ended": 0}, self.log.read_text()[-6000:]
        return said[-2]


def write(name, figures):
    """Print the figures of a race and keep them below reports/."""
    line = json.dumps({"race": name} | figures, ensure_ascii=False)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    file = f"race-{name}-{figures['database']}-{figures['count']}.json"
    (ROOT / "reports" / file).write_text(line + "\n")
    return figures
