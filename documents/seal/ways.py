"""The interface of a seal, and which way this installation goes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from documents.seal.faults import NotReady
from documents.seal.secret import Secret

PASSPHRASE, CODE = "sandi", "kode"


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs, as the paper names him, and by what the key is found."""

    name: str
    title: str = ""
    key: str = ""
    """Name of his file among the office's certificates: the account's number."""
    nik: str = ""
    email: str = ""

    def __repr__(self) -> str:
        return f"<Signatory {self.key}>"


@dataclass(frozen=True, kw_only=True)
class Order:
    """One printed paper that is to be sealed."""

    pdf: bytes
    at: datetime.datetime
    reason: str
    place: str = ""
    check_url: str = ""
    date: str = ""
    """Day of signing, as printed."""


class Way(Protocol):
    asks: tuple[str, ...]
    """What a signatory may type: PASSPHRASE, CODE or either."""

    def seal(self, order: Order, by: Signatory, secret: Secret) -> bytes:
        """Return the paper with the signatory's seal. Raises SealFault."""
        ...

    def seal_for_office(self, order: Order) -> bytes:
        """Return the paper with the seal of the office, which nobody types for."""
        ...

    def send_code(self, by: Signatory) -> None:
        """Have a one-time code sent to the signatory; only where ``asks`` names CODE."""
        ...


def current() -> Way | None:
    """Return the way of this installation; None where papers are signed wet."""
    if not settings.SEAL:
        return None
    if settings.SEAL == "lokal":
        from documents.seal.lokal import Local

        return Local()
    if settings.SEAL == "nasional":
        from documents.seal.nasional import National

        return National()
    raise NotReady()
