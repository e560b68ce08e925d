"""A statement in SWIFT's MT940, read by the library mt-940 and held against its own balances.

The library is lenient: an unknown tag goes into the text before it, and a file of several
statements keeps the balances of the last. So each statement is read by itself, its lines are
counted, and opening balance, lines and closing balance must add up. Its ``parse`` opens a file
where the given text is the name of one; what strangers send never reaches it, only the class below.
"""

from __future__ import annotations

import datetime
import logging
import re
from itertools import pairwise
from typing import Any

import mt940

from retribusi.statements.mapping import Mapping
from retribusi.statements.rows import (
    HIGHEST,
    BrokenFile,
    Parsed,
    Row,
    counted,
    decoded,
    money,
    plain,
    sensible_day,
)

logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)  # it would log what people paid for
OPTIONS = mt940.Options.all()
"""Above all ``reversal_sign``: without it a reversed credit (RC) would count as money."""
OPENING = ("final_opening_balance", "intermediate_opening_balance", "opening_balance")
CLOSING = ("final_closing_balance", "intermediate_closing_balance", "closing_balance")
FAULTS = (RuntimeError, ValueError, ArithmeticError, KeyError, TypeError, AttributeError)
"""What the library raises for what it cannot read."""


def parse(data: bytes, mapping: Mapping, today: datetime.date, account: str = "") -> Parsed:
    """Return all lines of a file. Raises BrokenFile, which names the line."""
    text = decoded(data, mapping.encoding).replace("\r\n", "\n").replace("\r", "\n")
    blocks = _blocks(text)
    parsed, rows, before = Parsed([]), [], None
    for number, (line, block) in enumerate(blocks, start=1):
        found = _read(block, line)
        _same_account(found, account, line)
        opening, closing = _balance(found, OPENING, line), _balance(found, CLOSING, line)
        if before is not None and before != opening[0]:
            raise BrokenFile(
                f"saldo awal bagian {number} bukan saldo akhir bagian sebelumnya; ada bagian yang "
                "hilang.", line,
            )  # fmt: skip
        here = _rows(found, block, line, today)
        moved = sum(row.sen for row in here)
        if opening[0] + moved != closing[0]:
            raise BrokenFile(
                f"saldo awal {money(opening[0])} dan mutasi {money(moved)} tidak "
                f"menjadi saldo akhir {money(closing[0])}. Berkas ini tidak utuh; unduh lagi.",
                line,
            )
        if before is None:
            parsed.opening = opening[0]
        before, rows = closing[0], rows + here
        parsed.closing, parsed.ends = closing
    parsed.rows = counted(rows)
    return parsed


def _blocks(text: str) -> list[tuple[int, str]]:
    """Return each statement with the line in which it begins."""
    starts = [match.start() for match in re.finditer(r"(?m)^:20:", text)]
    if not starts:
        raise BrokenFile("Ini bukan berkas MT940: tidak ada baris yang diawali “:20:”.")
    ends = [*starts[1:], len(text)]
    return [(text[:a].count("\n") + 1, text[a:b]) for a, b in zip(starts, ends, strict=True)]


def _read(block: str, line: int) -> Any:
    found = mt940.models.Transactions(options=OPTIONS)
    try:
        found.parse(block)
    except FAULTS:
        raise BrokenFile("tidak menurut susunan MT940.", line + _culprit(block)) from None
    asked = len(re.findall(r"(?m)^:61:", block))
    if len(found) != asked or any("amount" not in one.data for one in found):
        raise BrokenFile(f"{asked} mutasi (:61:), tetapi {len(found)} yang terbaca.", line)
    return found


def _culprit(block: str) -> int:
    """Return how many lines below the beginning the first tag stands that cannot be read."""
    head, lines = ":20:X\n:25:X\n:60F:C000101IDR0,00\n", block.split("\n")
    starts = [n for n, line in enumerate(lines) if re.match(r":\d\d[A-Z]?:", line)]
    for start, end in pairwise([*starts, len(lines)]):
        try:
            mt940.models.Transactions(options=OPTIONS).parse(head + "\n".join(lines[start:end]))
        except FAULTS:
            return start
    return 0


def _same_account(found: Any, account: str, line: int) -> None:
    said = re.sub(r"\W", "", found.data.get("account_identification") or "")
    wanted = re.sub(r"\W", "", account)
    if wanted and wanted not in said:
        raise BrokenFile("nomor rekening (:25:) bukan rekening pada format yang dipilih.", line)


def _balance(found: Any, names: tuple[str, ...], line: int) -> tuple[int, datetime.date]:
    balance = next((found.data[name] for name in names if name in found.data), None)
    if balance is None:
        what = "saldo awal (:60F:)" if names is OPENING else "saldo akhir (:62F:)"
        raise BrokenFile(f"{what} tidak ada; berkas ini tidak utuh.", line)
    if balance.amount.currency != "IDR":
        raise BrokenFile("mata uangnya bukan rupiah (IDR).", line)
    return _sen(balance.amount.amount, line), _plain_day(balance.date)


def _rows(found: Any, block: str, line: int, today: datetime.date) -> list[Row]:
    places = [line + block[: m.start()].count("\n") for m in re.finditer(r"(?m)^:61:", block)]
    rows = []
    for place, one in zip(places, found, strict=True):
        data = one.data
        day = _plain_day(data.get("entry_date") or data["date"])
        rows.append(Row(
            line=place, day=sensible_day(day, place, today),
            sen=_sen(data["amount"].amount, place), text=_text(data),
            reference=_reference(data),
        ))  # fmt: skip
    return rows


def _plain_day(day: Any) -> datetime.date:
    return datetime.date(day.year, day.month, day.day)


def _sen(amount: Any, line: int) -> int:
    sen = amount * 100
    if sen != int(sen) or abs(sen) >= HIGHEST:
        raise BrokenFile(f"jumlah {amount} bukan rupiah dan sen.", line)
    return int(sen)


def _text(data: dict[str, Any]) -> str:
    """Return what the bank says of a line; a structured :86: comes in pieces."""
    names = ("transaction_details", "posting_text", "purpose", "applicant_name",
             "end_to_end_reference", "extra_details")  # fmt: skip
    return plain(" ".join(str(data[name]) for name in names if data.get(name)), 1000)


def _reference(data: dict[str, Any]) -> str:
    for name in ("bank_reference", "customer_reference"):
        text = plain(str(data.get(name) or ""), 80)
        if text and text != "NONREF":
            return text
    return ""
