"""What a chain is to whoever checks it: how it is walked, and where its head is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

FIRST_HASH = "0" * 64
"""What the first link of a chain names as the one before."""


class Break(NamedTuple):
    """The first link of a chain that does not fit."""

    chain: str
    """Of which chain, in words: "permohonan 350901-01012026-001"."""
    place: int
    what: str


class Head(NamedTuple):
    """Where a chain ends."""

    key: str
    length: int
    hash: str


class Only(NamedTuple):
    """Which chains are walked; all where both are empty."""

    daerah: str = ""
    keys: tuple[str, ...] = ()


EVERY = Only()
Tick = Callable[[int], None]


def silent(count: int) -> None:
    """Tell nobody how far a walk is."""


class Kind(NamedTuple):
    """One kind of chain."""

    code: str
    unit: str
    """What its links are called."""
    walk: Callable[[Only, Tick], Iterator[Break]]
    """Yields the first break of each chain, link by link in constant memory."""
    heads: Callable[[str], Iterator[Head]]
    """Yields the head of each chain of a daerah, in the order of their keys."""
    at: Callable[[Sequence[tuple[str, int]]], dict[tuple[str, int], str]]
    """Returns the hashes that stand now at places (key, length) of chains."""
    names: Callable[[Sequence[str]], dict[str, str]]
    """Returns what chains are called, by key."""
    dated: Callable[[Sequence[tuple[str, int]]], dict[tuple[str, int], datetime.datetime]]
    """Returns by which moment the links at places came about, by their own word."""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let a kind of chain be walked, and its heads stand in the daily digest."""
    KINDS[kind.code] = kind
