"""Forms that an applicant prints, fills in and signs by hand, and then uploads.

Their words take what the portal knows of a case where it stands in braces: ``{address}`` is the
answer to that question, ``{owner_name}`` one of ``KNOWN``. On a blank form, and where nothing is
known, a line to write on stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from imbportal.daerah.rule import Cited, Code, Rule, Text, When

KNOWN = {
    "owner_name": "name of whom the permit is for, of a legal entity the person in charge",
    "owner_nik": "his NIK",
    "owner_address": "his address",
    "owner_position": "his post in the legal entity or public body",
    "owner_entity": "name of that entity or body",
    "agent_name": "name of whoever acts by power of attorney",
    "agent_nik": "his NIK",
    "agent_address": "his address",
    "location": "the plot in one line",
    "number": "number of the application",
    "permit": "short name of the permit",
    "permit_long": "its whole name",
    "office": "name of the office",
    "place": "town of the office",
    "older_permit": "number and day of the permit on which a service is asked for",
}
"""What a form may say beside the answers, and what it is."""
PLACE = re.compile(r"{(\w+)}")
STAMPED = ", di atas meterai"
"""How a signer ends who signs over a duty stamp, where he is given in words alone."""


class BlankField(Rule):
    """One line: what is asked, and what the portal writes there where it knows it."""

    label: Text
    value: str = ""
    lines: Annotated[int, Field(ge=1, le=8)] = 1


class BlankTick(Rule):
    """A box; it comes ticked where the condition holds."""

    text: Text
    when: When | None = None


class BlankTable(Rule):
    """Rows to be filled in, such as one for each neighbour."""

    head: tuple[Text, ...]
    widths: tuple[int, ...] = ()
    """Percent of each column."""
    rows: Annotated[int, Field(ge=1, le=20)] = 4
    first: tuple[Text, ...] = ()
    """What stands in the first column, row by row."""


class BlankPart(Rule):
    text: Text
    fields: tuple[Text | BlankField, ...] = ()
    """Lines that are filled in by hand."""
    ticks: tuple[BlankTick, ...] = ()
    items: tuple[Text, ...] = ()
    """A numbered list."""
    table: BlankTable | None = None

    @property
    def lines(self) -> list[BlankField]:
        return [BlankField(label=x) if isinstance(x, str) else x for x in self.fields]


class BlankSigner(Rule):
    title: Text
    name: str = ""
    stamp: bool = False
    """Whether he signs over a duty stamp (meterai)."""


class Blank(Cited):
    """A form that the applicant prints, fills in and signs by hand, and then uploads."""

    code: Code
    title: Text
    parts: tuple[BlankPart, ...]
    sections: tuple[Code, ...] = ()
    """Sections of the application whose questions stand in it."""
    signers: tuple[Text | BlankSigner, ...]
    witnesses: Annotated[int, Field(ge=0, le=4)] = 0
    acknowledged: tuple[Text, ...] = ()
    """Who countersigns ("Mengetahui"), with stamp and NIP."""
    basis: tuple[Text, ...] = ()

    @property
    def hands(self) -> list[BlankSigner]:
        """Return who signs; one who is given in words alone may say there that he stamps it."""
        return [_signer(item) if isinstance(item, str) else item for item in self.signers]

    def texts(self) -> Iterator[str]:
        """Yield every text that may have something in braces."""
        for part in self.parts:
            yield part.text
            yield from part.items
            yield from (tick.text for tick in part.ticks)
            yield from (line.value for line in part.lines)
        yield from (signer.name for signer in self.hands)


def _signer(words: str) -> BlankSigner:
    title = words.removesuffix(STAMPED)
    return BlankSigner(title=title, stamp=title != words)
