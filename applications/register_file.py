"""The register as a spreadsheet, made by the worker: typed cells, never a formula, no NIK."""

import datetime
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import postings
from applications import register
from applications.keyset import Keyset
from applications.models import RegisterExport
from imbportal.indonesia import tanggal
from notifications import jobs, periodic

JOB = "ekspor_register"
KEPT = datetime.timedelta(days=7)
"""How long the file can be fetched."""
CHUNK = 500
HEAD_ROWS = 4
"""Title, period, origin, and the headings, which stay in sight."""
PLAIN = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "default_date_format": "dd/mm/yyyy",
}  # fmt: skip
FORMATS = {
    # The quote keeps a text a text, also after somebody edits its cell.
    register.TEXT: {"quote_prefix": True, "text_wrap": True, "valign": "top"},
    register.DAY: {"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"},
    register.AREA: {"num_format": "#,##0.00", "valign": "top"},
    register.AMOUNT: {"num_format": "#,##0", "valign": "top"},
}


class Sheet(NamedTuple):
    """A spreadsheet of a layer above: asked for, made, kept and fetched as the register is."""

    title: str
    page: str
    """Name of the page of the desk where it is asked for."""
    write: Callable[[str, RegisterExport], int]
    """Writes the file at a path, and returns how many lines it has."""
    may: Callable[[Any, str], bool] = register.may_export
    """Tells whether some postings may take it along from a daerah."""


SHEETS: dict[str, Sheet] = {}
"""By what an export's filters have under ``jenis``; no book of the register has such a name."""


def setup():
    """Let the worker make exports, and take their files away."""
    jobs.register(JOB, make, failed=_failed, tries=5)
    periodic.register("hapus_ekspor", periodic.DAY, remove_old)


def ask(part: register.Wanted, user) -> RegisterExport:
    """Write down that a user takes a part of the register along, and let the worker make it.

    The row is the log of it. Belongs in a transaction.
    """
    return order(part.daerah, part.chosen, user)


def order(daerah: str, filters: dict[str, str], user) -> RegisterExport:
    """Write down who takes what along, of the register or of a sheet of a layer above."""
    export = RegisterExport.objects.create(daerah=daerah, by=user, filters=filters)
    jobs.enqueue(JOB, f"{JOB}:{export.pk}", str(export.pk))
    return export


def make(pk: str) -> None:
    """Write the file of an export, once; what its asker may no longer read is not written."""
    export = RegisterExport.objects.select_related("by").get(pk=pk)
    if export.ready_at or export.removed_at:
        return
    held = list(postings.of(export.by))
    if not may_take(held, export):
        raise jobs.GiveUp("no longer posted where the register may be taken along")
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as made:
        if sheet := sheet_of(export):
            lines = sheet.write(made.name, export)
            RegisterExport.objects.filter(pk=export.pk).update(total=lines, written=lines)
        else:
            part = register.wanted(export.filters, export.daerah)
            _write(made.name, part, held, export)
        _keep(export, made)


def sheet_of(export: RegisterExport) -> Sheet | None:
    """Return the sheet of a layer above that an export holds; None where it is the register."""
    return SHEETS.get(export.filters.get("jenis", ""))


def may_take(held: Any, export: RegisterExport) -> bool:
    """Return whether some postings may take along what an export holds."""
    sheet = sheet_of(export)
    may = sheet.may if sheet else register.may_export
    return may(held, export.daerah)


def _keep(export: RegisterExport, made: Any) -> None:
    """Store the file; of two workers that made it, the first one's counts."""
    name = f"register/{export.pk}.xlsx"
    with open(made.name, "rb") as written, transaction.atomic():
        digest = hashlib.file_digest(written, "sha256").hexdigest()
        if RegisterExport.objects.select_for_update().get(pk=export.pk).ready_at:
            return
        default_storage.delete(name)  # of a try that died before it could be written down
        name = default_storage.save(name, File(written))
        RegisterExport.objects.filter(pk=export.pk).update(
            file=name, file_sha256=digest, ready_at=timezone.now()
        )


def _write(path: str, part: register.Wanted, held: list[Any], export: RegisterExport) -> None:
    import xlsxwriter

    found = register.book(held, part)
    total = found.count()
    RegisterExport.objects.filter(pk=export.pk).update(total=total, written=0)
    with xlsxwriter.Workbook(path, PLAIN) as book:
        sheet, formats = _sheet(book, part, export, total)
        row = HEAD_ROWS
        for piece in Keyset(part.field, size=CHUNK).chunks(found):
            for entry in register.entries(part, piece):
                _line(sheet, formats, row, part.columns, entry)
                row += 1
            RegisterExport.objects.filter(pk=export.pk).update(written=row - HEAD_ROWS)


def _sheet(book: Any, part: register.Wanted, export: RegisterExport, total: int) -> Any:
    """Return the sheet with its head written, and the formats of its cells."""
    above = (f"{part.period}. {total} baris.", made_by(export, part.zone))
    title = f"{part.title} {part.rules.name}"
    sheet, formats = _headed(book, "Register", title, above, part.columns)
    last = HEAD_ROWS - 1 + max(total, 1)
    sheet.autofilter(HEAD_ROWS - 1, 0, last, len(part.columns) - 1)
    return sheet, formats


def _headed(book: Any, name: str, title: str, above: Iterable[str], fields: Sequence[Any]) -> Any:
    """Return a sheet with title, what is said below it, and headings; and its cells' formats."""
    sheet = book.add_worksheet(name)
    formats = {kind: book.add_format(how) for kind, how in FORMATS.items()}
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E6F0F1"}
    )
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROWS - 1)
    sheet.freeze_panes(HEAD_ROWS, 1)
    for at, field in enumerate(fields):
        sheet.set_column(at, at, field.width)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, text in enumerate(above, start=1):
        sheet.write_string(row, 0, text)
    for at, field in enumerate(fields):
        sheet.write_string(HEAD_ROWS - 1, at, field.label, heading)
    return sheet, formats


def made_by(export: RegisterExport, zone: ZoneInfo) -> str:
    """Return the line of a sheet that says when it was asked for, and by whom."""
    at = export.created_at.astimezone(zone)
    return f"Dibuat {tanggal(at.date())} pukul {at:%H.%M} {at.tzname()} oleh {export.by}."


def _line(sheet: Any, formats: Any, row: int, columns: Any, entry: dict[str, Any]) -> None:
    for at, column in enumerate(columns):
        _cell(sheet, formats, row, at, column.kind, entry.get(column.key))


def _cell(sheet: Any, formats: Any, row: int, at: int, kind: str, value: Any) -> None:
    """Write a value as its column's kind says; nothing where there is none."""
    if value not in (None, ""):
        WRITERS[kind](sheet, row, at, value, formats[kind])


class Field(NamedTuple):
    """A column of a plain page of a spreadsheet."""

    label: str
    kind: str = register.TEXT
    width: int = 18


def page(
    book: Any, name: str, title: str, origin: str, fields: Sequence[Field],
    lines: Iterable[Iterable[Any]],
) -> int:  # fmt: skip
    """Write a page of plain lines below title, origin and headings; return how many lines."""
    sheet, formats = _headed(book, name, title, (origin,), fields)
    row = HEAD_ROWS
    for row, line in enumerate(lines, start=HEAD_ROWS + 1):
        for at, (field, value) in enumerate(zip(fields, line, strict=False)):
            _cell(sheet, formats, row - 1, at, field.kind, value)
    return row - HEAD_ROWS


WRITERS = {
    register.TEXT: lambda sheet, row, at, value, how: sheet.write_string(row, at, str(value), how),
    register.DAY: lambda sheet, row, at, value, how: sheet.write_datetime(row, at, value, how),
    register.AREA: lambda sheet, row, at, value, how: sheet.write_number(row, at, value, how),
    register.AMOUNT: lambda sheet, row, at, value, how: sheet.write_number(row, at, value, how),
}
"""A cell's type is its column's, whatever its value looks like: a text is never a formula."""


def _failed(pk: str) -> None:
    RegisterExport.objects.filter(pk=pk, ready_at=None).update(failed_at=timezone.now())


def remove_old() -> int:
    """Take away the files that are old enough; return how many. Who took what along stays told."""
    old = RegisterExport.objects.filter(removed_at=None, created_at__lt=timezone.now() - KEPT)
    count = 0
    for export in old.exclude(file=""):
        # The file first: a row that still names it is found again at the next run.
        default_storage.delete(export.file.name)
        count += RegisterExport.objects.filter(pk=export.pk).update(
            file="", removed_at=timezone.now()
        )
    return count
