"""The index of satisfaction, exact: sums of answers in, published figures out.

Permenpan RB 14/2017: nine elements of equal weight, answers from 1 to 4, the weighted mean times
25, and four bands. Every figure is a fraction until it is published; then it is rounded once, half
up, to two decimals, and the band is that of the published figure, so that none lies between two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from feedback.survey.questions import QUESTIONS

CITE = "Permenpan RB 14/2017"
LEAST, MOST = 1, 4
WEIGHT = Fraction(1, 9)
"""Of each element: reports often cut it to 0,11, which loses a whole point of the index."""
FACTOR = 25
MINIMUM = 5
"""Answers below which nothing of a quarter is told, so that nobody is recognised by them: a policy
of the portal (docs/decisions)."""


class Band(NamedTuple):
    grade: str
    word: str
    lowest: Decimal


BANDS = (
    Band("A", "Sangat Baik", Decimal("88.31")),
    Band("B", "Baik", Decimal("76.61")),
    Band("C", "Kurang Baik", Decimal("65.00")),
    Band("D", "Tidak Baik", Decimal("25.00")),
)


class Element(NamedTuple):
    """What is published of one element, of which only the sum is data."""

    code: str
    name: str
    mean: Decimal
    """From 1,00 to 4,00."""
    value: Decimal
    """The same times 25."""
    grade: str
    word: str


def rounded(value: Fraction) -> Decimal:
    """Return a figure with two decimals, half up."""
    return Decimal((value * 200 + 1) // 2).scaleb(-2)


def band(value: Decimal) -> Band:
    """Return the band of a published figure. ValueError where it is none of 25,00 to 100,00."""
    if not FACTOR * LEAST <= value <= FACTOR * MOST or value != round(value, 2):
        raise ValueError(f"not a published index: {value}")
    return next(one for one in BANDS if value >= one.lowest)


def sums(answers: Iterable[Sequence[int]]) -> list[int]:
    """Return the sum of the answers to each element."""
    return [sum(column) for column in zip(*answers, strict=True)]


def index(totals: Sequence[int], respondents: int) -> Decimal:
    """Return the published index. ValueError where an answer lies off the scale."""
    _check(totals, respondents)
    mean = sum((WEIGHT * Fraction(total, respondents) for total in totals), Fraction())
    return rounded(FACTOR * mean)


def elements(totals: Sequence[int], respondents: int) -> list[Element]:
    """Return what is published of each element; its band is that of its own figure."""
    _check(totals, respondents)
    found = []
    for question, total in zip(QUESTIONS, totals, strict=True):
        mean = Fraction(total, respondents)
        value = rounded(FACTOR * mean)
        of = band(value)
        found.append(Element(question.code, question.name, rounded(mean), value, of.grade, of.word))
    return found


def _check(totals: Sequence[int], respondents: int) -> None:
    if len(totals) != len(QUESTIONS):
        raise ValueError(f"{len(totals)} sums for {len(QUESTIONS)} elements")
    if not all(LEAST * respondents <= total <= MOST * respondents for total in totals):
        raise ValueError("an answer lies off the scale")


def telling(counts: dict[str, int], minimum: int) -> list[str]:
    """Return the groups of one whole that may be told apart, the largest first.

    Each has enough answers, and so has what is left when they are taken from the whole: otherwise
    the few would be found by subtraction.
    """
    told = sorted(
        (code for code in counts if counts[code] >= minimum), key=lambda c: (-counts[c], c)
    )
    whole = sum(counts.values())
    while told and 0 < whole - sum(counts[code] for code in told) < minimum:
        told.pop()
    return told
