"""Identity cards that the office holds against what their owners stated, and how each stands.

A card lies with the account, not with the case: what was judged is remembered by a mark, and a
verdict counts as long as card and data are the ones that it was given on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imbportal import crypto

if TYPE_CHECKING:
    from accounts.models import Identity
    from applications.models import Application, CardVerdict
    from imbportal.daerah import schema

GATE = "SUBMITTED"
PREFIX = "kartu:"
"""Before whose card it is, where a point names what it is about: no code of a requirement."""
GOOD, BAD, NONE = "sesuai", "tidak", ""
WORDS = {GOOD: "sesuai", BAD: "tidak sesuai"}


@dataclass(frozen=True)
class Card:
    """One card in one case, with the newest verdict on it."""

    rule: schema.Card
    person: Identity
    given: CardVerdict | None

    @property
    def code(self) -> str:
        return PREFIX + self.rule.of

    @property
    def anchor(self) -> str:
        """Return where it stands on the page that compares it."""
        return f"kartu-{self.rule.of}"

    @property
    def label(self) -> str:
        return self.rule.label

    @property
    def changed(self) -> bool:
        """Return whether the person changed card or data since the verdict."""
        return self.given is not None and self.given.mark != mark(self.person)

    @property
    def verdict(self) -> str:
        """Return the verdict that counts now, "" where none does."""
        return self.given.verdict if self.given is not None and not self.changed else NONE


def mark(person: Identity) -> str:
    """Return a keyed mark of what is compared: the photo and what stands beside it."""
    shown = (person.ktp_sha256, person.nik_lookup, person.in_charge or person.name, person.address)
    return crypto.lookup("\n".join(shown))


def of(application: Application) -> list[Card]:
    """Return the cards that the file wants judged and that this case has, in the file's order."""
    rules, people = application.rules.card, _people(application)
    newest = {row.card: row for row in application.card_verdicts.all()} if rules else {}
    return [
        Card(rule, person, newest.get(rule.of))
        for rule in rules
        if (person := people[rule.of]) is not None and person.ktp
    ]


def _people(application: Application) -> dict[str, Identity | None]:
    return {"pemohon": application.holder, "kuasa": agent(application)}


def agent(application: Application) -> Identity | None:
    """Return who acts for the holder, where somebody does and told his NIK."""
    own = getattr(application.applicant, "identity", None) if application.mandate_id else None
    return own if own and own.nik and own != application.holder else None


def labels(application: Application) -> dict[str, str]:
    return {PREFIX + rule.of: rule.label for rule in application.rules.card}


def open_at(application: Application, gate: str) -> list[str]:
    """Return the cards that were not found in order yet where this gate judges them."""
    if gate != GATE:
        return []
    return [card.label for card in of(application) if card.verdict != GOOD]


def told(application: Application) -> dict[str, str]:
    """Return the verdicts that count now, in words, by the cards' labels."""
    return {card.label: WORDS[card.verdict] for card in of(application) if card.verdict}
