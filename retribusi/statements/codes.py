"""Payment codes and references inside what a bank writes of a line; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

LENGTH = 15
"""Digits of a payment code, the check digit included."""
RUN = re.compile(r"\d(?:[ .\-]?\d)*")
"""Digits that a bank may have split by spaces, points or dashes."""
SHORTEST = 6
"""Letters of a reference that is looked for inside a text; a shorter one stands there by chance."""
JOINED = 4
"""Words of a text that may be one reference together."""


class Codes:
    """The codes of all bills of a daerah: which stand in a text, and which nearly do."""

    def __init__(self, known: Mapping[str, Any]):
        self.known = known
        """Bill by code."""

    def found(self, text: str) -> list[Any]:
        """Return the bills whose code stands in a text, each once, in its order."""
        found = [self.known[code] for code in _windows(text, LENGTH) if code in self.known]
        return list(dict.fromkeys(found))

    def nearly(self, text: str) -> list[Any]:
        """Return the bills whose code stands there with one mistake.

        One digit wrong, moved, missing, or too many. Fifteen digits whose check digit is right are
        another code, not a wrong one.
        """
        found: dict[Any, None] = {}
        for window in _windows(text, LENGTH):
            if not valid(window):
                for short in _without_one(window):
                    found |= dict.fromkeys(self._shortened.get(short, ()))
        for window in _windows(text, LENGTH - 1):
            found |= dict.fromkeys(self._shortened.get(window, ()))
        for window in _windows(text, LENGTH + 1):
            codes = (code for code in _without_one(window) if code in self.known)
            found |= dict.fromkeys(self.known[code] for code in codes)
        return list(found)

    @cached_property
    def _shortened(self) -> dict[str, set[Any]]:
        """Return the bills by their code without one of its digits."""
        index: dict[str, set[Any]] = {}
        for code, bill in self.known.items():
            for short in _without_one(code):
                index.setdefault(short, set()).add(bill)
        return index


class References:
    """References of confirmed proofs; one that two bills have says nothing."""

    def __init__(self, pairs: list[tuple[str, Any]]):
        self.known: dict[str, Any] = {}
        for reference, bill in pairs:
            key = bare(reference)
            if len(key) >= SHORTEST and any(c.isdigit() for c in key):
                self.known[key] = None if key in self.known else bill

    def found(self, text: str) -> list[Any]:
        """Return the bills whose proof's reference stands in a text as words of their own."""
        words = re.findall(r"[A-Z0-9]+", text.upper())
        found: dict[Any, None] = {}
        for start in range(len(words)):
            for end in range(start + 1, min(start + JOINED, len(words)) + 1):
                bill = self.known.get("".join(words[start:end]))
                if bill is not None:
                    found[bill] = None
        return list(found)


def valid(code: str) -> bool:
    """Return whether the check digit (Luhn) of a code is right."""
    doubled = (int(d) * (1 + index % 2) for index, d in enumerate(reversed(code)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def bare(text: str) -> str:
    """Return a reference without what people put between its parts."""
    return "".join(c for c in text.upper() if c.isalnum() and c.isascii())


def _windows(text: str, length: int) -> Iterator[str]:
    """Yield each row of so many digits that stands in a text."""
    for run in RUN.findall(text):
        digits = re.sub(r"\D", "", run)
        for start in range(len(digits) - length + 1):
            yield digits[start : start + length]


def _without_one(digits: str) -> set[str]:
    return {digits[:index] + digits[index + 1 :] for index in range(len(digits))}
