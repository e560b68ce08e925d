"""What a draft may change of a tariff, and the tariff that comes of it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from imbportal.daerah import tables
from imbportal.daerah.tariffs import Figure, Tariff
from retribusi.rates import FIGURES, NAMES, WHAT_IF_CITE

PRICED = ("prasarana", "biaya", "keringanan")
TITLES = {
    "figure": "Harga satuan",
    "prasarana": "Harga prasarana",
    "biaya": "Biaya administrasi",
    "keringanan": "Keringanan (persen)",
}


class Row(NamedTuple):
    """One figure of a tariff; ``now`` is None where its price is still to be decreed."""

    path: str
    label: str
    unit: str
    now: Decimal | None


class Group(NamedTuple):
    code: str
    title: str
    rows: tuple[Row, ...]


class Change(NamedTuple):
    """What a draft does to one figure."""

    group: str
    row: Row
    new: Decimal


def groups(base: Tariff) -> list[Group]:
    """Return every figure of a tariff by group: price, index tables, prasarana, fees, relief."""
    known = tables.of(base)
    found = [Group("figure", TITLES["figure"], tuple(_prices_of_formula(base)))]
    for table, rows in known.figure.items():
        title = known.title.get(table) or _words(table)
        found.append(Group(f"index.{table}", title, tuple(_indices(known, table, rows))))
    found += [Group(kind, TITLES[kind], tuple(_priced(base, kind))) for kind in PRICED]
    return [group for group in found if group.rows]


def _prices_of_formula(base: Tariff) -> Iterator[Row]:
    for name in FIGURES[base.formula]:
        if name in base.figure:
            figure = base.figure[name]
            yield Row(f"figure.{name}", figure.label or NAMES[name], figure.unit, figure.value)


def _indices(known: tables.Tables, table: str, rows: Mapping[str, Figure]) -> Iterator[Row]:
    for key, figure in rows.items():
        label = figure.label or known.title.get(key) or _words(key)
        yield Row(f"index.{table}.{key}", label, "", figure.value)


def _priced(base: Tariff, kind: str) -> Iterator[Row]:
    for code, figure in getattr(base, kind).items():
        yield Row(f"{kind}.{code}", figure.label or _words(code), figure.unit, figure.value)
    if kind == "prasarana":
        for code, item in base.belum_ditetapkan.items():
            label = item.label if code in item.label else f"{code} {item.label}"
            yield Row(f"{kind}.{code}", label, usual_unit(base), None)


def usual_unit(base: Tariff) -> str:
    """Return the unit of all priced structures, "" where they have several."""
    units = {figure.unit for figure in base.prasarana.values()}
    return units.pop() if len(units) == 1 else ""


def _words(code: str) -> str:
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]


def told(base: Tariff, changes: Mapping[str, str]) -> list[Change]:
    """Return what a draft changes, in the order of the groups."""
    return [
        Change(group.title, row, Decimal(changes[row.path]))
        for group in groups(base)
        for row in group.rows
        if row.path in changes
    ]


def applied(base: Tariff, changes: Mapping[str, str], cite: str = WHAT_IF_CITE) -> Tariff:
    """Return the tariff with a draft's figures in it; each changed one has ``cite`` as its source.

    Labels, units and whether everyone owes a fee stay; a note on the old figure goes.
    """
    new: dict[str, Any] = {kind: dict(getattr(base, kind)) for kind in ("figure", *PRICED)}
    index = {table: dict(rows) for table, rows in base.index.items()}
    unpriced = dict(base.belum_ditetapkan)
    for path, text in changes.items():
        kind, code = path.split(".", 1)
        rows = new.get(kind)
        if kind == "index":
            table, code = code.split(".", 1)
            rows = index.setdefault(table, {})
        if code in rows:
            figure = rows[code]
        elif kind == "prasarana" and code in unpriced:
            label = unpriced.pop(code).label
            figure = Figure(value=Decimal(0), unit=usual_unit(base), label=label, cite=WHAT_IF_CITE)
        else:  # a row that only the shared table has
            figure = Figure(value=Decimal(0), cite=WHAT_IF_CITE)
        changed = {"value": Decimal(text), "cite": cite, "contoh": False, "note": ""}
        rows[code] = figure.model_copy(update=changed)
    return base.model_copy(update={**new, "index": index, "belum_ditetapkan": unpriced})
