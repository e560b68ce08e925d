"""What the applicant changed in his answers since the letter: its event keeps a mark of each one.

The marks are keyed: an event can never be erased, so it must not hold what somebody answered.
"""

from __future__ import annotations

from applications import facts
from applications.models import Application
from imbportal.crypto import lookup
from imbportal.daerah.vocabulary import TRACK

KEY = "answers"
"""Under which an event keeps the marks."""
PARTS = "bangunan lain"
"""Stands for all further buildings; no code of a fact can have a space."""
LENGTH = 12


def marks(application: Application) -> dict[str, str]:
    """Return a mark of each answer, by fact code, and of the further buildings."""
    said = {code: str(value) for code, value in facts.of(application).items() if code != TRACK}
    parts = application.parts.values_list("name", "function", "floor_area", "floors")
    said[PARTS] = str(list(parts))
    return {code: lookup(f"{code} {text}")[:LENGTH] for code, text in said.items()}


def changed(application: Application) -> set[str]:
    """Return what differs from the last letter of the gate in which the case is.

    Nothing, where no letter went out or where it kept no marks yet.
    """
    if application.round == 1:
        return set()
    letters = application.events.filter(source=application.state, data__has_key=KEY)
    last = letters.order_by("-seq").values_list("data", flat=True).first()
    if last is None:
        return set()
    before, now = last[KEY], marks(application)
    return {code for code in {*before, *now} if before.get(code) != now.get(code)}
