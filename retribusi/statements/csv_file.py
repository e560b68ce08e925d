"""A bank's CSV, read strictly by its mapping: what does not fit is refused with its line."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from itertools import pairwise

from retribusi.statements.mapping import CREDIT, DEBIT, Mapping
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

MONTHS = {
    name: str(number)
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu ags aug agt", "sep",
         "okt oct", "nov nop", "des dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
SHAPES = {
    ",": re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?"),
    ".": re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?"),
}
WIDEST = 40
"""Letters of an amount."""
SAMPLE = 12
"""Lines that a preview shows."""


def parse(data: bytes, mapping: Mapping, today: datetime.date) -> Parsed:
    """Return all lines of a file. Raises BrokenFile, which names the line."""
    parsed = Parsed(counted(_rows(decoded(data, mapping.encoding), mapping, today)))
    if mapping.balance:
        _balances(parsed)
    return parsed


def sample(text: str, mapping: Mapping, today: datetime.date) -> list[tuple[list[str], str, Row]]:
    """Return the first lines as (cells, what is wrong, row): wrong or row is empty."""
    found = []
    for line, cells in _lines(text, mapping):
        try:
            found.append((cells, "", _row(line, cells, mapping, today)))
        except BrokenFile as broken:
            found.append((cells, str(broken), None))
        if len(found) == SAMPLE:
            break
    return found


def heading(text: str, mapping: Mapping) -> list[str]:
    """Return the cells of the heading, none where the file has none. Raises BrokenFile."""
    if not mapping.header:
        return []
    return next((cells for _, cells in _cells(text, mapping) if any(cells)), [])


def _rows(text: str, mapping: Mapping, today: datetime.date) -> Iterator[Row]:
    if mapping.heading and (here := heading(text, mapping)) != mapping.heading:
        changed = next(
            (number for number, (old, new) in enumerate(
                zip(mapping.heading, here, strict=False), start=1
            ) if old != new), min(len(mapping.heading), len(here)) + 1,
        )  # fmt: skip
        raise BrokenFile(
            f"Judul kolom {changed} bukan yang dikenal dari bank ini. Periksa apakah berkas ini "
            "dari bank dan jenis laporan yang dipilih; bila bank mengubah susunannya, perbarui "
            "format bank."
        )
    for line, cells in _lines(text, mapping):
        yield _row(line, cells, mapping, today)


def _lines(text: str, mapping: Mapping) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines below the heading with their cells; empty ones are left out."""
    head = mapping.header
    for line, cells in _cells(text, mapping):
        if not any(cells):
            continue
        if head:
            head = False
            continue
        first = next(cell for cell in cells if cell)
        if mapping.stop and first.casefold().startswith(mapping.stop.casefold()):
            return
        yield line, cells


def _cells(text: str, mapping: Mapping) -> Iterator[tuple[int, list[str]]]:
    """Yield every record below the skipped lines, with the line of the file in which it ends."""
    file = io.StringIO(text, newline="")
    for _ in range(mapping.skip):
        file.readline()  # not by the reader: a quote in a bank's title would swallow what follows
    lines = csv.reader(file, delimiter=mapping.delimiter, strict=True)
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            raise BrokenFile(
                "tanda kutip tidak berpasangan, sehingga kolomnya tidak dapat dipisahkan.",
                mapping.skip + max(lines.line_num, 1),
            ) from None
        yield mapping.skip + lines.line_num, [cell.strip(" \t\xa0") for cell in cells]


def _row(line: int, cells: list[str], mapping: Mapping, today: datetime.date) -> Row:
    for name, column in mapping.columns().items():
        if column > len(cells):
            raise BrokenFile(f"hanya {len(cells)} kolom; kolom {column} ({name}) tidak ada.", line)

    def cell(column: int | None) -> str:
        return cells[column - 1] if column else ""

    text = " ".join(filter(None, (cell(column) for column in mapping.texts)))
    balance = cell(mapping.balance)
    return Row(
        line=line,
        day=sensible_day(a_day(cell(mapping.day), mapping.date_format, line), line, today),
        sen=_amount(cell, mapping, line),
        text=plain(text, 1000),
        reference=plain(cell(mapping.reference), 80),
        number=plain(cell(mapping.number), 40),
        balance=_marked(balance, mapping.decimal, line)[0] if balance else None,
    )


def a_day(text: str, form: str, line: int) -> datetime.date:
    """Return the day that a text says in this form. Raises BrokenFile."""
    wanted = text.split(" ")[0] if " " not in form else text  # a time of day may follow
    if "%b" in form:
        wanted = re.sub(r"[A-Za-z]+", lambda m: MONTHS.get(m[0][:3].lower(), m[0]), wanted)
        form = form.replace("%b", "%m")
    try:
        return datetime.datetime.strptime(wanted, form).date()  # noqa: DTZ007 - a day alone
    except ValueError:
        raise BrokenFile(f"“{text[:40]}” bukan tanggal menurut format bank ini.", line) from None


def _amount(cell, mapping: Mapping, line: int) -> int:
    if mapping.amounts == "dua":
        debit, credit = cell(mapping.debit), cell(mapping.credit)
        out = abs(figure(debit, mapping.decimal, line)) if debit else 0
        into = figure(credit, mapping.decimal, line) if credit else 0
        if bool(out) == bool(into):
            text = "debet dan kredit sama-sama terisi" if out else "debet dan kredit kosong"
            raise BrokenFile(f"{text}; seharusnya tepat satu.", line)
        return into - out
    given = cell(mapping.amount)
    if mapping.amounts == "satu":
        sen = figure(given, mapping.decimal, line)
    else:
        same = mapping.mark == mapping.amount
        sen, mark = _marked(given, mapping.decimal, line) if same else (
            abs(figure(given, mapping.decimal, line)), cell(mapping.mark).upper().strip(". "),
        )  # fmt: skip
        if mark not in CREDIT | DEBIT:
            raise BrokenFile(f"tanda “{mark[:20]}” bukan D atau K.", line)
        sen = abs(sen) if mark in CREDIT else -abs(sen)
    if not sen:
        raise BrokenFile("jumlahnya nol.", line)
    return sen


def _marked(text: str, decimal: str, line: int) -> tuple[int, str]:
    """Return a figure and the letters behind it; ``1.000,00 DB`` is negative as a balance."""
    found = re.fullmatch(r"(.*?)\s*([A-Za-z]*)\.?", text[:WIDEST])
    given, mark = (found[1], found[2].upper()) if found else (text, "")
    sen = figure(given, decimal, line)
    return (-abs(sen) if mark in DEBIT else sen), mark


def figure(text: str, decimal: str, line: int) -> int:
    """Return an amount in sen, as it is written with this decimal mark. Raises BrokenFile."""
    if len(text) > WIDEST:
        raise BrokenFile(f"“{text[:WIDEST]}…” bukan jumlah uang.", line)
    given = re.sub(r"rp\.?|idr|\s", "", text.replace("\N{MINUS SIGN}", "-"), flags=re.I)
    given = re.sub(r",-+$", "", given)
    negative = given.startswith(("-", "(")) or given.endswith("-")
    if given.startswith("(") != given.endswith(")"):
        given = ""
    found = SHAPES[decimal].fullmatch(given.strip("()-+ "))
    if found is None or not given.isascii():
        mark = "koma" if decimal == "," else "titik"
        raise BrokenFile(f"“{text[:40]}” bukan jumlah uang dengan {mark} desimal.", line)
    sen = int(re.sub(r"\D", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))
    if sen >= HIGHEST:
        raise BrokenFile(f"jumlah {text[:40]} terlalu besar.", line)
    return -sen if negative else sen


def _balances(parsed: Parsed) -> None:
    """Hold the running balance against the amounts, the newest line first or last."""
    rows = parsed.rows
    if any(row.balance is None for row in rows):
        line = next(row.line for row in rows if row.balance is None)
        raise BrokenFile("saldonya kosong.", line)
    if _breaks(rows) is None:
        first, last = rows[0], rows[-1]
    elif _breaks(rows[::-1]) is None:
        parsed.rows = rows[::-1]
        first, last = rows[-1], rows[0]
    else:
        row, should = _breaks(rows) if rows[0].day <= rows[-1].day else _breaks(rows[::-1])
        raise BrokenFile(
            f"saldo {money(row.balance)}, seharusnya {money(should)} menurut baris sebelumnya. "
            "Mungkin ada baris yang hilang. Unduh lagi dari bank tanpa saringan.",
            row.line,
        )
    parsed.opening, parsed.closing = first.balance - first.sen, last.balance


def _breaks(rows: list[Row]) -> tuple[Row, int] | None:
    for before, row in pairwise(rows):
        if before.balance + row.sen != row.balance:
            return row, before.balance + row.sen
    return None
