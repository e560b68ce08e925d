"""From a paper's content to the plain JSON that is kept and hashed, and back to objects."""

import hashlib
import json
import re
from dataclasses import fields
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from documents.content import Letterhead, PaperContent, Section, Table

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, halves of characters, and marks that turn the direction of the text: no
database column or font takes the first two, and the last can make a name read as another."""

EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
"""More than one empty line together: hundreds of them would be pages of nothing."""


def plain(content: PaperContent) -> dict[str, Any]:
    """Return the content as JSON that reads back equal on every database."""
    text = json.dumps(content.as_json(), cls=DjangoJSONEncoder, allow_nan=False)
    return _clean(json.loads(text))


def printable(text: str) -> str:
    """Return a text without what no font has, with one empty line at most together."""
    return EMPTY_LINES.sub("\n\n", UNPRINTABLE.sub("", text))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value


def sha256(stored: dict[str, Any]) -> str:
    """Return the hash of stored content: UTF-8, keys sorted, no blanks."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def load(stored: dict[str, Any]) -> PaperContent:
    """Return stored content as the objects that templates read, the annex in ``extra`` too."""
    known = _known(PaperContent, stored)
    known["letterhead"] = Letterhead(**_known(Letterhead, stored["letterhead"]))
    known["sections"] = _sections(stored.get("sections", ()))
    extra = dict(stored.get("extra", {}))
    if "annex" in extra:
        extra["annex"] = _sections(extra["annex"])
    return PaperContent(**(known | {"extra": extra}))


def _sections(stored: Any) -> tuple[Section, ...]:
    return tuple(_section(item) for item in stored)


def _section(stored: dict[str, Any]) -> Section:
    known = _known(Section, stored)
    table = stored.get("table")
    return Section(**(known | {"table": Table(**_known(Table, table)) if table else None}))


def _known(kind: type, stored: dict[str, Any]) -> dict[str, Any]:
    """Return what this release knows of a stored object: an older one may have kept more."""
    return {field.name: stored[field.name] for field in fields(kind) if field.name in stored}
