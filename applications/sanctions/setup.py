"""What decisions on papers add to the portal when it starts."""

from __future__ import annotations


def register() -> None:
    """Tell check pages and public standard of such decisions, and check the rows."""
    from applications.sanctions import shown, standard
    from applications.sanctions.invariants import CHECKS
    from documents import verification
    from imbportal import invariants, standard_parts
    from imbportal.daerah import sanctions

    verification.relate(shown.related)
    for kind in (sanctions.WARNING, sanctions.FREEZING, sanctions.LIFTING, sanctions.REVOKING):
        verification.advise(kind, shown.now)
    standard_parts.register("keputusan", "publik/sanctions.html", standard.published)
    invariants.register(*CHECKS)
