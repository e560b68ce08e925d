"""The digest of a day: the heads of all chains of a daerah, hashed and chained.

A digest keeps the heads that grew since the one before; together with the earlier ones it says
where each chain ended. Its hash leaves the database by mail and on paper.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from applications import events
from applications.chains import kinds, telling
from applications.chains.kinds import FIRST_HASH, Break, Head, Kind
from applications.models import ChainDigest, ChainHead
from imbportal.daerah import calendar, registry
from notifications import jobs, periodic

JOB = "ikhtisar_rantai"
EVERY = 900
"""Seconds between two looks whether a day is over somewhere."""
DAY = datetime.timedelta(days=1)
PIECE = 500
TOLD = 20
"""Faults that a digest says in words."""
HASHED = (
    "daerah", "number", "first", "day", "made_at", "chains", "links", "changed", "root", "faults",
    "previous_hash",
)  # fmt: skip


def setup() -> None:
    """Let the worker make the digests."""
    jobs.register(JOB, make)
    periodic.register(JOB, EVERY, open_jobs)


def of(daerah: str) -> Any:
    return ChainDigest.objects.filter(daerah=daerah)


def newest(daerah: str) -> ChainDigest | None:
    found: ChainDigest | None = of(daerah).order_by("-number").first()
    return found


def due(daerah: str) -> datetime.date | None:
    """Return the last day that is over in a daerah where no digest covers it yet."""
    day, last = calendar.today(daerah) - DAY, newest(daerah)
    return None if last and last.day >= day else day


def open_jobs() -> None:
    """Let each daerah where a day is over have its digest; what an outage missed with it."""
    for slug in registry.slugs():
        if day := due(slug):
            jobs.enqueue(JOB, f"{JOB}:{slug}:{day.isoformat()}", slug)


def make(daerah: str) -> ChainDigest | None:
    """Write the digest that is due, print it and mail it; None where none is due (any more)."""
    day = due(daerah)
    if day is None:
        return None
    try:
        with transaction.atomic():
            return _make(daerah, day)
    except IntegrityError:
        if due(daerah) is None:
            return None  # another worker was faster
        raise


class Sum:
    """What a digest has counted so far."""

    def __init__(self) -> None:
        self.chains = self.links = self.changed = 0
        self.root = hashlib.sha256()
        self.faults: list[Break] = []


def _make(daerah: str, day: datetime.date) -> ChainDigest | None:
    last, pk, total = newest(daerah), uuid.uuid4(), Sum()
    for kind in kinds.KINDS.values():
        _take(kind, daerah, pk, total)
    if not total.chains and last is None:
        return None
    faults = [f"{broken.chain}: {broken.what}" for broken in total.faults[:TOLD]]
    if more := len(total.faults) - TOLD:
        faults += [f"dan {more} rantai lagi"] if more > 0 else []
    made = ChainDigest(
        pk=pk, daerah=daerah, number=last.number + 1 if last else 1,
        first=last.day + DAY if last else day, day=day, made_at=timezone.now(),
        chains=total.chains, links=total.links, changed=total.changed,
        root=total.root.hexdigest(), faults=faults,
        previous_hash=last.hash if last else FIRST_HASH,
    )  # fmt: skip
    made.hash = digest(made)
    made.save(force_insert=True)
    telling.tell(made)
    return made


def _take(kind: Kind, daerah: str, pk: uuid.UUID, total: Sum) -> None:
    """Keep the heads of one kind that grew, and note which chains fit no longer."""
    seen = 0
    for piece in pieces(kind.heads(daerah), PIECE):
        seen += len(piece)
        total.links += sum(head.length for head in piece)
        known = _known(kind, [head.key for head in piece])
        grown = [head for head in piece if known.get(head.key) != (head.length, head.hash)]
        kept = [(head.key, *known[head.key]) for head in grown if head.key in known]
        total.faults += compare(kind, kept)
        ChainHead.objects.bulk_create(
            ChainHead(digest_id=pk, kind=kind.code, key=h.key, length=h.length, hash=h.hash)
            for h in grown
        )
        for head in grown:
            total.root.update(line(kind.code, head))
        total.changed += len(grown)
    total.chains += seen
    total.faults += _gone(kind, daerah)


def line(kind: str, head: Head) -> bytes:
    """Return a head as it goes into the hash of its digest."""
    return f"{kind} {head.key} {head.length} {head.hash}\n".encode()


def _known(kind: Kind, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return where these chains ended in the digest that last kept their head."""
    rows = ChainHead.objects.filter(kind=kind.code, key__in=keys).order_by("digest__number")
    return {key: (n, value) for key, n, value in rows.values_list("key", "length", "hash")}


def _gone(kind: Kind, daerah: str) -> Iterator[Break]:
    """Yield the chains of which nothing is left."""
    kept = ChainHead.objects.filter(kind=kind.code, digest__daerah=daerah)
    keys = kept.order_by("key").values_list("key", flat=True).distinct().iterator(PIECE)
    for piece in pieces(keys, PIECE):
        left = kind.at([(key, 1) for key in piece])
        names = kind.names(piece)
        for key in piece:
            if (key, 1) not in left:
                yield Break(names.get(key, f"rantai {key}"), 1, "tidak ada lagi")


def compare(kind: Kind, kept: Sequence[tuple[str, int, str]]) -> list[Break]:
    """Return which chains no longer have, at this length, the hash that was kept."""
    now = kind.at([(key, length) for key, length, _ in kept])
    wrong = [(key, length) for key, length, value in kept if now.get((key, length)) != value]
    names = kind.names([key for key, _ in wrong])
    return [
        Break(names.get(key, f"rantai {key}"), length, _unlike(kind, now, key, length))
        for key, length in wrong
    ]


def _unlike(kind: Kind, now: dict[tuple[str, int], str], key: str, length: int) -> str:
    if (key, length) not in now:
        return f"terpotong: {kind.unit} {length} tidak ada lagi"
    return f"ditulis ulang: sidik {kind.unit} {length} bukan yang tercatat"


def pieces(rows: Any, size: int) -> Iterator[list[Any]]:
    """Yield rows in lists of this size."""
    rows = iter(rows)
    while piece := list(islice(rows, size)):
        yield piece


def digest(made: ChainDigest) -> str:
    """Return the hash of a digest over all that it says, and the digest before."""
    return hashlib.sha256(written(made).encode()).hexdigest()


def written(made: ChainDigest) -> str:
    """Return a digest as it is hashed."""
    return events.canonical({name: _plain(getattr(made, name)) for name in HASHED})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


class Changed(NamedTuple):
    """A digest whose own hash, heads or predecessor do not fit."""

    number: int
    what: str


def broken(daerah: str, until: int = 0) -> Iterator[Changed]:
    """Yield the digests of a daerah that do not fit, up to a number."""
    before, expected = FIRST_HASH, 1
    rows = of(daerah).order_by("number")
    for made in (rows.filter(number__lte=until) if until else rows).iterator(PIECE):
        if made.number != expected:
            yield Changed(expected, "hilang")
        elif made.hash != digest(made):
            yield Changed(made.number, "isinya tidak cocok dengan sidiknya")
        elif made.previous_hash != before:
            yield Changed(made.number, "pendahulunya bukan ikhtisar sebelumnya")
        elif made.root != _root(made):
            yield Changed(made.number, "ujung rantai yang dicatatnya berubah")
        before, expected = made.hash, made.number + 1


def _root(made: ChainDigest) -> str:
    """Return the hash over the heads that a digest keeps, in the order in which it took them."""
    total = hashlib.sha256()
    rows = made.heads.order_by("pk").values_list("kind", "key", "length", "hash")
    for kind, *head in rows.iterator(PIECE):
        total.update(line(kind, Head(*head)))
    return total.hexdigest()
