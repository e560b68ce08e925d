"""Who reads the bank's statements of a daerah, and who acts on them."""

from __future__ import annotations

import uuid
from typing import Any

from applications.refusals import Barred, NotVisible
from retribusi import treasurers
from retribusi.models import Statement, StatementLine
from retribusi.treasurers import readable

READS = "Rekening koran dibaca oleh bendahara, kepala, auditor, dan admin daerah."
GONE = "Rekening koran ini tidak ditemukan."


def reads(request: Any) -> bool:
    """Return whether the reader has any statement to look at."""
    return bool(readable(request))


def acts(request: Any, daerah: str) -> bool:
    """Return whether the reader keeps the money of this daerah."""
    return any(rules.slug == daerah for rules in treasurers.desks(request))


def chosen(request: Any) -> str:
    """Return the daerah that the address chooses among those readable. Raises Barred."""
    known = readable(request)
    if not known:
        raise Barred(READS)
    given = request.POST if request.method == "POST" else request.GET
    wanted = given.get("daerah", "")
    return wanted if wanted in known else known[0]


def require(request: Any, daerah: str) -> None:
    """Let only who keeps this daerah's money through. Raises Barred."""
    if not acts(request, daerah):
        raise Barred("Hanya bendahara daerah ini yang mengerjakan rekening korannya.")


def statement(request: Any, pk: uuid.UUID) -> Statement:
    """Return a statement that the reader may see. Raises NotVisible."""
    found = Statement.objects.filter(pk=pk, daerah__in=readable(request)).first()
    if found is None:
        raise NotVisible(GONE)
    return found


def line(request: Any, pk: uuid.UUID, row: int) -> StatementLine:
    """Return a line (by its number) of a statement that the reader may see. Raises NotVisible."""
    rows = statement(request, pk).lines.select_related(
        "statement",
        "bill__application__holder",
        "bill__payment__proof",
        "outcome__by",
        "strd__skrd__application__holder",
    )
    found = rows.filter(row=row).first()
    if found is None:
        raise NotVisible(GONE)
    return found
