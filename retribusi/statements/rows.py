"""What a file of a bank comes to once it is read: lines, balances, or why it cannot be read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from imbportal.indonesia import rupiah, tanggal

BYTES = 4 * 1024 * 1024
"""Size of a file; a month of the largest account has a tenth of it."""
LINES = 5000
"""Lines that are read within one request."""
LONGEST = 2000
"""Letters of one physical line or one cell."""
EARLIEST = datetime.date(2000, 1, 1)
HIGHEST = 10**15
"""Sen from which a figure is no money any more."""


class BrokenFile(Exception):
    """The file cannot be read; says where and why, and what to do."""

    def __init__(self, text: str, line: int | None = None):
        super().__init__(f"Baris {line}: {text}" if line else text)
        self.line = line


class Row(NamedTuple):
    """One line of the bank, in sen; money that leaves the account is negative."""

    line: int
    """Where it stands in the file, as an editor counts."""
    day: datetime.date
    sen: int
    text: str = ""
    reference: str = ""
    number: str = ""
    """The bank's own running number, where its file has one."""
    balance: int | None = None


@dataclass
class Parsed:
    """A whole file."""

    rows: list[Row]
    opening: int | None = None
    closing: int | None = None
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def sum(self) -> int:
        return sum(row.sen for row in self.rows)


def money(sen: int) -> str:
    """Return sen as people read them: ``Rp1.500.000``, with a comma only where there are sen."""
    whole, rest = divmod(abs(sen), 100)
    sign = "-" if sen < 0 else ""
    return f"{sign}{rupiah(whole)}" + (f",{rest:02d}" if rest else "")


def decoded(data: bytes, encoding: str = "auto") -> str:
    """Return the text of a file. Raises BrokenFile."""
    if len(data) > BYTES:
        raise BrokenFile(
            f"Berkas lebih besar dari {BYTES // 1024 // 1024} MB. Unduh dari bank untuk masa "
            "yang lebih pendek, misalnya satu bulan."
        )
    if not data.strip():
        raise BrokenFile("Berkas kosong.")
    if b"\0" in data[:4096] or data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise BrokenFile(
            "Ini bukan berkas teks. Unduh rekening koran dari bank sebagai CSV atau MT940, bukan "
            "XLSX atau PDF."
        )
    text = _as_text(data, encoding)
    if "\0" in text:
        raise BrokenFile("Berkas memuat karakter kosong (NUL), jadi bukan teks yang utuh.")
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST:
            raise BrokenFile(f"lebih panjang dari {LONGEST} huruf.", number)
    return text


def _as_text(data: bytes, encoding: str) -> str:
    names = ("utf-8-sig", "cp1252") if encoding == "auto" else (encoding,)
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError as wrong:
            line = data[: wrong.start].count(b"\n") + 1
    raise BrokenFile(
        "ada huruf yang tidak menurut pengodean berkas. Pilih pengodean lain pada format bank ini.",
        line,
    )


def sensible_day(day: datetime.date, line: int, today: datetime.date) -> datetime.date:
    """Return a day that a statement may have. Raises BrokenFile."""
    if not EARLIEST <= day <= today + datetime.timedelta(days=1):
        raise BrokenFile(f"tanggal {tanggal(day)} tidak mungkin; periksa susunan tanggal.", line)
    return day


def plain(text: str, most: int) -> str:
    """Return text on one line without control characters, cut at ``most`` letters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]


def counted(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of a file. Raises BrokenFile where there are none, or too many."""
    found = []
    for row in rows:
        if len(found) == LINES:
            raise BrokenFile(
                f"Berkas memuat lebih dari {LINES} baris. Unduh dari bank untuk masa yang lebih "
                "pendek."
            )
        found.append(row)
    if not found:
        raise BrokenFile("Tidak ada satu baris mutasi pun di dalam berkas ini.")
    return found
