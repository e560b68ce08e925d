"""How a table shares the width of the paper among its columns.

Widths come from here and not from the layout engine, which would measure every way to break a
text: one very long word of an applicant would keep the worker busy for minutes.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

LINE = 85
"""Characters that stand side by side on A4 within its margins."""
SHORT = 18
"""Characters of a column that is never broken, room for "Rp1.234.567.890" and for an account."""
LONG = 40
"""From here on a column asks for no more room."""
GAP = 3
"""Characters of a column's padding."""
WIDE, WIDER = "MWmw@%", 0.6
"""Letters that take so much more than one character's room."""
LEAST = 12
"""Characters that a column of words must keep."""


class Column(NamedTuple):
    width: int
    """Percent."""
    one_line: bool


def room(text: str) -> int:
    """Return how many characters' room a text takes side by side."""
    return ceil(len(text) + WIDER * sum(map(text.count, WIDE)))


def share(lengths: Sequence[int]) -> list[Column]:
    """Return the columns for these longest texts, in characters; codes and amounts come first."""
    short = [length <= SHORT for length in lengths]
    need = [min(length, LONG) + GAP for length in lengths]
    if sum(need) <= LINE:
        return _columns(need, short)
    words = sum(part for part, fits in zip(need, short, strict=True) if not fits)
    rest = LINE - sum(need) + words
    if rest < LEAST * short.count(False):
        return _columns(need, [False] * len(need))
    got = [part if fits else rest * part / words for part, fits in zip(need, short, strict=True)]
    return _columns(got, short)


def fixed(widths: Sequence[int], lengths: Sequence[int]) -> list[Column]:
    """Return the columns of a form in its own percents; what is short stays on one line."""
    return [Column(w, length <= SHORT) for w, length in zip(widths, lengths, strict=True)]


def _columns(parts: Sequence[float], one_line: Sequence[bool]) -> list[Column]:
    """Return the columns in percent, together the width of the paper; the widest bears the rest."""
    total = sum(parts)
    widths = [max(1, round(100 * part / total)) for part in parts]
    if widths:
        widths[widths.index(max(widths))] += 100 - sum(widths)
    return [Column(width, fits) for width, fits in zip(widths, one_line, strict=True)]
