"""Two calculations side by side: which line of one answers to which line of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

Step = dict[str, Any]
"""One line as ``Step.as_json`` gives it."""
INDICES = ("indeks", "it")
OWN_NAME = ("bangunan", "prasarana", "biaya", "keringanan")
"""Kinds of lines that are told apart by all of their label; of an index only its head says which
parameter it is, the rest is what was chosen."""
FIGURE = re.compile(r"\d[\d.,]*")
WRITTEN = ("label", "ekspresi", "tercetak")


@dataclass(frozen=True)
class Pair:
    """One line of the earlier calculation and the one that stands in its place; either may lack."""

    before: Step | None
    after: Step | None

    @property
    def shown(self) -> Step:
        """Return the line that names the pair."""
        return self.after or self.before or {}

    @property
    def money(self) -> bool:
        return self.shown["jenis"] not in INDICES

    @property
    def alike(self) -> bool:
        """Return whether both say the same to the letter."""
        return self.agrees and not self.reworded

    @property
    def agrees(self) -> bool:
        """Return whether both say the same in figures, whatever words stand around them."""
        one, other = self.before, self.after
        return one is not None and other is not None and _figures(one) == _figures(other)

    @property
    def reworded(self) -> bool:
        """Return whether the figures agree and the words do not."""
        one, other = self.before, self.after
        if one is None or other is None or not self.agrees:
            return False
        return any(one[key] != other[key] for key in WRITTEN)


def pairs(before: Iterable[Step], after: Iterable[Step]) -> list[Pair]:
    """Return the lines of two calculations in their order, each beside its counterpart."""
    return list(_pairs(list(before), list(after)))


def _pairs(before: list[Step], after: list[Step]) -> Iterator[Pair]:
    keys = [_key(step) for step in before], [_key(step) for step in after]
    blocks = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for _, start, end, first, last in blocks:
        for one, other in zip_longest(before[start:end], after[first:last]):
            if one and other and one["jenis"] != other["jenis"]:
                yield Pair(one, None)
                one = None
            yield Pair(one, other)


def _key(step: Step) -> tuple[str, str]:
    label = str(step["label"])
    return step["jenis"], label if step["jenis"] in OWN_NAME else label.partition(":")[0]


def _figures(step: Step) -> tuple[Any, ...]:
    return step["jenis"], step["nilai"], *(FIGURE.findall(str(step[key])) for key in WRITTEN)
