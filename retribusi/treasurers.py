"""Who keeps the money of a daerah: the roles whose link carries the duty ``bayar``."""

from __future__ import annotations

from typing import Any

from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah

DUTY = "bayar"


def roles(rules: Daerah) -> frozenset[str]:
    """Return the roles that confirm payments in any track of a daerah."""
    chains = (rules.chains(code) for code, track in rules.track.items() if not track.refuse)
    links = (link for stages in chains for chain in stages.values() for link in chain)
    return frozenset(link.role for link in links if link.duty == DUTY)


def desks(request: Any) -> list[Daerah]:
    """Return the daerah whose money the reader keeps by a posting in force, in order of slug."""
    held = {(p.daerah, p.role) for p in postings_of(request) if p.daerah in registry.slugs()}
    known = {slug: registry.current(slug) for slug in sorted({slug for slug, _ in held})}
    return [
        rules for slug, rules in known.items() if any((slug, role) in held for role in roles(rules))
    ]


def keeps(request: Any) -> bool:
    """Return whether the reader keeps the money of any daerah."""
    return bool(desks(request))
