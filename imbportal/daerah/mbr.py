"""The exemption of low-income households (MBR), which a daerah switches on by ``[mbr]``.

The rule itself, its questions and its limits stand once below ``nasional/aturan/``; the daerah
gives the regulation by which it applies there, from when, and the incomes of its region.
Source: Keputusan Bersama Tiga Menteri of 25 November 2024; Kepmen PUPR 22/KPTS/M/2023.
"""

from __future__ import annotations

import copy
import datetime
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from imbportal.daerah.rule import Cited, Code

FOLDER = Path(__file__).parent / "nasional" / "aturan"
TABLES = ("section", "fact", "requirement", "relief")
KEY, CODE = "mbr", "mbr"
WHOLE = 100
Rupiah = Annotated[int, Field(gt=0)]


class Mbr(Cited):
    """The switch: ``cite`` names the daerah's own regulation, by which nobody pays."""

    table: Code = "mbr_2024"
    """Name of the rule below ``nasional/aturan/``."""
    berlaku: datetime.date
    sampai: datetime.date | None = None
    """Last day, inclusive; None while it goes on."""
    functions: Annotated[tuple[Code, ...], Field(min_length=1)]
    """Functions of a building that are a house here, as the daerah's question words them."""
    single: Rupiah = 7_000_000
    """Rupiah a month, at most, of who is not married."""
    married: Rupiah = 8_000_000
    """Rupiah a month, at most, of who is, and of members of Tapera."""

    @model_validator(mode="after")
    def _sound(self) -> Mbr:
        if not (FOLDER / f"{self.table}.toml").is_file():
            raise ValueError(f'no rule "{self.table}" below nasional/aturan')
        if self.sampai is not None and self.sampai < self.berlaku:
            raise ValueError(f"ends on {self.sampai}, before it begins on {self.berlaku}")
        return self


def spread(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a file's content with what its ``[mbr]`` switches on; as it is where it has none.

    A switch that is wrong in itself is left to the schema, which names the key.
    """
    if KEY not in raw:
        return raw
    try:
        switch = Mbr.model_validate(raw[KEY])
    except ValueError:
        return raw
    made = {**raw}
    for table in TABLES:
        rows = [_filled(row, switch) for row in _rule(switch.table)[table]]
        made[table] = [*raw.get(table, []), *rows]
    made["tariff"] = [_with_percentage(tariff, switch) for tariff in raw.get("tariff", [])]
    return made


@cache
def _rule(name: str) -> dict[str, Any]:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _filled(row: dict[str, Any], switch: Mbr) -> dict[str, Any]:
    """Return a row of the rule with the daerah's figures; the relief with its days and basis."""
    new = copy.deepcopy(row)
    if "when" in new:
        whens = new["when"] if isinstance(new["when"], list) else [new["when"]]
        new["when"] = [{key: _value(value, switch) for key, value in one.items()} for one in whens]
    if new.get("code") == CODE and new.get("automatic"):
        new |= {"berlaku": switch.berlaku, "sampai": switch.sampai, "contoh": switch.contoh}
        new["cite"] = f"{switch.cite}; {new['cite']}"
    return new


def _value(value: Any, switch: Mbr) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        found = getattr(switch, value[1:])
        return list(found) if isinstance(found, tuple) else found
    return value


def _with_percentage(tariff: Any, switch: Mbr) -> Any:
    if not isinstance(tariff, dict):
        return tariff
    figure = {
        "value": WHOLE, "unit": "%", "cite": switch.cite, "contoh": switch.contoh,
        "label": "Pembebasan bagi masyarakat berpenghasilan rendah",
    }  # fmt: skip
    return {**tariff, "keringanan": {CODE: figure, **tariff.get("keringanan", {})}}
