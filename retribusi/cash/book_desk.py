"""The ledger at the desk: its lines, a correction, a month, and what is taken along."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import register_file
from applications.keyset import Keyset
from applications.models import RegisterExport
from applications.office.counting import capped
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from retribusi import treasurers
from retribusi.cash import book, correction, month, readers, sheet, totals
from retribusi.models import LedgerEntry

PAGE = 50
RECENT = 5


def urls(desk):
    return [
        path("kas/buku/", desk(lines), name="cash_book"),
        path("kas/buku/ekspor/", desk(export), name="cash_export"),
        path("kas/buku/<int:pk>/koreksi/", desk(correct), name="cash_correct"),
        path("kas/bulan/", desk(monthly), name="cash_month"),
    ]


@require_safe
@refusals_as_pages
def lines(request):
    """Show one page of the ledger, the newest first, and the sums of all that was asked for."""
    here = readers.chosen(request)
    part = book.wanted(request.GET, here)
    found = book.lines(part)
    page = Keyset("day", down=True, size=PAGE).page(book.with_all(found), request.GET, part.chosen)
    context = {
        **readers.frame(request, here, "Buku penerimaan", "cash_book"),
        "part": part,
        "chosen": part.chosen,
        "quick": _quick(part),
        "filtered": len(part.chosen) > 1,
        "lines": book.shown(page.rows, request.user),
        "count": capped(found)[0],
        "table": totals.table(totals.of(found)),
        "previous": page.before,
        "following": page.after,
        "kinds": totals.KINDS.items(),
        "codes": book.codes(here),
        "every": book.EVERY_CODE,
        "exports": recent(request.user, here, sheet.BOOK),
    }
    return render(request, "retribusi/kas/buku.html", context)


def _quick(part):
    """Return the spans that are asked for most, each with its address."""
    day = calendar.today(part.daerah)
    spans = (
        ("Hari ini", day), ("Bulan ini", day.replace(day=1)),
        ("Tahun ini", day.replace(month=1, day=1)),
    )  # fmt: skip
    kept = {key: value for key, value in part.chosen.items() if key not in ("dari", "sampai")}
    return [
        ("?" + urlencode(kept | {"dari": first, "sampai": day}), label,
         (part.since, part.until) == (first, day))
        for label, first in spans
    ]  # fmt: skip


def recent(user, daerah, kind, **filters):
    """Return the reader's last spreadsheets of one kind."""
    own = {f"filters__{key}": value for key, value in filters.items()}
    mine = RegisterExport.objects.filter(by=user, daerah=daerah, filters__jenis=kind, **own)
    return mine.order_by("-created_at")[:RECENT]


@require_POST
@refusals_as_pages
def export(request):
    """Let the worker make the spreadsheet of what the page shows."""
    here = readers.chosen(request)
    filters = book.wanted(request.POST, here).chosen | {"jenis": sheet.BOOK}
    with transaction.atomic():
        made = register_file.order(here, filters, request.user)
    return redirect("admin:register_export", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def correct(request, pk):
    """Book a line back, with a reason, and where it was booked wrongly to where it belongs."""
    entry = book.with_all(LedgerEntry.objects.filter(pk=pk)).first()
    if entry is None or not treasurers.reads(postings_of(request), entry.daerah):
        raise Http404("Baris buku penerimaan ini tidak ditemukan.")
    readers.activate(entry.daerah)
    request.back = f"{reverse('admin:cash_book')}?daerah={entry.daerah}"
    posting = readers.must_keep(request, entry.daerah, "Koreksi buku penerimaan")
    typed = {name: request.POST.get(name, "")[:2000] for name in ("alasan", "rekening")}
    if request.method != "POST":
        return _correction(request, entry, typed)
    try:
        made = correction.reverse(
            entry, typed["alasan"], by=request.user, capacity=readers.capacity(posting),
            code=typed["rekening"],
        )  # fmt: skip
    except Unmet as refusal:
        return _correction(request, entry, typed, missing=refusal.missing)
    messages.success(request, f"Baris {pk} dikoreksi dengan baris {made.pk}. Kepala diberi tahu.")
    return redirect(f"{request.back}&macam={LedgerEntry.Kind.CORRECTION}")


def _correction(request, entry, typed, missing=()):
    (line,) = book.shown([entry], request.user)
    context = {
        **readers.frame(request, entry.daerah, "Koreksi buku penerimaan", "cash_book"),
        "line": line,
        "codes": [code for code in correction.codes(entry.daerah) if code != entry.code],
        "longest": correction.LONGEST,
        "typed": typed,
        "missing": missing,
    }
    status = 422 if missing else 200
    return render(request, "retribusi/kas/koreksi.html", context, status=status)


@require_safe
@refusals_as_pages
def monthly(request):
    """Show what a month came to by kode rekening, for the office's report."""
    here = readers.chosen(request)
    every = month.every(here)
    wanted = request.GET.get("bulan", "")
    chosen = next((one for one in every if one.code == wanted), every[0])
    rows, rules = month.rows(chosen), registry.current(here)
    posting = readers.treasurer(request, here)
    context = {
        **readers.frame(request, here, "Penerimaan sebulan", "cash_month"),
        "months": every,
        "month": chosen,
        "rows": rows,
        "sums": [sum(getattr(row, name) for row in rows) for name in ("before", "during", "after")],
        "closings": month.closings(chosen),
        "open_since": month.open_since(chosen),
        "today": calendar.today(here),
        "head_title": rules.signed(rules.head),
        "treasurer": posting,
        "treasurer_title": readers.capacity(posting) if posting else "",
    }
    return render(request, "retribusi/kas/bulan.html", context)
