"""What other parts of the money have to tell on the cashier's page: each registers a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Panel(NamedTuple):
    """One thing that waits, or was found, with the page where it is dealt with."""

    title: str
    text: str
    url: str = ""
    link: str = ""
    bad: bool = False


PANELS: list[Callable[[str], Panel | None]] = []
"""Each takes a daerah (slug) and gives what it has to tell, None where there is nothing."""


def register(panel: Callable[[str], Panel | None]) -> None:
    """Add a panel to the cashier's page; called in ``AppConfig.ready``."""
    PANELS.append(panel)


def of(daerah: str) -> list[Panel]:
    """Return what the other parts have to tell of a daerah now."""
    found = (panel(daerah) for panel in PANELS)
    return [panel for panel in found if panel is not None]
