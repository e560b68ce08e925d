"""How much of its page a letter needs, about: whether it ends a little below its first one.

Such a letter is set closer (styles/rapat.css), so that no second page bears one sentence and the
signature. In mm of the style sheet paper.css, measured on the sample papers of all daerah.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.content import Section, Table
    from documents.printout import Printout

PAGE = {"A4": 266, "F4": 299}
"""Between the margins."""
LETTERS = frozenset({"surat", "izin"})
"""Templates whose words flow from the first page on; the others fit theirs by themselves."""
CLOSER = 1.2
"""Pages that fit on one when they are set closer."""
LINE, SMALL = 4.95, 4.0
WIDE, VALUE, DECIDED = 97, 70, 77
"""Characters of a line: across the paper, of a fact, of a decision's text beside its label."""


def tight(page: Printout) -> bool:
    """Return whether a letter fits on one page when it is set closer, and not otherwise."""
    if page.layout not in LETTERS:
        return False
    return 1 < height(page) / PAGE[page.content.letterhead.page_size] <= CLOSER


def height(page: Printout) -> float:
    paper, decision = page.content, page.layout == "izin"
    above = 41 + 5 * bool(paper.subtitle) + 9 * bool(page.sample_note)
    above += LINE * (len(paper.recipient) + 1) + 5 if paper.recipient else 0
    facts = sum(LINE * _lines(value, VALUE) + 0.7 for _, value in paper.facts)
    facts += 3.5 if paper.facts else 0
    part = _dictum if decision else _section
    body = sum(map(part, paper.sections)) + _texts(paper.closing, WIDE, 2)
    basis = () if decision else paper.basis
    small = sum(
        5 + _texts(list_, WIDE * 1.15, 1, SMALL) for list_ in (basis, paper.copies) if list_
    )
    return above + facts + body + small + _foot(page)


def _section(section: Section) -> float:
    title = 6.3 if section.title or section.label else 0
    return title + _inside(section, WIDE, 2, 1.9) + 1.5


def _dictum(section: Section) -> float:
    if section.label.upper() == "MEMUTUSKAN":
        return 12
    return _inside(section, DECIDED, 1, 1.1) + 4 if section.label else _section(section)


def _inside(section: Section, wide: float, gap: float, padding: float) -> float:
    """Return the height of a section's words, with what is below a paragraph and in a row."""
    texts = _texts(section.paragraphs, wide, gap) + _texts(section.items, wide - 4, 1)
    return texts + (_table(section.table, wide, padding) if section.table else 0)


def _table(table: Table, wide: float, padding: float) -> float:
    head = 6 if table.has_head else 0
    rows = sum(padding + _row(row, table, wide) for row in table.body)
    return head + rows + (8 if table.foot else 2)


def _row(row: list[tuple[str, str, str]], table: Table, wide: float) -> float:
    heights = (
        LINE * _lines(cell, wide * column.width / 100 - 2)
        + (3.8 * _lines(cite, wide * column.width / 80 - 2) if cite else 0)
        for (cell, _, cite), column in zip(row, table.columns, strict=False)
    )
    return max(heights, default=0)


def _texts(texts: Iterable[str], wide: float, gap: float, line: float = LINE) -> float:
    return sum(line * _lines(text, wide) + gap for text in texts)


def _lines(text: str, wide: float) -> int:
    return sum(max(1, ceil(len(part) / max(wide, 1))) for part in text.split("\n"))


def _foot(page: Printout) -> float:
    check = 25 + (
        8 + _texts((mark.title for mark in page.initialled), 20, 1.4, 3.4) if page.initialled else 0
    )
    signed = sum(26 + LINE * bool(mark.nip) for mark in page.signed) or (26 if page.signer else 14)
    return 5 + max(check, 2 * LINE + signed)
