"""Which track of its daerah a case takes."""

from collections.abc import Mapping
from typing import Any

from imbportal.daerah import conditions
from imbportal.daerah.schema import Daerah


def choose(daerah: Daerah, facts: Mapping[str, Any]) -> tuple[str | None, set[str]]:
    """Return the first track, in the file's order, whose condition holds.

    Where an earlier track is still undecided: (None, the facts that would decide it).
    """
    for code, track in daerah.track.items():
        answer = conditions.holds(track.when, facts)
        if answer is None:
            return None, conditions.unknown(track.when, facts)
        if answer:
            return code, set()
    return None, set()
