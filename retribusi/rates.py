"""The figures of one tariff: which is in force on a day, what-if, and look-ups that can refuse."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from imbportal.daerah import tables
from imbportal.daerah.tariffs import Figure, Tariff, Unpriced
from imbportal.indonesia import tanggal
from retribusi.inputs import Refused, WhatIf

FIGURES = {"permen24": ("hsbg",), "pp16": ("shst", "ilo"), "datar": ("rate",)}
"""Parameters of each formula, which a what-if may replace."""
NAMES = {
    "hsbg": "harga satuan bangunan gedung (HSbg)",
    "shst": "standar harga satuan tertinggi (SHST)",
    "ilo": "indeks lokalitas (Ilo)",
    "rate": "tarif per m²",
}
WHAT_IF_CITE = "simulasi: diisi oleh yang menghitung"


def in_force(tariffs: Iterable[Tariff], day: datetime.date) -> Tariff:
    """Return the tariff in force on ``day``. Raises Refused.

    There is one on each day from the first ``berlaku`` on, and never two: the loader refuses a
    file whose tariffs overlap, leave a gap, or come to an end.
    """
    for tariff in tariffs:
        if tariff.berlaku <= day and (tariff.sampai is None or day <= tariff.sampai):
            return tariff
    raise Refused(f"Tidak ada tarif yang berlaku pada {tanggal(day)}.")


@dataclass(frozen=True)
class Rates:
    """One tariff with its tables; every look-up refuses what the tables do not have."""

    tariff: Tariff
    tables: tables.Tables

    def figure(self, name: str) -> Figure:
        """Return a parameter of the formula: hsbg, shst, ilo (percent) or rate."""
        if name not in self.tariff.figure:
            raise Refused(f"Tarif ini belum menetapkan {NAMES[name]}.")
        return self.tariff.figure[name]

    def index(self, table: str, key: str | int) -> Figure:
        rows = self.tables.figure.get(table, {})
        if str(key) not in rows:
            raise Refused(_unknown(table, key, rows))
        return rows[str(key)]

    def knows(self, table: str, key: str) -> bool:
        return key in self.tables.figure.get(table, {})

    def title(self, table: str) -> str:
        return self.tables.title.get(table) or table.replace("_", " ").capitalize()

    def priced(self, kind: str, code: str) -> Figure:
        """Return a price of ``kind`` prasarana or biaya, or a percentage of keringanan."""
        rows: dict[str, Figure] = getattr(self.tariff, kind)
        if code in rows:
            return rows[code]
        unpriced = self.tariff.belum_ditetapkan.get(code) if kind == "prasarana" else None
        raise Refused(_unpriced(code, unpriced) if unpriced else _unknown(kind, code, rows))


def of(tariff: Tariff, what_if: WhatIf | None = None) -> Rates:
    """Return the figures of a tariff, those of ``what_if`` laid over them."""
    changed = tariff if what_if is None else _tried(tariff, what_if)
    return Rates(changed, tables.of(changed))


def _tried(tariff: Tariff, what_if: WhatIf) -> Tariff:
    figures = dict(tariff.figure)
    for name in NAMES:
        value = getattr(what_if, name)
        if value is None:
            continue
        if name not in FIGURES[tariff.formula]:
            raise Refused(f"tarif.{name}: bukan parameter tarif ini")
        figures[name] = _other(figures.get(name), value)
    return tariff.model_copy(
        update={
            "figure": figures,
            "prasarana": _prices(tariff.prasarana, what_if.prasarana),
            "biaya": _prices(tariff.biaya, what_if.biaya),
        }
    )


def _prices(known: Mapping[str, Figure], tried: dict[str, Decimal]) -> dict[str, Figure]:
    return {**known, **{code: _other(known.get(code), price) for code, price in tried.items()}}


def _other(figure: Figure | None, value: Decimal) -> Figure:
    """Return a figure under the old label and unit with a value that is tried."""
    unit, label = (figure.unit, figure.label) if figure else ("", "")
    return Figure(value=value, unit=unit, label=label, cite=WHAT_IF_CITE)


def _unpriced(code: str, item: Unpriced) -> str:
    return (
        f"prasarana {code} ({item.label}): harganya belum ditetapkan kepala daerah, sehingga "
        f"retribusinya belum dapat dihitung. Tanyakan kepada kantor perizinan. ({item.cite})"
    )


def _unknown(table: str, key: str | int, rows: Iterable[str]) -> str:
    known = ", ".join(rows) or "tidak ada"
    shown = known if len(known) <= 300 else f"{known[:300]} …"
    return f'{table}: "{str(key)[:60]}" tidak ada dalam tabel tarif ini (yang ada: {shown})'
