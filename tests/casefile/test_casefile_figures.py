"""The file of a large case: how much memory and how long."""

import hashlib
import json
import os
import re
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from applications.casefile import orders
from applications.models import DocumentVersion
from imbportal.demo import people
from imbportal.demo.driver import Driver
from tests.casefile.file_of_case import check, made

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1 << 20
GROWTH = 48
"""MB that the making may add to a worker: pieces, manifest and the list of files."""


@pytest.mark.parametrize(
    "files, size", [(10, MEGABYTE), pytest.param(200, 3 * MEGABYTE // 2, marks=pytest.mark.panjang)]
)
def test_a_large_case_is_packed_in_constant_memory(db, demo, files, size):
    driver = Driver("contoh", people.applicant("budi"))
    driver.to("SUBMITTED")
    slot = driver.case.documents.first()
    for number in range(files):
        data = os.urandom(size)
        version = DocumentVersion(
            document=slot, number=number + 10, name=f"Gambar {number}.pdf", size=size,
            mime="application/pdf", sha256=hashlib.sha256(data).hexdigest(),
            uploaded_by=driver.applicant,
        )  # fmt: skip
        version.file.save("g.pdf", ContentFile(data))
    del data
    before, began = _reset_peak(), time.monotonic()
    order = made(driver.case, people.officers("contoh")["auditor"])
    figures = {
        "name": "case_file", "files": files, "mb": order.total // MEGABYTE,
        "seconds": round(time.monotonic() - began, 2), "before_mb": before,
        "growth_mb": _memory("VmHWM") - before,
    }  # fmt: skip
    assert order.total > files * size
    script = Path(orders.__file__).parent
    assert check(script, order.file.path)[0] == 0
    line = json.dumps(figures)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / f"case_file-{files}.json").write_text(line + "\n")
    assert figures["growth_mb"] < GROWTH


def _memory(what):
    text = Path("/proc/self/status").read_text()
    return int(re.search(rf"{what}:\s+(\d+) kB", text)[1]) // 1024


def _reset_peak():
    """Let the peak count from now on; return what is held now, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")
