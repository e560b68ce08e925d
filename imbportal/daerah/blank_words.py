"""What a form to be signed by hand names must exist: questions, sections, columns.

A form may serve both sides of a file, so it is checked against the whole of it. Functions yield
(key, problem) in plain English.
"""

from collections.abc import Iterator

from imbportal.daerah.blanks import KNOWN, PLACE, Blank, BlankTable
from imbportal.daerah.references import Problems, condition
from imbportal.daerah.schema import Daerah


def problems(daerah: Daerah) -> Problems:
    sections = {section.code for section in daerah.section}
    answers = {fact.code for fact in daerah.fact}
    for index, blank in enumerate(daerah.blank):
        path = f"blank[{index}]"
        for code in blank.sections:
            if code not in sections:
                yield f"{path}.sections", f'unknown section "{code}"'
        for name in sorted(_named(blank) - answers - KNOWN.keys()):
            yield path, f"unknown {{{name}}}: neither a question nor one of {', '.join(KNOWN)}"
        yield from _parts(daerah, blank, path)


def _named(blank: Blank) -> set[str]:
    return {name for text in blank.texts() for name in PLACE.findall(text)}


def _parts(daerah: Daerah, blank: Blank, path: str) -> Iterator[tuple[str, str]]:
    for index, part in enumerate(blank.parts):
        here = f"{path}.parts[{index}]"
        for place, tick in enumerate(part.ticks):
            yield from condition(daerah, tick.when, f"{here}.ticks[{place}].when")
        if part.table is not None:
            yield from _table(part.table, f"{here}.table")


def _table(table: BlankTable, path: str) -> Iterator[tuple[str, str]]:
    if table.widths and (len(table.widths) != len(table.head) or sum(table.widths) != 100):
        yield f"{path}.widths", "one percentage for each column, together 100"
    if len(table.first) > table.rows:
        yield f"{path}.first", f"more than the {table.rows} rows"
