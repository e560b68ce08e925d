"""What the layers above add to the public service standard of a daerah: how it was kept.

They register here in their ``AppConfig.ready``; the page of the standard knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from imbportal.daerah.schema import Daerah


class Part(NamedTuple):
    """A piece of the page: its template, which reads ``rules`` and ``part``."""

    template: str
    context: Callable[[Daerah], dict[str, Any]]


PARTS: dict[str, list[Part]] = {}
"""By the section in which they stand."""


def register(section: str, template: str, context: Callable[[Daerah], dict[str, Any]]) -> None:
    """Show ``template`` at the end of a section of the page; ``context`` gives its ``part``."""
    PARTS.setdefault(section, []).append(Part(template, context))


def of(rules: Daerah) -> dict[str, list[dict[str, Any]]]:
    """Return the pieces of one daerah's page, by section."""
    return {
        section: [{"template": part.template, "context": part.context(rules)} for part in parts]
        for section, parts in PARTS.items()
    }
