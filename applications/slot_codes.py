"""What the QR code of a form says: for which document of which application it was printed.

Signed and short, so that a photo of it can be sorted; nothing of a person. The letters are those
that a QR code packs closest.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "FORMULIR:"
LIFE = 180
"""Days for which a form that was printed finds its place by itself."""
EPOCH = datetime.date(2020, 1, 1)
CASE, SLOT, DAY, SEAL = 16, 4, 2, 10
"""Bytes of each part: 80 bits of seal, far beyond guessing through an upload."""
OWN, OTHER_CASE, EXPIRED, UNKNOWN = "sendiri", "lain", "lewat", "tidak_dikenal"


@dataclass(frozen=True)
class Meaning:
    """What a code means for one application."""

    kind: str
    slot: str = ""
    """Code of the document, where it is one of this application."""
    case: UUID | None = None


def write(case: UUID, slot: str, day: datetime.date) -> str:
    """Return the code of a form that is printed on this day."""
    payload = case.bytes + _mark(slot) + (day - EPOCH).days.to_bytes(DAY, "big")
    sealed = payload + _seal(payload, settings.SECRET_KEY)
    return PREFIX + base64.b32encode(sealed).decode().rstrip("=")


def last_day(day: datetime.date) -> datetime.date:
    """Return until when a form printed on this day finds its place by itself."""
    return day + datetime.timedelta(days=LIFE)


def read(text: str, case: UUID, slots: Iterable[str], day: datetime.date) -> Meaning | None:
    """Return what a code means for a case with these slots; None where it is no code of a form."""
    if not text.startswith(PREFIX):
        return None
    payload = _unsealed(text.removeprefix(PREFIX))
    if payload is None:
        return Meaning(UNKNOWN)
    of = UUID(bytes=payload[:CASE])
    if of != case:
        return Meaning(OTHER_CASE, case=of)
    mark = payload[CASE : CASE + SLOT]
    slot = next((code for code in slots if _mark(code) == mark), "")
    printed = EPOCH + datetime.timedelta(days=int.from_bytes(payload[CASE + SLOT :], "big"))
    if not slot:
        return Meaning(UNKNOWN)
    return Meaning(OWN if day <= last_day(printed) else EXPIRED, slot, case)


def _unsealed(letters: str) -> bytes | None:
    """Return what was sealed, None where the seal is not ours."""
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        return None
    payload, seal = raw[:-SEAL], raw[-SEAL:]
    if len(payload) != CASE + SLOT + DAY:
        return None
    good = any(hmac.compare_digest(seal, _seal(payload, key)) for key in _keys())
    return payload if good else None


def _keys() -> Iterator[Any]:
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


def _seal(payload: bytes, key: Any) -> bytes:
    sealed = salted_hmac("applications.slot_codes", payload, secret=key, algorithm="sha256")
    return sealed.digest()[:SEAL]


def _mark(slot: str) -> bytes:
    return hashlib.sha256(slot.encode()).digest()[:SLOT]
