"""Bars of the sums by function, as figures that a template draws without any style of its own."""

import textwrap
from typing import NamedTuple

from imbportal.indonesia import rupiah
from retribusi.trial.effect import Sums

LONGEST = 60
"""Percent of the width that the longest bar takes; its amount stands behind it."""
NAME = 32
"""Letters of a group's name."""
HEAD, BAR, STEP = 20, 14, 64
"""Pixels: of a group's name, of a bar, from one group to the next."""


class Bar(NamedTuple):
    kind: str
    """Class of its colour."""
    y: int
    text_y: int
    width: str
    """Percent, with a point as SVG wants it."""
    text: str


class Bars(NamedTuple):
    label: str
    y: int
    bars: tuple[Bar, Bar]


class Chart(NamedTuple):
    height: int
    bar: int
    groups: list[Bars]
    text: str
    """The same in words, for whoever does not see it."""


def drawn(groups: list[Sums]) -> Chart:
    """Return the bars before and after of each group, on one scale."""
    most = max((max(one.before, one.after) for one in groups), default=0) or 1
    found = []
    for number, one in enumerate(groups):
        top = number * STEP
        pair = (_bar("before", one.before, top + HEAD, most),
                _bar("after", one.after, top + HEAD + BAR + 2, most))  # fmt: skip
        found.append(Bars(f"{_short(one.label)} ({one.count})", top + 14, pair))
    words = "; ".join(
        f"{one.label} {rupiah(one.before)} menjadi {rupiah(one.after)}" for one in groups
    )
    return Chart(len(groups) * STEP, BAR, found, f"{words}.")


def _short(label: str) -> str:
    """Return a name as it fits beside nothing on a phone; the table has it in full."""
    return textwrap.shorten(label, NAME, placeholder=" …")


def _bar(kind: str, amount: int, y: int, most: int) -> Bar:
    return Bar(kind, y, y + BAR - 3, f"{LONGEST * amount / most:.2f}", rupiah(amount))
