"""The results as a spreadsheet: quarters, their elements, and the remarks; texts stay texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from applications import register_file
from applications.models import RegisterExport
from applications.register import AMOUNT, AREA, TEXT
from applications.register_file import FORMATS, PLAIN, Sheet
from feedback.survey import results
from feedback.survey.questions import QUESTIONS
from imbportal.daerah import registry

KIND = "kepuasan"
HEAD_ROWS = 4
COLUMNS = (
    ("Triwulan", TEXT, 18), ("Undangan", AMOUNT, 11), ("Responden", AMOUNT, 11),
    ("Indeks", AREA, 10), ("Mutu", TEXT, 8), ("Kinerja", TEXT, 16),
    *((f"{question.code} {question.name}", AREA, 14) for question in QUESTIONS),
)  # fmt: skip


def write(path: str, export: RegisterExport) -> int:
    """Write all closed quarters of a daerah; return how many there are."""
    rules = registry.current(export.daerah)
    found = results.published(export.daerah)
    with xlsxwriter.Workbook(path, PLAIN) as book:
        origin = register_file.made_by(export, ZoneInfo(rules.timezone))
        title = f"Indeks kepuasan masyarakat {rules.name}"
        _page(book, "Kepuasan", title, origin, COLUMNS, (_line(one) for one in found))
        words = [(one.of.label, text) for one in found for text in results.remarks(one)]
        columns = (("Triwulan", TEXT, 18), ("Saran (tanpa nama)", TEXT, 90))
        _page(book, "Saran", f"Saran responden {rules.name}", origin, columns, words)
    return len(found)


def _line(result: Any) -> Iterator[Any]:
    """Yield the cells of a quarter; without enough answers there are but the counts."""
    yield result.of.label
    yield result.invited
    yield result.respondents
    yield result.index
    yield result.grade
    yield result.word or "belum cukup responden"
    for element in result.elements:
        yield float(element["mean"])


def _page(
    book: Any, name: str, title: str, origin: str, columns: Sequence[tuple[str, str, int]],
    lines: Any,
) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    formats = {kind: book.add_format(how) for kind, how in FORMATS.items()}
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for at, (_, _, width) in enumerate(columns):
        sheet.set_column(at, at, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(HEAD_ROWS, 1)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, origin)
    for at, (label, _, _) in enumerate(columns):
        sheet.write_string(HEAD_ROWS - 1, at, label, heading)
    for row, line in enumerate(lines, start=HEAD_ROWS):
        for at, ((_, kind, _), value) in enumerate(zip(columns, line, strict=False)):
            if value not in (None, ""):
                register_file.WRITERS[kind](sheet, row, at, value, formats[kind])


SHEET = Sheet("Hasil survei kepuasan", "survey", write)
