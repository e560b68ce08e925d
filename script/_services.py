"""PostgreSQL and Redis of the tests' own: free ports, passwords nobody else knows, a directory
that goes with them. That a connection with the password works proves whom one talks to."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

from _processes import free_port

PATIENCE = 30
"""Seconds for a service to take connections."""


def postgres_bin():
    """Return the newest directory that holds PostgreSQL's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    program = found[-1] if found else shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def _major(path):
    return int(path.parent.parent.name)


def start_postgres(children, folder):
    """Start a fresh cluster below the folder; return its DATABASE_URL."""
    programs, port, password = postgres_bin(), free_port(), secrets.token_hex(16)
    user = _servant()
    home = Path(folder, "postgres")
    home.mkdir(mode=0o700)
    secret = home / "sandi"
    secret.write_text(password)
    if user:
        _give(user, Path(folder), home, secret)
    data = home / "data"
    command = [
        programs / "initdb", "-D", data, "-U", "portal", "--pwfile", secret, "--no-sync",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=home, **user)
    settings = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": home,
        "fsync": "off", "full_page_writes": "off", "max_connections": 100,
    }  # fmt: skip
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    log = (home / "log").open("w")
    children.start(
        "PostgreSQL", [programs / "postgres", "-D", data, *options], stderr=log, cwd=home, **user
    )
    _wait_for(port, "PostgreSQL")
    return f"postgres://portal:{password}@127.0.0.1:{port}/postgres"


def _servant():
    """Return whom to run PostgreSQL as, which refuses root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _give(user, folder, *paths):
    folder.chmod(0o711)  # to pass through, not to look into
    for path in paths:
        os.chown(path, user["user"], user["group"])


def start_redis(children, folder):
    """Start a Redis that keeps nothing; return its REDIS_URL."""
    port, password = free_port(), secrets.token_hex(16)
    config = Path(folder, "redis.conf")
    config.write_text(
        f"port {port}\nbind 127.0.0.1\nrequirepass {password}\nsave ''\nappendonly no\n"
        f"dir {folder}\n"
    )
    children.start("Redis", ["redis-server", config], stdout=subprocess.DEVNULL)
    _wait_for(port, "Redis")
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _wait_for(port, name):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{name} tidak menjawab pada port {port}.")
