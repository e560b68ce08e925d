"""What a daerah's file may say of the way of a case: tracks, chains of links, moves, time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from imbportal.daerah.rule import Cited, Code, Rule, Text, When
from imbportal.daerah.vocabulary import Act, Duty, Gate, Seal

Channel = Literal["email", "sms", "email/sms"]
Audience = Literal["pemohon", "kantor"]
OUTSIDE = "di_luar_layanan"
"""The last track of every daerah: whoever matches no other."""


class Deadline(Cited):
    amount: Annotated[int, Field(gt=0)]
    unit: Literal["hari", "hari_kerja"]
    start: str = ""
    """For a deadline of the whole: the move that starts it (the latest counts)."""
    stop: str = ""


class Link(Rule):
    """One pair of hands in a gate's chain."""

    steps: tuple[int, ...] = ()
    role: Code
    act: Act
    label: str = ""
    """What must be done, as the queue says it: "Periksa kelengkapan dokumen"."""
    done: str = ""
    """What has been done, as history and messages say it."""
    papers: tuple[Code, ...] = ()
    issue: tuple[Code, ...] = ()
    needs: tuple[Code, ...] = ()
    seal: Seal | None = None
    """Whose electronic seal the papers bear that take their number here; none where they are
    signed wet. ``ttd``: whoever signs here; ``kantor``: the office, after the signatures."""
    duty: Duty | None = None
    notify: dict[Audience, Channel] = {}
    deadline: Deadline | None = None
    continues: bool = False
    """Whether the deadline of the link before goes on here, as over one step in several hands: it
    counts from when the case came to the first of them."""


class On(Rule):
    """What a move brings, whoever makes it."""

    steps: tuple[int, ...] = ()
    role: Code | None = None
    issue: tuple[Code, ...] = ()
    notify: dict[Audience, Channel] = {}
    done: str = ""


class Lapse(Cited):
    """Days after which a case that waits for its applicant lapses."""

    state: Literal["KRK_INCOMPLETE", "KRK_ISSUED", "INCOMPLETE", "REVISION", "AWAITING_PAYMENT"]
    amount: Annotated[int, Field(gt=0)]
    unit: Literal["hari", "hari_kerja"]
    remind: tuple[int, ...] = ()
    """Days before the end at which the applicant is reminded."""


class Share(Cited):
    """A figure of a part: with those of all parts of one permit it is no more than the permit's."""

    part: Code
    """Question for the part's own figure."""
    whole: Code
    """Question of the permit's own application, where the portal issued it."""
    older: Code
    """Question for the permit's figure where it is older than the portal."""


class Track(Rule):
    title: Text
    when: When | None = None
    after_permit: bool = False
    """Whether it is a service on a permit that was issued, and not the way to a new one."""
    fee: bool = True
    retribution: bool = True
    """Whether the building is charged; else the track owes its ``biaya`` alone."""
    biaya: tuple[Code, ...] = ()
    """Administrative fees of the tariff that every case of the track owes."""
    replaces: bool = False
    """Of a service: the permit that it issues takes the place of the one it is asked for."""
    copies: bool = False
    """Of a service: what it issues is a copy of the older permit, and shares what becomes of it."""
    share: tuple[Share, ...] = ()
    """Of a service that splits a permit: what of it each case takes."""
    permit_title: str = ""
    """Of a service: title of the permit that it issues, where it is not the daerah's own."""
    permit_note: str = ""
    """Of a service: what the permit decides; takes {nomor} and {tanggal} of the older one."""
    refuse: str = ""
    """Only on ``di_luar_layanan``: where to go instead."""
    stage: dict[Gate, tuple[Link, ...]] = {}
    on: dict[str, On] = {}
    procedure: tuple[Text, ...] = ()
    """Its steps in the document's words, where the document lists them for this track alone."""
    note: str = ""
