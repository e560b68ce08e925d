"""Rooms of the desk that the layers above build: pages below /admin/ with a place in its menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

MONEY = "Keuangan"
"""Word of the menu below which the rooms of the money stand."""
DATA = "Data induk"
"""Rooms of this group stand on the page of the master data, not in the menu."""


def everybody(request: Any) -> bool:
    return True


def nobody(request: Any) -> bool:
    """Let a room stand in no menu: another page leads to it."""
    return False


class Room(NamedTuple):
    label: str
    name: str
    """Name of its first page, without ``admin:``."""
    urls: Callable[[Callable[..., Any]], list[Any]]
    """Gives the URL patterns, each view behind the officers' door that it is handed."""
    shown: Callable[[Any], bool] = everybody
    """Tells by the request whether its reader has anything to do there."""
    group: str = ""
    """Under which word of the menu it stands, with others; in the row itself where empty."""


ROOMS: list[Room] = []


def register(
    label: str,
    name: str,
    urls: Callable[[Callable[..., Any]], list[Any]],
    shown: Callable[[Any], bool] = everybody,
    group: str = "",
) -> None:
    """Add a room to the desk; called in ``AppConfig.ready``."""
    ROOMS.append(Room(label, name, urls, shown, group))


def menu(request: Any) -> dict[str, list[Room]]:
    """Return the rooms that a reader is shown, by the word of the menu under which they stand.

    A group of one is no group: its room stands under its own word.
    """
    found: dict[str, list[Room]] = {}
    for room in ROOMS:
        if room.group != DATA and room.shown(request):
            found.setdefault(room.group or room.label, []).append(room)
    return {kept[0].label if len(kept) == 1 else word: kept for word, kept in found.items()}


def of_data(request: Any) -> list[Room]:
    """Return the rooms to which the page of the master data leads a reader."""
    return [room for room in ROOMS if room.group == DATA and room.shown(request)]
