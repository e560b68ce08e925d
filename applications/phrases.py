"""Sentences of an office: seeded by its file, chosen and added to by its officers."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from applications.models import Phrase
from imbportal.daerah import registry

LONGEST = 500


def offered(daerah: str, requirement: str = "") -> list[Phrase]:
    """Return the sentences in use: those of the document, and those that fit every document."""
    fitting = Phrase.objects.filter(daerah=daerah, in_use=True, requirement__in=["", requirement])
    return list(fitting.order_by("-requirement", "pk"))


def text_of(daerah: str, pk: str) -> str:
    """Return the words of a sentence in use, or nothing."""
    if not (pk.isdecimal() and len(pk) < 19):
        return ""
    found = Phrase.objects.filter(daerah=daerah, in_use=True, pk=pk).first()
    return found.text if found else ""


def keep(daerah: str, requirement: str, text: str, *, by: Any) -> None:
    """Add a sentence that an officer wrote; one that is too long, or retired, stays as it is."""
    if 0 < len(text.strip()) <= LONGEST:
        Phrase.objects.get_or_create(
            daerah=daerah, requirement=requirement, text=text.strip(), defaults={"by": by}
        )


def seed() -> None:
    """Add the sentences of every daerah's file that its office has not had yet."""
    by = User.objects.sistem()
    for slug in registry.slugs():
        rules = registry.current(slug)
        given = [("", text) for text in rules.phrases]
        given += [(item.code, text) for item in rules.requirement for text in item.phrases]
        for requirement, text in given:
            keep(slug, requirement, text, by=by)
