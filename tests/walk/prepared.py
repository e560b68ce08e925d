"""Data directories that are made once and copied, as making one takes half a minute of work."""

import fcntl
import hashlib
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "shots" / "persiapan"
"""Ignored by git."""
MADE_OF = (
    "*/migrations/*.py", "imbportal/*/migrations/*.py", "imbportal/demo/*.py",
    "imbportal/daerah/*.toml", "applications/workflow.py", "templates/pdf/**/*.html",
    "documents/styles/*.css", "requirements.txt",
)  # fmt: skip


def copy(name, folder, make, only=""):
    """Fill a new folder with what ``make(folder)`` put into one of this name, now or earlier.

    ``only``: the folder in it that is wanted alone.
    """
    name = f"{name}-{fingerprint()}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".kunci").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / name).exists():
            _prepare(FOLDER / name, make)
        shutil.copytree(FOLDER / name / only, folder / only, dirs_exist_ok=True)


def _prepare(target, make):
    for old in FOLDER.glob(target.name[:-16] + "[0-9a-f]" * 16 + "*"):
        shutil.rmtree(old)
    half = target.with_name(f"{target.name}.setengah")
    half.mkdir()
    make(half)
    half.rename(target)


def fingerprint():
    """Return a hash over what the data are made of; code around them may change."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern)):
        digest.update(f"{path.relative_to(ROOT)} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
