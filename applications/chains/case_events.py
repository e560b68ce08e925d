"""The chains of the cases: every event with its note, from the first one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from applications import events
from applications.chains.kinds import FIRST_HASH, Break, Head, Kind, Only, Tick
from applications.models import Application, Event

CODE = "kejadian"
MANY = 2000
"""Rows read at a time."""
COLUMNS = (*events.HASHED, "application_id", "at", "hash", "note__salt", "note__text")
Row = dict[str, Any]


def walk(only: Only, tick: Tick) -> Iterator[Break]:
    """Yield the first event of each case that does not fit, and cases that lost all of theirs."""
    rows = _wanted(Event.objects.all(), only, "application__").order_by(
        "application_id", "seq", "pk"
    )
    found = rows.values(*COLUMNS).iterator(MANY)
    for case, links in groupby(found, key=lambda row: row["application_id"]):
        if broken := first_break(links, tick):
            yield Break(_name(case), *broken)
    lost = _wanted(Application.objects.exclude(state="DRAFT"), only, "")
    for case in lost.filter(events=None).values_list("pk", flat=True).iterator(MANY):
        yield Break(_name(case), 1, "tidak ada satu kejadian pun, padahal sudah dikirim")


def first_break(links: Iterator[Row], tick: Tick) -> tuple[int, str] | None:
    """Return sequence and fault of the first link of one chain that does not fit."""
    broken, before, expected, count = None, FIRST_HASH, 1, 0
    for link in links:
        count += 1
        if broken is None and (fault := _fault(link, expected, before)):
            broken = fault
        expected, before = expected + 1, link["hash"]
    tick(count)
    return broken


def _fault(link: Row, expected: int, before: str) -> tuple[int, str] | None:
    """Return what is wrong with a link where ``expected`` comes next, behind this hash."""
    seq = link["seq"]
    if not isinstance(seq, int) or seq > expected:
        return expected, "hilang"
    if seq < expected:
        return seq, "ganda: nomor urut ini sudah ada"
    if not holds(link):
        return seq, "isinya tidak cocok dengan sidiknya"
    if link["prev_hash"] != before:
        return seq, "pendahulunya bukan kejadian sebelumnya"
    note = link["note__text"]
    if note is not None and events.note_digest(link["note__salt"], note) != link["note_hash"]:
        return seq, "catatannya tidak cocok dengan sidiknya"
    return None


def holds(link: Row) -> bool:
    """Return whether the content of a link bears its hash."""
    if not isinstance(link["at"], datetime.datetime):
        return False
    return bool(link["hash"] == events.digest_of(events.content(link)))


def _wanted(rows: Any, only: Only, prefix: str) -> Any:
    if only.daerah:
        rows = rows.filter(**{f"{prefix}daerah": only.daerah})
    return rows.filter(**{f"{prefix}pk__in": only.keys}) if only.keys else rows


def _name(case: UUID) -> str:
    return names([str(case)]).get(str(case), f"permohonan {case}")


# -- Heads ----------------------------------------------------------------------------------
def heads(daerah: str) -> Iterator[Head]:
    last = Event.objects.filter(application=OuterRef("pk")).order_by("-seq", "-pk")
    cases = (
        Application.objects.filter(daerah=daerah)
        .order_by("pk")
        .values_list("pk", Subquery(last.values("seq")[:1]), Subquery(last.values("hash")[:1]))
    )
    for pk, length, value in cases.iterator(MANY):
        if length is not None:
            yield Head(str(pk), length, value)


def at(places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    return {place: found["hash"] for place, found in _at(places, "hash")}


def dated(places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], datetime.datetime]:
    return {place: found["at"] for place, found in _at(places, "at")}


def _at(places: Sequence[tuple[str, int]], column: str) -> Iterator[tuple[tuple[str, int], Row]]:
    wanted = set(places)
    rows = Event.objects.filter(
        Q(application__in={key for key, _ in wanted}) & Q(seq__in={place for _, place in wanted})
    )
    for row in rows.values("application_id", "seq", column):
        place = str(row["application_id"]), row["seq"]
        if place in wanted:
            yield place, row


def names(keys: Sequence[str]) -> dict[str, str]:
    cases = Application.objects.filter(pk__in=keys).values_list("pk", "number", "daerah")
    return {str(pk): f"permohonan {number or str(pk)} ({daerah})" for pk, number, daerah in cases}


KIND = Kind(CODE, "kejadian", walk, heads, at, names, dated)
