"""A draft as the ``[[tariff]]`` block of a file; its changed figures still lack a source."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from imbportal.daerah.tariffs import Tariff
from retribusi.steps import plain
from retribusi.trial.figures import applied, told

FIRST = ("id", "berlaku", "sampai", "formula", "table", "cite")
"""Keys that come before the others, as in the files."""
OF_A_ROW = ("value", "unit", "label", "always", "cite")
BARE = re.compile(r"[A-Za-z0-9_-]+")
UNCITED = "isi sumbernya"
SAMPLE = "Masih memuat angka contoh."


def written(base: Tariff, changes: Mapping[str, str], begins: datetime.date, code: str) -> str:
    """Return the block of a draft that is in force from a day. Without sources no loader takes it.

    What was a sample stays one until somebody takes the mark away.
    """
    note = base.note
    if base.contoh and "contoh" not in note.lower():
        note = f"{note} {SAMPLE}".strip()
    head = {"id": code, "berlaku": begins, "sampai": None, "cite": "", "note": note}
    tariff = applied(base, changes, cite="").model_copy(update=head)
    marks = {"cite": f"{UNCITED}: peraturan yang menetapkan tarif ini"}
    for change in told(base, changes):
        was = "belum ditetapkan" if change.row.now is None else plain(change.row.now)
        marks[change.row.path] = f"{UNCITED}; sebelumnya {was}"
    return "\n".join(_block(tariff.model_dump(exclude_defaults=True), marks)) + "\n"


def _block(data: dict[str, Any], marks: Mapping[str, str]) -> Iterator[str]:
    data = _first(data, FIRST)
    yield "[[tariff]]"
    for key, value in data.items():
        if not isinstance(value, dict):
            yield _line(key, _value(value), marks.get(key))
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from _table(key, value, marks)


def _first(data: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: data[key] for key in keys if key in data} | data


def _table(path: str, data: dict[str, Any], marks: Mapping[str, str]) -> Iterator[str]:
    """Yield one table: a line for each row, or a table for each table in it."""
    if all(isinstance(value, dict) and _holds_rows(value) for value in data.values()):
        for key, value in data.items():
            yield from _table(f"{path}.{_key(key)}", value, marks)
        return
    yield f"\n[tariff.{path}]"
    for key, value in data.items():
        yield _line(_key(key), _value(value), marks.get(f"{path}.{key}"))


def _holds_rows(value: dict[str, Any]) -> bool:
    return any(isinstance(row, dict) for row in value.values())


def _line(key: str, value: str, mark: str | None) -> str:
    return f"{key} = {value}" + (f"  # {mark}" if mark else "")


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        value = _first(value, OF_A_ROW)
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value)


def _text(text: str) -> str:
    """Return a basic string; JSON escapes all that TOML does, but for the last of the controls."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
