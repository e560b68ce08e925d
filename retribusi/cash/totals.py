"""What lines of the ledger come to by kode rekening: data that a closing keeps, and a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from retribusi.models import LedgerEntry

Row = dict[str, Any]
"""kode, uraian (list), jenis (rupiah by kind), baris, masuk, keluar (negative), jumlah."""
KINDS = dict(LedgerEntry.Kind.choices)
NO_CODE = "tanpa kode"


def of(entries: QuerySet[LedgerEntry]) -> list[Row]:
    """Return the sums of some lines by kode rekening, in its order; one query."""
    found = entries.order_by().values("code", "line", "kind").annotate(
        count=Count("pk"), sum=Sum("amount"),
        gained=Sum("amount", filter=Q(amount__gt=0)),
    )  # fmt: skip
    rows: dict[str, Row] = {}
    for part in sorted(found, key=lambda part: (part["code"], part["line"], part["kind"])):
        _add(rows.setdefault(part["code"], _empty(part["code"])), part)
    return list(rows.values())


def _empty(code: str) -> Row:
    return {"kode": code, "uraian": [], "jenis": {}, "baris": 0, "masuk": 0, "keluar": 0,
            "jumlah": 0}  # fmt: skip


def _add(row: Row, part: dict[str, Any]) -> None:
    gained = part["gained"] or 0
    if part["line"] not in row["uraian"]:
        row["uraian"].append(part["line"])
    row["jenis"][part["kind"]] = row["jenis"].get(part["kind"], 0) + part["sum"]
    row["baris"] += part["count"]
    row["masuk"] += gained
    row["keluar"] += part["sum"] - gained
    row["jumlah"] += part["sum"]


def amount(rows: Iterable[Row]) -> int:
    """Return the sum of some rows, whole rupiah."""
    return sum(row["jumlah"] for row in rows)


def lines(rows: Iterable[Row]) -> int:
    """Return of how many lines of the ledger some rows consist."""
    return sum(row["baris"] for row in rows)


class Table(NamedTuple):
    """Sums as a page shows them: a column for each kind that occurs, and the whole."""

    head: list[str]
    rows: list[tuple[str, str, list[tuple[str, int]]]]
    """Code, words, amounts with their headings."""
    foot: list[tuple[str, int]]


def table(rows: list[Row]) -> Table:
    """Return the columns of the kinds that occur, in the order of the ledger's kinds, and a sum."""
    kinds = [kind for kind in KINDS if any(kind in row["jenis"] for row in rows)]
    shown = kinds if len(kinds) > 1 else []
    foot = [(KINDS[kind], sum(row["jenis"].get(kind, 0) for row in rows)) for kind in shown]
    return Table(
        [*(KINDS[kind] for kind in shown), "Jumlah"],
        [(row["kode"] or NO_CODE, words(row), _cells(row, shown)) for row in rows],
        [*foot, ("Jumlah", amount(rows))],
    )


def words(row: Row) -> str:
    """Return what stands behind a kode rekening, each thing once."""
    return "; ".join(row["uraian"])


def _cells(row: Row, kinds: list[str]) -> list[tuple[str, int]]:
    sums = [(KINDS[kind], row["jenis"].get(kind, 0)) for kind in kinds]
    return [*sums, ("Jumlah", row["jumlah"])]
