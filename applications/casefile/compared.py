"""A ZIP that was taken along, checked by itself and held against the database."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from applications.casefile import periksa
from applications.chains import case_events
from applications.chains.kinds import Break, Tick

PIECE = 500


def check(path: Path, tick: Tick) -> Iterator[Break]:
    """Yield what is wrong inside a ZIP or its unpacked folder, and what the database says else."""
    try:
        place = periksa.opened(str(path))
    except (OSError, zipfile.BadZipFile) as error:
        yield Break(path.name, 0, f"tidak dapat dibuka ({error})")
        return
    wrong = periksa.check(place)
    yield from (Break(f"{path.name}, {what}", 0, text) for what, text in wrong)
    if not any(what == "rantai kejadian" for what, _ in wrong):
        yield from _unlike_database(place, tick)


def _unlike_database(place: Any, tick: Tick) -> Iterator[Break]:
    """Yield the first event that stands otherwise in the database, or there no longer."""
    lines = periksa.lines(place, periksa.EVENTS)
    while piece := list(islice(lines, PIECE)):
        kept = {(line["application"], line["seq"]): line["hash"] for line in piece}
        now = case_events.at(list(kept))
        for (case, seq), value in kept.items():
            if now.get((case, seq)) != value:
                name = case_events.names([case]).get(case, f"permohonan {case}")
                gone = (case, seq) not in now
                what = "tidak ada di basis data" if gone else "berbeda di basis data"
                yield Break(name, seq, what)
                return
        tick(len(piece))
