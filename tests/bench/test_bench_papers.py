"""The bench of papers itself, and its limits on whatever machine runs the suite."""

import io
import subprocess
import sys

import pytest
from pypdf import PdfReader

from documents import rendering
from tests.bench import bench_papers, papers
from tests.documents.conftest import files  # noqa: F401  a fixture

pytestmark = pytest.mark.satu_basis_data


def test_the_bench_tells_each_figure_and_fails_where_one_is_over(capsys, monkeypatch):
    few = ["--kali", "1", "--surat", "2", "--baris", "10", "--tempo", "100"]
    monkeypatch.setattr(bench_papers, "MEMORY_MB", 9_000)
    monkeypatch.setattr(bench_papers, "RATIO", 100)
    assert bench_papers.main(few) == 0
    told = capsys.readouterr().out
    for words in ("ReportLab", "median CPU", "lampiran 10 baris", "memori sesudah 2 surat"):
        assert words in told
    assert "TERLAMPAUI" not in told
    monkeypatch.setattr(bench_papers, "bills", lambda times: (30.0, 0.2))
    monkeypatch.setattr(bench_papers, "memory", lambda count: [1.0])
    monkeypatch.setattr(bench_papers, "annex", lambda lines: (0.1, 0.1))
    assert bench_papers.main(few) == 1
    assert capsys.readouterr().out.count("TERLAMPAUI") == 1


def test_the_bill_that_is_measured_has_one_page():
    made = rendering.pdf(papers.printout("skrd", papers.BILL, 1))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


@pytest.mark.panjang
def test_papers_keep_their_limits_with_room_for_a_busy_machine():
    command = [sys.executable, "-m", "tests.bench.bench_papers", "--tempo", "4"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
