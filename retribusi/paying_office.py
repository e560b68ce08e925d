"""The paying office at the desk: where a track lets another office take the money, as article 3 of
a regulation may, its officers see what waits for it and hand in the proof."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from accounts import postings
from applications import clock, handing, papers, rules
from applications import services as moves
from applications.models import Application
from applications.office.actions import find
from applications.office.queue import nav
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME
from imbportal.context import postings_of
from imbportal.daerah import registry
from retribusi import services
from retribusi.forms import PaymentProofForm

MOVE, STATE, SHOWN = "submit_payment", "AWAITING_PAYMENT", 100


def urls(desk: Any) -> list[Any]:
    return [
        path("pembayaran/", desk(waiting), name="payments"),
        path("permohonan/<uuid:pk>/bayar/", desk(pay), name="pay"),
    ]


def takes(request: Any) -> bool:
    """Return whether one of the reader's posts takes payments in any track of its daerah."""
    return any(_tracks(posting) for posting in postings_of(request))


def _tracks(posting: Any) -> list[str]:
    if posting.daerah not in registry.slugs():
        return []
    known = registry.current(posting.daerah)
    return [code for code in known.track if known.on_move(code, MOVE).role == posting.role]


@require_safe
def waiting(request):
    """List the bills that are paid through the reader's office, the oldest first."""
    found = Application.objects.visible_to(request.user).filter(state=STATE)
    found = found.exclude(applicant=request.user).in_lists().order_by("entered_at")
    rows = {}
    for posting in postings_of(request):
        mine = found.filter(daerah=posting.daerah, track__in=_tracks(posting))
        rows |= {c.pk: c for c in mine if postings.serves(posting, c.kecamatan)}
    shown = list(rows.values())[:SHOWN]
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("payments", request),
        "title": "Pembayaran",
        "rows": [(c, services.live_bill(c), papers.location(c)) for c in shown],
        "most": SHOWN,
    }
    return render(request, "retribusi/pembayaran.html", context)


@require_http_methods(["GET", "POST"])
@refusals_as_pages
def pay(request, pk):
    """Take the proof of a payment that was made through the reader's office, and hand it in."""
    case = find(request, pk)
    rules.bar(BY_NAME[MOVE], case, request.user)
    rules.turn(BY_NAME[MOVE], case, request.user)
    bill = services.live_bill(case)
    if bill is None:
        raise Http404("Tidak ada tagihan dalam permohonan ini.")
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {"bank": handing.paid_through(case)}
    form = PaymentProofForm(*given, bill=bill, today=clock.today(case), initial=initial)
    if form.is_bound and form.is_valid() and form.store(case, by=request.user):
        moves.perform(MOVE, case, by=request.user)
        messages.success(request, "Bukti pembayaran diteruskan untuk diperiksa.")
        return redirect("admin:payments")
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("payments", request),
        "case": case,
        "bill": bill,
        "form": form,
    }
    return render(request, "retribusi/terima.html", context, status=422 if form.is_bound else 200)
