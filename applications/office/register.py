"""The register at the desk: read and printed by every posting, taken along by those who answer."""

from typing import NamedTuple

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from applications import register, register_file
from applications.keyset import Keyset
from applications.models import RegisterExport
from applications.office.counting import capped
from applications.office.queue import daerah_of, kecamatan_of, nav, tabs_of_daerah
from applications.refusals import Barred, Conflict, NotVisible
from applications.views.refusal import refusals_as_pages
from imbportal import uploads
from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.indonesia import MONTHS, angka

PAGE = 100
RECENT = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = {
    register.TEXT: str,
    register.DAY: lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    register.AREA: angka,
    register.AMOUNT: angka,
}


@require_safe
@refusals_as_pages
def book(request):
    """Show one page of a book of the register, the newest first."""
    held = postings_of(request)
    here = daerah_of(request, held)
    if not here:
        raise Barred("Buku register dibaca oleh petugas daerah.")
    part = register.wanted(request.GET, here)
    timezone.activate(part.zone)
    found = register.book(held, part)
    page = Keyset(part.field, down=True, size=PAGE).page(found, request.GET, part.chosen)
    may = register.may_export(held, here)
    context = {
        **_frame(request, part),
        "tabs": tabs_of_daerah(held, here),
        "columns": part.columns,
        "rows": [_row(part, entry, request.user) for entry in register.entries(part, page.rows)],
        "count": capped(found)[0],
        "by_status": register.by_status(held, part),
        "previous": page.before,
        "following": page.after,
        "years": [*register.years(here), register.EVERY_YEAR],
        "books": list(register.books(part.rules).items()),
        "kecamatan": kecamatan_of(here),
        "may_export": may,
        "exports": _recent(request.user, here) if may else [],
    }
    return render(request, "applications/kantor/register.html", context)


def _frame(request, part):
    return {
        "desk_nav": nav("register", request),
        "title": part.title,
        "part": part,
        "chosen": part.chosen,
        "address": "?" + urlencode(part.chosen),
    }


def _row(part, entry, user):
    """Return one line of cells (column, text); the case behind it, but for the reader's own."""
    case = entry.get("case")
    paper = entry.get("paper_pk")
    foreign = case is not None and case.applicant_id != user.pk
    return {
        "url": reverse("admin:case", args=[case.pk]) if foreign else "",
        "paper_url": reverse("admin:sanction", args=[paper]) if foreign and paper else "",
        "cells": [(column, _text(column, entry.get(column.key))) for column in part.columns],
    }


def _text(column, value):
    return "" if value in (None, "") else WORDS[column.kind](value)


def _recent(user, daerah):
    """Return the last exports of the register itself: other sheets stand at their own pages."""
    mine = RegisterExport.objects.filter(by=user, daerah=daerah).order_by("-created_at")
    return mine.exclude(filters__jenis__in=list(register_file.SHEETS))[:RECENT]


@require_POST
@refusals_as_pages
def ask(request):
    """Let the worker make the spreadsheet of what the register shows."""
    held = postings_of(request)
    here = request.POST.get("daerah", "")
    request.back = reverse("admin:register")
    if here not in {posting.daerah for posting in held}:
        raise Barred("Buku register hanya untuk petugas daerah itu.")
    if not register.may_export(held, here):
        raise Barred("Buku register diunduh oleh admin, auditor, atau kepala.")
    with transaction.atomic():
        export = register_file.ask(register.wanted(request.POST, here), request.user)
    return redirect("admin:register_export", pk=export.pk)


@require_safe
@refusals_as_pages
def progress(request, pk):
    """Show how far the spreadsheet is, and where to fetch it."""
    export = _own(request, pk)
    taken = _taken(export)
    timezone.activate(registry.current(export.daerah).timezone)
    context = {
        "desk_nav": nav(taken.page, request),
        "title": f"Unduh {taken.title[:1].lower()}{taken.title[1:]}",
        "what": taken.what,
        "export": export,
        "until": export.created_at + register_file.KEPT,
        "back": f"{reverse(f'admin:{taken.page}')}?{urlencode(taken.chosen)}",
    }
    return render(request, "applications/kantor/register_export.html", context)


class Taken(NamedTuple):
    """What an export holds: of the register, or a sheet of a layer above."""

    title: str
    what: str
    page: str
    """Name of the page where it was asked for."""
    chosen: dict
    file: str


def _taken(export):
    if sheet := register_file.sheet_of(export):
        kind, place = export.filters["jenis"], registry.current(export.daerah).name
        here = {key: value for key, value in export.filters.items() if key != "jenis"}
        name = f"{kind}-{export.daerah}"
        return Taken(sheet.title, f"{sheet.title} {place}", sheet.page, here, name)
    part = register.wanted(export.filters, export.daerah)
    year = "" if part.year == register.EVERY_YEAR else f"-{part.year}"
    return Taken(
        part.title, f"{part.title} {part.rules.name}, {part.period}", "register", part.chosen,
        f"register-{part.book}-{part.daerah}{year}",
    )  # fmt: skip


@require_safe
@refusals_as_pages
def fetch(request, pk):
    """Send the spreadsheet to whoever asked for it, and note when."""
    export = _own(request, pk)
    if not export.file:
        raise Conflict("Berkas ini belum siap atau sudah dihapus. Minta lagi di buku register.")
    try:
        response = uploads.respond(export.file, name=f"{_taken(export).file}.xlsx", mime=XLSX)
    except FileNotFoundError:
        raise Http404("Berkas ini tidak ada lagi.") from None
    RegisterExport.objects.filter(pk=pk).update(fetched_at=timezone.now())
    return response


def _own(request, pk):
    """Return the reader's own export, while he may still take along what is in it."""
    request.back = reverse("admin:register")
    export = RegisterExport.objects.filter(pk=pk, by=request.user).first()
    if export is None:
        raise NotVisible("Unduhan ini tidak ditemukan.")
    if not register_file.may_take(postings_of(request), export):
        raise Barred("Penempatan Anda tidak lagi mengizinkan unduhan ini.")
    return export
