"""What the layers above offer of a paper on its check page: they register here when they start."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from documents.models import Paper


class Link(NamedTuple):
    url: str
    text: str


FINDERS: list[Callable[[Paper], Link | None]] = []


def register(finder: Callable[[Paper], Link | None]) -> None:
    """Ask ``finder`` of each paper that is checked; None where it has nothing to offer."""
    FINDERS.append(finder)


def links(paper: Paper) -> list[Link]:
    """Return where else a paper can be checked."""
    return [found for finder in FINDERS if (found := finder(paper))]
