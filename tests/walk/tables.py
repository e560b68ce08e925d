"""Databases with every table and the rows of the migrations: migrated once, then copied.

Bringing an empty database up to date takes some thirteen seconds of the processor; whoever gets
one from here may call ``migrate`` all the same, and finds nothing left to do.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from urllib.parse import urlparse

import prepared
import psycopg2

ELSEWHERE = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "CLAMD", "PYTEST_VERSION")
"""What would lead a process to the services of other tests."""
FILE = "db.sqlite3"
LOCK = 20_261_126
"""Of the server: one process migrates, the others wait for it."""


def sqlite_file(path):
    """Make a SQLite database with all tables at this path."""
    with closing(sqlite3.connect(path)) as file:
        _copy_into(file)


def sqlite_memory(name):
    """Fill a database in memory that the connections of this process share under this name.

    Returns the connection that keeps it alive.
    """
    memory = sqlite3.connect(name, uri=True, check_same_thread=False)
    if not memory.execute("SELECT 1 FROM sqlite_master").fetchone():
        _copy_into(memory)
    return memory


def _copy_into(connection):
    with (
        prepared.held("tabel", _migrate) as folder,
        closing(sqlite3.connect(folder / FILE)) as full,
    ):
        full.backup(connection)


def postgresql_template(server):
    """Return the name of a database with all tables on this server, to be copied as a template."""
    name = f"tabel_{prepared.fingerprint()}"
    with _locked(server) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            half = f"{name}_setengah"
            cursor.execute(f"DROP DATABASE IF EXISTS {half}")
            cursor.execute(f"CREATE DATABASE {half}")
            address = urlparse(server)._replace(path=f"/{half}").geturl()
            with tempfile.TemporaryDirectory() as folder:
                _migrate(folder, DATABASE_URL=address)
            cursor.execute(f"ALTER DATABASE {half} RENAME TO {name}")
    return name


@contextmanager
def _locked(server):
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield cursor
    finally:
        connection.close()


def _migrate(folder, **environment):
    """Migrate as an installation does: no tests' settings, no services of other tests."""
    env = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    env |= {
        "DATA_DIR": str(folder),
        "DEMO": "1",
        "TESTING": "",
        "DJANGO_SETTINGS_MODULE": "imbportal.settings",
        "SECRET_KEY": "tabel-" + "x1" * 40,
    }
    for words in (["migrate", "-v0", "--skip-checks"], ["createcachetable"]):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=prepared.ROOT, env=env | environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
