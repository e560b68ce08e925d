"""Who beside the applicant is invited to a visit or a hearing, as its record keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from notifications.models import Message

KEY = "guests"
"""Under which the record of an appointment keeps them."""
OLDER = "invited"
"""Under which older records have them as free text, a line each."""


@dataclass(frozen=True)
class Guest:
    name: str
    capacity: str = ""
    contact: str = ""
    """E-mail address, or mobile number (E.164)."""
    told: bool = False
    """Whether the officer told him himself."""

    @property
    def line(self) -> str:
        return ", ".join(filter(None, (self.name, self.capacity)))

    @property
    def channel(self) -> Message.Channel:
        return Message.Channel.EMAIL if "@" in self.contact else Message.Channel.SMS


def of(data: Mapping[str, Any]) -> list[Guest]:
    """Return the guests of an appointment's record, in the order in which they were written."""
    if KEY in data:
        return [Guest(**row) for row in data[KEY]]
    lines = (line.strip() for line in str(data.get(OLDER, "")).splitlines())
    return [Guest(line) for line in lines if line and not line.startswith("Pemohon")]


def everyone(application: Application, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return all who are to come, the applicant first, one line each."""
    return (f"{application.holder}, pemohon", *(guest.line for guest in of(data)))


def expected(application: Application, kind: str) -> str:
    """Return who was to come to the appointment of a kind, a line each; "" where none was made."""
    record = application.records.filter(kind=kind).first()
    return "\n".join(everyone(application, record.data)) if record else ""
