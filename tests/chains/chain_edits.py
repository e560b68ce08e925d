"""Chains of events to be tampered with, and what somebody may do to them at the SQL prompt."""

import datetime

from apart import unguarded
from django.db import connection
from django.utils import timezone

from accounts.models import User
from applications import events
from applications.models import Application, Event

STATES = ("DRAFT", "SUBMITTED", "RECORDING", "ASSESSMENT", "FEE", "ISSUED")
TEXT = ("move", "source", "target", "capacity", "note_hash", "prev_hash", "hash")
NUMBER = ("seq", "turn_before", "turn_after")
COLUMNS = (*TEXT, *NUMBER, "actor_id", "application_id", "steps", "data", "hidden", "at")
CONTENT = tuple(
    name for name in COLUMNS
    if name not in ("seq", "application_id", "prev_hash", "hash", "note_hash")
)  # fmt: skip
"""Columns that only the hash of their event holds."""


def chains(count, length, slug="contoh"):
    """Return cases with events of their own; a draft without any stands beside them."""
    users = [User.objects.create_user(f"pelaku{n}@rantai.test", name=f"P{n}") for n in range(3)]
    cases = []
    for n in range(count):
        case = Application.objects.create(
            daerah=slug, applicant=users[0], number=f"R-{slug}-{n}", state="SUBMITTED"
        )
        for place in range(length + n % 5):
            events.append(
                case, note=f"Alasan {place}" if place % 3 == 0 else "", move="endorse",
                source=STATES[place % 6], target=STATES[(place + 1) % 6], turn_before=place % 4,
                turn_after=(place + 1) % 4, actor=users[place % 3], capacity=f"Jabatan {place}",
                steps=[place], data={"papers": [f"{place}/S/2026"], "duty": "teknis"},
                hidden=place % 7 == 0, at=timezone.now() - datetime.timedelta(days=90 - place),
            )  # fmt: skip
        cases.append(case)
    Application.objects.create(daerah=slug, applicant=users[0], number=f"R-{slug}-{count}")
    return cases


def without_guard(*tables):
    """Take the triggers of tables away (the events'), as a person at the prompt may."""
    unguarded(*(tables or ["applications_event"]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def edit(name, dice):
    """Make one edit of a kind; return the cases that it touched."""
    return EDITS[name](dice)


def _any(dice, **which):
    return dice.choice(list(Event.objects.filter(**which).order_by("pk")))


def _inner(dice):
    """Return an event behind which there are others."""
    last = {}
    rows = list(Event.objects.order_by("application_id", "seq"))
    for row in rows:
        last[row.application_id] = row.pk
    return dice.choice([row for row in rows if last[row.application_id] != row.pk])


def other(row, column, dice):
    """Return another value for a column than a row has."""
    value = getattr(row, column)
    if column == "application_id":
        free = Application.objects.exclude(events__seq=row.seq).order_by("number")
        return dice.choice(list(free.values_list("pk", flat=True)))
    if column == "actor_id":
        return dice.choice(list(User.objects.exclude(pk=value).values_list("pk", flat=True)))
    if column == "seq":
        return value + dice.randint(1000, 2000)
    if column in NUMBER:
        return value + dice.randint(1, 5)
    if column == "hidden":
        return not value
    if column == "at":
        return value + datetime.timedelta(microseconds=dice.randint(1, 10**9))
    if column == "steps":
        return [*value, dice.randint(1, 99)]
    if column == "data":
        return value | {"duty": f"lain{dice.randint(1, 99)}"}
    if not value:
        return "x"
    at = dice.randrange(len(value))
    return value[:at] + ("0" if value[at] != "0" else "1") + value[at + 1 :]


def column(dice, names=COLUMNS):
    row, name = _any(dice), dice.choice(names)
    value = other(row, name, dice)
    Event.objects.filter(pk=row.pk).update(**{name: value})


def content(dice):
    column(dice, CONTENT)


def delete(dice):
    row = _inner(dice)
    _drop(row)


def _drop(row):
    from applications.models import EventNote

    EventNote.objects.filter(event=row).delete()
    Event.objects.filter(pk=row.pk).delete()


def insert(dice):
    """Slip a forged event in between, whose own hash is right; what follows moves up by one."""
    row = _inner(dice)
    _shift(row.application_id, row.seq)
    forged = Event.objects.get(pk=row.pk)
    forged.pk, forged.seq, forged.prev_hash, forged.note_hash = None, row.seq + 1, row.hash, ""
    forged.capacity = "Kepala Dinas"
    forged.hash = events.digest(forged)
    forged.save(force_insert=True)


def _shift(case, behind):
    from django.db.models import F

    later = Event.objects.filter(application=case)
    later.filter(seq__gt=behind).update(seq=F("seq") + 1_000_000)
    later.filter(seq__gt=1_000_000).update(seq=F("seq") - 999_999)


def swap(dice):
    """Exchange the places of two events of a case."""
    one = _any(dice)
    two = _any(dice, application=one.application_id)
    while two.pk == one.pk:
        two = _any(dice, application=one.application_id)
    Event.objects.filter(pk=one.pk).update(seq=1_000_000)
    Event.objects.filter(pk=two.pk).update(seq=one.seq)
    Event.objects.filter(pk=one.pk).update(seq=two.seq)


def truncate(dice):
    """Take the last events of a case away, all of them at most."""
    row = _any(dice)
    for later in Event.objects.filter(application=row.application_id, seq__gte=max(row.seq, 2)):
        _drop(later)


def rewrite(dice):
    """Change an event and every hash behind it, so that the chain is whole again."""
    row, name = _any(dice), dice.choice(CONTENT)
    Event.objects.filter(pk=row.pk).update(**{name: other(row, name, dice)})
    rehash(row.application_id)


def reorder(dice):
    """Exchange two events and hash the chain anew."""
    one = _inner(dice)
    _exchange_with_next(one)
    rehash(one.application_id)


def _exchange_with_next(one):
    two = Event.objects.get(application=one.application_id, seq=one.seq + 1)
    Event.objects.filter(pk=one.pk).update(seq=1_000_000)
    Event.objects.filter(pk=two.pk).update(seq=one.seq)
    Event.objects.filter(pk=one.pk).update(seq=two.seq)


def backdate(dice):
    """Hang an event to the end of a case that claims to be old."""
    row = _any(dice)
    last = Event.objects.filter(application=row.application_id).order_by("-seq").first()
    last.pk, last.seq, last.prev_hash, last.note_hash = None, last.seq + 1, last.hash, ""
    last.at += datetime.timedelta(minutes=1)
    last.hash = events.digest(last)
    last.save(force_insert=True)


def rehash(case):
    """Give every event of a case the hash that its content asks for, and a note's with it."""
    before = events.FIRST_HASH
    for row in Event.objects.filter(application=case).select_related("note").order_by("seq"):
        row.prev_hash = before
        if hasattr(row, "note"):
            row.note_hash = events.note_digest(row.note.salt, row.note.text)
        before = row.hash = events.digest(row)
        Event.objects.filter(pk=row.pk).update(
            prev_hash=row.prev_hash, hash=row.hash, note_hash=row.note_hash
        )


EDITS = {
    "column": column, "delete": delete, "insert": insert, "swap": swap, "truncate": truncate,
    "rewrite": rewrite, "reorder": reorder, "backdate": backdate, "content": content,
}  # fmt: skip
BY_WALK = ("column", "delete", "insert", "swap")
BY_DIGEST = ("truncate", "rewrite", "reorder", "backdate")
