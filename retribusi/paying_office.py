"""The paying office at the desk: where a track lets another office take the money, as article 3 of
a regulation may, its officers see what waits for it and hand in the proof."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import postings
from applications import clock, handing, papers, rules
from applications import services as moves
from applications.models import Application
from applications.office.actions import find
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME
from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.indonesia import rupiah, tanggal
from retribusi import billing, office, services
from retribusi.models import Skrd
from retribusi.slip_form import PaymentProofForm

MOVE, STATE = "submit_payment", "AWAITING_PAYMENT"
UNKNOWN = (
    "Tidak ada tagihan dengan kode ini yang dibayar melalui kantor Anda. Cocokkan kelima belas "
    "angkanya dengan SKRD pemohon; jangan terima uang sebelum tagihannya ditemukan."
)
LONGEST = 40
"""Characters of a payment code as somebody may type it."""


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
    shown = list(rows.values())[: office.SHOWN]
    typed = request.GET.get("kode", "").strip()[:LONGEST]
    context = {
        **office.frame(request, "payments", "Pembayaran"),
        "rows": [_row(c) for c in shown],
        "most": office.SHOWN,
        "typed": typed,
        "found": _by_code(request, typed) if typed else None,
    }
    return render(request, "retribusi/pembayaran.html", context)


def _row(case):
    bill = services.live_bill(case)
    late = bill is not None and clock.today(case) > bill.due_date
    return {"case": case, "bill": bill, "place": papers.location(case), "late": late}


def _by_code(request, typed):
    """Return what the counter does with a payment code: tone, title, text, url and link."""
    digits = "".join(letter for letter in typed if letter.isdecimal())
    bill = Skrd.objects.filter(payment_code=digits).select_related("application").first()
    if bill is None or not _through_my_office(request, bill.application):
        return {"tone": "bad", "title": "Kode bayar tidak ditemukan", "text": UNKNOWN}
    if bill.voided_at:
        newer = billing.replaced_by(bill)
        instead = ""
        if newer is not None and newer.settled_at is None and not newer.voided_at:
            code = billing.grouped(newer.payment_code)
            instead = f" Penggantinya SKRD {newer.number}, kode bayar {code}."
        title = f"SKRD {bill.number} sudah dibatalkan: jangan terima uangnya"
        return {"tone": "bad", "title": title, "text": f"{bill.void_reason}{instead}"}
    if bill.settled_at:
        day = tanggal(clock.local_date(bill.application, bill.settled_at))
        return {"tone": "good", "title": f"SKRD {bill.number} sudah lunas", "text": f"Sejak {day}."}
    if bill.application.state != STATE:
        text = "Buktinya sudah dikirim dan sedang diperiksa. Jangan terima uang dua kali."
        return {"tone": "due", "title": f"SKRD {bill.number} menunggu pemeriksaan", "text": text}
    return {
        "tone": "good",
        "title": f"SKRD {bill.number}: {rupiah(bill.amount)}",
        "text": f"Jatuh tempo {tanggal(bill.due_date)}. Terima uangnya sama persis.",
        "url": reverse("admin:pay", args=[bill.application_id]),
        "link": "Isi bukti pembayaran",
    }


def _through_my_office(request, case):
    """Return whether a case is paid through one of the reader's posts, and he may see it."""
    mine = any(
        posting.daerah == case.daerah
        and case.track in _tracks(posting)
        and postings.serves(posting, case.kecamatan)
        for posting in postings_of(request)
    )
    seen = Application.objects.visible_to(request.user).exclude(applicant=request.user)
    return mine and seen.filter(pk=case.pk).exists()


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
        **office.frame(request, "payments", "Bukti pembayaran"),
        "case": case,
        "bill": bill,
        "form": form,
    }
    status = office.UNPROCESSABLE if form.is_bound else 200
    return render(request, "retribusi/terima.html", context, status=status)
