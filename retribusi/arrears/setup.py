"""What late payment adds to the portal when it starts."""

from __future__ import annotations

from applications.office import rooms
from documents import verification
from imbportal import invariants, standard_parts
from imbportal.daerah.interest import PAPER
from retribusi.arrears import cards, desk, late
from retribusi.arrears.invariants import CHECKS
from retribusi.arrears.paper import advice


def register() -> None:
    """Open the room of late bills, tell the public what lateness costs, and check the rows."""
    rooms.register("Penagihan", "arrears", desk.urls, late.shown, group=rooms.MONEY)
    standard_parts.register("biaya", "publik/interest.html", cards.published)
    invariants.register(*CHECKS)
    verification.advise(PAPER, advice)
