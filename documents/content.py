"""The small frozen objects that a paper prints; templates see these and never a model.

A paper is a letterhead, a title, facts in two columns, sections of paragraphs, lists and tables,
and a signature block. What is special (tear-off of the SKRD, dictum of the permit) is in the
template that the kind names.
"""

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from documents.columns import LINE, Column, fixed, room, share

HIGH = 10
"""Lines from which a row of a table is no longer kept on one page."""

HALVES = (50, 50)

ENCLOSED = {"izin": "izin.json", "skrd": "skrd.json"}
"""Papers that carry what they say as data, by template, and the name of that file in the PDF."""


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    government: str
    office: str
    address: str = ""
    contact: str = ""
    place: str = ""
    timezone: str = "Asia/Jakarta"
    page_size: Literal["A4", "F4"] = "A4"
    """Sheet that the office prints on."""
    emblem: str = ""
    """SHA-256 of the coat of arms; without one the neutral mark is printed."""
    emblem_text: str = ""
    """What it shows, for who hears the paper: "Lambang Kabupaten Contoh"."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of printed cells; ``align`` has l or r per column, ``foot`` is one bold last row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str = ""
    foot: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    """A small second line per row, empty or as long as rows; below the last column that wraps."""
    styles: tuple[str, ...] = ()
    """What a row is, empty or as long as rows: main, sub (below a main one) or sum."""
    widths: tuple[int, ...] = ()
    """Percent of each column, where a form fixes them; else they come from the texts."""

    @property
    def has_head(self) -> bool:
        return any(self.head)

    @property
    def head_cells(self) -> list[tuple[str, str]]:
        """Cells of the head with their classes."""
        return self._aligned(self.head)

    @property
    def foot_cells(self) -> list[tuple[str, str]]:
        """Cells of the foot with their classes."""
        return self._aligned(self.foot)

    @property
    def body(self) -> list[list[tuple[str, str, str]]]:
        """Rows of (cell, classes, small second line)."""
        cites = [*self.cites, *[""] * len(self.rows)]
        return [self._row(row, cite) for row, cite in zip(self.rows, cites, strict=False)]

    @property
    def lines(self) -> list[tuple[bool, list[tuple[str, str, str]]]]:
        """Rows of ``body``, each with whether it is so high that it may break over pages."""
        return [(self._is_high(row), row) for row in self.body]

    @property
    def styled(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Rows of ``body``, each with what it is."""
        return list(zip(self.styles, self.body, strict=False))

    def _row(self, row: tuple[str, ...], cite: str) -> list[tuple[str, str, str]]:
        cells = self._aligned(row)
        words = [i for i, (_, css) in enumerate(cells) if not css.startswith("r")]
        wrapping = [i for i in words if "short" not in cells[i][1]]
        below = max(wrapping or words, default=0)
        return [(cell, css, cite if i == below else "") for i, (cell, css) in enumerate(cells)]

    def _is_high(self, row: list[tuple[str, str, str]]) -> bool:
        """Return whether a cell takes more than ``HIGH`` lines, by the share of its column."""
        return any(
            len(cell) + len(cite) > HIGH * LINE * column.width / 100
            for (cell, _, cite), column in zip(row, self.columns, strict=False)
        )

    def _aligned(self, cells: tuple[str, ...]) -> list[tuple[str, str]]:
        """Return each cell with its classes: a code or an amount stays on one line."""
        css = [
            f"{align} short" if column.one_line else align
            for align, column in zip(
                self.align.ljust(len(self.columns), "l"), self.columns, strict=False
            )
        ]
        return list(zip(cells, css, strict=False))

    @cached_property
    def columns(self) -> list[Column]:
        """Width of each column, from its longest text."""
        rows = [row for row in (self.head, *self.rows, self.foot) if row]
        count = max(map(len, rows), default=0)
        longest = [max(room(row[i]) for row in rows if i < len(row)) for i in range(count)]
        if self.widths or self._named:
            return fixed(self.widths or HALVES, longest)
        return share(longest)

    @property
    def _named(self) -> bool:
        """Whether the rows are words with what they stand for: such tables share one edge."""
        return len(self.head) == len(HALVES) and not self.head[1] and "r" not in self.align


FEW_ITEMS, WHOLE = 5, 2000
"""Items and letters of a decision's part that stays on one page."""


@dataclass(frozen=True, kw_only=True)
class Section:
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    """A numbered list."""
    table: Table | None = None
    label: str = ""
    """Left-hand word of a decision: Membaca, Menimbang, Mengingat, Memutuskan, KESATU."""

    @property
    def stays_whole(self) -> bool:
        """Whether it moves to the next page as one; a long one would leave half a page empty."""
        rows = self.table.rows if self.table else ()
        texts = (*self.paragraphs, *self.items, *(cell for row in rows for cell in row))
        return len(self.items) < FEW_ITEMS and sum(map(len, texts)) < WHOLE


@dataclass(frozen=True, kw_only=True)
class PaperContent:
    """All that a paper prints besides its number, its date, its signatures and its QR code."""

    letterhead: Letterhead
    title: str
    subtitle: str = ""
    recipient: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    sample: bool = False
    sample_note: str = ""
    signer: str = ""
    """Title of whoever is yet to sign, where it is not the same in all cases of the daerah."""
    holder: str = ""
    """Name as on the paper; the check page shows it masked."""
    purpose: str = ""
    """One line for the check page: "Rumah tinggal 120 m², Jl. Stadion 12"."""
    enclosed: str = ""
    """Name of the file in the PDF that says all this as data; empty where it carries none."""
    extra: dict[str, Any] = field(default_factory=dict)
    """What only this kind's template reads (SKRD: amount, terbilang, due, payment_code)."""

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON, the form in which a paper keeps its content."""
        return asdict(self)
