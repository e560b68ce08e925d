"""What a daerah's file may say of relief from the retribution, and of exemption from it.

The percentage stands in the tariff under the same code (``[tariff.keringanan.CODE]``), because
figures are dated; here stands for whom, who decides, and with which documents one asks.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from imbportal.daerah.rule import Cited, Code, Rule, Text, When
from imbportal.daerah.ways import Audience, Channel

if TYPE_CHECKING:
    from imbportal.daerah.schema import Daerah

MARK = "keringanan:"
"""Begins the slots of these documents, as no code of a requirement can."""
SLOT = 60
"""Letters that the name of a slot holds."""
WHOLE = 100
"""Percent of an exemption."""
ASKED = ("decided_by", "paper", "document")
"""What a relief must say that is asked for, and none that is given anyway."""
EITHER = (*ASKED, "forwarded_by", "cover", "notify")


class ReliefDocument(Rule):
    """One document that goes with the request."""

    code: Code
    label: Text
    help: str = ""
    calculation: bool = False
    """Whether it is the portal's own calculation of the fee: nobody uploads it."""
    requirement: Code | None = None
    """Requirement of the application whose file serves here too, where it was uploaded."""


class Relief(Cited):
    """A relief or an exemption; ``code`` is that of its percentage in the tariff."""

    code: Code
    name: Text
    kind: Literal["keringanan", "pembebasan"]
    when: When | None = None
    berlaku: datetime.date | None = None
    sampai: datetime.date | None = None
    """First and last day on which it counts, by the day that decides the tariff."""
    automatic: bool = False
    """Whether it is given without being asked for."""
    decided_by: Code | None = None
    forwarded_by: Code | None = None
    """Role that first sends the request on to who decides; None where it goes there at once."""
    document: tuple[ReliefDocument, ...] = ()
    paper: Code | None = None
    """The letter with the decision."""
    cover: Code | None = None
    """The letter with which it is sent on to who decides; None where it goes without one."""
    notify: dict[Audience, Channel] = {}


def counts_on(relief: Relief, day: datetime.date) -> bool:
    """Return whether a day lies in the period of a relief."""
    begun = relief.berlaku is None or relief.berlaku <= day
    return begun and (relief.sampai is None or day <= relief.sampai)


def slot(relief: Relief, document: ReliefDocument) -> str:
    """Return the name of the slot in which a document of a request lies."""
    return f"{MARK}{relief.code}:{document.code}"


def problems(daerah: Daerah) -> Iterator[tuple[str, str]]:
    """Yield (key, problem) of each relief; what it names must exist, and it must be decided."""
    served = [track for track in daerah.track.values() if not track.refuse]
    if daerah.relief and not any(track.fee and track.retribution for track in served):
        yield "relief", "no track charges a building, so there is nothing to lower"
    for index, relief in enumerate(daerah.relief):
        path = f"relief[{index}]"
        yield from _percent(daerah, relief, path)
        yield from (_given if relief.automatic else _asked)(daerah, relief, path)


def _percent(daerah: Daerah, relief: Relief, path: str) -> Iterator[tuple[str, str]]:
    figure = daerah.tariff[-1].keringanan.get(relief.code) if daerah.tariff else None
    if figure is None:
        yield f"{path}.code", f"no percentage: the newest tariff has no keringanan.{relief.code}"
    elif (relief.kind == "pembebasan") != (figure.value == WHOLE):
        yield f"{path}.kind", f"{figure.value} % is no {relief.kind}: that is all, or a part"


def _given(daerah: Daerah, relief: Relief, path: str) -> Iterator[tuple[str, str]]:
    for field in EITHER:
        if getattr(relief, field):
            yield f"{path}.{field}", "is given without being asked for (automatic): leave it out"


def _asked(daerah: Daerah, relief: Relief, path: str) -> Iterator[tuple[str, str]]:
    for field in ASKED:
        if not getattr(relief, field):
            yield f"{path}.{field}", "missing: without it nobody can ask, or it is never decided"
    for field in ("decided_by", "forwarded_by"):
        role = getattr(relief, field)
        if role is not None and role not in daerah.role:
            yield f"{path}.{field}", f'unknown role "{role}"'
    if relief.forwarded_by is not None and relief.forwarded_by == relief.decided_by:
        yield f"{path}.forwarded_by", "decides itself: nobody forwards to himself"
    yield from _paper(daerah, relief, path)
    yield from _cover(daerah, relief, path)
    yield from _documents(daerah, relief, path)


def _paper(daerah: Daerah, relief: Relief, path: str) -> Iterator[tuple[str, str]]:
    if relief.paper is None:
        return
    paper = daerah.paper.get(relief.paper)
    if paper is None:
        yield f"{path}.paper", f'unknown paper "{relief.paper}"'
    elif paper.signed_by not in (None, relief.decided_by):
        yield f"{path}.paper", f"is signed by {paper.signed_by}, but {relief.decided_by} decides"


def _cover(daerah: Daerah, relief: Relief, path: str) -> Iterator[tuple[str, str]]:
    if relief.cover is None:
        return
    paper = daerah.paper.get(relief.cover)
    if relief.forwarded_by is None:
        yield f"{path}.cover", "nobody sends it on (forwarded_by), so no letter goes with it"
    elif paper is None:
        yield f"{path}.cover", f'unknown paper "{relief.cover}"'
    elif paper.signed_by not in (None, relief.forwarded_by):
        who = relief.forwarded_by
        yield f"{path}.cover", f"is signed by {paper.signed_by}, but {who} sends it on"


def _documents(daerah: Daerah, relief: Relief, path: str) -> Iterator[tuple[str, str]]:
    asked, seen = {item.code for item in daerah.requirement}, set()
    for number, document in enumerate(relief.document):
        here = f"{path}.document[{number}]"
        if document.code in seen:
            yield f"{here}.code", f'code "{document.code}" stands twice'
        seen.add(document.code)
        if len(slot(relief, document)) > SLOT:
            most = SLOT - len(MARK) - 1
            yield f"{here}.code", f"too long: with the code of its relief at most {most} letters"
        if document.requirement is not None and document.requirement not in asked:
            yield f"{here}.requirement", f'unknown requirement "{document.requirement}"'
        if document.calculation and document.requirement is not None:
            yield f"{here}.requirement", "the calculation is the portal's own, no upload"
