"""Whatever is taken out of a file: it is refused at the start, or a case still runs to its end."""

import json
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.test import Client
from sixth_daerah import SLUG
from spoilt_files import muddled, spoilt

from applications.refusals import Unmet
from imbportal.daerah import registry
from imbportal.demo import people
from imbportal.demo.driver import Driver
from retribusi import invariants

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).resolve().parents[2] / "reports"
QUICK, LONG = 2, 5
"""Files of each daerah that are let in and driven; those that are refused come on top."""


def read(slug):
    """Open the public pages that are made of the file."""
    for address in ("/", f"/{slug}/", f"/{slug}/hitung/"):
        assert Client().get(address).status_code == 200, address


def outcome(path, text):
    """Return what became of a file: refused, driven to both ends, or led out of the service."""
    path.write_text(text, encoding="utf-8")
    registry.forget()
    if any(message.is_serious() for message in run_checks(tags=["daerah"])):
        return "refused"
    read(path.stem)
    for end in ("COLLECTED", "REJECTED"):
        with transaction.atomic():
            try:
                assert Driver(path.stem, people.applicant("budi")).to(end).state == end
                assert [*invariants.faults()] == []
            except Unmet as lacking:
                if "di luar layanan" not in str(lacking.missing):
                    raise
                return "outside"
            finally:
                transaction.set_rollback(True)
    return "driven"


def alone(folder, slug):
    """Leave one file in the folder; return its path."""
    for path in folder.glob("*.toml"):
        if path.stem != slug:
            path.unlink()
    return folder / f"{slug}.toml"


@pytest.mark.parametrize("most", [QUICK, pytest.param(LONG, marks=pytest.mark.panjang)])
@pytest.mark.parametrize("slug", [*registry.slugs(), SLUG])
def test_a_spoilt_file_is_refused_or_runs(slug, most, sixth_folder):
    path, begin = alone(sixth_folder, slug), time.monotonic()
    text = path.read_text(encoding="utf-8")
    files = [*spoilt(text), *muddled(text)]
    random.Random(45).shuffle(files)
    found, faults = Counter(), []
    for what, changed in files:
        if found["driven"] >= most:
            break
        try:
            found[outcome(path, changed)] += 1
        except Exception as error:  # noqa: BLE001  whatever it is, the file should not be let in
            faults.append(f"{what}: {type(error).__name__} {error}")
    figures = {"daerah": slug, "spoilt_files": len(files), **found, "faults": len(faults)}
    line = json.dumps(figures | {"seconds": round(time.monotonic() - begin, 1)})
    print(line)  # noqa: T201
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / f"berkas-rusak-{slug}-{most}.json").write_text(line + "\n")
    assert faults == []
