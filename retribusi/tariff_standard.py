"""What the public service standard says of the tariff: its formula and every figure of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from imbportal.daerah import calendar, tables
from imbportal.daerah.schema import Daerah
from imbportal.daerah.tariffs import Figure, Tariff
from imbportal.indonesia import angka, rupiah
from retribusi import rates
from retribusi.inputs import Refused

BUILDING = {
    "permen24": "Bangunan gedung: luas (L) × indeks terintegrasi (It) × indeks kegiatan (Tk) × "
    "harga satuan bangunan gedung (HSbg)",
    "pp16": "Bangunan gedung: luas total lantai (LLt) × (indeks lokalitas (Ilo) × standar harga "
    "satuan tertinggi (SHST)) × indeks terintegrasi (It) × indeks bangunan gedung terbangun (Ibg)",
    "datar": "Bangunan gedung: luas × tarif per m²",
}
INTEGRATED = {
    "permen24": "Indeks terintegrasi (It): indeks fungsi × jumlah (bobot × indeks) tiap "
    "klasifikasi × indeks waktu penggunaan",
    "pp16": "Indeks terintegrasi (It): indeks fungsi × jumlah (bobot × indeks) tiap klasifikasi × "
    "faktor kepemilikan",
}
STRUCTURES = (
    "Prasarana bangunan gedung: volume (V) × indeks prasarana (I) × indeks kegiatan (Tk) × harga "
    "satuan prasarana (HSpbg)"
)
FLAT_STRUCTURES = "Prasarana bangunan gedung: volume × harga satuannya"
BEGUN = (
    "Pembangunan baru yang sudah dimulai sebelum ada izin dikalikan lagi dengan indeks pekerjaan "
    "yang sudah dimulai"
)
RUPIAH = "Rp"
UNPRICED = "belum ditetapkan"


class Line(NamedTuple):
    """A row of a table: what, how much, and whose figure it is."""

    label: str
    amount: str
    figure: Any
    """With its cite, note and whether it is a sample."""


class Part(NamedTuple):
    title: str
    lines: tuple[Line, ...]

    @property
    def source(self) -> Any:
        """The figure whose source all lines share, None where they have several."""
        sources = {(line.figure.cite, line.figure.contoh, line.figure.note) for line in self.lines}
        return self.lines[0].figure if len(sources) == 1 else None


def published(rules: Daerah) -> dict[str, Any]:
    """Return formula and tables of the tariff in force today; nothing where none is."""
    try:
        tariff = rates.in_force(rules.tariff, calendar.today(rules.slug))
    except Refused:
        return {"tariff": None}
    parts = [part for part in _tables(tariff) if part.lines]
    return {"tariff": tariff, "formulas": _formulas(tariff), "tables": parts}


def _formulas(tariff: Tariff) -> list[str]:
    known = tables.of(tariff).figure
    integrated = INTEGRATED.get(tariff.formula)
    found = [BUILDING[tariff.formula], *([integrated] if integrated else [])]
    if tariff.prasarana:
        found.append(STRUCTURES if "indeks_prasarana" in known else FLAT_STRUCTURES)
    return found + ([BEGUN] if "kondisi" in known else [])


def _tables(tariff: Tariff) -> Iterable[Part]:
    known = tables.of(tariff)
    yield Part("Harga satuan bangunan gedung", _lines(tariff.figure))
    for code, rows in known.figure.items():
        title = known.title.get(code) or code.replace("_", " ").capitalize()
        yield Part(f"Indeks: {title}", _lines(rows))
    unpriced = (
        Line(item.label, UNPRICED, item) for item in tariff.belum_ditetapkan.values()
    )  # fmt: skip
    yield Part("Harga satuan prasarana", (*_lines(tariff.prasarana, RUPIAH), *unpriced))
    yield Part("Biaya administrasi", _lines(tariff.biaya, RUPIAH))


def _lines(rows: Mapping[str, Figure], unit: str = "") -> tuple[Line, ...]:
    return tuple(
        Line(figure.label or code.replace("_", " ").capitalize(), _amount(figure, unit), figure)
        for code, figure in rows.items()
    )


def _amount(figure: Figure, unit: str) -> str:
    """Return a figure as the source writes it: money per unit, percent, or an index."""
    per = figure.unit.removeprefix("Rp/")
    if unit == RUPIAH or figure.unit.startswith(RUPIAH):
        money = rupiah(figure.value) if figure.value == int(figure.value) else angka(figure.value)
        return f"{money} per {per}" if per not in ("", RUPIAH) else money
    places = max(2, -int(figure.value.normalize().as_tuple().exponent))
    return f"{angka(figure.value, places)}{' ' + figure.unit if figure.unit else ''}"
