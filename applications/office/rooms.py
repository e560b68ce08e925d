"""Rooms of the desk that the layers above build: pages below /admin/ with a place in its menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


def everybody(request: Any) -> bool:
    return True


class Room(NamedTuple):
    label: str
    name: str
    """Name of its first page, without ``admin:``."""
    urls: Callable[[Callable[..., Any]], list[Any]]
    """Gives the URL patterns, each view behind the officers' door that it is handed."""
    shown: Callable[[Any], bool] = everybody
    """Tells by the request whether its reader has anything to do there."""


ROOMS: list[Room] = []


def register(
    label: str,
    name: str,
    urls: Callable[[Callable[..., Any]], list[Any]],
    shown: Callable[[Any], bool] = everybody,
) -> None:
    """Add a room to the desk; called in ``AppConfig.ready``."""
    ROOMS.append(Room(label, name, urls, shown))
