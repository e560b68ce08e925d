"""The cashier's day, and the closing of days, at the desk."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import register_file
from applications.keyset import Keyset
from applications.refusals import Barred
from applications.views.refusal import refusals_as_pages
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from retribusi import treasurers
from retribusi.cash import (
    book,
    book_desk,
    closing,
    days,
    panels,
    readers,
    sheet,
    totals,
    waiting,
    ways,
)
from retribusi.cash.closing import Span
from retribusi.models import CashClosing, LedgerEntry

SHOWN = 100
PAGE = 31
LONGEST = 2000


def urls(desk):
    """Return the addresses of this room, each behind the officers' door."""
    one = "kas/penutupan/<int:pk>/"
    return [
        path("kas/", desk(today), name="cash"),
        path("kas/tutup/", desk(close), name="cash_close"),
        path("kas/penutupan/", desk(closings), name="cash_closings"),
        path(one, desk(closed), name="cash_closing"),
        path(f"{one}diketahui/", desk(known), name="cash_known"),
        path(f"{one}ekspor/", desk(export), name="cash_closing_export"),
        *book_desk.urls(desk),
    ]


@require_safe
@refusals_as_pages
def today(request):
    """Show the cashier's day: what waits, what was booked, what is to be closed."""
    here = readers.chosen(request)
    now = calendar.today(here)
    day = days.open_day(here, now)
    entries = closing.lines(here, Span(day, day))
    rows = totals.of(entries)
    context = {
        **readers.frame(request, here, "Kas hari ini", "cash"),
        "today": now,
        "day": day,
        "waiting": waiting.of(here, postings_of(request), request.user),
        "most": waiting.SHOWN,
        "table": totals.table(rows),
        "count": totals.lines(rows),
        "ways": ways.of(entries),
        "lines": book.shown(book.with_all(entries).order_by("-id")[:SHOWN], request.user),
        "kinds": _besides(rows),
        "panels": panels.of(here),
        "due": _due(here, now),
        "unknown": closing.of(here).filter(known_at=None).count(),
    }
    return render(request, "retribusi/kas/hari.html", context)


def _besides(rows):
    """Return what was booked beside the principal, by kind: interest, refunds, and the like."""
    kinds = [kind for kind in LedgerEntry.Kind if kind != LedgerEntry.Kind.PRINCIPAL]
    sums = {kind: [row["jenis"][kind] for row in rows if kind in row["jenis"]] for kind in kinds}
    return [(kind.label, sum(found)) for kind, found in sums.items() if found]


def _due(here, now):
    """Return the closing that comes next, unsaved, and whether its day is over already."""
    span = closing.due(here)
    if span is None:
        return None
    made = closing.trial(here, span, closing.newest(here))
    return {"closing": made, "late": span.last < now}


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def close(request):
    """Show what would be closed, and close it as it was looked at."""
    here = readers.chosen(request)
    request.back = f"{reverse('admin:cash_close')}?daerah={here}"
    posting = readers.must_keep(request, here, "Penutupan kas")
    if request.method == "POST":
        return _close(request, here, posting)
    due = _due(here, calendar.today(here))
    made = due["closing"] if due else None
    nothing = LedgerEntry.objects.none()
    entries = closing.lines(here, Span(made.first, made.last)) if made else nothing
    context = {
        **readers.frame(request, here, "Tutup kas", "cash_closings"),
        "made": made,
        "late": due and due["late"],
        "today": calendar.today(here),
        "table": totals.table(made.totals) if made else None,
        "ways": ways.of(entries),
        "lines": book.shown(book.with_all(entries)[:SHOWN], request.user),
        "count": made.lines if made else 0,
    }
    return render(request, "retribusi/kas/tutup.html", context)


def _close(request, here, posting):
    note = request.POST.get("catatan", "")[:LONGEST]
    done = closing.close(
        here, request.POST.get("segel", ""), by=request.user,
        capacity=readers.capacity(posting), note=note,
    )  # fmt: skip
    messages.success(request, f"Kas {done.days} sudah ditutup oleh {done.closed_by}.")
    return redirect("admin:cash_closing", done.pk)


@require_safe
@refusals_as_pages
def closings(request):
    """List the closings of a daerah, the newest first."""
    here = readers.chosen(request)
    page = Keyset("last", down=True, size=PAGE).page(
        closing.of(here).select_related("closed_by"), request.GET, {"daerah": here}
    )
    context = {
        **readers.frame(request, here, "Penutupan kas", "cash_closings"),
        "rows": page.rows,
        "previous": page.before,
        "following": page.after,
        "due": _due(here, calendar.today(here)),
        "today": calendar.today(here),
    }
    return render(request, "retribusi/kas/penutupan_daftar.html", context)


@require_safe
@refusals_as_pages
def closed(request, pk):
    """Show one closing, as it is printed and signed."""
    one = _found(request, pk)
    span = Span(one.first, one.last)
    before = closing.of(one.daerah).filter(number=one.number - 1).first()
    after = closing.of(one.daerah).filter(number=one.number + 1).first()
    entries = closing.lines(one.daerah, span)
    mine = readers.head(request, one.daerah) is not None
    context = {
        **readers.frame(request, one.daerah, "Penutupan kas", "cash_closings"),
        "one": one,
        "table": totals.table(one.totals),
        "lines": book.shown(book.with_all(entries)[:SHOWN], request.user),
        "corrections": book.shown(_corrections(entries), request.user),
        "before": before,
        "after": after,
        "heads": mine and one.known_at is None and one.closed_by_id != request.user.pk,
        "head_title": _head_title(one.daerah),
        "exports": book_desk.recent(request.user, one.daerah, sheet.CLOSING, penutupan=one.pk),
    }
    return render(request, "retribusi/kas/penutupan.html", context)


def _corrections(entries):
    return book.with_all(entries.filter(kind=LedgerEntry.Kind.CORRECTION))


def _head_title(daerah):
    rules = registry.current(daerah)
    return rules.signed(rules.head)


@require_POST
@refusals_as_pages
def known(request, pk):
    """Let the head take note of a closing."""
    one = _found(request, pk)
    request.back = reverse("admin:cash_closing", args=[pk])
    posting = readers.head(request, one.daerah)
    if posting is None:
        raise Barred("Penutupan kas diketahui oleh kepala.")
    closing.know(one.pk, by=request.user, capacity=readers.capacity(posting))
    messages.success(request, f"Penutupan kas {one.days} tercatat sudah Anda ketahui.")
    return redirect("admin:cash_closing", pk)


@require_POST
@refusals_as_pages
def export(request, pk):
    """Let the worker make the spreadsheet of a closing."""
    one = _found(request, pk)
    filters = {"daerah": one.daerah, "jenis": sheet.CLOSING, "penutupan": one.pk}
    with transaction.atomic():
        made = register_file.order(one.daerah, filters, request.user)
    return redirect("admin:register_export", pk=made.pk)


def _found(request, pk):
    """Return a closing of a daerah whose cash the reader may read."""
    one = CashClosing.objects.select_related("closed_by", "known_by").filter(pk=pk).first()
    if one is None or not treasurers.reads(postings_of(request), one.daerah):
        raise Http404("Penutupan kas ini tidak ditemukan.")
    readers.activate(one.daerah)
    return one
