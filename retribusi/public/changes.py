"""What a change in the calculator did to the calculation, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from retribusi import engine
from retribusi.public.lines import Pair, Step, pairs

MANY = 20
"""Lines from which on those that changed stand first, and all of them are folded."""
CHANGED, NEW, GONE = "berubah", "baru", "tidak ada lagi"


class Line(NamedTuple):
    """One line of the result; ``was`` is what stood there before where that was another."""

    step: Step
    money: bool
    mark: str = ""
    was: Step | None = None


@dataclass(frozen=True)
class Changes:
    """The lines of a result, and how it differs from the one before it; None where none was."""

    lines: tuple[Line, ...]
    total: int
    before: int | None = None

    @property
    def marked(self) -> list[Line]:
        """Return the lines that are not what they were."""
        return [line for line in self.lines if line.mark]

    @property
    def changed(self) -> int:
        return len(self.marked)

    @property
    def folded(self) -> bool:
        """Return whether what changed would be lost among all lines."""
        return bool(self.marked) and len(self.lines) > MANY

    @property
    def more(self) -> int:
        """Return by how many rupiah the total rose; negative where it fell."""
        return self.total - self.before if self.before is not None else 0

    @property
    def difference(self) -> int:
        return abs(self.more)


def between(before: engine.Result | None, after: engine.Result) -> Changes:
    """Return the lines of ``after``, marked where they are not as in ``before``."""
    now = after.as_json()
    if before is None:
        lines = tuple(_line(Pair(step, step)) for step in now["rincian"])
        return Changes(lines, after.total)
    found = pairs(before.as_json()["rincian"], now["rincian"])
    return Changes(tuple(map(_line, found)), after.total, before.total)


def _line(pair: Pair) -> Line:
    if pair.after is None:
        return Line(pair.shown, pair.money, GONE)
    if pair.before is None:
        return Line(pair.shown, pair.money, NEW)
    if pair.alike:
        return Line(pair.shown, pair.money)
    return Line(pair.shown, pair.money, CHANGED, pair.before)
