"""The QR codes on the pages of an accepted file, read by a child process that may crash."""

import json
from pathlib import Path

from imbportal.uploads import parsers

CHILD = Path(__file__).with_name("code_child.py")
BEGIN = 4
"""Seconds after which no further page is begun."""
SECONDS = 10
"""Wall time."""


def read(path: Path, mime: str, pages: int) -> dict[int, list[str]]:
    """Return the codes on the first pages; nothing where none is found or the child failed."""
    words = (mime, str(path), pages, BEGIN)
    told = parsers.run(CHILD, *words, seconds=SECONDS).told
    found = {}
    for wanted, line in enumerate(told.splitlines(), 1):
        page, codes = _read(line)
        if page != wanted:
            break
        if codes:
            found[page] = codes
    return found


def _read(line) -> tuple[int, list[str]]:
    """Return what one line tells, page 0 where it is no honest line: the child may be another's."""
    try:
        told = json.loads(line)
        page, codes = told["page"], told["codes"]
    except (ValueError, KeyError, TypeError):
        return 0, []
    if type(page) is not int or not isinstance(codes, list):
        return 0, []
    return page, [code for code in codes if isinstance(code, str) and len(code) <= 120]
