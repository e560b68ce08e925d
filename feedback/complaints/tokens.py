"""The code by which a complaint is found: 140 random bits, stored as a keyed look-up alone."""

import hashlib
import hmac
import secrets
import uuid

from django.conf import settings

from imbportal import crypto

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Thirty-two that cannot be mistaken for one another."""
LENGTH, GROUP = 28, 4
PURPOSE = "pengaduan"


def new(key: uuid.UUID | None = None) -> str:
    """Return a code; the same one for the same key, so that a second click finds the first."""
    if key is None:
        return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    sealed = hmac.new(settings.SECRET_KEY.encode(), f"{PURPOSE}:{key}".encode(), hashlib.sha256)
    number, found = int.from_bytes(sealed.digest()), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


def plain(typed: str) -> str:
    """Return a code as it is stored, however it was copied from paper."""
    return "".join(typed.split()).replace("-", "").upper()


def grouped(token: str) -> str:
    """Return a code as it is read aloud and written down."""
    return "-".join(token[at : at + GROUP] for at in range(0, len(token), GROUP))


def lookup(token: str) -> str:
    return crypto.lookup(f"{PURPOSE}:{plain(token)}")
