"""One line of a calculation, as sheet, bill and calculator all print it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from imbportal.indonesia import angka, rupiah

Kind = Literal["indeks", "it", "bangunan", "prasarana", "biaya", "keringanan", "pembulatan"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """``amount`` is exact: an index for kinds indeks and it, rupiah for the others."""

    kind: Kind
    label: str
    expression: str
    amount: Decimal
    cite: str
    contoh: bool = False

    @property
    def money(self) -> bool:
        return self.kind not in ("indeks", "it")

    @property
    def printed(self) -> str:
        """Return the amount as printed: rupiah with two decimals, an index with at least two."""
        return angka(self.amount, 2) if self.money else indeks(self.amount)

    def as_json(self) -> dict[str, str | bool]:
        return {
            "jenis": self.kind,
            "label": self.label,
            "ekspresi": self.expression,
            "nilai": plain(self.amount),
            "tercetak": self.printed,
            "cite": self.cite,
            "contoh": self.contoh,
        }


def plain(number: Decimal) -> str:
    """Return a number in full with a decimal point and no trailing zeros, for machines."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def indeks(number: Decimal) -> str:
    """Return an index as printed: ``0,50``, ``1,00``, ``1,135``."""
    whole, _, decimals = plain(number).partition(".")
    return f"{angka(whole) if len(whole) > 3 else whole},{decimals.ljust(2, '0')}"


def harga(amount: Decimal) -> str:
    """Return a price as printed; a unit price may have a fraction, an amount due never has."""
    return rupiah(amount) if amount == int(amount) else f"Rp{angka(amount)}"
