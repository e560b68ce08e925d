"""How a bank writes its file: the column mapping that is kept per bank."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

DELIMITERS = {";": "titik koma ( ; )", ",": "koma ( , )", "\t": "tab", "|": "garis tegak ( | )"}
ENCODINGS = {"auto": "dikenali sendiri", "utf-8-sig": "UTF-8", "cp1252": "Windows (cp1252)"}
DATES = {
    "%d/%m/%Y": "31/12/2026", "%d/%m/%y": "31/12/26", "%d-%m-%Y": "31-12-2026",
    "%d-%m-%y": "31-12-26", "%d.%m.%Y": "31.12.2026", "%Y-%m-%d": "2026-12-31",
    "%Y/%m/%d": "2026/12/31", "%Y%m%d": "20261231", "%m/%d/%Y": "12/31/2026 (bulan dulu)",
    "%d %b %Y": "31 Des 2026", "%d-%b-%Y": "31-Des-2026", "%d-%b-%y": "31-Des-26",
}  # fmt: skip
AMOUNTS = {
    "satu": "satu kolom, uang keluar bertanda kurang",
    "dua": "dua kolom, debet dan kredit",
    "tanda": "satu kolom dengan tanda D atau K",
}
CREDIT, DEBIT = frozenset({"K", "KR", "C", "CR", "KREDIT", "CREDIT"}), frozenset({
    "D", "DB", "DR", "DEBET", "DEBIT",
})  # fmt: skip
OUT = ("BIAYA ADM", "BIAYA TRANSAKSI", "PAJAK", "PELIMPAHAN", "SETORAN KE KAS DAERAH")
IN = ("BUNGA", "JASA GIRO")
Column = int | None


class Mapping(BaseModel):
    """Where things stand in a file; columns are counted from 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["csv", "mt940"] = "csv"
    encoding: Literal["auto", "utf-8-sig", "cp1252"] = "auto"
    delimiter: Literal[";", ",", "\t", "|"] = ";"
    skip: int = Field(default=0, ge=0, le=100)
    """Lines before the heading, or before the first line where there is none."""
    header: bool = True
    heading: list[str] = []
    """The heading of the sample: a file whose columns moved is refused."""
    stop: str = ""
    """A line that begins so ends the list, as a sum below it does."""
    day: int = 1
    date_format: str = "%d/%m/%Y"
    texts: list[int] = [2]
    reference: Column = None
    number: Column = None
    balance: Column = None
    amounts: Literal["satu", "dua", "tanda"] = "satu"
    amount: Column = None
    debit: Column = None
    credit: Column = None
    mark: Column = None
    """May be the column of the amount, where the mark stands behind the figure."""
    decimal: Literal[",", "."] = ","
    out: list[str] = list(OUT)
    """First words of money that leaves and is no correction: fees, taxes, the daily sweep."""
    into: list[str] = list(IN)
    """First words of money that comes and is no retribution: interest."""
    cutoff: int = Field(default=3, ge=0, le=31)
    """Days before the end of a statement from which a payment may come with the next one."""
    tolerance: int = Field(default=3, ge=0, le=31)
    """Days by which the bank's day may differ from that of the slip."""

    def columns(self) -> dict[str, int]:
        """Return the columns that a file must have, by what stands in them."""
        used = {"tanggal": self.day, "nomor referensi": self.reference, "nomor urut": self.number,
                "saldo": self.balance}  # fmt: skip
        used |= {f"keterangan {index}": column for index, column in enumerate(self.texts, start=1)}
        if self.amounts == "dua":
            used |= {"debet": self.debit, "kredit": self.credit}
        else:
            used |= {"jumlah": self.amount}
            used |= {"tanda": self.mark} if self.amounts == "tanda" else {}
        return {name: column for name, column in used.items() if column}

    def lacks(self) -> list[str]:
        """Return what the mapping does not say although its kind of amounts needs it."""
        if self.kind != "csv":
            return []
        needed = {"satu": ["amount"], "dua": ["debit", "credit"], "tanda": ["amount", "mark"]}
        return [name for name in needed[self.amounts] if not getattr(self, name)]


def of(stored: dict[str, Any]) -> Mapping:
    """Return a stored mapping (JSON) as it is read. Raises ValidationError."""
    return Mapping.model_validate(stored)
