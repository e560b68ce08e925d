"""The results as a spreadsheet: quarters, their elements, and the remarks; texts stay texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from applications import register_file
from applications.models import RegisterExport
from applications.register import AMOUNT, AREA
from applications.register_file import PLAIN, Field, Sheet, page
from feedback.survey import results
from feedback.survey.questions import QUESTIONS
from imbportal.daerah import registry

KIND = "kepuasan"
COLUMNS = (
    Field("Triwulan"), Field("Undangan", AMOUNT, 11), Field("Responden", AMOUNT, 11),
    Field("Indeks", AREA, 10), Field("Mutu", width=8), Field("Kinerja", width=16),
    *(Field(f"{question.code} {question.name}", AREA, 14) for question in QUESTIONS),
)  # fmt: skip


def write(path: str, export: RegisterExport) -> int:
    """Write all closed quarters of a daerah; return how many there are."""
    import xlsxwriter

    rules = registry.current(export.daerah)
    found = results.published(export.daerah)
    with xlsxwriter.Workbook(path, PLAIN) as book:
        origin = register_file.made_by(export, ZoneInfo(rules.timezone))
        title = f"Indeks kepuasan masyarakat {rules.name}"
        page(book, "Kepuasan", title, origin, COLUMNS, (_line(one) for one in found))
        words = [(one.of.label, text) for one in found for text in results.remarks(one)]
        columns = (Field("Triwulan"), Field("Saran (tanpa nama)", width=90))
        page(book, "Saran", f"Saran responden {rules.name}", origin, columns, words)
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


SHEET = Sheet("Hasil survei kepuasan", "survey", write)
