"""A worker typesets in several threads of one process."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANY = """
from concurrent.futures import ThreadPoolExecutor
from documents import typesetting
page = "<html><body>" + "<p>Surat dengan huruf ÄÖ dan tabel</p>" * 40 + "</body></html>"
with ThreadPoolExecutor(8) as threads:
    made = list(threads.map(lambda _: typesetting.pdf(page, ("paper", "a4")), range(24)))
print(len(set(made)))
"""


def test_papers_typeset_at_once_come_out_alike_and_unharmed():
    done = subprocess.run(
        [sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr[-2000:]
    assert "corrupted" not in done.stderr and "CRITICAL" not in done.stderr
