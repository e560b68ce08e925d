"""Tables of figures that a law shares among daerah: one TOML each below ``nasional/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from imbportal.daerah.rule import Cited, Code, Rule, Text
from imbportal.daerah.tariffs import Figure, Switch, Tariff

FOLDER = Path(__file__).parent / "nasional"
Own = Mapping[str, Mapping[str, Figure]]
INTEREST = "bunga"
"""The shared table that belongs to no tariff: ``interest`` reads it."""
BEGUN = "kondisi"
"""The table of how far the work has come, which a tariff may switch off."""


class Table(Cited):
    """Values of one table; a later block with the same code adds rows to an earlier one."""

    code: Code
    title: Text
    value: dict[str, Decimal]
    label: dict[str, str] = {}


class National(Rule):
    name: Code
    title: Text
    cite: Text
    table: tuple[Table, ...]


@dataclass(frozen=True)
class Tables:
    """The figures of a tariff by table and key, and the tables' titles."""

    figure: Mapping[str, Mapping[str, Figure]]
    title: Mapping[str, str]


def names() -> frozenset[str]:
    """Return the names that a tariff may give as its ``table``."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml")) - {INTEREST}


@cache
def national(name: str) -> National:
    """Return a shared table. Raises KeyError for a name that is not there."""
    if name not in names():
        raise KeyError(name)
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return National.model_validate(tomllib.loads(text, parse_float=Decimal))


@dataclass(frozen=True, eq=False)
class _This:
    """Values by identity: tariffs cannot be hashed, and equal ones need not be told apart."""

    own: Own

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.own is other.own

    def __hash__(self) -> int:
        return id(self.own)


def of(tariff: Tariff) -> Tables:
    """Return the shared tables of a tariff, the tariff's own values laid over them.

    What the tariff switches off is not among them.
    """
    return _laid(tariff.table, _This(tariff.index), tariff.kondisi_berlaku)


@lru_cache(maxsize=256)
def _laid(name: str, this: _This, begun: Switch | None) -> Tables:
    """Lay a tariff's own values over a shared table, once: a file's figures never change.

    The cache holds the values themselves, so that no others can come to stand in their place.
    """
    figures: dict[str, dict[str, Figure]] = {}
    titles: dict[str, str] = {}
    for table in national(name).table if name else ():
        figures.setdefault(table.code, {}).update(_figures(table))
        titles[table.code] = table.title
    for code, own in this.own.items():
        figures.setdefault(code, {}).update(
            {key: _named(figure, figures[code].get(key)) for key, figure in own.items()}
        )
    if begun is not None and not begun.value:
        figures.pop(BEGUN, None)
    elif begun is not None and begun.contoh:
        figures[BEGUN] = {key: _sample(row) for key, row in figures.get(BEGUN, {}).items()}
    rows = {code: MappingProxyType(found) for code, found in figures.items()}
    return Tables(MappingProxyType(rows), MappingProxyType(titles))


def _sample(figure: Figure) -> Figure:
    """Return a figure of the source that is a sample in the way in which it is used."""
    return figure.model_copy(update={"contoh": True})


def _figures(table: Table) -> dict[str, Figure]:
    return {
        key: Figure(
            value=value,
            label=table.label.get(key, ""),
            cite=table.cite,
            contoh=table.contoh,
            note=table.note,
        )
        for key, value in table.value.items()
    }


def _named(own: Figure, shared: Figure | None) -> Figure:
    """Return a daerah's own figure under the shared label, where it gives none."""
    return own.model_copy(update={"label": own.label or (shared.label if shared else "")})
