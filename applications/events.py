"""The history of a case: one Event per move, chained by hash from the first day."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from applications.models import Application, Event, EventNote

FIRST_HASH = "0" * 64
HASHED = (
    "seq", "move", "source", "target", "turn_before", "turn_after", "actor_id", "capacity",
    "steps", "data", "hidden", "note_hash", "prev_hash",
)  # fmt: skip


def content(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is hashed of an event: its columns, its case, and when it was, in UTC."""
    return {name: values[name] for name in HASHED} | {
        "application": str(values["application_id"]),
        "at": values["at"].astimezone(datetime.UTC).isoformat(),
    }


def canonical(content: Any) -> str:
    """Return JSON that is the same wherever it is written: keys in order, no blanks."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def digest(event: Event) -> str:
    """Return the hash of an event over its content and the hash before it."""
    names = (*HASHED, "application_id", "at")
    return digest_of(content({name: getattr(event, name) for name in names}))


def note_digest(salt: str, text: str) -> str:
    """Return the salted hash by which an event holds its note."""
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def append(application: Application, *, note: str = "", **fields: Any) -> Event:
    """Write the next event of a case whose row the caller has locked."""
    last = application.events.order_by("-seq").values_list("seq", "hash").first()
    seq, before = last or (0, FIRST_HASH)
    event = Event(application=application, seq=seq + 1, prev_hash=before, **fields)
    salt = secrets.token_hex(16)
    event.note_hash = note_digest(salt, note) if note else ""
    event.hash = digest(event)
    event.save()
    if note:
        EventNote.objects.create(event=event, salt=salt, text=note)
    return event


def told() -> QuerySet[Event]:
    """Return events in their order, with their notes."""
    return Event.objects.select_related("note").order_by("seq")


def broken(application: Application, events: Iterable[Event] | None = None) -> list[str]:
    """Return what is wrong in the chain of a case; nothing where it is intact.

    ``events`` are its ``told`` ones, where the caller has read them.
    """
    found, before = [], FIRST_HASH
    events = told().filter(application=application) if events is None else events
    for number, event in enumerate(events, start=1):
        if event.seq != number:
            found.append(f"urutan {event.seq} seharusnya {number}")
        if event.prev_hash != before or event.hash != digest(event):
            found.append(f"kejadian {event.seq} tidak cocok dengan rantai")
        note = getattr(event, "note", None)
        if note and note_digest(note.salt, note.text) != event.note_hash:
            found.append(f"catatan kejadian {event.seq} berubah")
        before = event.hash
    return found


def replayed_state(application: Application) -> str:
    """Return the state to which the events lead."""
    last = application.events.order_by("-seq").first()
    return last.target if last else "DRAFT"
