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
    monkeypatch.setattr(bench_papers, "bills", lambda times: (30.0, 150.0))
    monkeypatch.setattr(bench_papers, "memory", lambda count: [1.0])
    monkeypatch.setattr(bench_papers, "annex", lambda lines: (0.1, 0.1))
    assert bench_papers.main(few) == 1
    assert capsys.readouterr().out.count("TERLAMPAUI") == 1


@pytest.mark.parametrize("seconds, times", [(0.25, 1), (0.5, 1), (1.0, 2)])
def test_a_slower_machine_has_more_time_and_a_quicker_one_no_less(monkeypatch, seconds, times):
    monkeypatch.setattr(bench_papers, "additions_s", lambda: seconds)
    monkeypatch.setattr(bench_papers, "bills", lambda times: (30.0, 3.0))
    monkeypatch.setattr(bench_papers, "memory", lambda count: [1.0])
    monkeypatch.setattr(bench_papers, "annex", lambda lines: (0.1, 0.1))
    bill, ratio, *annex, memory = bench_papers.measure(1, 1, 1, None)
    assert [bill.limit, ratio.limit, *(one.limit for one in annex), memory.limit] == [
        200 * times, 5, 2 * times, 2 * times, 250,
    ]  # fmt: skip


def test_the_bill_that_is_measured_has_one_page():
    made = rendering.pdf(papers.printout("skrd", papers.BILL, 1))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


@pytest.mark.panjang
def test_papers_keep_their_limits_as_this_machine_goes():
    """By less than ``script/bench papers``, which renders 1,000 papers to weigh the memory."""
    command = [sys.executable, "-m", "tests.bench.bench_papers", "--kali", "5", "--surat", "40"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
