"""What the public service standard of a daerah says of its survey."""

from __future__ import annotations

from typing import Any

from feedback.survey import index, results
from feedback.survey.invitations import OPEN
from imbportal.daerah.schema import Daerah

EARLIER = 4
"""Quarters before the newest that are shown with it."""


def part(rules: Daerah) -> dict[str, Any]:
    """Return the newest result and some older ones; only what was closed is told."""
    newest, *older = results.published(rules.slug) or [None]
    return {
        "rules": rules,
        "newest": newest,
        "older": older[:EARLIER],
        "minimum": index.MINIMUM,
        "cite": index.CITE,
        "days": OPEN.days,
    }
