"""The deadlines of a track: each with the links over which it runs."""

from collections.abc import Iterator
from typing import NamedTuple

from imbportal.daerah.references import Problems
from imbportal.daerah.schema import Daerah
from imbportal.daerah.vocabulary import GATES
from imbportal.daerah.ways import Deadline, Link

ASIDE = "REJECTION_SIGNING"
"""The gate that leads away from the others: nothing goes on into it or out of it."""
Place = tuple[str, int]
"""A gate and the number of a link in its chain."""


class Span(NamedTuple):
    deadline: Deadline
    places: frozenset[Place]


def of(daerah: Daerah, track: str, place: Place) -> Span | None:
    """Return the deadline that runs at a link, None where there is none."""
    deadline: Deadline | None = None
    places: list[Place] = []
    for here, link in _way(daerah, track):
        if not link.continues:
            if place in places:
                break
            deadline, places = link.deadline, []
        places.append(here)
    return Span(deadline, frozenset(places)) if deadline and place in places else None


def problems(daerah: Daerah, track: str) -> Problems:
    """Find links in which a deadline goes on that none before them began."""
    running = False
    for (gate, number), link in _way(daerah, track):
        here = f"track.{track}.stage.{gate}[{number}].continues"
        if link.continues and link.deadline:
            yield here, "the link has a deadline of its own"
        elif link.continues and (not running or (gate, number) == (ASIDE, 0)):
            yield here, "the link before has no deadline that could go on"
        running = bool(link.deadline) or link.continues


def _way(daerah: Daerah, track: str) -> Iterator[tuple[Place, Link]]:
    """Yield the links in the order in which a case passes them, those aside after all others."""
    chains = daerah.chains(track)
    for gate in (*(gate for gate in GATES if gate != ASIDE), ASIDE):
        for number, link in enumerate(chains.get(gate, ())):
            yield (gate, number), link
