"""The closings of a daerah's cash as a chain that is walked and stands in the daily digest."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import Q

from applications.chains import kinds
from applications.chains.kinds import Break, Head, Kind, Only, Tick
from imbportal.daerah import registry
from retribusi.cash import invariants
from retribusi.models import CashClosing

Place = tuple[str, int]
MANY = 200


def walk(only: Only, tick: Tick) -> Iterator[Break]:
    """Yield the first closing of each daerah that does not fit."""
    if only.keys:
        return
    rows = CashClosing.objects.order_by("daerah", "number")
    rows = rows.filter(daerah=only.daerah) if only.daerah else rows
    before, told = None, ""
    for one in rows.iterator(MANY):
        before = before if before and before.daerah == one.daerah else None
        wrong = "" if told == one.daerah else next(invariants.wrong(one, before), "")
        if wrong:
            told = one.daerah
            yield Break(_name(one.daerah), one.number, wrong)
        before = one
        tick(1)


def heads(daerah: str) -> Iterator[Head]:
    last = CashClosing.objects.filter(daerah=daerah).order_by("-number").first()
    if last is not None:
        yield Head(daerah, last.number, last.hash)


def at(places: Sequence[Place]) -> dict[Place, str]:
    return {(one.daerah, one.number): one.hash for one in _at(places)}


def dated(places: Sequence[Place]) -> dict[Place, datetime.datetime]:
    return {(one.daerah, one.number): one.closed_at for one in _at(places)}


def _at(places: Sequence[Place]) -> Sequence[CashClosing]:
    wanted = Q(pk__in=())
    for daerah, number in places:
        wanted |= Q(daerah=daerah, number=number)
    return list(CashClosing.objects.filter(wanted))


def names(keys: Sequence[str]) -> dict[str, str]:
    return {key: _name(key) for key in keys}


def _name(daerah: str) -> str:
    known = daerah in registry.slugs()
    return f"penutupan kas {registry.current(daerah).name if known else daerah}"


def register() -> None:
    kinds.register(Kind("kas", "penutupan", walk, heads, at, names, dated))
