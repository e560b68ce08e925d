"""A first proposal of how a bank writes its file, from a sample; a person looks at it and saves."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from retribusi.statements.csv_file import SHAPES, a_day
from retribusi.statements.mapping import CREDIT, DATES, DEBIT, DELIMITERS
from retribusi.statements.rows import BrokenFile

NAMES = {
    "day": ("tanggal", "tgl", "date", "posting date", "tanggal transaksi"),
    "texts": ("keterangan", "uraian", "deskripsi", "description", "remark", "berita"),
    "reference": ("referensi", "reference", "no ref", "no. ref", "noref", "nomor referensi", "ref"),
    "number": ("no urut", "nomor urut", "seq", "sequence"),
    "debit": ("debet", "debit", "keluar", "db"),
    "credit": ("kredit", "credit", "masuk", "cr"),
    "amount": ("jumlah", "nominal", "amount", "mutasi", "nilai"),
    "mark": ("d/k", "d/c", "db/cr", "jenis", "tanda", "type", "dk"),
    "balance": ("saldo", "balance"),
}  # fmt: skip


def guess(text: str) -> dict[str, Any]:
    """Return what the form may begin with; only what is plain to see."""
    if re.search(r"(?m)^:20:", text) and ":61:" in text:
        return {"kind": "mt940"}
    delimiter = max(DELIMITERS, key=lambda one: _width(text, one))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    found: dict[str, Any] = {"kind": "csv", "delimiter": delimiter}
    at = next((n for n, row in enumerate(rows) if len(_columns(row)) >= 3), None)
    if at is None:
        return found
    columns = _columns(rows[at])
    if {"debit", "credit"} <= columns.keys():
        columns.pop("amount", None)
        columns.pop("mark", None)
        found["amounts"] = "dua"
    else:
        found["amounts"] = "tanda" if "mark" in columns else "satu"
    found |= columns | {"skip": at, "header": True}
    found["texts"] = str(columns.get("texts", 2))
    below = [row for row in rows[at + 1 :] if len(row) >= len(rows[at]) > 0]
    return found | _written(below, found)


def _width(text: str, delimiter: str) -> int:
    """Return how many lines have the usual count of a delimiter, times that count."""
    counts = [line.count(delimiter) for line in text.splitlines() if line.strip()]
    usual = max(set(counts), key=counts.count, default=0)
    return usual * counts.count(usual)


def _columns(row: list[str]) -> dict[str, int]:
    """Return the columns whose heading is known; a heading counts once."""
    found: dict[str, int] = {}
    for number, cell in enumerate(row, start=1):
        word = " ".join(cell.lower().split()).strip(" .:")
        name = next((n for n, words in NAMES.items() if word in words), None)
        name = name or next(
            (n for n, words in NAMES.items() if any(word.startswith(w) for w in words)), None
        )
        if name and word:
            found.setdefault(name, number)
    return found


def _written(rows: list[list[str]], found: dict[str, Any]) -> dict[str, Any]:
    """Return how days and amounts are written in the first lines."""
    known: dict[str, Any] = {}
    days = [row[found["day"] - 1].strip() for row in rows if found.get("day")]
    form = next((form for form in DATES if days and _fits(days, form)), None)
    known |= {"date_format": form} if form else {}
    sums = [
        row[found[name] - 1].strip()
        for row in rows for name in ("amount", "debit", "credit") if found.get(name)
    ]  # fmt: skip
    sums = [re.sub(r"(?i)rp\.?|idr|\s|[-+()]|[a-z]+$", "", text) for text in sums if text]
    for decimal in (",", "."):
        if sums and all(SHAPES[decimal].fullmatch(text) for text in sums):
            known["decimal"] = decimal
            break
    marks = {row[found["mark"] - 1].strip().upper() for row in rows if found.get("mark")}
    if marks and not marks <= CREDIT | DEBIT:
        known["amounts"] = "satu"
    return known


def _fits(days: list[str], form: str) -> bool:
    try:
        return bool([a_day(day, form, 0) for day in days])
    except BrokenFile:
        return False
