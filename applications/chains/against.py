"""The chains as they stand, held against what a digest said of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import groupby

from applications.chains import digests, kinds
from applications.chains.kinds import Break, Kind, Tick
from applications.models import ChainDigest, ChainHead

SHORTEST = 16
"""Digits of a hash by which a digest can be named."""
SLACK = datetime.timedelta(minutes=10)
"""In which what began before a digest may have been written after it."""


def find(words: str) -> ChainDigest | None:
    """Return the digest of a hash as it stands on paper: whole or its beginning, with blanks."""
    text = re.sub(r"[^0-9a-f]", "", words.lower())
    if len(text) < SHORTEST:
        return None
    found: ChainDigest | None = ChainDigest.objects.filter(hash__startswith=text).first()
    return found


def hold(made: ChainDigest, tick: Tick) -> Iterator[Break]:
    """Yield what does not fit a digest any more: its own chain, then each chain that it knew.

    All heads are asked that were kept up to it: a chain may only have grown since.
    """
    for number, what in digests.broken(made.daerah, made.number):
        yield Break(f"ikhtisar rantai {made.daerah}", number, what)
    kept = ChainHead.objects.filter(
        digest__daerah=made.daerah, digest__number__lte=made.number
    ).order_by("kind", "key", "length")
    rows = kept.values_list("kind", "key", "length", "hash").iterator(digests.PIECE)
    for code, heads in groupby(rows, key=lambda row: row[0]):
        kind = kinds.KINDS.get(code)
        for piece in digests.pieces(heads, digests.PIECE) if kind else ():
            found = digests.compare(kind, [(key, length, value) for _, key, length, value in piece])
            found = list({broken.chain: broken for broken in reversed(found)}.values())
            yield from found
            told = {broken.chain for broken in found}
            yield from (b for b in _slipped_in(kind, made, piece) if b.chain not in told)
            tick(len(piece))


def _slipped_in(kind: Kind, made: ChainDigest, piece: list[tuple]) -> Iterator[Break]:
    """Yield links behind the head that was kept which claim to have been there before it."""
    last = {key: length for _, key, length, _ in piece}
    limit = made.made_at - SLACK
    places = [(key, length + 1) for key, length in last.items()]
    back = [place for place, at in kind.dated(places).items() if at and at < limit]
    newer = set(
        ChainHead.objects.filter(
            kind=kind.code, key__in=[key for key, _ in back], digest__daerah=made.daerah,
            digest__number__lte=made.number,
        ).values_list("key", "length")
    )  # fmt: skip
    names = kind.names([key for key, _ in back])
    for key, place in back:
        if not any(known == key and length >= place for known, length in newer):
            what = f"{kind.unit} {place} bertanggal sebelum ikhtisar, tetapi baru ada sesudahnya"
            yield Break(names.get(key, key), place, what)
