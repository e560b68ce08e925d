"""Forms to be filled in and signed by hand: what one prints, and its PDF.

No paper of a case: a form has no number and is stored nowhere. The same form gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from documents import codes, rendering, snapshot, typesetting
from documents.content import Letterhead

TEMPLATE = "pdf/formulir.html"
STYLES = ("paper", "a4", "formulir")
KEPT = 64
"""Blank forms that a process remembers: those of all daerah."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is asked, and what is written there; empty where it is to be filled in by hand."""

    label: str
    value: str = ""
    lines: int = 1
    choices: tuple[tuple[str, bool], ...] = ()
    """Boxes in place of a line: the words, and whether it is ticked."""

    @property
    def further(self) -> range:
        """The lines below the first."""
        return range(1, 1 if self.value else self.lines)


@dataclass(frozen=True, kw_only=True)
class Grid:
    head: tuple[tuple[str, int], ...]
    """Each column with its width in percent, 0 where they share alike."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A sentence, then lines, boxes, a list and a table; gaps in texts are lines to write on."""

    text: tuple[str, ...] = ()
    """The pieces of the sentence; between two of them is a gap."""
    title: str = ""
    lines: tuple[Line, ...] = ()
    ticks: tuple[tuple[tuple[str, ...], bool], ...] = ()
    items: tuple[tuple[str, ...], ...] = ()
    grid: Grid | None = None

    @property
    def declares(self) -> bool:
        """Whether it holds nothing but what the signer states."""
        return bool(self.items) and not (self.lines or self.ticks or self.grid)


@dataclass(frozen=True, kw_only=True)
class Signer:
    title: str
    name: str = ""
    stamp: bool = False


@dataclass(frozen=True, kw_only=True)
class HandForm:
    letterhead: Letterhead
    title: str
    parts: tuple[Part, ...]
    signers: tuple[Signer, ...]
    witnesses: int = 0
    acknowledged: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    code: str = ""
    """What its QR code says; empty on a blank form."""
    purpose: str = ""
    """Where the signed form goes: the document and the application."""
    sample_note: str = ""

    @property
    def known_beside(self) -> bool:
        """Whether who countersigns stands in one row with the one who signs."""
        return bool(self.acknowledged) and len(self.signers) == 1

    @property
    def witness_numbers(self) -> range:
        return range(1, self.witnesses + 1)

    @property
    def qr(self) -> str:
        """The QR code, with room for dirt and folds."""
        return codes.picture(self.code, error="q")


def html(form: HandForm) -> str:
    return snapshot.printable(render_to_string(TEMPLATE, {"form": form}))


def pdf(form: HandForm) -> bytes:
    """Return the form as a PDF. Raises typesetting.NotTypeset, rendering.Tampered."""
    return typesetting.pdf(html(form), STYLES, pictures=rendering.pictures(form.letterhead))


@lru_cache(maxsize=KEPT)
def blank_pdf(form: HandForm) -> bytes:
    """Return a form that tells of nobody; each process typesets it once."""
    return pdf(form)
