"""What was calculated just before, carried along in the address: packed small, read with care."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from imbportal.daerah.tariffs import Tariff
from retribusi import engine
from retribusi.inputs import Refused

FIELD = "tadi"
MOST_PACKED, MOST_UNPACKED = 3000, 30_000
"""Characters in the address; bytes that they may unpack to."""


def packed(given: dict[str, Any]) -> str:
    """Return an input as a short text, empty where it is too long to be carried."""
    meant = {key: value for key, value in given.items() if value not in ([], None, "")}
    text = json.dumps(meant | {"bangunan": given["bangunan"]}, default=str, separators=(",", ":"))
    short = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return short if len(short) <= MOST_PACKED else ""


def result(tariffs: Iterable[Tariff], text: str) -> engine.Result | None:
    """Return what came out of a packed input, None where it is none or cannot be calculated."""
    try:
        return engine.calculate(tariffs, _unpacked(text)) if text else None
    except (Refused, ValueError, RecursionError, zlib.error, ArithmeticError):
        return None


def _unpacked(text: str) -> Any:
    if len(text) > MOST_PACKED:
        raise ValueError("too long")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    reader = zlib.decompressobj()
    plain = reader.decompress(raw, MOST_UNPACKED)
    if not reader.eof:
        raise ValueError("too much")
    return json.loads(plain)
