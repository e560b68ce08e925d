"""Many cases from one: a case that was driven to its place, copied with its history."""

import copy
import uuid

from applications import events
from applications.models import (
    Act,
    Application,
    CaseDuty,
    Document,
    DocumentVersion,
    Event,
    EventNote,
    Record,
)
from applications.models.application import new_secret
from documents import numbering
from retribusi.models import Assessment


def of(case, count):
    """Return so many cases that stand where this one stands; papers that were issued stay its own.

    Each has its own number, and a chain of events of its own.
    """
    made = [_twin(case) for _ in range(count)]
    Application.objects.bulk_create(made)
    for model in (Act, CaseDuty, Record, Assessment):
        rows = [*model.objects.filter(application=case).order_by("pk")]
        model.objects.bulk_create(_row(row, application=new) for new in made for row in rows)
    _documents(case, made)
    _history(case, made)
    return made


def _twin(case):
    number = numbering.take(case.rules, "permohonan", case.registered_at, case.kecamatan)
    return _row(case, pk=uuid.uuid4(), secret=new_secret(), number=number)


def _row(row, pk=None, **changes):
    new = copy.copy(row)
    new.pk, new._state = pk, copy.copy(row._state)
    new._state.adding, new._state.fields_cache = True, {}
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def _documents(case, made):
    for slot in Document.objects.filter(application=case):
        slots = Document.objects.bulk_create(_row(slot, application=new) for new in made)
        versions = [*DocumentVersion.objects.filter(document=slot)]
        DocumentVersion.objects.bulk_create(
            _row(version, pk=uuid.uuid4(), document=new) for new in slots for version in versions
        )


def _history(case, made):
    told = [*Event.objects.filter(application=case).select_related("note").order_by("seq")]
    rows = [event for new in made for event in _chain(new, told)]
    written = Event.objects.bulk_create(rows)
    notes = [event.note if hasattr(event, "note") else None for event in told] * len(made)
    EventNote.objects.bulk_create(
        _row(note, event=event) for event, note in zip(written, notes, strict=True) if note
    )


def _chain(case, told):
    before = events.FIRST_HASH
    for event in told:
        new = _row(event, application=case, prev_hash=before, data=_own(event.data))
        new.hash = before = events.digest(new)
        yield new


def _own(data):
    """Leave out the papers that were issued: they are those of the first case."""
    return {key: value for key, value in data.items() if key != "papers"}
