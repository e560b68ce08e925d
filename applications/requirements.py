"""Which documents a case must bring, how each of them stands, and which papers it gets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from applications import cards, counter, facts
from imbportal.daerah import conditions
from imbportal.daerah.schema import Requirement
from imbportal.daerah.vocabulary import GATES

HELD = "pilah:"
"""Where files lie that are not sorted yet: no code of a requirement can be this one."""


@dataclass(frozen=True)
class Slot:
    """One requirement in one case."""

    requirement: Requirement
    known: bool
    """False while the answers do not tell whether it is due ("belum tahu")."""
    document: Any = None
    version: Any = None
    """Newest uploaded version, or None."""

    @property
    def code(self) -> str:
        return self.requirement.code

    @property
    def missing(self) -> bool:
        return self.version is None and not self.requirement.optional

    @property
    def good(self) -> bool:
        return self.version is not None and self.version.verdict == "sesuai"

    @property
    def settled(self) -> bool:
        """Return whether nothing remains to be judged here."""
        return self.good or (self.version is None and self.requirement.optional)

    def takes(self, version: Any) -> bool:
        """Return whether a file is of a kind that the requirement takes."""
        return self.requirement.images or version.mime == "application/pdf"

    def to_judge(self, gate: str) -> bool:
        """Return whether it is judged at this gate: its own, or a later one once replaced."""
        if gate not in GATES:
            return False
        own = GATES.index(self.requirement.checked_at)
        if own == GATES.index(gate):
            return True
        replaced = self.version is not None and self.version.number > 1 and not self.good
        return replaced and own < GATES.index(gate)


def due(application) -> list[Slot]:
    """Return the slots of a case in the file's order; requirements ruled out are left out."""
    values = facts.of(application)
    documents = {
        document.requirement: document
        for document in application.documents.prefetch_related("versions")
    }
    slots = []
    for requirement in (*application.rules.requirement, *counter.slots(application)):
        holds = conditions.holds(requirement.when or {}, values)
        if holds is False:
            continue
        document = documents.get(requirement.code)
        version = document.current if document else None
        slots.append(Slot(requirement, holds is True, document, version))
    return slots


def labels(application) -> dict[str, str]:
    """Return what the documents and cards of a case are called, by their codes."""
    known = (*application.rules.requirement, *counter.slots(application))
    return cards.labels(application) | {
        requirement.code: requirement.label for requirement in known
    }


def made(application, kinds: Iterable[str]) -> list[str]:
    """Return those of the kinds of paper that this case gets: whose condition holds."""
    values, papers = facts.of(application), application.rules.paper
    return [kind for kind in kinds if conditions.holds(papers[kind].when, values)]
