"""Which bill is meant: by the code of its paper, or by its number and its amount together."""

from __future__ import annotations

import re

from documents import verification
from imbportal.limits import Limit
from retribusi.models import Skrd

LOOKS = Limit("periksa-skrd-lihat", most=30, window=60)
"""Of any kind, per client address: as on the check page of papers."""
MISSES = Limit("periksa-skrd", most=10, window=600)
"""Tries with number and amount that led nowhere, from one client address."""
OF_NUMBER = Limit("periksa-skrd-nomor", most=20, window=3600)
"""The same for one number, from wherever they come: amounts of plain houses can be guessed."""
PIECE = re.compile(r"[0-9]+|[^\W\d_]+")


def by_token(token: str) -> Skrd | None:
    """Return the bill whose paper has this code; None for every other paper."""
    paper = verification.by_token(token)
    return None if paper is None else _bills().filter(paper=paper).first()


def by_number(daerah: str, number: str, amount: int) -> Skrd | None:
    """Return the bill of a daerah that bears this number and asks for this amount."""
    wanted = normal(number)
    found = _bills().filter(application__daerah=daerah, amount=amount).order_by("pk")
    key = next((pk for pk, text in found.values_list("pk", "number") if normal(text) == wanted), 0)
    return _bills().filter(pk=key).first() if wanted else None


def normal(number: str) -> str:
    """Return a number without what people write differently: blanks, case, zeros in front."""
    pieces = PIECE.findall(number.casefold())
    return "/".join(piece.lstrip("0") or "0" for piece in pieces)


def _bills():
    return Skrd.objects.select_related("paper", "application", "assessment")
