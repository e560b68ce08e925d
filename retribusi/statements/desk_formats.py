"""How each bank writes its file: kept per account, tried on a sample before it is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications.refusals import NotVisible
from applications.views.refusal import refusals_as_pages
from imbportal.daerah import calendar
from imbportal.indonesia import tanggal
from retribusi.models import BankFormat
from retribusi.statements import access, csv_file, desk, guessing, mapping
from retribusi.statements.forms import FormatForm, first_lines, initial
from retribusi.statements.rows import BYTES, BrokenFile, money

UNPROCESSABLE = 422
GROUPS = (
    ("Rekening", ("name", "account", "kind", "sample")),
    ("Susunan berkas CSV", ("encoding", "delimiter", "skip", "header", "stop")),
    ("Kolom, dihitung dari 1", ("day", "date_format", "texts", "reference", "number", "amounts",
                                "amount", "debit", "credit", "mark", "decimal", "balance")),
    ("Aturan mencocokkan", ("out", "into", "cutoff", "tolerance")),
)  # fmt: skip


@require_safe
@refusals_as_pages
def everything(request):
    """List the banks of a daerah whose files are known."""
    here = access.chosen(request)
    context = desk.frame(request, here, "Format bank") | {
        "rows": [
            (row, mapping.of(row.mapping))
            for row in BankFormat.objects.filter(daerah=here).select_related("changed_by")
        ],
        "delimiters": mapping.DELIMITERS,
    }
    return render(request, "retribusi/rekening/format_daftar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def new(request):
    """Make a format by a sample of the bank."""
    here = access.chosen(request)
    request.back = reverse("admin:bank_formats")
    access.require(request, here)
    return _edit(request, here, None)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def change(request, pk):
    """Change a format; statements that were read before keep the one by which they were."""
    found = BankFormat.objects.filter(pk=pk, daerah__in=access.readable(request)).first()
    if found is None:
        raise NotVisible("Format bank ini tidak ditemukan.")
    request.back = reverse("admin:bank_formats")
    access.require(request, found.daerah)
    return _edit(request, found.daerah, found)


def _edit(request, here: str, stored: BankFormat | None):
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    start = {} if stored is None else {"initial": initial(stored)}
    form = FormatForm(*given, daerah=here, stored=stored, **start)
    text, rows = "", []
    if form.is_bound:
        text = _sample(form, request)
        if "kenali" in request.POST:
            form = _guessed(form, text, here, stored)
        elif form.is_valid() and text and form.mapping.kind == "csv":
            rows = _preview(form, text, here)
        if _wants_to_save(request, form, rows) and _save(form, here, stored, text, request):
            return redirect("admin:bank_formats")
    context = desk.frame(request, here, "Format bank baru" if stored is None else str(stored)) | {
        "form": form,
        "groups": [(title, [form[name] for name in names]) for title, names in GROUPS],
        "rows": rows,
        "width": range(1, 1 + max((len(row["cells"]) for row in rows), default=0)),
        "first": text,
        "raw": text.splitlines()[:12] if not rows else [],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "retribusi/rekening/format.html", context, status=status)


def _guessed(form: FormatForm, text: str, here: str, stored: BankFormat | None) -> FormatForm:
    """Return the form filled by what the sample looks like; what is wrong with it stays told."""
    wrong = form.errors.get("sample", ())
    known = {name: form.data.get(name, "") for name in ("name", "account")}
    fresh = FormatForm(daerah=here, stored=stored, initial=known | guessing.guess(text))
    fresh.told = list(wrong) or ([] if text else ["Pilih berkas contohnya dahulu."])
    return fresh


def _wants_to_save(request, form: FormatForm, rows: list[dict[str, Any]]) -> bool:
    """Return whether the format is to be saved; not while a line of the sample cannot be read."""
    if "simpan" not in request.POST or not form.is_bound or not form.is_valid():
        return False
    if any(row["wrong"] for row in rows):
        form.add_error("sample", "Ada baris contoh yang belum terbaca; perbaiki susunannya.")
        return False
    return True


def _sample(form: FormatForm, request) -> str:
    """Return the first lines of the sample: of the file sent now, else as they came before."""
    file = request.FILES.get("sample")
    if file is None:
        return request.POST.get("first", "")[:40000].replace("\r\n", "\n")
    try:
        return first_lines(file.read(BYTES + 1))
    except BrokenFile as broken:
        form.full_clean()
        form.add_error("sample", str(broken))
        return ""


def _preview(form: FormatForm, text: str, here: str) -> list[dict[str, Any]]:
    try:
        found = csv_file.sample(text, form.mapping, calendar.today(here))
    except BrokenFile as broken:
        form.add_error("sample", str(broken))
        return []
    return [
        {
            "cells": cells,
            "wrong": wrong,
            "words": "" if row is None else f"{tanggal(row.day)}, {money(row.sen)}",
            "row": row,
        }
        for cells, wrong, row in found
    ]


def _save(form: FormatForm, here: str, stored: BankFormat | None, text: str, request) -> bool:
    try:
        kept = form.finished(text)
    except BrokenFile as broken:
        form.add_error("sample", str(broken))
        return False
    row = stored or BankFormat(daerah=here)
    row.name, row.account = form.cleaned_data["name"], form.cleaned_data["account"]
    row.mapping = kept.model_dump()
    row.changed_by, row.changed_at = request.user, timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # a second click, or a colleague's
        form.add_error("name", "Format ini baru saja disimpan; muat ulang daftarnya.")
        return False
    messages.success(request, f"Format {row} disimpan.")
    return True
