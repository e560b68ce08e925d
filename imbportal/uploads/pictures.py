"""Pages of an accepted file as pictures, drawn by a child process that may crash without harm."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import filetype

from imbportal.uploads import parsers

CHILD = Path(__file__).with_name("picture_child.py")
BEGIN = 10
"""Seconds after which the child begins no further page, so that a job stays within its lease."""
CPU = 20
"""Seconds of CPU time of one child; a page that needs more cannot be drawn."""
SECONDS = 40
"""Wall time."""
KINDS = {".png": "image/png", ".jpg": "image/jpeg"}
LARGEST = 10_000
"""Pixels of a side that are believed."""


@dataclass(frozen=True)
class Picture:
    """One page; without content it cannot be drawn."""

    page: int
    content: bytes = b""
    ending: str = ""
    width: int = 0
    height: int = 0


def draw(field_file, mime: str, first: int, last: int) -> list[Picture]:
    """Return pictures of the pages from the first on, as many as fit into one run.

    At least one comes back: the first page, empty where it brought the child down.
    """
    with tempfile.TemporaryDirectory(prefix="gambar-") as folder:
        source = Path(folder, "asal")
        with field_file.open("rb") as stored, source.open("wb") as copy:
            for chunk in stored.chunks():
                copy.write(chunk)
        words = (mime, str(source), folder, first, last, BEGIN, CPU)
        told = parsers.run(CHILD, *words, seconds=SECONDS).told
        pictures = []
        for wanted, line in zip(range(first, last + 1), told.splitlines(), strict=False):
            picture = _read(line, Path(folder))
            if picture is None or picture.page != wanted:
                break
            pictures.append(picture)
    return pictures or [Picture(first)]


def _read(line, folder) -> Picture | None:
    """Return what one line tells, None where it is no honest line: the child may be another's."""
    try:
        told = json.loads(line)
        page, name = int(told["page"]), told.get("name")
        width, height = int(told.get("width", 0)), int(told.get("height", 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if name is None:
        return Picture(page)
    ending = next((end for end in KINDS if name == f"{page}{end}"), "")
    if not ending or not (0 < width <= LARGEST and 0 < height <= LARGEST):
        return None
    path = folder / f"{page}{ending}"
    if path.is_symlink() or not path.is_file() or filetype.guess_mime(str(path)) != KINDS[ending]:
        return None
    return Picture(page, path.read_bytes(), ending, width, height)
