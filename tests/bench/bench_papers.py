"""What papers cost: CPU of a bill, beside ReportLab's; an annex of 400 lines; memory after 1,000.

Ends with 1 where a limit is broken. The limits of time are meant for a machine that makes ten
million additions in half a second; how long this one takes is measured in the same run, and a
slower one has so much more. ``--tempo N`` allows N times the time whatever the machine;
``--kali``, ``--surat`` and ``--baris`` are how many bills, papers and lines.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import django

BILL_MS, RATIO, ANNEX_S, MEMORY_MB = 200, 5, 2, 250
"""Limits: CPU at the median, times ReportLab, CPU and wall, resident memory at the end."""
REFERENCE_S = 0.5
"""CPU of ten million additions in s where the limits of time are as written."""
TIMES, ANNEX_LINES, ANNEXES, PAPERS, EVERY = 30, 400, 5, 1000, 100


class Figure(NamedTuple):
    name: str
    value: float
    limit: float
    unit: str

    def __str__(self) -> str:
        told = f"{self.name:<44}{self.value:9.1f} {self.unit:<4} (batas {self.limit:.3g})"
        return told if self.value <= self.limit else f"{told}  TERLAMPAUI"


def cpu_ms(*works: Callable[[int], Any], times: int) -> list[list[float]]:
    """Return the CPU times of the calls of each, in ms; the first, which loads, is left out.

    They are called in turn, as a shared machine is now quicker and now slower.
    """
    taken: list[list[float]] = [[] for _ in works]
    for n in range(times + 1):
        for work, spent in zip(works, taken, strict=True):
            begun = time.process_time()
            work(n)
            spent.append((time.process_time() - begun) * 1000)
    return [spent[1:] for spent in taken]


def additions_s() -> float:
    """Return the CPU that ten million additions take now, in s."""
    body = compile("for number in range(10_000_000): number + 1", "additions", "exec")
    begun = time.process_time()
    exec(body, {})  # noqa: S102  in a module's body names are looked up, as code at hand does
    return time.process_time() - begun


def resident_mb() -> float:
    """Return the memory that this process holds now, in MB of 1,000,000 bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    kib = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kib) * 1024 / 1_000_000


def bills(times: int) -> tuple[float, float]:
    """Return the median CPU of the bill of one page as pdf/a-3a, in ms, and how many times
    ReportLab's it is: the median of the turns, each beside its own."""
    from documents import rendering
    from tests.bench import papers, reportlab_bill

    def ours(n: int) -> bytes:
        return rendering.pdf(papers.printout("skrd", papers.BILL, n))

    def theirs(n: int) -> bytes:
        return reportlab_bill.pdf(papers.printout("skrd", papers.BILL, n))

    ours_ms, theirs_ms = cpu_ms(ours, theirs, times=times)
    told = f"{statistics.median(ours_ms):.1f} ms CPU, dengan ReportLab"
    print(f"SKRD satu halaman: {told} {statistics.median(theirs_ms):.1f} ms")
    ratios = [one / other for one, other in zip(ours_ms, theirs_ms, strict=True)]
    return statistics.median(ours_ms), statistics.median(ratios)


def annex(lines: int) -> tuple[float, float]:
    """Return CPU and wall of a bill with an annex of so many lines, in s: medians of a few."""
    from documents import rendering
    from tests.bench import papers

    page, taken = papers.printout("skrd", papers.long_bill(lines), 1), []
    for _ in range(ANNEXES):
        cpu, wall = time.process_time(), time.perf_counter()
        rendering.pdf(page)
        taken.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpus, walls = zip(*taken, strict=True)
    return statistics.median(cpus), statistics.median(walls)


def memory(count: int) -> list[float]:
    """Print papers of all kinds as the worker does; return the memory before and along the way."""
    from documents import rendering
    from tests.bench import papers

    held = [resident_mb()]
    for n, page in enumerate(papers.mixed(count), start=1):
        rendering.put(f"{rendering.FOLDER}/{n}.pdf", rendering.pdf(page))
        if n % EVERY == 0 or n == count:
            held.append(resident_mb())
    return held


def measure(times: int, count: int, lines: int, tempo: float | None) -> list[Figure]:
    """Return the figures with their limits, those of time ``tempo`` times as wide."""
    held = memory(count)
    print("Memori, MB:", *(f"{mb:.0f}" for mb in held))
    speed = [additions_s()]
    ours, ratio = bills(times)
    speed.append(additions_s())
    cpu, wall = annex(lines)
    speed.append(additions_s())
    if tempo is None:
        tempo = max(1, statistics.median(speed) / REFERENCE_S)
    told = ", ".join(f"{one:.2f}" for one in speed)
    print(f"Sepuluh juta penjumlahan: {told} s; batas waktu berlaku {tempo:.2f} kali")
    return [
        Figure("SKRD satu halaman, pdf/a-3a, median CPU", ours, BILL_MS * tempo, "ms"),
        Figure("dibanding ReportLab", ratio, RATIO, "kali"),
        Figure(f"lampiran {lines} baris, CPU", cpu, ANNEX_S * tempo, "s"),
        Figure(f"lampiran {lines} baris, jam dinding", wall, ANNEX_S * tempo, "s"),
        Figure(f"memori sesudah {count} surat", held[-1], MEMORY_MB, "MB"),
    ]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="script/bench papers", description=__doc__)
    parser.add_argument("--kali", type=int, default=TIMES, metavar="N")
    parser.add_argument("--surat", type=int, default=PAPERS, metavar="N")
    parser.add_argument("--baris", type=int, default=ANNEX_LINES, metavar="N")
    parser.add_argument("--tempo", type=float, metavar="N")
    asked = parser.parse_args(words)
    figures = measure(asked.kali, asked.surat, asked.baris, asked.tempo)
    print(*figures, sep="\n")
    return int(any(figure.value > figure.limit for figure in figures))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-surat-") as folder:
        os.environ["DATA_DIR"] = folder
        django.setup()
        sys.exit(main(sys.argv[1:]))
