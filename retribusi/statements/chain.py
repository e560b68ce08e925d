"""The bank's statements as chains: what the file said, line by line, in one running hash.

A statement has no hash of its own in the database: the daily digest holds it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Q

from applications.chains import kinds
from applications.chains.kinds import FIRST_HASH, Break, Head, Kind, Only, Tick
from retribusi.models import Statement, StatementLine
from retribusi.statements import offers

Place = tuple[str, int]
MANY = 500
OF_FILE = (
    "daerah", "bank", "account", "name", "file_sha256", "begins", "ends", "opening", "closing",
    "taken", "taken_sum", "known", "known_sum", "imported_by_id", "imported_at",
)  # fmt: skip
OF_LINE = ("row", "fingerprint", "place", "day", "sen", "reference", "text")


def walk(only: Only, tick: Tick) -> Iterator[Break]:
    """Yield the statements whose lines are not those that were taken in."""
    if only.keys:
        return
    rows = Statement.objects.order_by("daerah", "imported_at", "pk")
    for statement in (rows.filter(daerah=only.daerah) if only.daerah else rows).iterator(MANY):
        wrong = next(iter(offers.unbalanced(statement)), "")
        if wrong:
            yield Break(f"rekening koran {statement}", 1, wrong)
        tick(statement.taken)


def heads(daerah: str) -> Iterator[Head]:
    for statement in Statement.objects.filter(daerah=daerah).order_by("pk").iterator(MANY):
        *_, last = _hashes(statement)
        yield Head(str(statement.pk), *last)


def at(places: Sequence[Place]) -> dict[Place, str]:
    wanted = set(places)
    return {
        (str(statement.pk), length): value
        for statement in Statement.objects.filter(pk__in={key for key, _ in wanted})
        for length, value in _hashes(statement)
        if (str(statement.pk), length) in wanted
    }


def _hashes(statement: Statement) -> Iterator[tuple[int, str]]:
    """Yield the running hash after the file (1) and after each of its lines (2, 3 ...)."""
    value = _next(FIRST_HASH, [getattr(statement, name) for name in OF_FILE])
    yield 1, value
    rows = StatementLine.objects.filter(statement=statement, of_bank=True).order_by("row")
    for place, row in enumerate(rows.values_list(*OF_LINE).iterator(MANY), start=2):
        value = _next(value, list(row))
        yield place, value


def _next(before: str, values: list[Any]) -> str:
    text = json.dumps([before, *values], default=_written, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _written(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def dated(places: Sequence[Place]) -> dict[Place, datetime.datetime]:
    """A statement is taken in at once: no line of its comes later."""
    lines = Count("lines", filter=Q(lines__of_bank=True))
    rows = Statement.objects.filter(pk__in={key for key, _ in places}).annotate(count=lines)
    known = {str(row.pk): row for row in rows}
    return {
        (key, place): known[key].imported_at
        for key, place in places
        if key in known and place <= known[key].count + 1
    }


def names(keys: Sequence[str]) -> dict[str, str]:
    rows = Statement.objects.filter(pk__in=keys)
    return {str(row.pk): f"rekening koran {row}" for row in rows}


def register() -> None:
    kinds.register(Kind("koran", "baris", walk, heads, at, names, dated))
