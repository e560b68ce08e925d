"""The lines of a statement in a list: what is chosen, and one page by the number of the line."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from applications.keyset import AFTER, BEFORE, Page
from retribusi.models import Statement
from retribusi.statements.kinds import ALARMS, CLOSED, Kind

SIZE = 100
EVERYTHING = 5000
STATES = {"belum": "belum ditindaklanjuti", "selesai": "selesai"}
ALARM = "perlu"
"""All that somebody has to look into."""


def wanted(given: Any) -> dict[str, str]:
    """Read an address; what it says wrongly counts as not said."""
    kind, state = given.get("temuan", ""), given.get("status", "")
    return {
        "temuan": kind if kind in Kind.values or kind == ALARM else "",
        "status": state if state in STATES else "",
        "q": given.get("q", "").strip()[:100],
    }


def rows(statement: Statement, chosen: dict[str, str]) -> Any:
    """Return the lines that the filters leave, with their bills."""
    found = statement.lines.select_related(
        "bill__application__holder", "bill__payment", "strd__application__holder", "outcome__by"
    )
    if chosen["temuan"]:
        kinds = ALARMS if chosen["temuan"] == ALARM else [chosen["temuan"]]
        found = found.filter(kind__in=kinds)
    done = Q(outcome__isnull=False) | Q(kind__in=CLOSED)
    if chosen["status"]:
        found = found.filter(done) if chosen["status"] == "selesai" else found.exclude(done)
    for word in chosen["q"].split()[:4]:
        found = found.filter(
            Q(text__icontains=word) | Q(reference__icontains=word)
            | Q(bill__number__icontains=word) | Q(bill__payment_code=word)
            | Q(strd__number__icontains=word) | Q(strd__payment_code=word)
            | Q(bill__application__holder__name__icontains=word)
        )  # fmt: skip
    return found


def page(statement: Statement, chosen: dict[str, str], given: Any) -> Page:
    """Return one page of lines; all of them where the address says so, to be printed."""
    found = rows(statement, chosen)
    if "semua" in given:
        return Page(list(found.order_by("row")[:EVERYTHING]), "", "")
    kept = {key: value for key, value in chosen.items() if value}
    before, after = _number(given.get(BEFORE)), _number(given.get(AFTER))
    if before:
        lines = list(found.filter(row__lt=before).order_by("-row")[: SIZE + 1])
        if len(lines) > SIZE:
            return _page(lines[:SIZE][::-1], kept, before=True, after=True)
        after = 0
    lines = list(found.filter(row__gt=after).order_by("row")[: SIZE + 1])
    return _page(lines[:SIZE], kept, before=bool(after), after=len(lines) > SIZE)


def _page(lines: list[Any], kept: dict[str, str], *, before: bool, after: bool) -> Page:
    def address(name: str, line: Any) -> str:
        return "?" + urlencode(kept | {name: line.row})

    return Page(
        lines,
        address(BEFORE, lines[0]) if before and lines else "",
        address(AFTER, lines[-1]) if after and lines else "",
    )


def _number(text: str | None) -> int:
    return int(text) if text and len(text) < 9 and text.isascii() and text.isdigit() else 0
