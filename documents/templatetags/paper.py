"""How a paper sets the texts that it is given."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()

LONGEST = 40
"""Characters of a number that is kept whole; a longer one breaks like a word."""
SURE = 12
"""Characters that fit on a line of every column (columns.LEAST)."""
NUMBER = re.compile(r"(?=\D*\d)[^/-]+[/-].*")
UNBROKEN = re.compile(r"\(?(?:[A-Za-z]+(?=-))?[0-9]*(?:-[0-9]+|(?<=[0-9])/[0-9]+)+[).,;:]*")
"""What is never broken anyway ("ke-2", "IMB-990101-16112026-001"): a digit after the hyphen, or
digits about the slash (UAX 14, LB25). It needs no box."""


@register.filter
def whole(text: str) -> SafeString:
    """Return a text whose numbers ("0001/KRK/XI/2026") are broken only where no line holds one."""
    if "/" not in text and "-" not in text:
        return escape(text)
    return SafeString("".join(map(_word, re.split(r"(\s+)", text))))


def _word(word: str) -> str:
    if len(word) <= LONGEST and NUMBER.fullmatch(word) and not UNBROKEN.fullmatch(word):
        long = "" if len(word) <= SURE else " whole--long"
        return f'<span class="whole{long}">{escape(word)}</span>'
    return escape(word)


@register.filter
def after_gap(text: str) -> str:
    """Return a text to stand behind a line to write on, free to begin on the next where it must."""
    words = text.split(maxsplit=1)
    return f"\u200b{text}" if words and len(words[0]) > LONGEST else text


@register.filter
def letters(facts: Iterable[tuple[str, str]]) -> int:
    """Return how many letters the values of facts have together."""
    return sum(len(value) for _, value in facts)
