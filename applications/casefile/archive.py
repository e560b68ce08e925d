"""The ZIP itself: the same case, the same bytes; never more than a piece of a file in memory."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from applications.casefile.folder import Entry, Folder, Left

MANIFEST, INDEX, SCRIPT = "MANIFEST.sha256", "index.html", "periksa.py"
PIECE = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)
"""No time of the making: it would make two files of one case differ."""
UNIX, READABLE = 3, 0o644 << 16
BIG = 1 << 31
TEMPLATE = "pdf/berkas/index.html"


class Line(NamedTuple):
    """One line of the manifest."""

    path: str
    size: int
    sha256: str


def write(folder: Folder, top: str, path: str, tick: Callable[[int], None]) -> None:
    """Write the ZIP at a path; all lies in the folder ``top``. ``tick`` hears of bytes written.

    Nothing is compressed: its parts mostly are already, and packers differ from each other.
    """
    lines: list[Line] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as book:

        def put(entry: Entry) -> Line:
            line = _put(book, top, entry, tick)
            lines.append(line)
            return line

        for entry in sorted(folder.entries):
            line = put(entry)
            if entry.sha256 and entry.sha256 != line.sha256:
                why = "isinya bukan yang disimpan dahulu (SHA-256 berbeda)"
                folder.wrong.append(Left(entry.path, why))
        put(_made(SCRIPT, Path(__file__).with_name(SCRIPT).read_bytes()))
        put(_made(INDEX, index(folder).encode()))
        manifest = "".join(f"{line.sha256} {line.size} {line.path}\n" for line in sorted(lines))
        _put(book, top, _made(MANIFEST, manifest.encode()), tick)


def index(folder: Folder) -> str:
    context = {"folder": folder, "case": folder.case, "rules": folder.rules}
    return render_to_string(TEMPLATE, context)


def _made(path: str, data: bytes) -> Entry:
    return Entry(path, data=data, size=len(data))


def _put(book: Any, top: str, entry: Entry, tick: Callable[[int], None]) -> Line:
    info = zipfile.ZipInfo(f"{top}/{entry.path}", EPOCH)
    info.create_system, info.external_attr, info.file_size = UNIX, READABLE, entry.size
    digest, size = hashlib.sha256(), 0
    with book.open(info, "w", force_zip64=entry.size >= BIG) as target:
        for piece in _pieces(entry):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
            tick(len(piece))
    return Line(entry.path, size, digest.hexdigest())


def _pieces(entry: Entry) -> Iterator[bytes]:
    if not entry.stored:
        yield entry.data
        return
    with default_storage.open(entry.stored, "rb") as file:
        yield from file.chunks(PIECE)
