"""The applicant's bill: its calculation line by line, and the upload of the proof."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications import clock
from applications import services as moves
from applications.refusals import Conflict
from applications.views import kept, paper_files, waiting
from applications.views.fetch import with_case
from applications.views.frame import frame
from applications.workflow import BY_NAME
from retribusi import billing, due_dates, services, sheets
from retribusi.slip_form import SENT, PaymentProofForm

UNPROCESSABLE = 422


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request, application):
    """Show what to pay and why; take the proof and send it to the cashier."""
    bill = services.live_bill(application)
    if bill is None:
        return _without(request, application)
    if request.method != "POST":
        typed = kept.of(request)
        form = _form(application, bill, initial=typed.dict() if typed else {})
        return _page(request, application, bill, form, restored=typed is not None)
    if application.state != "AWAITING_PAYMENT":
        raise Conflict(f"Bukti tidak dapat dikirim; tahapnya {application.stage_label}.")
    form = _form(application, bill, request.POST, request.FILES)
    if not (form.is_valid() and form.store(application, by=request.user)):
        return _page(request, application, bill, form, status=UNPROCESSABLE)
    moves.perform("submit_payment", application, by=request.user)
    messages.success(request, SENT)
    return redirect(application)


def _without(request, application):
    """Say of a bill that was voided that nobody pays it; 404 where there never was one."""
    notice = services.voided(application)
    if notice is None:
        raise Http404
    if request.method == "POST":
        raise Conflict(f"{notice['title']}. Bukti tidak dapat dikirim.")
    context = frame(application) | {"notice": notice, "here": "Pembayaran"}
    return render(request, "retribusi/bayar_batal.html", context)


def _form(application, bill, *data, **more):
    return PaymentProofForm(*data, bill=bill, today=clock.today(application), **more)


def _page(request, application, bill, form, status=200, **more):
    annex = sheets.annex(bill.snapshot["result"])
    context = frame(application) | {
        "bill": bill,
        "facts": [
            ("Nomor SKRD", bill.number),
            ("Kode bayar", billing.grouped(bill.payment_code)),
        ],
        "sum": due_dates.of(bill),
        "older": billing.replaces(bill),
        "waiting": _checked_by(application),
        "left": (bill.due_date - clock.today(application)).days,
        "table": sheets.labelled(sheets.bill_table(bill.snapshot["result"], _paid_before(bill))),
        "basis": annex.paragraphs,
        "steps": sheets.labelled(annex.table),
        "sums": sheets.lowered(bill.snapshot["result"]),
        "papers": [p for p in paper_files.listed(application) if p["paper"].pk == bill.paper_id],
        "proofs": bill.proofs.order_by("-filed_at"),
        "open": application.state == "AWAITING_PAYMENT",
        "report": _report(application),
        "reported": _reported(application, bill),
        "form": form,
        "interest": services.interest_card(application),
        "pay_url": reverse("retribusi:pay", args=[application.pk]),
        "here": "Pembayaran",
        **more,
    }
    return render(request, "retribusi/bayar.html", context, status=status)


def _checked_by(application):
    """Return who checks the filed proof and until when; None where none waits."""
    if application.state != "PAYMENT_REVIEW":
        return None
    return waiting.of(application, list(application.events.order_by("seq")))


def _report(application):
    """Return the button that announces the payment, where the daerah's file has that step."""
    move = BY_NAME["report_payment"]
    on = application.rules.on_move(application.track, move.name)
    if application.state not in move.source or not (on.steps or on.done):
        return []
    url = reverse("applications:move", args=[application.pk, move.name])
    return [{"url": url, "label": move.label, "enabled": True}]


def _reported(application, bill):
    """Return when the payment of this bill was announced, or None."""
    event = application.events.filter(move="report_payment", at__gte=bill.issued_at).last()
    return event.at if event else None


def _paid_before(bill):
    """Return what the bill leaves out because it was paid by earlier ones, in rupiah."""
    return max(0, bill.snapshot["result"]["total"] - bill.amount)
