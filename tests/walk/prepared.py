"""Data directories that are made once and copied, as making one takes half a minute of work."""

import fcntl
import hashlib
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "shots" / "persiapan"
"""Ignored by git."""
MADE_OF = (
    "*/migrations/*.py", "imbportal/*/migrations/*.py", "imbportal/demo/*.py",
    "imbportal/daerah/*.toml", "applications/workflow.py", "templates/pdf/**/*.html",
    "documents/styles/*.css", "requirements.txt", "tests/walk/prepared.py",
    "tests/walk/tables.py", "tests/walk/demo_data.py", "imbportal/triggers.py",
)  # fmt: skip


CODE = (
    "accounts/**/*.py", "applications/**/*.py", "documents/**/*.py", "feedback/**/*.py",
    "imbportal/**/*.py", "notifications/**/*.py", "retribusi/**/*.py",
)  # fmt: skip
STAMP, BEGUN = "dibuat-dengan", "dibuat-sejak"


def copy(name, folder, make, only="", exact=False):
    """Fill a new folder with what ``make(folder)`` put into one of this name, now or earlier.

    ``only``: the folder in it that is wanted alone. ``exact``: no code has changed since it was
    made.
    """
    with held(name, make, exact) as target:
        shutil.copytree(target / only, folder / only, dirs_exist_ok=True)


@contextmanager
def held(name, make, exact=False):
    """Give the folder itself, to be read while no other process renews it."""
    target = FOLDER / f"{name}-{fingerprint()}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f".kunci-{name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code = fingerprint(CODE)
        if exact and target.exists() and (target / STAMP).read_text() != code:
            shutil.rmtree(target)
        if not target.exists():
            _prepare(target, make, code)
        yield target


def made_from(folder):
    """Return when the data of a copy began to be made, in seconds since 1970."""
    return float((folder / BEGUN).read_text())


def _prepare(target, make, code):
    for old in FOLDER.glob(target.name[:-16] + "[0-9a-f]" * 16 + "*"):
        shutil.rmtree(old)
    half, begun = target.with_name(f"{target.name}.setengah"), time.time()
    half.mkdir()
    make(half)
    (half / BEGUN).write_text(str(begun))
    (half / STAMP).write_text(code)
    half.rename(target)


def fingerprint(patterns=MADE_OF):
    """Return a hash over what the data are made of; code around them may change."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        digest.update(f"{path.relative_to(ROOT)} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
