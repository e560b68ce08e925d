"""What goes into the file of one case, for one reader: files, data, and pages of the index."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder

from applications.models import Application, CaseFile
from imbportal.indonesia import tanggal
from imbportal.uploads import Scan

UNSAFE = {
    Scan.WAITING: "masih menunggu pemeriksaan virus",
    Scan.INFECTED: "ditahan karena berbahaya",
}


class Entry(NamedTuple):
    """One file inside: its bytes, or the name and hash under which the portal keeps it."""

    path: str
    data: bytes = b""
    stored: str = ""
    sha256: str = ""
    size: int = 0


class Left(NamedTuple):
    """Something that is not inside, and why."""

    what: str
    why: str


class Cell(NamedTuple):
    text: str
    path: str = ""
    """File inside to which it leads."""
    small: str = ""


@dataclass
class Table:
    title: str
    head: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    pairs: bool = False
    """Rows of a label and what it says: shown without headings."""

    def add(self, *cells: Any) -> None:
        self.rows.append(tuple(c if isinstance(c, Cell) else Cell(str(c or "")) for c in cells))

    @property
    def lines(self) -> list[list[tuple[str, Cell]]]:
        """Rows of cells with their headings, which a narrow page shows above each."""
        return [list(zip(self.head, row, strict=False)) for row in self.rows]


@dataclass
class Part:
    """One chapter of the index."""

    code: str
    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def table(self, title: str, *head: str, pairs: bool = False) -> Table:
        made = Table(title, head, pairs=pairs)
        self.tables.append(made)
        return made

    @property
    def shown(self) -> list[Table]:
        return [table for table in self.tables if table.rows]

    @property
    def empty(self) -> bool:
        return not (self.facts or self.shown or self.words)


class Folder:
    """Collects; nothing of a stored file is read before the ZIP is written."""

    def __init__(self, case: Application, audience: str):
        self.case, self.audience = case, audience
        self.rules = case.rules
        self.zone = ZoneInfo(self.rules.timezone)
        self.head: list[tuple[str, str]] = []
        self.entries: list[Entry] = []
        self.parts: list[Part] = []
        self.left: list[Left] = []
        self.wrong: list[Left] = []
        """What was found out only as the stored files were read."""
        self.printed: dict[Any, str] = {}
        """Where the PDF of each paper lies, by its key."""

    @property
    def for_office(self) -> bool:
        return self.audience == CaseFile.For.OFFICE

    def part(self, code: str, title: str) -> Part:
        made = Part(code, title)
        self.parts.append(made)
        return made

    def leave(self, what: str, why: str) -> None:
        """Name something that is not inside, once."""
        if (left := Left(what, why)) not in self.left:
            self.left.append(left)

    # -- Files ------------------------------------------------------------------------------
    def add_bytes(self, path: str, data: bytes) -> str:
        self.entries.append(Entry(path, data=data, size=len(data)))
        return path

    def add_json(self, path: str, value: Any) -> str:
        """Add data as JSON, readable and always the same."""
        text = json.dumps(
            value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, indent=1
        )
        return self.add_bytes(path, f"{text}\n".encode())

    def add_lines(self, path: str, lines: Iterable[str]) -> str:
        return self.add_bytes(path, "".join(f"{line}\n" for line in lines).encode())

    def add_stored(self, path: str, file: Any, sha256: str, what: str, scan: str = "") -> str:
        """Add a file of the storage; "" where it is held back or gone, which is named then."""
        if scan and scan != Scan.CLEAN:
            self.leave(what, UNSAFE.get(Scan(scan), UNSAFE[Scan.INFECTED]))
            return ""
        if not file or not default_storage.exists(file.name):
            self.leave(what, "berkasnya tidak ada lagi di penyimpanan portal")
            return ""
        size = default_storage.size(file.name)
        self.entries.append(Entry(path, stored=file.name, sha256=sha256 or "", size=size))
        return path

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries)

    # -- Words ------------------------------------------------------------------------------
    def day(self, at: Any) -> str:
        """Return a day in words; a moment's in the daerah's time zone."""
        if at is None:
            return ""
        if isinstance(at, datetime.datetime):
            at = at.astimezone(self.zone).date()
        return tanggal(at)

    def moment(self, at: datetime.datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        return f"{tanggal(local.date())}, {local:%H.%M}\N{NO-BREAK SPACE}{local.tzname()}"

    def name(self, user: Any) -> str:
        """Return who somebody of the office is, to the office alone."""
        return str(user) if user is not None and self.for_office else ""


def iso(at: datetime.datetime | None) -> str | None:
    """Return a moment as data: in UTC, whichever zone it was read in."""
    return at.astimezone(datetime.UTC).isoformat() if at else None
