"""What was set too low (kurang bayar): a later bill asks for the rest alone, and says so."""

from __future__ import annotations

from applications.models import Application
from imbportal.indonesia import rupiah
from retribusi.assessment import due, paid
from retribusi.models import Assessment

NAME = "Kurang Bayar (SKRDKB)"
MARK = "(SKRD)"
"""The usual short name, behind the title of a daerah's bill."""


def is_rest(application: Application) -> bool:
    """Return whether the next bill asks for what came on top of an earlier one that was paid."""
    return bool(paid(application)) and due(application) > 0


def title(application: Application, usual: str) -> str:
    """Return the title of the next bill: its usual one, or that of a bill over the rest."""
    if not is_rest(application):
        return usual
    return f"{usual.removesuffix(MARK).rstrip()} {NAME}"


def facts(application: Application, assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Return what a bill over the rest says beside its table: set anew, paid before, the rest."""
    if not is_rest(application):
        return ()
    return (
        ("Ditetapkan kembali", rupiah(assessment.total)),
        ("Telah dibayar", rupiah(paid(application))),
        ("Kurang bayar", rupiah(due(application))),
    )
