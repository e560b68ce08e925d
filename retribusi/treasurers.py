"""Who keeps the money of a daerah, by a link with the duty ``bayar``, and who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from accounts import postings
from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah

DUTY = "bayar"


def _nobody(rules: Daerah) -> Iterable[str]:
    return ()


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


# -- Who reads ------------------------------------------------------------------------------
def reads(held: Any, daerah: str, also: Callable[[Daerah], Iterable[str]] = _nobody) -> bool:
    """Return whether one of some postings keeps a daerah's money, or oversees it.

    ``also`` gives further roles that read a room by what they do in it.
    """
    if daerah not in registry.slugs():
        return False
    rules = registry.current(daerah)
    wanted = roles(rules) | {*also(rules)}
    mine = {posting.role for posting in held if posting.daerah == daerah}
    return bool(mine & wanted) or postings.oversees(held, daerah)


def readable(request: Any, also: Callable[[Daerah], Iterable[str]] = _nobody) -> list[str]:
    """Return the daerah (slugs) whose money the reader may read, in the order of his postings."""
    held = postings_of(request)
    return [slug for slug in dict.fromkeys(p.daerah for p in held) if reads(held, slug, also)]
